"""A whole pretend district by seed: thousands of classes, a hundred librarians, each co-teaching her school's share."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from random import Random

from integration.sandbox import names
from integration.sandbox.demo_classes import SchoolYear
from integration.sandbox.world import Person, World

DOMAIN = "cedar.example"
TEACHERS_EACH = 12
STUDENTS_EACH = 90
ORDINALS = ("", "1st", "2nd", "3rd", "4th", "5th", "6th", "7th", "8th")
SUBJECTS = ("ELA", "Math", "Science", "Social Studies", "Art", "Music", "Reading")
SHAPES = (
    "{ordinal} Grade {subject}", "Grade {grade} {subject} {year}", "{subject} {grade}", "{ordinal} Grade – {teacher}",
    "{subject} {grade} / Period {period}", "Gr. {grade} {subject} (P{period})", "Period {period} {subject}",
    "{teacher} Homeroom {grade}", "{year} Grade {grade} {subject}",
)


@dataclass(frozen=True)
class _School:
    """One librarian with the people around her."""

    librarian: Person
    teachers: Sequence[Person]
    students: Sequence[Person]


def district(seed: int, now: Callable[[], datetime], courses: int = 5000, librarians: int = 100, *,
             one_librarian_in_all: bool = False) -> World:
    """Make a district of `courses` classes shared out evenly among `librarians`; the same seed makes the same one.

    With `one_librarian_in_all` the first librarian co-teaches every class: the hardest account to keep in step.
    """
    world, random = World(seed=seed, now=now), Random(seed)
    schools = _schools(world, random, librarians)
    everywhere = schools[0].librarian if one_librarian_in_all else None
    for number in range(courses):
        _open_class(world, random, schools[number % librarians], number, everywhere)
    return world


def _schools(world: World, random: Random, librarians: int) -> list[_School]:
    """Librarians first, so that the sign-in page offers them."""
    grown_ups, children = names.grown_ups(random), names.children(random)
    people = [_person(world, name, number) for number, name in enumerate(islice(grown_ups, librarians), start=1)]
    return [
        _School(
            librarian,
            [_person(world, name, 1000 + number * 100 + each)
             for each, name in enumerate(islice(grown_ups, TEACHERS_EACH))],
            [_person(world, name, 100_000 + number * 100 + each, "student")
             for each, name in enumerate(islice(children, STUDENTS_EACH))],
        )
        for number, librarian in enumerate(people)
    ]


def _person(world: World, name: str, number: int, kind: str = "teacher") -> Person:
    return world.add_person(names.address(name, DOMAIN, number), name, domain=DOMAIN, kind=kind)


def _open_class(world: World, random: Random, school: _School, number: int, everywhere: Person | None) -> None:
    now, teacher = world.now(), random.choice(school.teachers)
    first = random.randrange(STUDENTS_EACH - 30)
    owner = school.librarian if number % 25 == 0 else teacher
    helpers = (school.librarian,) if everywhere in (None, school.librarian) else (school.librarian, everywhere)
    course = world.add_course(
        owner, _name(random, teacher, SchoolYear.of(now)),
        section=random.choice(("", "", f"Period {random.randint(1, 8)}", "A", "B")),
        state="ARCHIVED" if number % 40 == 7 else "ACTIVE", google_id=str(702_000_000_013 + number * 7919),
        teachers=tuple(person for person in helpers if person and person is not owner),
        students=tuple(school.students[first:first + random.randint(12, 30)]),
        created_at=now - timedelta(days=90, minutes=number),
    )
    world.add_post(course, "announcement", owner, text="Welcome to the new school year!",
                   at=now - timedelta(days=80, minutes=number % 1440))


def _name(random: Random, teacher: Person, year: SchoolYear) -> str:
    grade = random.randint(1, 8)
    return random.choice(SHAPES).format(
        ordinal=ORDINALS[grade], grade=grade, subject=random.choice(SUBJECTS), period=random.randint(1, 8),
        teacher=teacher.name.split()[-1], year=year.short,
    )
