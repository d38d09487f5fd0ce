"""A kit for grade 7 goes into its project window in two parts: map, plan, consent, classes, practice, before and after."""

import io
import re
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from integration.courses.models import Course
from integration.delivery.send import send_due
from integration.desk import Desk
from integration.letters.links import link_address
from integration.letters.models import LetterLink
from integration.sandbox.world import World
from integration.workshops.practice import paper_of
from integration.workshops.shelf import kit
from tests import make
from tests.conftest import Clock
from tests.rooms.delivery.makers import Library
from tests.rooms.workshops import makers
from tests.web.pages.conftest import Browser, browser

MAP = b"unit,grade,subject,starts,ends\nOceans,7,Science,2027-02-02,2027-02-19\nPlants,2,Science,2027-02-02,2027-02-19\n"
FIELDS = re.compile(r'name="publish_at"[^>]*value="([^"]*)"')


@dataclass
class Unit:
    """Her browser, her classes of grade 7, the kit, and somebody's browser nobody knows."""

    library: Library
    her: Browser
    anybody: FlaskClient
    clock: Clock
    classes: dict[str, Course]
    kit_id: str

    def plans(self) -> list[str]:
        """Plan every part as the kit's page proposes, and accept; gives the days."""
        days = []
        for link in re.findall(r'href="(/plans/new\?collection=[^"]+)"', self.her.get(f"/kits/{self.kit_id}").text):
            address = link.replace("&amp;", "&")
            page = self.her.get(address).text
            day, subject = FIELDS.search(page), re.search(r'value="science"[^>]*checked', page)
            assert day and subject and "“Oceans”" in page
            collection = re.search(r"collection=(\w+)", address)
            assert collection
            made = self.her.send("/plans", {"collection": collection[1], "grades": "7", "subjects": "science", "as": "material",
                                            "topic": "Library", "publish_at": day[1]})
            self.her.send(f"{made.headers['Location']}/accept")
            days.append(day[1])
        return days

    def teacher_says_yes(self) -> None:
        with self.library.desk.transaction() as session:
            asked = [link_address(session, self.library.desk.settings, id) for id in session.scalars(
                select(LetterLink.id).where(LetterLink.opens.startswith("question:")))]
        for address in asked:
            path = address.removeprefix(self.library.desk.settings.origin)
            page = self.anybody.get(path).text
            self.clock.forward(seconds=5)
            said = dict.fromkeys(re.findall(r'name="(said:[^"]+)"', page), "publish")
            self.anybody.post(path, data={"nonce": _nonce(page), **said})

    def standing(self, at: datetime) -> dict[str, list[str]]:
        self.clock.at = at
        send_due(self.library.desk, self.library.school_id)
        return {name: [link["link"]["url"] for post in self.library.posts(course, "PUBLISHED") for link in post["materials"]
                       if "/practice/" in link.get("link", {}).get("url", "")] for name, course in self.classes.items()}

    def ticket(self, address: str, name: str, right: int) -> None:
        """Hand a ticket in with so many right answers."""
        paper = paper_of(kit(self.library.desk, self.library.school_id, self.kit_id))
        asked = paper.before if name == "before" else paper.after
        path = f"{address.removeprefix(self.library.desk.settings.origin)}/ticket/{name}"
        said = {each.key: each.right if number < right else str((int(each.right) + 1) % len(each.choices))
                for number, each in enumerate(asked)}
        assert self.anybody.post(path, data={"nonce": _nonce(self.anybody.get(path).text), **said}).status_code == 200


def _nonce(page: str) -> str:
    found = re.search(r'name="nonce" value="([^"]+)"', page)
    return found[1] if found else ""


@pytest.fixture
def unit(desk: Desk, world: World, clock: Clock) -> Unit:
    clock.at = datetime(2027, 1, 12, 15, tzinfo=UTC)
    person = world.add_person("lena@juniper.example", "Lena Ortiz")
    library = Library(desk, world, person, make.account(desk, world, person))
    classes = {"own": library.own_class("Grade 7 Library", grades=["7"]),
               "taught": library.teachers_class("7th Grade Science", grades=["7"]),
               "other": library.own_class("Grade 7 Art", grades=["7"], subject="arts")}
    her = browser(desk, library.account)
    kit_id = makers.kit(desk, library.school_id, doses=["before", "during"])
    return Unit(library, her, her.client.application.test_client(use_cookies=False), clock, classes, kit_id)


def test_a_kit_is_planned_into_its_window_stands_is_practised_and_shows_before_and_after(unit: Unit) -> None:
    unit.her.send("/curriculum", {"file": (io.BytesIO(MAP), "map.csv")})
    page = unit.her.get(f"/kits/{unit.kit_id}").text
    assert "leaves a week before" in page and "this is its middle" in page and "Plants" not in page
    assert unit.plans() == ["2027-01-26T07:00", "2027-02-10T07:00"]
    unit.teacher_says_yes()
    assert unit.standing(datetime(2027, 1, 26, 11, tzinfo=UTC)) == {"own": [], "taught": [], "other": []}
    first = unit.standing(datetime(2027, 1, 26, 13, tzinfo=UTC))
    assert {name: len(links) for name, links in first.items()} == {"own": 1, "taught": 1, "other": 0}
    second = unit.standing(datetime(2027, 2, 10, 13, tzinfo=UTC))
    assert {name: len(links) for name, links in second.items()} == {"own": 2, "taught": 2, "other": 0}
    for number in range(11):
        unit.ticket(first["taught"][0], "before", 1)
        unit.ticket(second["taught"][0], "after", 3 if number else 2)
    weeks_later = browser(unit.library.desk, unit.library.account)
    told = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", weeks_later.get(f"/kits/{unit.kit_id}").text))
    assert "The average rose from 1.0 to 2.9 of 4 (n = 11 before, 11 after)." in told


def test_without_a_window_the_page_says_how_to_give_one_and_proposes_no_day(unit: Unit) -> None:
    page = unit.her.get(f"/kits/{unit.kit_id}").text
    assert "has no unit of this grade to come" in page and 'href="/curriculum"' in page
    collection = re.search(r"/plans/new\?collection=(\w+)", page)
    assert collection
    form = unit.her.get(f"/plans/new?collection={collection[1]}&grade=7").text
    assert "no day is proposed" in form and FIELDS.search(form) is not None and FIELDS.findall(form) == [""]


def test_with_two_windows_she_may_choose_the_other(unit: Unit) -> None:
    unit.her.send("/curriculum", {"file": (io.BytesIO(MAP + b"Rivers,7,,2027-03-02,2027-03-19\n"), "map.csv")})
    page = unit.her.get(f"/kits/{unit.kit_id}").text
    first, *_rest, last = re.findall(r'href="(/plans/new\?collection=[^"]+)"', page)
    form = unit.her.get(first.replace("&amp;", "&")).text
    assert FIELDS.findall(form) == ["2027-01-26T07:00"] and ">Rivers</bdi></a>" in re.sub(r"<bdi>", "", form)
    assert FIELDS.findall(unit.her.get(last.replace("&amp;", "&")).text) == ["2027-03-10T07:00"]
