"""A pause: nothing new is posted meanwhile, and afterwards there is no burst."""

from datetime import UTC, date, datetime, timedelta

import pytest

from integration.delivery.halt import NewPause, begin_pause, end_pause, pauses
from integration.delivery.ledger import deliveries
from integration.delivery.models import Delivery
from integration.delivery.send import send_due
from integration.errors import Invalid, NotFound
from tests import make
from tests.conftest import Clock
from tests.rooms.delivery.makers import Library


def paused(library: Library, scope: str = "school", target: str = "", first: date | None = None, last: date | None = None) -> str:
    return begin_pause(library.desk, library.school_id, NewPause(scope, target, first, last), account_id=library.account.id)


def states(library: Library) -> list[str]:
    return sorted(card.state for card in deliveries(library.desk, library.school_id))


def due(library: Library) -> list[datetime]:
    with library.desk.transaction() as session:
        return sorted(row.next_at for row in session.query(Delivery))


def test_nothing_is_posted_while_the_school_is_paused(library: Library) -> None:
    course = library.own_class()
    paused(library)
    library.accepted()
    send_due(library.desk, library.school_id)
    assert states(library) == ["parked"] and library.posts(course) == []


def test_what_was_ready_when_she_pressed_pause_is_held_at_once(library: Library) -> None:
    library.own_class()
    library.accepted()
    paused(library)
    assert states(library) == ["parked"]


def test_only_the_paused_class_waits(library: Library) -> None:
    first, second = library.own_class("Grade 6 A"), library.own_class("Grade 6 B")
    paused(library, "class", first.id)
    library.accepted()
    send_due(library.desk, library.school_id)
    assert len(library.posts(second)) == 1 and library.posts(first) == []


def test_a_paused_teacher_pauses_each_of_her_classes(library: Library) -> None:
    rosa = make.teacher(library.desk, library.school_id)
    hers = library.own_class("Grade 6 A", teachers=(rosa,))
    paused(library, "teacher", rosa.id)
    library.accepted()
    send_due(library.desk, library.school_id)
    assert library.posts(hers) == []


def test_resuming_sends_one_after_the_other(library: Library, clock: Clock) -> None:
    for name in "ABC":
        library.own_class(f"Grade 6 {name}")
    pause = paused(library)
    library.accepted()
    send_due(library.desk, library.school_id)
    clock.forward(hours=2)
    end_pause(library.desk, library.school_id, pause, account_id=library.account.id)
    assert [at - clock() for at in due(library)] == [timedelta(seconds=seconds) for seconds in (0, 20, 40)]
    send_due(library.desk, library.school_id)
    assert states(library) == ["published", "ready", "ready"]


def test_what_fell_due_half_a_day_before_is_asked_about_and_not_posted(library: Library, clock: Clock) -> None:
    course = library.own_class()
    pause = paused(library)
    library.accepted()
    send_due(library.desk, library.school_id)
    clock.forward(days=3)
    end_pause(library.desk, library.school_id, pause, account_id=library.account.id)
    send_due(library.desk, library.school_id)
    [card] = deliveries(library.desk, library.school_id)
    assert (card.state, library.posts(course)) == ("parked", []) and "without asking you" in card.reason


def test_a_pause_ends_by_itself_on_the_morning_after_its_last_day(library: Library, clock: Clock) -> None:
    library.own_class()
    paused(library, last=date(2026, 11, 24))
    library.accepted(publish_at=datetime(2026, 11, 25, 1, 0, tzinfo=UTC))
    clock.at = datetime(2026, 11, 25, 1, 0, tzinfo=UTC)
    send_due(library.desk, library.school_id)
    assert due(library) == [datetime(2026, 11, 25, 12, 0, tzinfo=UTC)]
    clock.at = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)
    send_due(library.desk, library.school_id)
    assert states(library) == ["published"]


def test_a_pause_to_come_holds_nothing_yet(library: Library) -> None:
    library.own_class()
    paused(library, first=date(2026, 12, 7), last=date(2026, 12, 11))
    library.accepted()
    send_due(library.desk, library.school_id)
    assert states(library) == ["published"] and [card.is_on for card in pauses(library.desk, library.school_id)] == [False]


def test_what_stands_already_still_stands(library: Library) -> None:
    course = library.own_class()
    library.accepted()
    send_due(library.desk, library.school_id)
    paused(library)
    send_due(library.desk, library.school_id)
    assert states(library) == ["published"] and len(library.posts(course, "PUBLISHED")) == 1


@pytest.mark.parametrize(("scope", "target", "last"), (
    ("class", "none", None), ("teacher", "", None), ("district", "", None), ("school", "x", None), ("school", "", date(2026, 1, 1)),
))
def test_a_pause_that_means_nothing_is_refused(library: Library, scope: str, target: str, last: date | None) -> None:
    with pytest.raises(Invalid):
        paused(library, scope, target, last=last)


def test_another_schools_pause_cannot_be_ended(library: Library) -> None:
    pause = paused(library)
    with pytest.raises(NotFound):
        end_pause(library.desk, make.school(library.desk), pause, account_id=library.account.id)


