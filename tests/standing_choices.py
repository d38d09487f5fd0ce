"""Every standing choice with every kind of post, planned by hand and by the week: what becomes of each.

`python -m tests.standing_choices` plays all of it on the pretend Google and prints the table; the tests hold it to the promises.
"""

import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Literal

from config.settings import Settings
from integration import nature
from integration.consent.choose import NewChoice
from integration.courses.shelf import courses
from integration.courses.sync import request_sync
from integration.delivery.accept import accept
from integration.delivery.choose import choose
from integration.delivery.ledger import deliveries
from integration.delivery.plan import NewPlan, Rule, plan
from integration.sandbox.app import open_sandbox
from integration.sandbox.world import World
from integration.week.series import NewSeries, begin_series
from integration.workshops.shelf import collection_of
from tests.conftest import SETTINGS, Clock, Drowsy
from tests.databases import fresh_engine
from tests.rooms.week.makers import MONDAY, Library, library
from tests.rooms.workshops.makers import kit

Way = Literal["by hand", "by the week"]
WAYS: tuple[Way, ...] = ("by hand", "by the week")
CHOICES: Mapping[str, NewChoice | None] = {
    "nothing said": None, "ask": NewChoice("ask"), "always": NewChoice("always"), "draft only": NewChoice("draft"),
    "never": NewChoice("never"),
    "always, other topics": NewChoice("always", topics=("Makerspace",)),
    "always, this topic": NewChoice("always", topics=("library",)),
    "always, one a week": NewChoice("always", max_per_week=1),
    "draft, one a week": NewChoice("draft", max_per_week=1),
    "always, not this week": NewChoice("always", blackout=("2026-W49",)),
    "draft, not this week": NewChoice("draft", blackout=("2026-W49",)),
}
KINDS = ("material", "announcement", "kit")
"""A kit is posted as a material, with its practice in it."""
HOUR = timedelta(hours=1)
AT_SEVEN = MONDAY + HOUR


@dataclass(frozen=True)
class Row:
    """What became of two posts into one teacher's class that fell due in one week."""

    choice: str
    way: Way
    kind: str
    states: tuple[str, ...]
    shown: int
    drafts: int


def table() -> Iterator[Row]:
    """Every row, each played in a school of its own."""
    for choice in CHOICES:
        for kind in KINDS:
            for way in WAYS:
                yield row(choice, way, kind)


def row(choice: str, way: Way, kind: str) -> Row:
    """Play one."""
    with _library() as at:
        _begin(at, choice)
        made = [_collection(at, kind, number) for number in (1, 2)]
        for number, collection in enumerate(made):
            _planned(at, way, kind, collection, number)
        at.clock.at = MONDAY
        at.tick(6)
        at.clock.at = AT_SEVEN
        at.tick(6)
        return Row(choice, way, kind, tuple(sorted(card.state for card in deliveries(at.desk, at.school_id))),
                   len(at.world.posts(at.hers, state="PUBLISHED")), len(at.world.posts(at.hers, state="DRAFT")))


def a_term_without_an_answer(choice: str, kind: str, weeks: int = 16) -> tuple[int, int]:
    """A post each week, by hand and by a series, that no teacher answers: how many were asked about, how many students saw."""
    with _library() as at:
        _begin(at, choice)
        begin_series(at.desk, at.school_id, at.account.id, NewSeries(
            "Spotlight", Rule(grades=("7",)), [_collection(at, kind, 100 + number) for number in range(weeks)], _as(kind)))
        for week in range(weeks):
            at.clock.at = MONDAY + week * timedelta(days=7) - HOUR
            _by_hand(at, kind, _collection(at, kind, week), at.clock.at + HOUR)
            for moment in (MONDAY, AT_SEVEN, AT_SEVEN + timedelta(days=3)):
                at.clock.at = moment + week * timedelta(days=7)
                at.tick(5)
        return len(deliveries(at.desk, at.school_id)), len(at.world.posts(at.hers, state="PUBLISHED"))


def main() -> None:
    """Print the table, and the term."""
    print(f"{'choice':24}{'kind':14}{'planned':14}{'shown':>6}{'drafts':>8}   states")
    for each in table():
        states = ", ".join(each.states) or "left out"
        print(f"{each.choice:24}{each.kind:14}{each.way:14}{each.shown:>6}{each.drafts:>8}   {states}")
    for kind in KINDS:
        asked, shown = a_term_without_an_answer("ask", kind)
        print(f"A term of 16 weeks without an answer, {kind}: {asked} posts asked about, {shown} shown.")


@contextmanager
def _library() -> Iterator[Library]:
    clock = Clock()
    with tempfile.TemporaryDirectory() as folder, nature.under(Drowsy(clock)), fresh_engine(Path(folder)) as engine:
        world = World(seed=1, now=clock)
        given: dict[str, Any] = {**SETTINGS, "database_url": engine.url.render_as_string(hide_password=False)}
        yield library(Settings(**given), engine, open_sandbox(world), world, clock)


def _begin(at: Library, choice: str) -> None:
    """Know the classes some days before, and what their teacher allows."""
    request_sync(at.desk, at.school_id, at.account.id)
    at.tick(6)
    said = CHOICES[choice]
    if said is not None:
        teacher = next(card for card in courses(at.desk, at.school_id) if card.google_id == at.hers).teachers[0]
        choose(at.desk, at.school_id, teacher.id, said, by=f"teacher:{teacher.id}")


def _collection(at: Library, kind: str, number: int) -> str:
    if kind == "kit":
        return collection_of(at.desk, at.school_id, kit(at.desk, at.school_id, title=f"Workshop {number}"))
    return at.collection(f"Volcanoes {number}")


def _planned(at: Library, way: Way, kind: str, collection: str, number: int) -> None:
    if way == "by hand":
        _by_hand(at, kind, collection, AT_SEVEN)
    else:
        begin_series(at.desk, at.school_id, at.account.id, NewSeries(f"Spotlight {number}", Rule(grades=("7",)), [collection],
                                                                      _as(kind)))


def _by_hand(at: Library, kind: str, collection: str, publish_at: datetime) -> None:
    id = plan(at.desk, at.school_id, at.account.id, NewPlan(collection, Rule(grades=("7",)), _as(kind), publish_at=publish_at))
    accept(at.desk, at.school_id, id, at.account.id)


def _as(kind: str) -> str:
    return "announcement" if kind == "announcement" else "material"


if __name__ == "__main__":
    main()
