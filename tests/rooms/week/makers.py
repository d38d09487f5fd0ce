"""A librarian with one class of her own and one she co-teaches, and a clock that strikes."""

from dataclasses import dataclass, field
from datetime import UTC, datetime

from sqlalchemy import Engine

from config.settings import Settings
from integration.accounts.models import Account
from integration.curation.collect import NewCollection, collect
from integration.curation.resources import NewResource, add_resource
from integration.delivery.plan import Rule
from integration.desk import Desk, open_desk
from integration.google.wire import WsgiWire
from integration.sandbox.app import Sandbox
from integration.sandbox.world import Person, World
from integration.week.series import NewSeries, begin_series
from integration.week.shelf import WeekCard, weeks
from integration.week.strike import strike
from tests import make
from tests.conftest import Clock
from workers.sweep import Basket, sweep

MONDAY = datetime(2026, 11, 30, 11, 0, tzinfo=UTC)
"""Six o'clock in New York."""


@dataclass
class Library:
    """A school's library, whose clock process sweeps at this very desk."""

    desk: Desk
    basket: Basket
    clock: Clock
    world: World
    sandbox: Sandbox
    maya: Person
    rosa: Person
    account: Account
    own: str
    hers: str
    school_id: str = field(init=False)

    def __post_init__(self) -> None:
        self.school_id = self.account.school_id

    def tick(self, times: int = 1, *, seconds: float = 10.0) -> None:
        """Let the clock process come by so often."""
        for _ in range(times):
            strike(self.desk)
            sweep(self.desk, self.basket, patience=0.0)
            self.clock.forward(seconds=seconds)

    def collection(self, title: str) -> str:
        """A collection of one note."""
        note = add_resource(self.desk, self.school_id, NewResource(kind="note", title=title, text="Look closely."))
        return collect(self.desk, self.school_id, NewCollection(title=title, description="From the library.", resource_ids=[note]))

    def rounds(self) -> list[WeekCard]:
        """Every round, newest first."""
        return weeks(self.desk, self.school_id)


def library(settings: Settings, engine: Engine, sandbox: Sandbox, world: World, clock: Clock) -> Library:
    """A connected librarian on a Tuesday in November."""
    maya = world.add_person("maya@juniper.example", "Maya Okafor", domain="juniper.example")
    rosa = world.add_person("rosa@juniper.example", "Rosa Gomez", domain="juniper.example")
    own = world.add_course(maya, "6th Grade Library")
    hers = world.add_course(rosa, "7th Grade Science", teachers=(maya,))
    basket = Basket()
    desk = open_desk(settings, ring=basket, wire=WsgiWire(sandbox), engine=engine, now=clock)
    return Library(desk, basket, clock, world, sandbox, maya, rosa, make.account(desk, world, maya), own, hers)


def spotlight(library: Library, *titles: str, grades: tuple[str, ...] = ("6",), name: str = "Subject Spotlight") -> str:
    """A series to grade 6, with a collection of each title in its queue."""
    return begin_series(library.desk, library.school_id, library.account.id, NewSeries(
        name, Rule(grades=grades), [library.collection(title) for title in titles]))
