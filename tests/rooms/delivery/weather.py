"""What a row of the failure matrix is held to: what students see in Google, and what the librarian is told by us."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from integration.courses.models import Course
from integration.courses.sync import request_sync, sync_courses
from integration.delivery.ledger import DeliveryCard, deliveries
from integration.delivery.models import Attempt
from integration.delivery.observe import observe
from integration.delivery.send import send_due
from integration.delivery.sweep import sweep
from integration.desk import Desk
from integration.google.wire import Reply, Wire
from integration.sandbox.app import Sandbox
from integration.streams.sync import sync_streams
from tests.conftest import Clock
from tests.rooms.delivery.makers import Library
from web.states import state_words


@dataclass(frozen=True)
class Told:
    """`shown`: posts students see; `drafts`: those they do not. `sentence` is the reason, or the state's own words."""

    shown: int
    drafts: int
    state: str
    sentence: str
    next_step: str


def told(library: Library, course: Course) -> Told:
    """How a class and its one delivery stand."""
    [card] = deliveries(library.desk, library.school_id, course_id=course.id)
    return Told(len(library.posts(course, "PUBLISHED")), len(library.posts(course, "DRAFT")), card.state,
                card.reason or state_words(card.state)[0], card.next_step)


def is_told(library: Library, course: Course, state: str, sentence: str, next_step: str = "", *, shown: int = 0,
            drafts: int = 0) -> None:
    """Fail unless it stands so; of the sentence a part is enough."""
    found = told(library, course)
    assert sentence in found.sentence, found
    assert found == Told(shown, drafts, state, found.sentence, next_step)


def card_of(library: Library, course: Course) -> DeliveryCard:
    [card] = deliveries(library.desk, library.school_id, course_id=course.id)
    return card


def finish(library: Library, clock: Clock, rounds: int = 6) -> None:
    """Let workers, the sweep and the janitor go on until nothing is left to do."""
    for _ in range(rounds):
        clock.forward(minutes=3)
        sweep(library.desk, patience=0)
        send_due(library.desk, library.school_id)
    clock.forward(minutes=11)
    sweep(library.desk, patience=0)


def look_at_google(library: Library) -> None:
    """A sync, and what it says of our posts."""
    sync_id = request_sync(library.desk, library.school_id, library.account.id)
    sync_courses(library.desk, sync_id)
    sync_streams(library.desk, sync_id)
    observe(library.desk, library.school_id)


def created(sandbox: Sandbox) -> int:
    """How many posts Google was asked to create."""
    return sum(call.name.endswith((".announcements.create", ".courseWorkMaterials.create")) for call in sandbox.journal)


def attempts(library: Library) -> int:
    """How many writes were ever written down."""
    with library.desk.transaction() as session:
        return len(session.scalars(select(Attempt.id)).all())


@dataclass
class PausedWire:
    """A wire of a process that stands still just before it creates a post, while `meanwhile` happens."""

    wire: Wire
    meanwhile: Callable[[], Any]
    has_paused: bool = False

    def carry(self, method: str, url: str, headers: Mapping[str, str], body: bytes | None, timeout: float) -> Reply:
        if method == "POST" and b"announcements" in url.encode() + (body or b"") and not self.has_paused:
            self.has_paused = True
            self.meanwhile()
        return self.wire.carry(method, url, headers, body, timeout)


@dataclass
class Outage:
    """The database is lost at the n-th commit: the answer to it only, or the commit itself."""

    commits: int
    is_answer_lost: bool
    is_over: bool = False


def with_outage(desk: Desk, outage: Outage) -> Desk:
    """A desk whose database goes away at a commit and does not come back to this worker."""
    @contextmanager
    def transaction() -> Iterator[Any]:
        outage.commits -= 1
        if outage.commits < 0 and (outage.is_over or not outage.is_answer_lost):
            outage.is_over = True
            raise OperationalError("COMMIT", {}, Exception("the connection was closed"))
        with desk.transaction() as session:
            yield session
        if outage.commits < 0:
            outage.is_over = True
            raise OperationalError("COMMIT", {}, Exception("the connection was closed"))
    return replace(desk, transaction=transaction)
