"""What an update shall bring into one class, and how far that has come: the row's own word, read anew at each step."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from integration.delivery.lease import Held, move_in
from integration.delivery.materials import content_hash
from integration.delivery.merge import Merged, Words, words_sent
from integration.delivery.models import Attempt, Delivery
from integration.delivery.models import DeliveryState as S
from integration.desk import Desk
from integration.google.seen import PostSeen
from integration.records import audit

BACK = "back"
"""In `wanted`: it shall be taken back instead, as soon as it is known what stands."""
LATER = "later"
"""In `wanted`: it is on its way with the words that were; the update follows when it stands."""
SAW = "saw"
"""In `wanted`: it shall be taken back although the teacher changed it; up to which of her changes the librarian saw."""
LEFT = "left"
"""In `wanted`: it was left to the teacher, who changed it; Throughline touches it no more."""


@dataclass(frozen=True)
class Order:
    """A delivery's update under way."""

    wanted: Mapping[str, Any]
    base: Words
    """What we last wrote."""
    materials: Sequence[Mapping[str, Any]]
    """The materials that stand in the class."""
    post_id: str
    next_post_id: str | None
    next_marker: str | None
    old_post_id: str | None
    is_shown: bool
    """Whether students have seen the post; else it is still our draft."""

    @property
    def ours(self) -> Words:
        """What the update shall bring."""
        return words_sent(self.wanted["title"], self.wanted["text"], self.wanted["materials"])

    @property
    def is_back(self) -> bool:
        """Whether she took it back meanwhile."""
        return bool(self.wanted.get(BACK))


def as_wanted(title: str, text: str, materials: Sequence[Mapping[str, Any]], **also: Any) -> dict[str, Any]:
    """The words of an update, as the row keeps them."""
    return {"title": title, "text": text, "materials": [dict(each) for each in materials], **also}


def order_of(desk: Desk, held: Held) -> Order:
    """The order as it stands in the row now."""
    with desk.transaction() as session:
        row = session.get_one(Delivery, held.id)
        return Order(row.wanted or as_wanted(row.title, row.text, row.materials),
                     words_sent(row.title, row.text, row.materials), row.materials, row.post_id or "", row.next_post_id,
                     row.next_marker, row.old_post_id, row.published_at is not None)


def finish(desk: Desk, held: Held, order: Order, to: S, sentence: str, **values: Any) -> None:
    """Bring the delivery to `to`; when she ordered something else meanwhile, let it go once more instead. Raises Lost."""
    with desk.transaction() as session:
        newest = _wanted_now(session, held)
        is_newer = newest is not None and newest != order.wanted
        to = held.state if is_newer else to
        next_at = {"next_at": desk.now()} if is_newer else {}
        move_in(session, held, to, desk.now(), sentence, wanted=newest if is_newer else None, tries=0, **next_at, **values)
        audit.note(session, school_id=held.school_id, at=desk.now(), actor="worker", verb="update",
                   object=f"delivery:{held.id}", result=sentence or "ok")
    held.state = to


def _wanted_now(session: Session, held: Held) -> dict[str, Any] | None:
    return session.scalar(select(Delivery.wanted).where(Delivery.id == held.id).with_for_update())


def brought(held: Held, order: Order, merged: Merged, post: PostSeen) -> dict[str, Any]:
    """The row's values once `post` stands as merged: what we wrote last, and what of hers was kept."""
    has_links = merged.base.links == order.ours.links
    materials = list(order.wanted["materials"] if has_links else order.materials)
    title = merged.base.title
    return {
        "title": title, "text": merged.base.text, "materials": materials,
        "content_hash": content_hash(held.kind, title, merged.base.text, materials), "link": post.link,
        "post_updated_at": post.updated_at, "kept": list(merged.kept), "suggested": dict(merged.suggested) or None}


def saw_until(desk: Desk, held: Held) -> datetime | None:
    """Up to which change of the teacher's she said to take it back all the same; None when she did not say so."""
    with desk.transaction() as session:
        saw = (session.get_one(Delivery, held.id).wanted or {}).get(SAW)
    return datetime.fromisoformat(saw) if saw else None


def is_our_delete(desk: Desk, held: Held, post_id: str) -> bool:
    """Whether we set out to delete this post ourselves."""
    with desk.transaction() as session:
        return session.scalar(select(Attempt.id).where(
            Attempt.delivery_id == held.id, Attempt.kind == "delete", Attempt.post_id == post_id).limit(1)) is not None
