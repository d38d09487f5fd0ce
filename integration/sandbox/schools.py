"""Pretend schools: Juniper Ridge, where every demonstration happens, and whole districts by seed."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import islice
from random import Random

from integration.sandbox import names
from integration.sandbox.demo_classes import LIBRARIAN, ClassLine, Grades, SchoolYear, class_lines
from integration.sandbox.demo_streams import Cast, fill_stream
from integration.sandbox.district import district
from integration.sandbox.world import Person, World

__all__ = ["DEMO_TRUTH", "DOMAIN", "MAYA", "demo_school", "district"]

DOMAIN = "juniper.example"
MAYA = f"maya.okafor@{DOMAIN}"
COHORTS = ("PK", "K", "1", "2", "3", "4", "5", "6", "7", "8", "9")
COHORT_SIZE = 34
DEMO_TRUTH: Mapping[str, Grades] = {
    line.google_id: line.grades for line in class_lines(SchoolYear(2026)) if line.grades is not None
}
"""Class id → the grades its own words plainly say, () for plainly none; left out where people would disagree."""


@dataclass(frozen=True)
class _Staff:
    """The grown-ups of the school, and its children by cohort."""

    librarian: Person
    theo: Person
    teachers: Mapping[str, Person]
    cohorts: Mapping[str, tuple[Person, ...]]

    def owner(self, line: ClassLine) -> Person:
        return self.librarian if line.teacher == LIBRARIAN else self.teachers[line.teacher]


def demo_school(now: Callable[[], datetime]) -> World:
    """Juniper Ridge as it stands at `now`: the same classes and people each time, in step with the school year.

    Maya Okafor (`MAYA`) sees about sixty classes. Others to sign in as: a second librarian with two classes, a
    librarian with none, a teacher the library does not reach, an administrator, a personal account, one whose
    administrator blocks the app, and one without Classroom.
    """
    world = World(seed=60, now=now)
    staff = _people(world)
    for line in class_lines(SchoolYear.of(now())):
        _open_class(world, line, staff, now())
    _theo_s_classes(world, staff, now())
    return world


def _people(world: World) -> _Staff:
    """Add everybody; the first eight are those the sign-in page offers."""
    maya = world.add_person(MAYA, "Maya Okafor", domain=DOMAIN)
    theo = world.add_person(f"theo.lindqvist@{DOMAIN}", "Theo Lindqvist", domain=DOMAIN)
    world.add_person(f"nora.empty@{DOMAIN}", "Nora Empty", domain=DOMAIN)
    quinn = world.add_person(f"avery.quinn@{DOMAIN}", "Avery Quinn", domain=DOMAIN)
    world.add_person(f"admin@{DOMAIN}", "Robin Castellanos", domain=DOMAIN, kind="admin")
    world.add_person("sam@mail.example", "Sam Rivera")
    world.block(world.add_person(f"blake.barred@{DOMAIN}", "Blake Barred", domain=DOMAIN))
    world.add_person(f"odette.offline@{DOMAIN}", "Odette Offline", domain=DOMAIN, is_classroom_on=False)
    teachers = {key: world.add_person(names.address(name, DOMAIN), name, domain=DOMAIN)
                for key, name in names.TEACHERS.items()}
    return _Staff(maya, theo, {**teachers, "quinn": quinn}, _children(world))


def _children(world: World) -> dict[str, tuple[Person, ...]]:
    """One cohort a grade, every child carrying the canary word."""
    random = Random(2030)
    cohorts = {}
    for number, grade in enumerate(COHORTS):
        called = enumerate(islice(names.children(random), COHORT_SIZE), start=100 * number + 1)
        cohorts[grade] = tuple(world.add_person(names.address(name, DOMAIN, each), name, domain=DOMAIN, kind="student")
                               for each, name in called)
    return cohorts


def _open_class(world: World, line: ClassLine, staff: _Staff, now: datetime) -> None:
    owner, students = staff.owner(line), _roster(line, staff)
    is_shared = line.with_library and owner is not staff.librarian
    course = world.add_course(
        owner, line.name, section=line.section, heading=line.heading, levels=line.levels, subject=line.subject,
        state=line.state, teachers=(staff.librarian,) if is_shared else (), students=students,
        google_id=line.google_id, created_at=_opened(line, now),
    )
    fill_stream(world, course, line, Cast(owner, staff.librarian, students), now)


def _roster(line: ClassLine, staff: _Staff) -> tuple[Person, ...]:
    """Twelve to thirty children of the first grade the class is for; nobody yet where the class is not open."""
    if line.state == "PROVISIONED":
        return ()
    random = Random(line.number * 31)
    grade = line.grades[0] if line.grades else random.choice(COHORTS[7:])
    return tuple(random.sample(staff.cohorts.get(grade, staff.cohorts["9"]), k=random.randint(12, 30)))


def _opened(line: ClassLine, now: datetime) -> datetime:
    """Late August of its school year, but never in the future."""
    year = SchoolYear.of(now)
    start = (year.before if line.is_last_year else year).start
    return min(datetime(start, 8, 24, 13, line.number % 60, tzinfo=UTC), now - timedelta(days=1))


def _theo_s_classes(world: World, staff: _Staff, now: datetime) -> None:
    """The second librarian: a class of his own, and one he shares with Maya's best customer."""
    created = now - timedelta(days=60)
    world.add_course(staff.theo, "5th Grade Library", students=staff.cohorts["5"][:20], google_id="701500000001",
                     created_at=created)
    world.add_course(staff.teachers["gomez"], "7th Grade Science", section="P2", teachers=(staff.theo,),
                     students=staff.cohorts["7"][:24], google_id="701500000002", created_at=created)
