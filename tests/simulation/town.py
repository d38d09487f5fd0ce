"""The place a simulation plays in: a school with its database, the pretend Google with the same classes, clock and weather."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from random import Random
from typing import Any, NamedTuple

from config.settings import Settings
from integration.accounts.keys import seal
from integration.courses.models import Mode
from integration.curation.collect import NewCollection, collect
from integration.curation.resources import NewResource, add_resource
from integration.delivery import generations
from integration.delivery.generations import is_quiet
from integration.desk import Desk, open_desk
from integration.google.call import SECONDS_A_CALL
from integration.later import silence
from integration.sandbox.manners import Manners
from integration.sandbox.quota import Window
from integration.sandbox.world import Person, World
from tests import make
from tests.conftest import SETTINGS
from tests.simulation.database import Database
from tests.simulation.google import Google, Witness
from tests.simulation.loop import DAWN, Loop
from tests.simulation.matrix import row_of, row_of_kill
from tests.simulation.weather import LATEST, Weather

WHEN = "%Y-%m-%d %H:%M:%S.%f"
"""How the database writes a moment down."""
LINKS = ("https://volcano.example/start", "https://volcano.example/look?a=1#top", "", "https://youtu.be/abcdefghijk")


@dataclass(frozen=True)
class School:
    """What is in the database before anything happens."""

    school_id: str
    account_id: str
    course_ids: Mapping[str, str]
    """Google's id of a class → ours."""
    collections: tuple[str, ...]
    """One for each of LINKS; only those whose link can carry a mark can be cleaned up after."""


class Line(NamedTuple):
    """One line of the trace."""

    at: float
    who: str
    what: str

    def __str__(self) -> str:
        return f"{self.at:9.3f}  {self.who:<14} {self.what}"


class Town:
    """One seed's world. Everything random follows from `chance`, and from `more` and `readers` what was thought of later.

    So a seed in which none of that happens tells the story it always told; with `as_once` none of it ever does.
    """

    def __init__(self, seed: int, *, as_once: bool = False) -> None:
        self.seed = seed
        self.chance = Random(seed)
        self.more = Random(f"{seed} and more")
        self.readers = Random(f"{seed} and readers")
        self.as_once = as_once
        self.loop = Loop()
        self.tally: Counter[int] = Counter()
        self.trace: list[Line] = []
        self.faults: list[str] = []
        self.unannounced: list[str] = []
        """Writes to Google that no open attempt stood for."""
        self.onlookers: list[Callable[[str, str], None]] = []
        """Who is told of each write to a class as it goes out."""
        self.out_of_lease: list[str] = []
        """Writes to Google that were begun when the lease might have ended before the answer."""
        self.when_late: list[Callable[[], None]] = []
        """Who is told when the answer to a write is lost that will be done later."""
        self._count = 0
        self.weather = Weather(seed, self.chance, None if as_once else self.more, self._met)
        self.database = Database()
        self.school = _school_of(self.database)
        self.world, self.librarian, self.teacher = _world(self.loop)
        self.world.manners = Manners.drawn(seed)
        self.witness = Witness(self.world, lambda: self.loop.seconds)
        self.google = Google(self.world, self.weather, Window(clock=lambda: self.loop.seconds), self.witness)
        self.settings = _settings()
        self.connect()

    def connect(self, scopes: tuple[str, ...] = make.ALL_SCOPES) -> None:
        """She connects, or connects again."""
        tokens = self.world.grant(self.librarian, scopes)
        sealed, key_id = seal(self.settings.keys, tokens.refresh_token, bound_to=self.school.account_id)
        self.database.ask("update accounts set sealed_refresh_token = ?, key_id = ?, health = 'valid', health_reason = ''",
                          sealed, key_id)

    def must_be_announced(self, verb: str, path: str) -> None:
        """Remember a write that goes out without an open attempt of its own kind, about its own post, in the database."""
        _, course, collection, *post = path.split("/")
        kinds = {"POST": ("create", "replace"), "DELETE": ("delete", "delete")}.get(verb, ("publish", "update"))
        if collection == "topics":
            kinds = ("topic", "topic")
        if not self.database.ask(ANNOUNCED, course, *kinds, *(post[:1] or [""])):
            self.unannounced.append(f"{verb} {path}")
        if self.database.ask(OUT_OF_LEASE, course, *kinds):
            self.out_of_lease.append(f"{verb} {path}")

    def goes_out(self, verb: str, path: str) -> None:
        """A write to a class goes out now; people may answer to it."""
        if not self.weather.is_calm and "/topics" not in path:
            for tell in self.onlookers:
                tell(verb, path)

    def unique(self) -> str:
        """An id that sorts by when it was made."""
        self._count += 1
        return f"{int(self.loop.seconds * 1000):012x}{self._count:08x}{self.chance.getrandbits(48):012x}"

    def lease_ended_within(self, seconds: float) -> bool:
        """Whether somebody still holds a delivery whose lease ended in the last so many seconds."""
        now = self.loop.seconds
        return bool(self.database.ask("select 1 from deliveries where lease_until between ? and ? limit 1",
                                      self.when(now - seconds), self.when(now)))

    @staticmethod
    def when(seconds: float) -> str:
        """A moment as the database writes it down."""
        return (DAWN + timedelta(seconds=seconds)).strftime(WHEN)

    def tell(self, who: str, what: str) -> None:
        """One line of the trace."""
        self.trace.append(Line(self.loop.seconds, who, what))

    def note(self, row: int, who: str, what: str) -> None:
        """A row of the failure matrix was met."""
        self.tally[row] += 1
        self.tell(who, f"{what} [row {row}]")

    def note_kill(self, who: str, where: str, call: str) -> None:
        """A process was killed; which row that is follows from where it stood."""
        self.note(row_of_kill(where, call), who, f"is killed {where} {call}".strip())

    def fault(self, what: str) -> None:
        """A promise was broken."""
        self.faults.append(what)
        self.tell("FAULT", what)

    def soon(self, act: Callable[[], None], least: float, most: float) -> None:
        """Let something happen between so many and so many seconds from now."""
        self.loop.after(self.chance.uniform(least, max(least, most)), act)

    def _met(self, trouble: str, call: str) -> None:
        row = row_of(trouble, call)
        self.tell("weather", f"{trouble} for {call}")
        if trouble == "late":
            if not self.as_once:
                self.loop.after(LATEST, self.google.settle)
            for tell in self.when_late:
                tell()
        if row is not None:
            self.tally[row] += 1


