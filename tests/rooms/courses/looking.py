"""A connected librarian at a school, and a sync done to its end."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Engine

from config.settings import Settings
from integration.accounts.models import Account
from integration.courses.shelf import CourseCard, courses
from integration.courses.sync import request_sync, sync_courses
from integration.courses.syncs import SyncReport, sync_report
from integration.desk import Desk, open_desk
from integration.google.wire import WsgiWire
from integration.sandbox.app import Sandbox
from integration.sandbox.world import Person, World
from integration.streams.sync import sync_streams
from tests import make
from tests.conftest import Bell, Clock
from tests.watching import open_watched


@dataclass(frozen=True)
class Look:
    """A desk before a world, and the librarian who looks."""

    desk: Desk
    world: World
    sandbox: Sandbox
    account: Account

    @property
    def school_id(self) -> str:
        return self.account.school_id

    def sync(self, *, full: bool = False) -> SyncReport:
        """Ask for a sync and do both of its jobs."""
        sync_id = request_sync(self.desk, self.school_id, self.account.id, full=full)
        sync_courses(self.desk, sync_id)
        sync_streams(self.desk, sync_id)
        return self.report(sync_id)

    def report(self, sync_id: str) -> SyncReport:
        return sync_report(self.desk, self.school_id, sync_id)

    def cards(self) -> Mapping[str, CourseCard]:
        return {card.google_id: card for card in courses(self.desk, self.school_id)}

    def card(self, google_id: str) -> CourseCard:
        return self.cards()[google_id]


def look(settings: Settings, engine: Engine, clock: Clock, bell: Bell, world: World, person: Person, *,
         granted: tuple[str, ...] = make.ALL_SCOPES) -> Look:
    """Sit `person` of `world` down at a desk, connected."""
    sandbox = open_watched(world)
    desk = open_desk(settings, ring=bell, wire=WsgiWire(sandbox), engine=engine, now=clock)
    return Look(desk, world, sandbox, make.account(desk, world, person, granted=granted))
