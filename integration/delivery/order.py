"""What an update shall bring into one class, and how far that has come: the row's own word, read anew at each step."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from integration.delivery.lease import Held, Lost
from integration.delivery.materials import content_hash
from integration.delivery.merge import Merged, Words, words_sent
from integration.delivery.models import Delivery
from integration.delivery.models import DeliveryState as S
from integration.delivery.moves import Ending, Move, mark, write_in
from integration.delivery.resume import LATER, SAW
from integration.desk import Desk
from integration.google.seen import PostSeen
from integration.records.clock import database_now


@dataclass(frozen=True)
class Order:
    """A delivery's update under way."""

    wanted: Mapping[str, Any]
    written: Mapping[str, Any] | None
    """The same as the row has it."""
    base: Words
    """What we last wrote."""
    materials: Sequence[Mapping[str, Any]]
    """The materials that stand in the class."""
    post_id: str
    next_post_id: str | None
    next_marker: str | None
    old_post_id: str | None
    edited_at: datetime | None
    is_shown: bool
    """Whether students have seen the post; else it is still our draft."""
    is_back: bool
    """Whether it is to be taken back meanwhile."""

    @property
    def ours(self) -> Words:
        """What the update shall bring."""
        return words_sent(self.wanted["title"], self.wanted["text"], self.wanted["materials"])


def as_wanted(title: str, text: str, materials: Sequence[Mapping[str, Any]], **also: Any) -> dict[str, Any]:
    """The words of an update, as the row keeps them."""
    return {"title": title, "text": text, "materials": [dict(each) for each in materials], **also}


@dataclass(frozen=True)
class Outcome:
    """How an order ends: where its delivery goes, the sentence for the librarian, and the row's other values."""

    held: Held
    order: Order
    to: S
    sentence: str
    values: Mapping[str, Any]


def order_of(desk: Desk, held: Held) -> Order:
    """The order as it stands in the row now. Raises Lost when a failover has forgotten the row, or that its post was made."""
    found = orders_of(desk, [held]).get(held.id)
    if found is None or not found.post_id:
        raise Lost
    return found


def orders_of(desk: Desk, hand: Sequence[Held]) -> dict[str, Order]:
    """The same of several deliveries, without those whose rows are forgotten."""
    with desk.transaction() as session:
        return {row.id: _order(row) for row in session.scalars(select(Delivery).where(Delivery.id.in_([held.id for held in hand])))}


def _order(row: Delivery) -> Order:
    return Order({**as_wanted(row.title, row.text, row.materials), **(row.wanted or {})}, row.wanted,
                 words_sent(row.title, row.text, row.materials), row.materials, row.post_id or "", row.next_post_id,
                 row.next_marker, row.old_post_id, row.edited_at, row.published_at is not None, row.ends_as is not None)


def finish(desk: Desk, held: Held, order: Order, to: S, sentence: str, **values: Any) -> None:
    """Bring the delivery to `to`; when she ordered something else meanwhile, let it go once more instead. Raises Lost."""
    finish_together(desk, [Outcome(held, order, to, sentence, values)])
    if held.is_lost:
        raise Lost


def finish_together(desk: Desk, outcomes: Sequence[Outcome], endings: Sequence[Ending] = ()) -> None:
    """The same for several, together with how their attempts ended; what was not ours any more is marked `is_lost`."""
    if not outcomes and not endings:
        return
    with desk.transaction() as session:
        now, newest = database_now(session), _wanted_now(session, [each.held for each in outcomes])
        moves = [_move(each, newest.get(each.held.id), now) for each in outcomes]
        done = write_in(session, moves, endings, now)
    mark(moves, done)


def _move(outcome: Outcome, newest: dict[str, Any] | None, now: datetime) -> Move:
    order, values = outcome.order, outcome.values
    is_newer = newest is not None and newest != order.written
    to, left = (outcome.held.state, newest) if is_newer else (outcome.to, _left_over(order, outcome.to))
    due = {"next_at": now} if is_newer or outcome.to is S.CANCELLING else {}
    return Move(outcome.held, to, outcome.sentence, "update", {**values, **due, "wanted": left, "tries": 0})


def _left_over(order: Order, to: S) -> dict[str, Any] | None:
    """Of an order that is done nothing is left, but for what she said about taking it back."""
    return {SAW: order.wanted[SAW]} if SAW in order.wanted and to is S.CANCELLING else None


def _wanted_now(session: Session, hand: Sequence[Held]) -> dict[str, dict[str, Any] | None]:
    rows = session.execute(select(Delivery.id, Delivery.wanted).where(
        Delivery.id.in_([held.id for held in hand])).order_by(Delivery.id).with_for_update())
    return {row.id: row.wanted for row in rows}


def brought(held: Held, order: Order, merged: Merged, post: PostSeen) -> dict[str, Any]:
    """The row's values once `post` stands as merged: what we wrote last, and what of hers was kept."""
    has_links = merged.base.links == order.ours.links
    materials = list(order.wanted["materials"] if has_links else order.materials)
    title = merged.base.title
    return {
        "title": title, "text": merged.base.text, "materials": materials,
        "content_hash": content_hash(held.kind, title, merged.base.text, materials), "link": post.link,
        "post_updated_at": post.updated_at, "kept": list(merged.kept), "suggested": dict(merged.suggested) or None,
        "edited_at": (order.edited_at or post.updated_at) if merged.kept else None}


def shown_now(desk: Desk, order: Order, post: PostSeen) -> dict[str, datetime]:
    """A draft that was published meanwhile, by the teacher or by a call whose answer was lost, was first shown now."""
    return {"published_at": desk.now()} if post.state == "PUBLISHED" and not order.is_shown else {}


def is_under_way(row: Delivery) -> bool:
    """Whether an update has begun and did not come to its end, so that only the class itself can tell what stands."""
    is_begun = row.wanted is not None and "title" in row.wanted and LATER not in row.wanted
    return row.post_id is not None and bool(is_begun or row.next_post_id or row.old_post_id)


def stands_behind(row: Delivery) -> bool:
    """Whether it stands, and an update of it was refused, which she may try again."""
    return row.state is S.PUBLISHED and is_under_way(row)


def saw_until(wanted: Mapping[str, Any]) -> datetime | None:
    """Up to which change of the teacher's she said to take it back all the same; None when she did not say so."""
    saw = wanted.get(SAW)
    return datetime.fromisoformat(saw) if saw else None
