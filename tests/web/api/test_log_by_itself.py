"""The log writes itself: five classes of three teachers, through the contract alone, with nothing typed into the log."""

from typing import Any

import pytest

from config.settings import Settings
from integration.desk import Desk
from integration.sandbox.world import World
from tests.conftest import Bell, Clock
from tests.web.api.asking import Script, script
from tests.web.api.test_journey import everything, said, work

TEACHERS = {"Rosa Gomez": 2, "Ben Adeyemi": 2, "Cleo Park": 1}
"""How many classes of grade 6 each has."""


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """No quota to wait for: these are tests of the API."""
    return settings.model_copy(update={"user_qpm": 100_000, "project_qpm": 100_000})


@pytest.fixture
def lee(desk: Desk, world: World, bell: Bell) -> Script:
    """A librarian who co-teaches in five classes of three teachers, and has synced once."""
    librarian = world.add_person("librarian@juniper.test", "Lee Marsh")
    for name, many in TEACHERS.items():
        teacher = world.add_person(f"{name.replace(' ', '.').lower()}@juniper.test", name)
        for number in range(1, many + 1):
            world.add_course(teacher, f"6th Grade Science {name.split()[1]} P{number}", teachers=[librarian])
    found = script(desk, world)
    found.post("/syncs")
    work(desk, bell)
    assert len(said(found, "/classes?grade=6")["items"]) == 5
    return found


def deliver(desk: Desk, lee: Script, bell: Bell, title: str) -> list[Any]:
    """One collection to grade 6, agreed with each teacher; answers what is published."""
    link = lee.post("/resources", {"kind": "link", "title": title, "url": f"https://sources.example/{title.lower()}"}).json
    made = lee.post("/collections", {"title": title, "grades": ["6"], "resource_ids": [link["id"]]}).json  # type: ignore[index]
    plan = lee.post("/plans", {"collection_id": made["id"], "rule": {"grades": ["6"]}, "as": "material"}).json  # type: ignore[index]
    lee.post(f"/plans/{plan['id']}/accept")  # type: ignore[index]
    for waiting in everything(lee, f"/deliveries?plan={plan['id']}&state=waiting"):  # type: ignore[index]
        lee.post(f"/deliveries/{waiting['id']}/agree", {"by": "her", "on": "2026-11-23"})
    work(desk, bell)
    return everything(lee, f"/deliveries?plan={plan['id']}&state=published")  # type: ignore[index]


def log_of(lee: Script) -> dict[str, list[Any]]:
    """By teacher, the entries of the log."""
    return {each["teacher"]: everything(lee, f"/partnerships/{each['id']}/entries") for each in everything(lee, "/partnerships")}


def total(lee: Script) -> dict[str, int]:
    """All of reach: there is one subject."""
    [row] = said(lee, "/reach?by=subject")["items"]
    figures = ("classes", "teachers", "deliveries", "standing", "removed")
    assert all(row[name] == len(row[f"{name}_ids"]) for name in figures)
    return {name: row[name] for name in figures}


def test_five_classes_of_three_teachers_are_three_entries_with_nothing_typed(desk: Desk, lee: Script, bell: Bell) -> None:
    assert log_of(lee) == {}
    published = deliver(desk, lee, bell, "Rivers")
    log = log_of(lee)
    assert {name: len(entries) for name, entries in log.items()} == dict.fromkeys(TEACHERS, 1)
    assert {name: len(entries[0]["classes"]) for name, entries in log.items()} == TEACHERS
    assert {(one["source"], one["activity"]) for entries in log.values() for one in entries} == {("self", "Rivers")}
    assert {id for entries in log.values() for id in entries[0]["classes"]} == {each["class_id"] for each in published}
    assert total(lee) == {"classes": 5, "teachers": 3, "deliveries": 5, "standing": 5, "removed": 0}


def test_a_post_its_teacher_deletes_stands_no_more_and_the_log_stays_true(desk: Desk, world: World, lee: Script, bell: Bell,
                                                                          clock: Clock) -> None:
    gone = deliver(desk, lee, bell, "Rivers")[0]
    before = log_of(lee)
    google_id = said(lee, f"/classes/{gone['class_id']}")["google_id"]
    world.delete_post(google_id, gone["google_id"])
    clock.forward(hours=1)
    lee.post("/syncs")
    work(desk, bell)
    assert total(lee) == {"classes": 5, "teachers": 3, "deliveries": 5, "standing": 4, "removed": 1}
    assert said(lee, "/deliveries?state=removed")["items"][0]["id"] == gone["id"]
    assert log_of(lee) == before


def test_two_collections_in_a_class_count_it_once_and_are_two_entries(desk: Desk, lee: Script, bell: Bell) -> None:
    deliver(desk, lee, bell, "Rivers")
    deliver(desk, lee, bell, "Storms")
    assert total(lee) == {"classes": 5, "teachers": 3, "deliveries": 10, "standing": 10, "removed": 0}
    assert [(row["classes"], row["deliveries"]) for row in said(lee, "/reach?by=class")["items"]] == [(1, 2)] * 5
    log = log_of(lee)
    assert set(log) == set(TEACHERS)
    assert [sorted(one["activity"] for one in entries) for entries in log.values()] == [["Rivers", "Storms"]] * 3