def _world(loop: Loop) -> tuple[World, Person, Person]:
    """Two classes of her own and two of a teacher's; the same ids every time."""
    world = World(seed=1, now=loop.now)
    librarian = world.add_person("librarian@juniper.example", "June Park")
    teacher = world.add_person("teacher@juniper.example", "Rosa Gomez")
    for number in range(2):
        world.add_course(librarian, f"Grade 6 Library {number}")
    for number in range(2):
        world.add_course(teacher, f"6th Grade Science {number}", teachers=[librarian])
    return world, librarian, teacher


@cache
def _settings() -> Settings:
    return Settings(database_url="sqlite://", **SETTINGS)  # type: ignore[arg-type]


_picture: list[tuple[bytes, School]] = []


def _school_of(database: Database) -> School:
    if not _picture:
        school = _build(database)
        _picture.append((database.picture(), school))
    picture, school = _picture[0]
    database.restore(picture)
    return school


def _build(database: Database) -> School:
    world, librarian, teacher = _world(Loop())
    desk = open_desk(_settings(), ring=silence, engine=database.engine, now=lambda: DAWN)
    account = make.account(desk, world, librarian)
    generations.NO_TIMELINE = "life 1"
    with desk.transaction() as session:
        is_quiet(session)
    known = make.teacher(desk, account.school_id, google_id=teacher.google_id)
    ids: dict[str, str] = {}
    for google_id, course in world.courses.items():
        is_own = course.owner == librarian.google_id
        given: dict[str, Any] = {"mode": Mode.OWN} if is_own else {"teachers": (known,)}
        ids[google_id] = make.course(desk, account, google_id=google_id, name=str(course.body["name"]),
                                     owner_google_id=course.owner, **given).id
    return School(account.school_id, account.id, ids, tuple(
        _collection(desk, account.school_id, number, link) for number, link in enumerate(LINKS)))


def _collection(desk: Desk, school_id: str, number: int, link: str) -> str:
    new = [NewResource(kind="note", title="Look closely", text="What do you see first?")]
    if link:
        new.append(NewResource(kind="youtube" if "youtu" in link else "link", title="Volcanoes", url=link))
    ids = [add_resource(desk, school_id, each) for each in new]
    return collect(desk, school_id, NewCollection(title=f"Volcanoes-{number}", description="From the library.", resource_ids=ids))


Act = Callable[[Desk], object]
ANNOUNCED = """select 1 from delivery_attempts left join deliveries on deliveries.id = delivery_id where outcome is null
               and coalesce(course_google_id = ?, true) and delivery_attempts.kind in (?, ?)
               and ? in ('', delivery_attempts.post_id) limit 1"""
OUT_OF_LEASE = f"""select 1 from delivery_attempts a join deliveries on deliveries.id = delivery_id and deliveries.lease_token =
                   a.lease_token where outcome is null and course_google_id = ? and a.kind in (?, ?) and
                   started_at > strftime('%Y-%m-%d %H:%M:%f', lease_until, '-{SECONDS_A_CALL:.0f} seconds') limit 1"""
