"""Whatever teachers, Google and the librarian do to a post in whatever order: the promises hold at every step.

The suite runs few and short lives. The long run is `LIVES=5000 STEPS=80 python -m pytest tests/rooms/delivery/test_lives.py`.
"""

import os
import tempfile
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from config.settings import Settings
from integration.accounts.connection import note_trouble
from integration.delivery.ledger import DeliveryCard, deliveries
from integration.delivery.plan import Rule
from integration.delivery.retract import retract
from integration.delivery.retry import retry
from integration.delivery.send import send_due
from integration.delivery.sweep import sweep
from integration.delivery.take_back import take_back
from integration.delivery.update import update
from integration.desk import open_desk
from integration.errors import AlreadyDone, SignInNeeded
from integration.google.wire import WsgiWire
from integration.sandbox.app import open_sandbox
from integration.sandbox.world import World
from tests import make
from tests.conftest import SETTINGS, Bell, Clock
from tests.databases import fresh_engine
from tests.rooms.delivery.makers import Library

LIVES, STEPS = int(os.environ.get("LIVES", "7")), int(os.environ.get("STEPS", "12"))
METHODS = st.sampled_from([f"courses.courseWorkMaterials.{verb}" for verb in ("create", "patch", "delete", "get")])
TROUBLES = st.sampled_from(["cut_before", "cut_after", "error_after", "busy", "late", "archived"])


class Life(RuleBasedStateMachine):
    """One post in one class, from its plan to its end."""

    def __init__(self) -> None:
        super().__init__()
        self._open = ExitStack()
        engine = self._open.enter_context(fresh_engine(Path(self._open.enter_context(tempfile.TemporaryDirectory()))))
        self.clock = Clock()
        world = World(seed=1, now=self.clock)
        self.sandbox = open_sandbox(world)
        settings = Settings(database_url=engine.url.render_as_string(hide_password=False), **SETTINGS)  # type: ignore[arg-type]
        desk = open_desk(settings, ring=Bell(), wire=WsgiWire(self.sandbox), engine=engine, now=self.clock)
        person = world.add_person("lena@juniper.example", "Lena Ortiz", domain="juniper.example")
        self.library = Library(desk, world, person, make.account(desk, world, person))
        self.hers: dict[str, str] = {}
        """The titles she gave to posts, by the posts' ids."""
        self.is_removed, self.edits = False, 0

    def teardown(self) -> None:
        self._open.close()

    @initialize()
    def is_accepted(self) -> None:
        self.course = self.library.own_class()
        self.plan_id = self.library.accepted(rule=Rule(class_ids=[self.course.id]))

    @property
    def card(self) -> DeliveryCard:
        card, = deliveries(self.library.desk, self.library.school_id)
        return card

    def posts(self, state: str = "") -> list[dict[str, Any]]:
        return self.library.posts(self.course, state)

    def asks(self, verb: Callable[..., object], *ids: str) -> None:
        """What she asks for may be refused with a sentence, never fail."""
        try:
            verb(self.library.desk, self.library.school_id, *ids)
        except AlreadyDone as refusal:
            assert str(refusal)

    @rule()
    def a_worker_goes_round(self) -> None:
        send_due(self.library.desk, self.library.school_id)

    @rule(minutes=st.sampled_from([1, 6, 30]))
    def time_passes(self, minutes: int) -> None:
        self.clock.forward(minutes=minutes)
        sweep(self.library.desk, patience=0)
        send_due(self.library.desk, self.library.school_id)

    @rule(kind=TROUBLES, on=METHODS)
    def google_has_trouble(self, kind: str, on: str) -> None:
        self.sandbox.trouble.order(kind, on=on, times=1, seconds=90.0 if kind == "late" else 0.0)

    @rule(data=st.data())
    def the_teacher_edits(self, data: st.DataObject) -> None:
        there = [post["id"] for post in self.posts() if post["state"] != "DELETED"]
        if there:
            self.edits += 1
            id = data.draw(st.sampled_from(there))
            self.clock.forward(seconds=1)
            self.library.world.edit_post(self.course.google_id, id, title=f"Mine {self.edits}")
            self.hers[id] = f"Mine {self.edits}"

    @precondition(lambda self: len(self.posts("PUBLISHED")) == 1)
    @rule()
    def the_teacher_deletes(self) -> None:
        [post] = self.posts("PUBLISHED")
        if post["id"] == self.card.google_id:
            self.library.world.delete_post(self.course.google_id, post["id"])
            self.is_removed = True

    @rule()
    def the_class_comes_back(self) -> None:
        self.library.world.change_course(self.course.google_id, courseState="ACTIVE")

    @rule()
    def the_connection_dies(self) -> None:
        note_trouble(self.library.desk, self.library.account.id, SignInNeeded("Google ended it.", reason="invalid_grant"))

    @rule()
    def she_connects_again(self) -> None:
        self.library.connect_again()

    @rule()
    def the_streams_are_read(self) -> None:
        if self.card.state != "parked":
            self.library.look()

    @rule(url=st.sampled_from(["", "https://volcano.example/new", "https://volcano.example/start"]), number=st.integers(1, 3))
    def she_updates(self, url: str, number: int) -> None:
        self.library.change(self.plan_id, title=f"Volcanoes {number}", url=url)
        self.asks(update, self.plan_id, self.library.account.id)

    @rule()
    def she_retracts(self) -> None:
        self.asks(retract, self.plan_id, self.library.account.id)

    @rule()
    def she_takes_it_back_all_the_same(self) -> None:
        card = self.card
        self.asks(take_back, card.id, self.library.account.id)
        if self.card.state in {"sending", "checking"}:
            self.hers.clear()

    @rule()
    def she_tries_again(self) -> None:
        self.asks(retry, self.card.id)

    @invariant()
    def students_never_see_more_than_two(self) -> None:
        if hasattr(self, "course"):
            assert len(self.posts("PUBLISHED")) <= 2

    @invariant()
    def what_she_removed_stays_removed(self) -> None:
        if self.is_removed and self.card.state == "removed":
            assert self.posts("PUBLISHED") == []

    @invariant()
    def no_title_of_hers_is_overwritten(self) -> None:
        if hasattr(self, "course"):
            titles = {post["id"]: post["title"] for post in self.posts() if post["state"] != "DELETED"}
            assert all(titles[id] == title for id, title in self.hers.items() if id in titles)

    @invariant()
    def the_ledger_does_not_lie(self) -> None:
        if hasattr(self, "course") and self.card.state in {"cancelled", "retracted"}:
            assert self.posts("PUBLISHED") == []


TestLives = Life.TestCase
TestLives.settings = settings(max_examples=LIVES, stateful_step_count=STEPS, deadline=None, derandomize="LIVES" not in os.environ,
                              suppress_health_check=list(HealthCheck))
