"""Add, change and remove a resource."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import isbnlib
from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from integration.curation.models import Collection, CollectionItem, Resource, ResourceKind
from integration.curation.pasted import drive_id, watch_page, youtube_id
from integration.curation.typed import Typed
from integration.desk import Desk
from integration.errors import NotFound
from integration.records import address
from integration.records.base import new_id


@dataclass(frozen=True)
class NewResource:
    """A resource as she types it; `url` and `drive_id` may be any address copied from a browser."""

    kind: str
    title: str
    url: str = ""
    drive_id: str = ""
    isbn: str = ""
    text: str = ""
    description: str = ""
    grades: Sequence[str] = ()
    subjects: Sequence[str] = ()
    codes: Sequence[str] = ()


def add_resource(desk: Desk, school_id: str, new: NewResource) -> str:
    """Put a resource on the shelf and answer its id. Raises Invalid with a sentence for each field that is wrong."""
    values, id, now = _values(new), new_id(), desk.now()
    with desk.transaction() as session:
        session.add(Resource(id=id, school_id=school_id, created_at=now, updated_at=now, **values))
    return id


def change_resource(desk: Desk, school_id: str, resource_id: str, new: NewResource) -> None:
    """Replace what a resource says; the collections that hold it count as changed too. Raises Invalid, NotFound."""
    values = _values(new)
    with desk.transaction() as session:
        row = _row(session, school_id, resource_id)
        for name, value in values.items():
            setattr(row, name, value)
        row.updated_at = desk.now()
        _touch_collections(desk, session, school_id, resource_id)


def remove_resource(desk: Desk, school_id: str, resource_id: str) -> None:
    """Take a resource off the shelf and out of every collection; posts that stand keep it. Raises NotFound."""
    with desk.transaction() as session:
        _row(session, school_id, resource_id).removed_at = desk.now()
        _touch_collections(desk, session, school_id, resource_id)
        session.execute(delete(CollectionItem).where(CollectionItem.school_id == school_id,
                                                     CollectionItem.resource_id == resource_id))


def _row(session: Session, school_id: str, resource_id: str) -> Resource:
    row = session.scalar(select(Resource).where(
        Resource.school_id == school_id, Resource.id == resource_id, Resource.removed_at.is_(None)).with_for_update())
    if row is None:
        raise NotFound("There is no such resource. It may have been removed.")
    return row


def _touch_collections(desk: Desk, session: Session, school_id: str, resource_id: str) -> None:
    holding = select(CollectionItem.collection_id).where(CollectionItem.resource_id == resource_id)
    session.execute(update(Collection).where(Collection.school_id == school_id, Collection.id.in_(holding))
                    .values(updated_at=desk.now()))


def _values(new: NewResource) -> dict[str, Any]:
    """The columns of what she typed; only those its kind needs are filled. Raises Invalid."""
    typed = Typed()
    values: dict[str, Any] = {
        "title": typed.title(new.title), "description": typed.text("description", new.description),
        "grades": typed.grades(new.grades), "subjects": typed.subjects(new.subjects), "codes": typed.codes(new.codes),
        "url": "", "drive_id": "", "isbn": "", "text": "",
    }
    if new.kind in set(ResourceKind):
        values |= _of_kind(typed, ResourceKind(new.kind), new)
    else:
        typed.wrong("kind", "Choose what it is: a link, a Drive file, a YouTube video, a book or a note.")
    typed.check()
    return values


def _of_kind(typed: Typed, kind: ResourceKind, new: NewResource) -> dict[str, Any]:
    match kind:
        case ResourceKind.LINK:
            return {"kind": kind, "url": _link(typed, new.url.strip())}
        case ResourceKind.YOUTUBE:
            return {"kind": kind, "url": _video(typed, new.url.strip())}
        case ResourceKind.DRIVE:
            return {"kind": kind, "drive_id": _file(typed, new.drive_id.strip() or new.url.strip())}
        case ResourceKind.BOOK:
            return {"kind": kind, "isbn": _isbn(typed, new.isbn.strip())}
        case ResourceKind.NOTE:
            return {"kind": kind, "text": _note(typed, new.text)}


def _link(typed: Typed, url: str) -> str:
    if not url:
        typed.wrong("url", "Paste the address of the page.")
    elif found := address.fault(url):
        typed.wrong("url", found)
    return url


def _video(typed: Typed, url: str) -> str:
    found = youtube_id(url)
    if not found:
        typed.wrong("url", "This is no YouTube video. Paste the address of the video's own page, with https://www.youtube.com/watch.")
    return watch_page(found)


def _file(typed: Typed, pasted: str) -> str:
    found = drive_id(pasted)
    if not found:
        typed.wrong("drive_id", "This is no Drive file. Open the file in Drive, choose Share, then Copy link, and paste it here.")
    return found


def _isbn(typed: Typed, isbn: str) -> str:
    found: str = isbnlib.to_isbn13(isbn) if isbn else ""
    if not found:
        typed.wrong("isbn", "This is no ISBN: a digit is missing or wrong. It stands above the bar code, with 10 or 13 digits.")
    return found or ""


def _note(typed: Typed, text: str) -> str:
    kept = typed.text("text", text)
    if not kept:
        typed.wrong("text", "Write the note; it becomes part of what students read.")
    return kept
