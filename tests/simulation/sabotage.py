"""Guards of the delivery taken away one at a time or in pairs, in this process only: a simulation that misses one proves nothing.

Nothing on disk is touched. A sabotage names a module, something in it, and what stands there instead while it lasts.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from importlib import import_module
from typing import Any

from sqlalchemy import update

from integration.delivery.lease import DELIVERIES, Held
from integration.delivery.models import DeliveryState as S
from integration.delivery.moves import Move
from integration.errors import Busy
from integration.records.base import new_id

ROOM = "integration.delivery"


@dataclass(frozen=True)
class Sabotage:
    """One guard less."""

    says: str
    changes: Sequence[tuple[str, str, Any]]
    """Module, name in it (of a class: `Class.name`), and what stands there instead."""


def nothing(*_given: Any, **_named: Any) -> int:
    """Does nothing, in place of what should do something."""
    return 0


def yes(*_given: Any, **_named: Any) -> bool:
    """Takes it for so."""
    return True


def under_another_name(keeps: Callable[..., Any]) -> Callable[..., Any]:
    """Writes rows that no key holds apart from those that are there."""

    def insert(session: Any, model: Any, rows: Sequence[dict[str, Any]], **named: Any) -> Any:
        return keeps(session, model, [row | {"occurrence": new_id()} for row in rows], **named)

    return insert


def our_words(*_given: Any, **_named: Any) -> str:
    """Lets ours win, whatever stands there."""
    return "written"


def no(*_given: Any, **_named: Any) -> bool:
    """Finds nothing to heed."""
    return False


def unfenced(_session: Any, moves: Sequence[Move]) -> list[Move]:
    """Takes every row for ours."""
    return list(moves)


def written_anyhow(session: Any, moves: Sequence[Move], now: Any) -> None:
    """Updates rows by their id alone."""
    values = import_module(f"{ROOM}.moves")._values
    for each in moves:
        session.execute(update(DELIVERIES).where(DELIVERIES.c.id == each.held.id).values(**values(each, now)))


def without_asking(keeps: Callable[..., Any]) -> Callable[..., Any]:
    """Lets what should wait for a teacher go."""

    def row(*given: Any) -> dict[str, Any]:
        made: dict[str, Any] = keeps(*given)
        return made | ({"state": S.READY} if made["state"] is S.WAITING else {})

    return row


def nobody(*_given: Any, **_named: Any) -> list[Any]:
    """Nobody is among them."""
    return []


def not_sent(error: Any, *, is_write: bool) -> Exception:
    """Takes a lost answer for a request that never left."""
    return Busy("It never left.", reason="cut")


def shown_at_once(keeps: Callable[..., Any]) -> Callable[..., Any]:
    """Creates what students see at once."""

    def drafting(self: Any, course: str, kind: Any, **given: Any) -> Any:
        call = keeps(self, course, kind, **given)
        call.request.body = call.request.body.replace('"DRAFT"', '"PUBLISHED"')
        return call

    return drafting


def a_removed_one_again(keeps: Callable[..., Any]) -> Callable[..., Any]:
    """Makes another where a person removed one."""

    def explain(desk: Any, classroom: Any, held: Held, post_id: str) -> Move | None:
        move: Move | None = keeps(desk, classroom, held, post_id)
        return Move(held, S.DRAFTING, values={"post_id": None}) if move is not None and move.to is S.REMOVED else move

    return explain


def without_notes(keeps: Callable[..., Any]) -> Callable[..., Any]:
    """Keeps no memory of what it asked of Google."""

    def begin(desk: Any, hand: Any, kind: str, to: S, **named: Any) -> Any:
        begun = keeps(desk, hand, kind, to, **named)
        with desk.transaction() as session:
            for each in begun:
                session.connection().exec_driver_sql("delete from delivery_attempts where id = ?", (each.attempt_id,))
        return begun

    return begin


@dataclass(frozen=True)
class Around:
    """What stands there instead is made of what stood there."""

    make: Callable[[Any], Any]


SABOTAGES = {
    "no sweeper": Sabotage("the bell is trusted", [("tests.simulation.crew", "sweep", nothing)]),
    "no janitor": Sabotage("no forgotten draft is removed", [(f"{ROOM}.sweep", "clean", nothing)]),
    "one phase": Sabotage("posts are created published", [
        ("integration.google.classroom", "Classroom.drafting", Around(shown_at_once))]),
    "blind retry": Sabotage("a lost answer counts as not sent", [
        ("integration.google.call", "cut_off", not_sent), ("integration.google.batch", "cut_off", not_sent)]),
    "5xx is a no": Sabotage("a stumble counts as not done", [("integration.google.call", "CUT_SHORT", frozenset({599}))]),
    "no list before re-create": Sabotage("does not look for what was created", [(f"{ROOM}.draft", "_adopt", no)]),
    "DELETED not looked at": Sabotage("lists only drafts and posts", [
        ("integration.google.classroom", "STATES", ("DRAFT", "PUBLISHED"))]),
    "removed is made again": Sabotage("a removed draft is made anew", [
        (f"{ROOM}.publish", "_explain", Around(a_removed_one_again))]),
    "no intent": Sabotage("writes nothing down before a call", [
        (f"{ROOM}.{name}", "begin_together", Around(without_notes))
        for name in ("draft", "publish", "topic", "attempts", "change_together", "cancel_together", "replace")]),
    "no fencing": Sabotage("writes rows that are not ours any more", [
        (f"{ROOM}.moves", "_still_ours", unfenced), (f"{ROOM}.moves", "_update_rows", written_anyhow)]),
    "no self-fence": Sabotage("calls after its lease has ended", [(f"{ROOM}.attempts", "MARGIN", -1e9)]),
    "no quarantine": Sabotage("goes on at once after a failover", [
        (f"{ROOM}.{name}", "is_quiet", no) for name in ("send", "sweep", "lease", "expire")]),
    "cancel forgets publishing": Sabotage("says never seen", [(f"{ROOM}.cancel", "_was_shown", nobody)]),
    "cancel heeds no edit": Sabotage("deletes what a teacher changed", [(f"{ROOM}.cancel", "_changed", no)]),
    "no consent": Sabotage("sends without asking", [
        (f"{ROOM}.accept", "new_row", Around(without_asking)), (f"{ROOM}.obey", "unagreed", nobody)]),
    "a lagging list is believed": Sabotage("takes a young post for gone", [
        ("integration.streams.read", "OVERLAP", timedelta(0))]),
    "eager janitor": Sabotage("removes what is young", [(f"{ROOM}.janitor", "OLD_ENOUGH", timedelta(0))]),
    "no lease": Sabotage("everybody may take everything", [
        (f"{ROOM}.lease", "LEASE", -1.0), (f"{ROOM}.attempts", "MARGIN", -1e9)]),
    "no unique key": Sabotage("a plan accepted twice is sent twice", [
        (f"{ROOM}.accept", "_is_first", yes), (f"{ROOM}.accept", "insert_missing", Around(under_another_name))]),
    "a late deletion is forgotten": Sabotage("lets a post take another's place that may be deleted late", [
        (f"{ROOM}.successor", "deleted_by_us", nobody)]),
    "overwrites the teacher": Sabotage("brings every word of ours", [
        (f"{ROOM}.merge", "_settle", our_words)]),
    "blind after a failover": Sabotage("takes what it cannot see for not there", [(f"{ROOM}.reconcile", "_cannot_see", nothing)]),
    "strangers stay": Sabotage("leaves what a failover forgot", [(f"{ROOM}.reconcile", "remove_strangers", yes)]),
    "lost answers forgotten": Sabotage("retries from the start", [(f"{ROOM}.resume", "has_lost_answer", no)]),
}


PAIRS = (
    ("no self-fence", "no fencing"), ("no lease", "no fencing"), ("no list before re-create", "no janitor"),
    ("no self-fence", "no lease"), ("no fencing", "lost answers forgotten"), ("no sweeper", "no janitor"),
    ("cancel forgets publishing", "no list before re-create"))
"""Guards that cover each other, taken away together."""


@contextmanager
def sabotaged(*names: str) -> Iterator[None]:
    """Play without these guards meanwhile."""
    undo = [_put(*change) for name in names for change in SABOTAGES[name].changes]
    try:
        yield
    finally:
        for put_back in reversed(undo):
            put_back()


def _put(module: str, name: str, new: Any) -> Callable[[], None]:
    place: Any = import_module(module)
    *owner, last = name.split(".")
    for each in owner:
        place = getattr(place, each)
    before = getattr(place, last)
    setattr(place, last, new.make(before) if isinstance(new, Around) else new)
    return lambda: setattr(place, last, before)
