"""Who works for the school: two workers that hear the bell, and the clock that sweeps."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial

from sqlalchemy import update
from sqlalchemy.exc import OperationalError

from config.settings import Settings
from integration.accounts.connection import open_classroom
from integration.courses.models import Sync, SyncState
from integration.courses.progress import Leased, Task
from integration.delivery.observe import observe
from integration.delivery.send import send_due
from integration.delivery.sweep import sweep
from integration.desk import Desk
from integration.errors import GoogleError, NotFound, ThroughlineError
from integration.google.quota import Share
from integration.later import Job
from integration.streams.read import read_stream
from tests.simulation.process import Process
from tests.simulation.town import Act, Town
from tests.simulation.weather import STALEST

Ring = tuple[Job, Mapping[str, str]]
SKEW = 300.0
PATIENCE = 15.0
ONCE_MORE = 0.4
"""How often the streams are read again while lists may lag behind what the look before has seen."""


@dataclass
class Worker:
    """One seat at a bench; when its process dies, another takes the seat."""

    name: str
    process: Process
    is_busy: bool = False
    deaf_until: float = 0.0


@dataclass
class Crew:
    """The processes of the school, and the bell between them."""

    town: Town
    backlog: list[Ring] = field(default_factory=list)
    skews: dict[str, float] = field(default_factory=dict)
    writes: str = "on"
    workers: list[Worker] = field(default_factory=list)

    def __post_init__(self) -> None:
        if self.town.chance.random() < 0.3:
            self.skews = {name: self.town.chance.uniform(-SKEW, SKEW) for name in ("worker 1", "worker 2", "clock", "web")}
            self.town.note(21, "clocks", " ".join(f"{name} {skew:+.0f} s" for name, skew in self.skews.items()))
        self.workers = [Worker(name, self.new_process(name)) for name in ("worker 1", "worker 2")]

    def new_process(self, name: str) -> Process:
        """A process that has just been started."""
        settings: Settings = self.town.settings if self.writes == "on" else self.town.settings.model_copy(update={"writes": "off"})
        return Process(name, self.town, settings, self.ring, self.skews.get(name, 0.0))

    def ring(self, process: Process, job: Job, ids: Mapping[str, str]) -> None:
        """Redis: a ring is heard once, twice or never."""
        times = self.town.weather.rings()
        if times != 1:
            self.town.note(18 if times == 0 else 19, process.name, f"rings {job} and is heard {times} times")
        for _ in range(times):
            self.town.loop.after(self.town.chance.uniform(0.05, 2.0), partial(self.hear, job, ids))

    def hear(self, job: Job, ids: Mapping[str, str]) -> None:
        """A job for whoever is free."""
        seconds = self.town.loop.seconds
        free = next((each for each in self.workers if not each.is_busy and each.deaf_until <= seconds), None)
        if free is None:
            self.backlog.append((job, ids))
            return
        free.is_busy = True
        self.work(free.process, job, ids)
        free.is_busy = False
        if free.process.is_dead or free.process.settings.writes != self.writes:
            free.process = self.new_process(free.name)
            free.deaf_until = self.town.loop.seconds + self.town.chance.uniform(1.0, 20.0)
        if self.backlog:
            self.town.loop.after(0.1, self._hear_the_next)

    def _hear_the_next(self) -> None:
        if self.backlog:
            self.hear(*self.backlog.pop(0))

    def work(self, process: Process, job: Job, ids: Mapping[str, str]) -> None:
        """One job of a worker, as a task does it."""
        if job is Job.SEND_DELIVERIES:
            self.do(process, lambda desk: send_due(desk, self.town.school.school_id, at_once=1))
        elif job is Job.RECORD_REACH:
            self.do(process, lambda desk: observe(desk, self.town.school.school_id))
        elif job is Job.SYNC_COURSES:
            self.do(process, partial(_sync, town=self.town, sync_id=ids["sync_id"]))

    def sweep(self) -> None:
        """The clock's tick: the sweep, and whatever it rings for, done by the clock itself."""
        basket: list[Ring] = []
        clock = self.new_process("clock")
        clock.ring = lambda _process, job, ids: basket.append((job, ids))
        self.do(clock, lambda desk: sweep(desk, patience=PATIENCE))
        while basket and not clock.is_dead:
            self.work(clock, *basket.pop(0))

    def look(self) -> None:
        """Read the streams of all classes, and judge what became of our posts; now and then once more, when lists may lag still."""
        self.do(self.new_process("reader"), lambda desk: _look(desk, self.town))
        if not self.town.as_once and self.town.readers.random() < ONCE_MORE:
            self.town.loop.after(self.town.readers.uniform(1.0, STALEST), self.look)

    def do(self, process: Process, act: Act) -> bool:
        """Let a process do something, as its outermost door does; whether it came to its end."""
        try:
            process.run(act)
        except OperationalError:
            self.town.tell(process.name, "gave up: the database is away")
            return False
        except (GoogleError, NotFound) as error:
            self.town.tell(process.name, f"could not: {type(error).__name__}")
        except ThroughlineError as error:
            self.town.tell(process.name, f"was told: {error}"[:80])
        except Exception as error:
            self.town.fault(f"{process.name} broke: {type(error).__name__}: {error}")
        return not process.is_dead


def _sync(desk: Desk, town: Town, sync_id: str) -> None:
    """Stands for a sync: the classes are as they were, their streams are read to the end."""
    _read(desk, town, set(town.school.course_ids))
    with desk.transaction() as session:
        session.execute(update(Sync).where(Sync.id == sync_id).values(state=SyncState.DONE))


def _look(desk: Desk, town: Town) -> None:
    touched = {course for (course,) in town.database.ask("select distinct course_google_id from deliveries where post_id <> ''")}
    _read(desk, town, touched)
    observe(desk, town.school.school_id)


def _read(desk: Desk, town: Town, courses: set[str]) -> None:
    school = town.school
    classroom = open_classroom(desk, school.account_id)
    since = desk.now() - timedelta(minutes=1)
    task = Task("", school.school_id, school.account_id, True, Share.BATCH, SyncState.RUNNING, since, True)
    teachers = frozenset({town.librarian.google_id, town.teacher.google_id})
    for google_id, course_id in school.course_ids.items():
        if google_id not in courses:
            continue
        try:
            read_stream(desk, classroom, task, Leased(course_id, google_id, teachers))
        except GoogleError as error:
            town.tell("reader", f"could not read: {type(error).__name__}")
