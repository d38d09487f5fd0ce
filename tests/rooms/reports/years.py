"""Generated school years: classes, posts in every state, and a log, all drawn from a seed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from integration.accounts.models import Account
from integration.courses.models import Course, Teacher
from integration.courses.shelf import GRADES
from integration.curation.collect import NewCollection, collect
from integration.delivery.models import Delivery, DeliveryState, Plan, PlanState
from integration.desk import Desk
from integration.partnerships import levels
from integration.partnerships.log import HandEntry, write
from integration.records.base import new_id
from integration.reports.behind import Behind
from integration.reports.figures import Figure
from integration.reports.goals import NewGoal, add_goal
from integration.sandbox.world import World
from tests import make

MINUTES = "minutes"
FIRST = date(2025, 7, 1)
LAST = date(2026, 11, 24)
SUBJECTS = ("science", "ela", "math", "social-studies", "")
NAMES = ("Rosa Gomez", "Ben Adeyemi", "Cleo Park", "Dana Novak", "Imani Reyes", "José Núñez")
DEEDS = ("Citation workshop", "Planned a unit together", "Book talk", "=SUM(A1:A9) of sources", "Lateral reading")
CODES = ("VI.A.1", "VI.B.2", "IV.A.3", "I.B.1", "III.A.2")


@dataclass
class Year:
    """A school with a year and a half behind it."""

    desk: Desk
    account: Account
    random: Random

    @property
    def school_id(self) -> str:
        return self.account.school_id

    def post(self, course: Course, on: date, state: DeliveryState = DeliveryState.PUBLISHED, *, edited: bool = False,
             title: str = "Volcanoes") -> str:
        """Something students of a class saw from that day on; answers the delivery's id."""
        at = datetime(on.year, on.month, on.day, 23, 30, tzinfo=ZoneInfo("America/New_York"))
        with self.desk.transaction() as session:
            plan = Plan(id=new_id(), school_id=self.school_id, account_id=self.account.id, collection_id=self.collection(title),
                        rule={}, kind="material", state=PlanState.DONE, title=title, materials=[], created_at=at)
            session.add(plan)
            session.flush()
            row = Delivery(id=new_id(), school_id=self.school_id, plan_id=plan.id, course_id=course.id, account_id=self.account.id,
                           course_google_id=course.google_id, kind="material", title=title, text="", materials=[],
                           content_hash="", marker=new_id(), state=state, next_at=at, created_at=at, expires_at=at,
                           published_at=at, edited_at=at if edited else None)
            session.add(row)
        return row.id

    def collection(self, title: str) -> str:
        """A collection, for a plan to name."""
        return collect(self.desk, self.school_id, NewCollection(title=title, description="", resource_ids=[]))

    def some_day(self) -> date:
        return FIRST + timedelta(days=self.random.randrange((LAST - FIRST).days))


def empty_year(desk: Desk, world: World, seed: int = 1, *, granted: tuple[str, ...] = make.ALL_SCOPES) -> Year:
    """A school before its first class."""
    person = world.add_person("lena@juniper.example", "Lena Ortiz")
    return Year(desk, make.account(desk, world, person, granted=granted), Random(seed))


def a_year(desk: Desk, world: World, seed: int, *, classes: int = 14, posts: int = 40, entries: int = 25,
           granted: tuple[str, ...] = make.ALL_SCOPES) -> Year:
    """A school with classes, posts in every state that was ever seen, goals and a log."""
    year = empty_year(desk, world, seed, granted=granted)
    teachers = [make.teacher(desk, year.school_id, name=name) for name in NAMES]
    courses = [_course(year, teachers, number) for number in range(classes)]
    for _ in range(posts):
        year.post(year.random.choice(courses), year.some_day(), year.random.choice(SEEN), edited=year.random.random() < 0.3,
                  title=year.random.choice(DEEDS))
    for _ in range(entries):
        _entry(year, teachers, courses)
    for title, codes in (("Reading growth in grades 6 to 8", ("VI.A.1",)), ("Every student can cite a source", ("VI.B",)),
                         ("Calm hallways", ())):
        add_goal(desk, year.school_id, NewGoal(title, date(2025, 8, 1), date(2027, 6, 30), codes=codes))
    return year


def sum_of(figure: Figure, lines: Sequence[Behind]) -> int:
    """What a figure must be by its list: how many lines there are, or what they add up to."""
    if figure.key.endswith(MINUTES):
        return sum(int(line.amount.replace(",", "")) for line in lines)
    return len(lines) if figure.amounts is None else sum(figure.amounts)


SEEN = (DeliveryState.PUBLISHED, DeliveryState.PUBLISHED, DeliveryState.REMOVED, DeliveryState.RETRACTED,
        DeliveryState.UPDATING, DeliveryState.NEEDS_HUMAN)


def _course(year: Year, teachers: list[Teacher], number: int) -> Course:
    grades = year.random.sample(GRADES, year.random.choice((0, 1, 1, 2)))
    return make.course(year.desk, year.account, teachers=tuple(year.random.sample(teachers, year.random.choice((0, 1, 1, 2)))),
                       name=f"Class {number}", grades=grades, subject=year.random.choice(SUBJECTS),
                       students=year.random.choice((None, 4, 18, 26)))


def _entry(year: Year, teachers: list[Teacher], courses: list[Course]) -> None:
    scheme = year.random.choice(levels.SCHEMES)
    level: dict[str, Any] = {"scheme": scheme.key, "level": year.random.choice(scheme.levels).code}
    write(year.desk, year.school_id, HandEntry(
        teacher_id=year.random.choice(teachers).id, on=year.some_day(), activity=year.random.choice(DEEDS),
        minutes=year.random.choice((None, 20, 45)), codes=year.random.sample(CODES, 1),
        class_ids=[each.id for each in year.random.sample(courses, 2)], **(level if year.random.random() < 0.7 else {})))
