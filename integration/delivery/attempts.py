"""Write to Google only what was written down before: attempts are committed before their calls, and ended after them."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, update
from sqlalchemy.orm import Session

from integration import nature
from integration.delivery.lease import DELIVERIES, MARGIN, Held, Lost
from integration.delivery.look import fingerprint
from integration.delivery.machine import may_follow
from integration.delivery.models import DeliveryState
from integration.delivery.moves import ATTEMPTS, Ending, add_steps, write_down
from integration.desk import Desk
from integration.errors import Unsure
from integration.google.call import No
from integration.records.base import new_id
from integration.records.clock import database_now
from integration.records.many import insert_many

# Built once: putting a statement together takes longer than carrying it out.
_ENTER = update(DELIVERIES).where(
    DELIVERIES.c.id.in_(bindparam("ids", expanding=True)), DELIVERIES.c.lease_token == bindparam("token"),
    DELIVERIES.c.state == bindparam("from"), DELIVERIES.c.lease_until >= bindparam("enough"),
).values(state=bindparam("to"), reason="").returning(DELIVERIES.c.id, DELIVERIES.c.post_id)
_ENTER_TO_PUBLISH = _ENTER.where(DELIVERIES.c.draft_only.is_(False))


@dataclass(frozen=True)
class Begun:
    """An attempt that was written down and may be made now. `post_id` is the post's id as the row has it, or None."""

    held: Held
    attempt_id: str
    post_id: str | None

    def ok(self, post_id: str | None = None) -> Ending:
        """It was done."""
        return Ending(self.attempt_id, "ok", post_id=post_id)

    def failed(self, error: No) -> Ending:
        """It was refused, or its answer was lost."""
        return Ending(self.attempt_id, "unknown" if isinstance(error, Unsure) else "definite_error", str(error))


def begin_together(desk: Desk, hand: Sequence[Held], kind: str, to: DeliveryState, *,
                   post_ids: Mapping[str, str] | None = None) -> list[Begun]:
    """Write down one attempt for each delivery, in one transaction; those not ours any more are marked and left out.

    `post_ids` says which post each attempt is about, where that is not the recorded one. Nothing is begun, and all are lost,
    when so little of the lease is left that its end might come before the answer: by our own clock, and once more by the
    database's, because a process may stand still between the two.
    """
    ours = [held for held in hand if not held.is_lost and nature.monotonic() <= held.ends_at - MARGIN]
    for held in hand:
        held.is_lost = held not in ours
    if not ours:
        return []
    with desk.transaction() as session:
        now = database_now(session)
        recorded = _enter(session, ours, to, enough=now + timedelta(seconds=MARGIN))
        begun = [Begun(held, new_id(), recorded[held.id]) for held in ours if held.id in recorded]
        insert_many(session, ATTEMPTS, [_row(each, kind, (post_ids or {}).get(each.held.id), now) for each in begun])
        add_steps(session, [(each.held, to, "") for each in begun if each.held.state is not to], now)
    for held in ours:
        held.is_lost = held.id not in recorded
    for each in begun:
        each.held.state = to
    return begun


def begin(desk: Desk, held: Held, kind: str, to: DeliveryState, *, post_id: str | None = None) -> tuple[str, str | None]:
    """Write one attempt down before its call; answer its id and the post's id as the row has it. Raises Lost."""
    begun = begin_together(desk, [held], kind, to, post_ids={held.id: post_id} if post_id else None)
    if not begun:
        raise Lost
    return begun[0].attempt_id, begun[0].post_id


def close(desk: Desk, attempt_id: str, outcome: str, detail: str = "", *, post_id: str | None = None) -> None:
    """Write down how one attempt ended."""
    write_down(desk, [], [Ending(attempt_id, outcome, detail, post_id)])


def _enter(session: Session, hand: Sequence[Held], to: DeliveryState, *, enough: datetime) -> dict[str, str | None]:
    """Bring the rows still ours, and long `enough`, into the state of the attempt; for each the post's id as recorded in the row.

    What is to stay a draft never begins to be published, whatever was believed when it was taken in hand.
    """
    enter = _ENTER_TO_PUBLISH if to is DeliveryState.PUBLISHING else _ENTER
    alike = defaultdict[tuple[str, DeliveryState], list[str]](list)
    for held in hand:
        assert may_follow(held.state, to), f"{held.state} → {to}"
        alike[held.token, held.state].append(held.id)
    found: dict[str, str | None] = {}
    for (token, state), ids in alike.items():
        found |= {row.id: row.post_id for row in session.execute(enter, {
            "ids": ids, "token": token, "from": state, "to": to, "enough": enough})}
    return found


def _row(begun: Begun, kind: str, post_id: str | None, now: datetime) -> dict[str, Any]:
    return {"id": begun.attempt_id, "school_id": begun.held.school_id, "delivery_id": begun.held.id, "kind": kind,
            "lease_token": begun.held.token, "request_hash": begun.held.content_hash, "post_id": post_id or begun.post_id,
            "fingerprint": fingerprint(begun.held) if kind == "create" else None, "started_at": now, "detail": ""}
