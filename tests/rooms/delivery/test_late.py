"""After a pause she is offered what waited: each or all of it, at a calm pace; never a burst, and nothing unasked."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from integration.consent.choose import NewChoice
from integration.courses.models import Course
from integration.courses.shelf import course
from integration.delivery.accept import accept
from integration.delivery.choose import choose
from integration.delivery.halt import NewPause, begin_pause, end_pause
from integration.delivery.late import Resumed, late_posts, leave_out_late, post_late
from integration.delivery.ledger import deliveries
from integration.delivery.models import Delivery
from integration.delivery.plan import NewPlan, Rule
from integration.delivery.plan import plan as make_plan
from integration.delivery.send import send_due
from tests import make
from tests.conftest import Clock
from tests.rooms.delivery.makers import Library

THURSDAY = datetime(2026, 12, 3, 15, 0, tzinfo=UTC)
TITLES = ("Volcanoes", "Rivers", "Webb")


@pytest.fixture
def classes(library: Library, clock: Clock) -> list[Course]:
    """Two classes in which three posts each fell due during a pause, which is over."""
    found = [library.own_class(), library.own_class("6th Grade Library B")]
    fallen_due_during_a_pause(library, clock)
    return found


def fallen_due_during_a_pause(library: Library, clock: Clock) -> None:
    pause = begin_pause(library.desk, library.school_id, NewPause("school"), account_id=library.account.id)
    for title in TITLES:
        plan(library, title)
    send_due(library.desk, library.school_id)
    clock.at = THURSDAY
    end_pause(library.desk, library.school_id, pause, account_id=library.account.id)
    send_due(library.desk, library.school_id)


def plan(library: Library, title: str) -> None:
    new = NewPlan(library.collection(title=title), Rule(grades=["6"]))
    id = make_plan(library.desk, library.school_id, library.account.id, new)
    accept(library.desk, library.school_id, id, library.account.id)


def states(library: Library) -> Counter[str]:
    return Counter(card.state for card in deliveries(library.desk, library.school_id))


def posted(library: Library, classes: list[Course]) -> list[int]:
    return [len(library.posts(each, "PUBLISHED")) for each in classes]


def test_nothing_is_posted_by_resuming_and_all_of_it_is_offered(library: Library, classes: list[Course]) -> None:
    assert posted(library, classes) == [0, 0]
    assert [card.title for card in late_posts(library.desk, library.school_id)] == [each for each in TITLES for _ in classes]
    assert {card.was_due_at.date().isoformat() for card in late_posts(library.desk, library.school_id)} == {"2026-11-24"}


def test_all_of_it_goes_one_after_the_other_and_one_a_day_in_each_class(library: Library, classes: list[Course],
                                                                       clock: Clock) -> None:
    assert post_late(library.desk, library.school_id, account_id=library.account.id) == Resumed(6, 0, 0)
    send_due(library.desk, library.school_id)
    assert sum(posted(library, classes)) == 1
    seen, a_minute = [posted(library, classes)], timedelta(minutes=1)
    while clock.at < THURSDAY + timedelta(days=5):
        clock.at += a_minute if clock.at.minute < 5 else timedelta(minutes=55)
        send_due(library.desk, library.school_id)
        if posted(library, classes) != seen[-1]:
            seen.append(posted(library, classes))
            assert sum(seen[-1]) - sum(seen[-2]) <= 3, "no more in a minute than three times twenty seconds"
    assert seen[-1] == [3, 3]
    by_day = Counter((row.course_id, row.published_at.date()) for row in rows(library) if row.published_at)
    assert set(by_day.values()) == {1}
    assert {day.isoformat() for _, day in by_day} == {"2026-12-03", "2026-12-04", "2026-12-07"}, "not on the weekend"


def test_each_can_be_chosen_by_itself(library: Library, classes: list[Course]) -> None:
    first, second, *_ = late_posts(library.desk, library.school_id)
    post_late(library.desk, library.school_id, [first.id], account_id=library.account.id)
    assert leave_out_late(library.desk, library.school_id, [second.id], account_id=library.account.id) == 1
    send_due(library.desk, library.school_id)
    assert sum(posted(library, classes)) == 1
    assert states(library) == {"published": 1, "cancelled": 1, "parked": 4}
    assert len(late_posts(library.desk, library.school_id)) == 4


def test_all_of_it_can_be_left_out_and_stays_out(library: Library, classes: list[Course], clock: Clock) -> None:
    leave_out_late(library.desk, library.school_id, account_id=library.account.id)
    assert post_late(library.desk, library.school_id, account_id=library.account.id) == Resumed(0, 0, 0)
    clock.forward(days=3)
    send_due(library.desk, library.school_id)
    assert (posted(library, classes), states(library)) == ([0, 0], {"cancelled": 6})


def test_pressed_twice_it_goes_once(library: Library, classes: list[Course], clock: Clock) -> None:
    done = [post_late(library.desk, library.school_id, account_id=library.account.id) for _ in range(2)]
    assert done == [Resumed(6, 0, 0), Resumed(0, 0, 0)]
    for _ in range(10):
        clock.forward(hours=11, minutes=59)
        send_due(library.desk, library.school_id)
    assert posted(library, classes) == [3, 3]


def test_a_teacher_is_still_asked_and_a_no_still_counts(library: Library, clock: Clock) -> None:
    asks, never = library.teachers_class("6th Grade Science"), library.teachers_class("6th Grade Math")
    for each in (asks, never):
        choose(library.desk, library.school_id, teacher(library, each), NewChoice("always"), by=f"account:{library.account.id}")
    fallen_due_during_a_pause(library, clock)
    assert len(late_posts(library.desk, library.school_id)) == 6
    choose(library.desk, library.school_id, teacher(library, never), NewChoice("never"), by=f"account:{library.account.id}")
    choose(library.desk, library.school_id, teacher(library, asks), NewChoice("ask"), by=f"account:{library.account.id}")
    done = post_late(library.desk, library.school_id, account_id=library.account.id)
    for _ in range(4):
        clock.forward(days=1)
        send_due(library.desk, library.school_id)
    assert done.going == 0 and posted(library, [asks, never]) == [0, 0]


def test_another_schools_are_left_alone(library: Library, classes: list[Course]) -> None:
    other = make.school(library.desk)
    assert late_posts(library.desk, other) == []
    ids = [card.id for card in late_posts(library.desk, library.school_id)]
    assert leave_out_late(library.desk, other, ids, account_id=library.account.id) == 0
    assert len(late_posts(library.desk, library.school_id)) == 6


def rows(library: Library) -> list[Delivery]:
    with library.desk.transaction() as session:
        return session.query(Delivery).all()


def teacher(library: Library, science: Course) -> str:
    return course(library.desk, library.school_id, science.id).teachers[0].id


def test_the_calm_pace_leaves_days_without_school_out(library: Library, clock: Clock) -> None:
    library.own_class()
    fallen_due_during_a_pause(library, clock)
    post_late(library.desk, library.school_id, account_id=library.account.id, is_off=lambda day: day == date(2026, 12, 4))
    with library.desk.transaction() as session:
        days = sorted(at.date() for at in session.scalars(select(Delivery.next_at)))
    assert days == [date(2026, 12, 3), date(2026, 12, 7), date(2026, 12, 8)]
