"""A librarian with classes in the pretend Google and on our shelf, and plans for them."""

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from integration.accounts.connection import open_classroom
from integration.accounts.keys import seal
from integration.accounts.models import Account, Health
from integration.courses.models import Course, Mode
from integration.courses.sync import request_sync, sync_courses
from integration.curation.collect import NewCollection, change_collection, collect
from integration.curation.resources import NewResource, add_resource
from integration.curation.shelf import collection
from integration.delivery.accept import accept
from integration.delivery.materials import marked
from integration.delivery.models import Delivery
from integration.delivery.observe import observe
from integration.delivery.plan import NewPlan, Rule, plan
from integration.delivery.plans import plan_card
from integration.desk import Desk
from integration.google.seen import Kind, PostSeen
from integration.google.wire import Reply, Wire
from integration.sandbox.world import Person, World
from integration.streams.sync import sync_streams
from tests import make


@dataclass
class Library:
    """The librarian at work."""

    desk: Desk
    world: World
    person: Person
    account: Account

    @property
    def school_id(self) -> str:
        return self.account.school_id

    def own_class(self, name: str = "Grade 6 Library", **given: Any) -> Course:
        """A class of her own, in Google and with us."""
        google_id = self.world.add_course(self.person, name)
        return make.course(self.desk, self.account, google_id=google_id, name=name, **{"mode": Mode.OWN, **given})

    def teachers_class(self, name: str = "6th Grade Science", **given: Any) -> Course:
        """A teacher's class in which she co-teaches."""
        teacher = self.world.add_person(f"{name.replace(' ', '.').lower()}@juniper.example", "Rosa Gomez")
        google_id = self.world.add_course(teacher, name, teachers=[self.person])
        known = make.teacher(self.desk, self.school_id, google_id=teacher.google_id)
        return make.course(self.desk, self.account, teachers=(known,), google_id=google_id, name=name, **given)

    def collection(self, *, with_link: bool = True, title: str = "Volcanoes") -> str:
        """A collection of a note and a link."""
        new = [NewResource(kind="note", title="Look closely", text="What do you see first?")]
        if with_link:
            new.append(NewResource(kind="link", title="Volcanoes", url="https://volcano.example/start"))
        ids = [add_resource(self.desk, self.school_id, each) for each in new]
        return collect(self.desk, self.school_id, NewCollection(title=title, description="From the library.",
                                                                resource_ids=ids))

    def plan(self, rule: Rule | None = None, *, with_link: bool = True, **given: Any) -> str:
        """A plan of a new collection, for grade 6 when nobody says."""
        new = NewPlan(self.collection(with_link=with_link), rule or Rule(grades=["6"]), **given)
        return plan(self.desk, self.school_id, self.account.id, new)

    def accepted(self, **given: Any) -> str:
        """A plan that was accepted."""
        plan_id = self.plan(**given)
        accept(self.desk, self.school_id, plan_id, self.account.id)
        return plan_id

    def connect_again(self, scopes: tuple[str, ...] = make.ALL_SCOPES) -> None:
        """She signs in anew and allows everything, or less, after her connection had died."""
        tokens = self.world.grant(self.person, scopes)
        sealed, key_id = seal(self.desk.settings.keys, tokens.refresh_token, bound_to=self.account.id)
        with self.desk.transaction() as session:
            row = session.get_one(Account, self.account.id)
            row.sealed_refresh_token, row.key_id, row.health, row.health_reason = sealed, key_id, Health.VALID, ""
            row.connected_at = self.desk.now()

    def change(self, plan_id: str, *, title: str = "Volcanoes", description: str = "From the library.", url: str = "") -> None:
        """The collection of a plan changes: its words, and with `url` its link."""
        card = collection(self.desk, self.school_id, plan_card(self.desk, self.school_id, plan_id).collection_id)
        ids = [each.id for each in card.resources if not (url and each.kind == "link")]
        if url:
            ids.append(add_resource(self.desk, self.school_id, NewResource(kind="link", title="Volcanoes", url=url)))
        change_collection(self.desk, self.school_id, card.id, NewCollection(title=title, description=description, resource_ids=ids))

    def look(self) -> None:
        """The classes and their streams are read anew, and what became of our posts is judged."""
        sync_id = request_sync(self.desk, self.school_id, self.account.id, full=True)
        sync_courses(self.desk, sync_id)
        sync_streams(self.desk, sync_id)
        observe(self.desk, self.school_id)

    def another_draft(self, course: Course) -> PostSeen:
        """A second draft of the only delivery, as a request that came late would have made it."""
        with self.desk.transaction() as session:
            row = session.scalars(select(Delivery)).one()
        return open_classroom(self.desk, self.account.id).create_draft(
            course.google_id, Kind(row.kind), title=row.title, text=row.text, materials=marked(row.materials, row.marker))

    def posts(self, course: Course, state: str = "") -> list[dict[str, Any]]:
        """What stands in the class at Google."""
        return self.world.posts(course.google_id, state=state)


class Killed(BaseException):
    """The process is gone."""


@dataclass
class Doom:
    """Lets so many steps pass, then kills everything that comes after."""

    steps: int
    is_done: bool = False

    def step(self) -> None:
        if self.steps <= 0:
            self.is_done = True
            raise Killed
        self.steps -= 1


@dataclass
class DoomedWire:
    """A wire of a process that dies at a call: before it was sent, or after Google did it."""

    wire: Wire
    doom: Doom
    is_after: bool

    def carry(self, method: str, url: str, headers: Mapping[str, str], body: bytes | None, timeout: float) -> Reply:
        if method == "GET" or "/v1/" not in url:
            return self.wire.carry(method, url, headers, body, timeout)
        if not self.is_after:
            self.doom.step()
            return self.wire.carry(method, url, headers, body, timeout)
        try:
            return self.wire.carry(method, url, headers, body, timeout)
        finally:
            self.doom.step()


def doomed_by_commits(desk: Desk, doom: Doom) -> Desk:
    """A desk whose process dies before a transaction, and stays dead."""
    @contextmanager
    def transaction() -> Any:
        doom.step()
        with desk.transaction() as session:
            yield session
    kept: Callable[[], AbstractContextManager[Session]] = transaction
    return replace(desk, transaction=kept)


def doomed_by_calls(desk: Desk, doom: Doom, *, is_after: bool) -> Desk:
    """A desk whose process dies at a write to Google; nothing is written down afterwards."""
    wire = DoomedWire(desk.wire(), doom, is_after)

    @contextmanager
    def transaction() -> Any:
        if doom.is_done:
            raise Killed
        with desk.transaction() as session:
            yield session
    return replace(desk, transaction=transaction, wire=lambda: wire)
