"""Every number on the page is its list's, and what a plain count of the rows gives, over years that chance draws."""

from collections import defaultdict
from datetime import date
from random import Random
from zoneinfo import ZoneInfo

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from integration.accounts.models import School
from integration.courses.models import Course, CourseState, CourseTeacher, Teacher
from integration.delivery.models import Delivery
from integration.desk import Desk
from integration.partnerships.shelf import entries_between
from integration.reach.posts import GONE
from integration.reports.behind import Behind, behind
from integration.reports.data import data_of
from integration.reports.figures import Figure
from integration.reports.report import Report, report
from integration.sandbox.world import World
from tests import make
from tests.rooms.reports.years import Year, a_year, sum_of

PERIODS = {"the month that runs": "2026-11", "a month that is over": "2026-09", "a month of the year before": "2026-02",
           "the school year that runs": "2026", "the school year before": "2025", "one that is to come": "2027"}
"""The kinds of period there are, on November 24, 2026."""
ZONES = ("America/New_York", "Pacific/Honolulu", "Pacific/Kiritimati", "Europe/Berlin")


@st.composite
def cases(draw: st.DrawFn) -> tuple[int, str, int, str]:
    """A seed, a time zone, the month the school year starts in, and a period."""
    return (draw(st.integers(0, 10**6)), draw(st.sampled_from(ZONES)), draw(st.sampled_from((1, 7, 8))),
            draw(st.sampled_from(sorted(PERIODS.values()))))


def drawn(desk: Desk, world: World, seed: int, zone: str, starts: int) -> Year:
    """A year in which classes were left out, put away and lost, and a librarian teaches beside teachers."""
    year, chance = a_year(desk, world, seed, classes=8, posts=18, entries=12), Random(seed)
    her = make.teacher(desk, year.school_id, google_id=year.account.google_id, name="Lena Ortiz")
    with desk.transaction() as session:
        card = session.get_one(School, year.school_id)
        card.timezone, card.year_starts_month = zone, starts
        for course in session.scalars(select(Course).where(Course.school_id == year.school_id)).all():
            course.excluded = chance.random() < 0.2
            course.state = chance.choice((CourseState.ACTIVE, CourseState.ACTIVE, CourseState.ARCHIVED, CourseState.GONE))
            if chance.random() < 0.5:
                session.add(CourseTeacher(school_id=year.school_id, course_id=course.id, teacher_id=her.id, is_owner=False))
    return year


def pages_of(desk: Desk, of: Report, figure: Figure) -> list[Behind]:
    """The list behind a figure as somebody turns its pages."""
    found: list[Behind] = []
    while more := behind(desk, of, figure, after=found[-1].id if found else "", at_most=4):
        found += more
    return found


def plain_log(desk: Desk, of: Report) -> dict[str, set[str]]:
    """By figure, what is found by looking at each entry."""
    entries, held = entries_between(desk, of.school.id, of.period.start, of.period.end), defaultdict[str, set[str]](set)
    for each in entries:
        goals = [line.goal.id for line in of.goals
                 if any(code == goal or code.startswith(f"{goal}.") for goal in line.goal.codes for code in each.codes)]
        for entries_of, part in (("log-entries", "log"), *((f"goal-{id}-activities", f"goal-{id}") for id in goals)):
            held[entries_of].add(each.id)
            held["log-partnerships" if part == "log" else f"{part}-teachers"].add(each.partnership_id)
            held[f"{part}-classes"] |= {one.id for one in each.classes}
        held["log-minutes"] |= {each.id} if each.minutes is not None else set()
        if each.level:
            held[f"level-{each.scheme}-{each.level}"].add(each.id)
    return held


def plain_count(desk: Desk, year: Year, zone: str, first: date, last: date) -> dict[str, set[str]]:
    """By figure, what is found by looking at each row."""
    held: dict[str, set[str]] = {name: set() for name in ("classes", "teachers", "deliveries", "standing", "edited", "removed")}
    with desk.transaction() as session:
        for row in session.scalars(select(Delivery).where(Delivery.school_id == year.school_id)):
            if row.published_at is None or not first <= row.published_at.astimezone(ZoneInfo(zone)).date() <= last:
                continue
            held["classes"].add(row.course_id)
            held["deliveries"].add(row.id)
            if row.state not in GONE:
                held["standing"].add(row.id)
                held["edited"] |= {row.id} if row.edited_at else set()
            held["removed"] |= {row.id} if row.state.value == "removed" else set()
        held["teachers"] = set(session.scalars(
            select(CourseTeacher.teacher_id).join(Teacher, Teacher.id == CourseTeacher.teacher_id)
            .where(CourseTeacher.course_id.in_(held["classes"]), Teacher.google_id != year.account.google_id)))
    return held


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(case=cases())
def test_every_number_is_its_lists_and_a_plain_counts(desk: Desk, world: World, case: tuple[int, str, int, str]) -> None:
    seed, zone, starts, said = case
    year = drawn(desk, world, seed, zone, starts)
    of = report(desk, year.school_id, said)
    log = plain_log(desk, of)
    for figure in of.figures():
        lines = pages_of(desk, of, figure)
        assert figure.entries is None or {line.id for line in lines} == log[figure.key], figure.key
        assert lines == behind(desk, of, figure), figure.key
        assert len({line.id for line in lines}) == len(lines), f"{figure.key} counts something twice"
        assert figure.number == sum_of(figure, lines), figure.key
    held, reach = plain_count(desk, year, zone, of.period.start, of.period.end), data_of(desk, of)["reach"]
    assert {name: (reach[name], set(reach[f"{name}_ids"])) for name in held} == {
        name: (len(ids), ids) for name, ids in held.items()}


def test_each_kind_of_period_is_drawn_whatever_chance_says(desk: Desk, world: World) -> None:
    year = drawn(desk, world, 11, "America/New_York", 7)
    for of in (report(desk, year.school_id, said) for said in PERIODS.values()):
        assert all(figure.number == sum_of(figure, pages_of(desk, of, figure)) for figure in of.figures())
