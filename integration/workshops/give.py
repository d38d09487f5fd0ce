"""What a class is given of a kit beside its practice: the handout page, the Google Docs, or both; never the answer key."""

from collections.abc import Sequence
from contextlib import suppress
from enum import StrEnum

from sqlalchemy import select

from integration.curation.collect import NewCollection, change_collection
from integration.curation.models import Resource
from integration.curation.resources import NewResource, add_resource
from integration.curation.shelf import CollectionCard, ResourceCard, collection
from integration.desk import Desk
from integration.errors import Invalid, NotFound
from integration.workshops.documents import DocumentCard, Stage, documents, request_documents
from integration.workshops.links import HANDOUT, follow, handout_address
from integration.workshops.make import HANDOUT_NAME
from integration.workshops.shelf import KitCard, kit

NOT_YET = "Not all of this kit’s sheets are in Drive yet. Nothing was changed; make them first."


class Given(StrEnum):
    """Which of the two a class gets."""

    PAGE = "page"
    DOCUMENTS = "documents"
    BOTH = "both"


def give(desk: Desk, school_id: str, account_id: str, kit_id: str, said: str) -> None:
    """Let every part of a kit carry the page, the Docs, or both; what stands in classes stays. Raises Invalid, NotFound."""
    if said not in set(Given):
        raise Invalid(fields={"given": f"“{said[:20]}” is none of these: {', '.join(Given)}."})
    card, given = kit(desk, school_id, kit_id), Given(said)
    files = [each for each in documents(desk, school_id, account_id, kit_id).files if each.is_for_class]
    if given is not Given.PAGE and not (files and all(each.file_id and not each.is_gone for each in files)):
        raise Invalid(fields={"given": NOT_YET})
    docs = [] if given is Given.PAGE else [_on_the_shelf(desk, card, each) for each in files]
    pages = [] if given is Given.DOCUMENTS else [_page(desk, card)]
    made = {each.file_id for each in files}
    for part in _parts(desk, card):
        rest = [each.id for each in part.resources if not _is_page(desk, card, each) and each.drive_id not in made]
        change_collection(desk, school_id, part.id, NewCollection(
            title=part.title, description=part.description, template=part.template, resource_ids=[*pages, *docs, *rest],
            grades=part.grades, subjects=part.subjects, codes=part.codes))


def make_as_documents(desk: Desk, school_id: str, account_id: str, kit_id: str) -> None:
    """Have a kit made as Docs. When some are gone they are made anew, and classes get the page until she chooses again.

    Raises NotFound, NotAllowed without the permission.
    """
    known = documents(desk, school_id, account_id, kit_id)
    if known.stage is Stage.GONE and known.is_granted and given(desk, kit(desk, school_id, kit_id), known.files) is not Given.PAGE:
        give(desk, school_id, account_id, kit_id, Given.PAGE)
    request_documents(desk, school_id, account_id, kit_id)


def given(desk: Desk, card: KitCard, files: Sequence[DocumentCard]) -> Given:
    """What its parts carry now."""
    held = [each for part in _parts(desk, card)[:1] for each in part.resources]
    made = {each.file_id for each in files if each.file_id}
    if not any(each.drive_id in made for each in held):
        return Given.PAGE
    return Given.BOTH if any(_is_page(desk, card, each) for each in held) else Given.DOCUMENTS


def _parts(desk: Desk, card: KitCard) -> list[CollectionCard]:
    """The parts that she has not put away."""
    found = []
    for id in card.doses.values():
        with suppress(NotFound):
            found.append(collection(desk, card.school_id, id))
    return found


def _is_page(desk: Desk, card: KitCard, held: ResourceCard) -> bool:
    head, secret = f"{desk.settings.origin}/{HANDOUT}/", held.url.rpartition("/")[2]
    with suppress(NotFound):
        return held.url.startswith(head) and follow(desk.settings, secret, HANDOUT).kit_id == card.id
    return False


def _page(desk: Desk, card: KitCard) -> str:
    address = handout_address(desk.settings, card.id)
    return _known(desk, card, url=address) or add_resource(
        desk, card.school_id, NewResource("link", HANDOUT_NAME, url=address, grades=[card.grade]))


def _on_the_shelf(desk: Desk, card: KitCard, file: DocumentCard) -> str:
    return _known(desk, card, drive_id=file.file_id) or add_resource(
        desk, card.school_id, NewResource("drive", file.title, drive_id=file.file_id, grades=[card.grade]))


def _known(desk: Desk, card: KitCard, **address: str) -> str | None:
    with desk.transaction() as session:
        return session.scalar(select(Resource.id).where(Resource.school_id == card.school_id, Resource.removed_at.is_(None))
                              .filter_by(**address).order_by(Resource.id).limit(1))
