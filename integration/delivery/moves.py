"""Write down what became of deliveries in hand: their states, their history and how their attempts ended, all in one transaction.

Whatever is not ours any more by its lease, or stands in another state than we believed, is left alone and marked as lost.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any, cast

from sqlalchemy import Table, bindparam, select
from sqlalchemy.orm import Session

from integration.delivery.lease import DELIVERIES, Held, Lost
from integration.delivery.machine import FINAL, may_follow
from integration.delivery.models import Attempt, DeliveryState, DeliveryStep
from integration.desk import Desk
from integration.records.audit import AuditEvent
from integration.records.base import new_id
from integration.records.clock import database_now
from integration.records.many import insert_many, update_many

ATTEMPTS = cast(Table, Attempt.__table__)
STEPS = cast(Table, DeliveryStep.__table__)
AUDIT = cast(Table, AuditEvent.__table__)
_STATES = select(DELIVERIES.c.id, DELIVERIES.c.lease_token, DELIVERIES.c.state).where(
    DELIVERIES.c.id.in_(bindparam("ids", expanding=True))).order_by(DELIVERIES.c.id).with_for_update()
NOT_OURS = "It was done, but the delivery was not this worker's any more."


@dataclass(frozen=True)
class Ending:
    """How an attempt ended: `ok`, `definite_error` or `unknown`. An unknown one stays open for the janitor, who looks again."""

    attempt_id: str
    outcome: str
    detail: str = ""
    post_id: str | None = None


@dataclass(frozen=True, eq=False)
class Move:
    """A delivery's way into a state: the sentence for the librarian, the word for the audit log, and other values of its row."""

    held: Held
    to: DeliveryState
    sentence: str = ""
    verb: str = ""
    values: Mapping[str, Any] = field(default_factory=dict)
    after: float | None = None
    """Seconds from now until it is due again; None leaves that as it is."""
    stamps: tuple[str, ...] = ()
    """The columns that take the present moment, such as `published_at`."""
    ending: Ending | None = None
    """How the attempt behind it ended, which is written down with it or, when it is not ours any more, left open."""


def write_down(desk: Desk, moves: Sequence[Move], endings: Sequence[Ending] = ()) -> None:
    """Write down endings and moves together; what was not ours any more is marked `is_lost`."""
    if not moves and not endings:
        return
    with desk.transaction() as session:
        done = write_in(session, moves, endings, database_now(session))
    mark(moves, done)


def write_in(session: Session, moves: Sequence[Move], endings: Sequence[Ending], now: datetime) -> list[Move]:
    """`write_down`, inside a transaction of the caller's, who marks what is ours once it has committed: the moves answered."""
    done = _still_ours(session, moves)
    _end_attempts(session, [*endings, *_of_moves(moves, done)], now)
    _update_rows(session, done, now)
    add_steps(session, [(move.held, move.to, move.sentence) for move in done
                        if move.to is not move.held.state or move.sentence], now)
    _add_audit(session, [move for move in done if move.verb], now)
    return done


def mark(moves: Sequence[Move], done: Sequence[Move]) -> None:
    """Note which of the moves were written down and which deliveries are not ours any more."""
    for each in moves:
        each.held.is_lost = True
    for each in done:
        each.held.is_lost, each.held.state = False, each.to


def move(desk: Desk, held: Held, to: DeliveryState, sentence: str = "", *, verb: str = "", after: float | None = None,
         **values: Any) -> None:
    """Bring one held delivery into a state and write the step down. Raises Lost."""
    write_down(desk, [Move(held, to, sentence, verb, values, after)])
    if held.is_lost:
        raise Lost


def add_steps(session: Session, steps: Iterable[tuple[Held, DeliveryState, str]], at: datetime) -> None:
    """Lines of several deliveries' histories."""
    insert_many(session, STEPS, [
        {"id": new_id(), "school_id": held.school_id, "delivery_id": held.id, "state": state, "sentence": sentence[:500], "at": at}
        for held, state, sentence in steps])


def _of_moves(moves: Sequence[Move], done: Sequence[Move]) -> list[Ending]:
    """What was made for a delivery that is not ours any more nobody has recorded: it stays open, for others to look."""
    ours = set(done)
    return [each.ending if each in ours else replace(each.ending, outcome="unknown", detail=NOT_OURS)
            for each in moves if each.ending is not None]


def _end_attempts(session: Session, endings: Sequence[Ending], now: datetime) -> None:
    """An ending that names no post leaves the attempt the one that it has."""
    for names_post in (True, False):
        update_many(session, ATTEMPTS, [{
            "id": each.attempt_id, "outcome": each.outcome, "detail": each.detail[:300],
            "finished_at": None if each.outcome == "unknown" else now, **({"post_id": each.post_id} if names_post else {}),
        } for each in endings if (each.post_id is not None) is names_post], where=("id",))


def _still_ours(session: Session, moves: Sequence[Move]) -> list[Move]:
    """Those whose rows are under our lease, in the state we believe; their rows stay locked until the commit."""
    if not moves:
        return []
    rows = session.execute(_STATES, {"ids": [move.held.id for move in moves]})
    there = {row.id: (row.lease_token, row.state) for row in rows}
    return [move for move in moves if there.get(move.held.id) == (move.held.token, move.held.state)]


def _update_rows(session: Session, moves: Sequence[Move], now: datetime) -> None:
    """One statement for all rows that change the same columns. What has come to its end is given back with it."""
    alike = defaultdict[tuple[str, ...], list[dict[str, Any]]](list)
    for each in moves:
        assert may_follow(each.held.state, each.to), f"{each.held.state} → {each.to}"
        values = _values(each, now)
        values["new_state"] = values.pop("state")
        if each.to in FINAL:
            values |= {"new_lease_token": None, "lease_until": None}
        alike[tuple(sorted(values))].append(
            values | {"id": each.held.id, "lease_token": each.held.token, "state": each.held.state})
    for rows in alike.values():
        update_many(session, DELIVERIES, rows, where=("id", "lease_token", "state"))


def _values(move: Move, now: datetime) -> dict[str, Any]:
    values = {"state": move.to, "reason": move.sentence[:500], **move.values, **dict.fromkeys(move.stamps, now)}
    if move.to in FINAL:
        values["ended_at"] = now
    if move.after is not None:
        values["next_at"] = now + timedelta(seconds=move.after)
    return values


def _add_audit(session: Session, moves: Sequence[Move], now: datetime) -> None:
    insert_many(session, AUDIT, [{
        "id": new_id(), "school_id": each.held.school_id, "at": now, "actor": "worker", "verb": each.verb,
        "object": f"delivery:{each.held.id}", "result": each.sentence[:500] or "ok"} for each in moves])
