"""The page on paper as a screen reader goes through it: its tags, their order, and what each link says."""

import re
from collections.abc import Iterator
from datetime import date

import pytest

from integration.desk import Desk
from integration.partnerships.log import HandEntry, write
from integration.reports.forms import file_of
from integration.reports.notes import set_ask
from integration.reports.outcomes import NewOutcome, add_outcome
from integration.sandbox.world import World
from tests import make
from tests.rooms.reports.years import a_year

OBJECT = re.compile(rb"(\d+) 0 obj\s(.*?)\sendobj", re.DOTALL)
KIND, KIDS = re.compile(rb"/S/(\w+)"), re.compile(rb"/K\s*(\[[^\]]*\]|\d+ 0 R|\d+)")
TITLE = re.compile(rb"/T(?:\(([^)]*)\)|<([0-9A-F]+)>)")
KID = re.compile(rb"(\d+) 0 R|(\d+)")
HEADINGS = ["The library in November 2026", "The school’s goals, and what served them", "Whom it reached",
            "Month by month: classes reached", "How closely we worked", "What came of it", "One ask",
            "Where it has been: classes reached of those there are"]


class Paper:
    """A PDF's objects, and its tags from the first to the last."""

    def __init__(self, made: bytes) -> None:
        self.objects = {int(number): body for number, body in OBJECT.findall(made)}
        [root] = [body for body in self.objects.values() if b"/Type/StructTreeRoot" in body]
        self.tags = list(self._below(root))

    def _below(self, body: bytes) -> Iterator[tuple[str, str, list[int]]]:
        """Each tag with its title and the numbers of what was drawn in it."""
        found = KIDS.search(body)
        for reference, drawn in KID.findall(found[1]) if found else ():
            if not reference:
                yield "", "", [int(drawn)]
            elif (kid := self.objects[int(reference)]).startswith(b"<</Type/StructElem"):
                kind, title = KIND.search(kid), TITLE.search(kid)
                yield kind[1].decode() if kind else "", _text(title) if title else "", []
                yield from self._below(kid)

    def kinds(self) -> list[str]:
        return [kind for kind, _, _ in self.tags if kind]


def _text(title: re.Match[bytes]) -> str:
    return title[1].decode("latin-1") if title[1] is not None else bytes.fromhex(title[2].decode()).decode("utf-16")


@pytest.fixture
def paper(desk: Desk, world: World) -> Paper:
    """A page with everything on it."""
    year = a_year(desk, world, 2)
    entry = write(desk, year.school_id, HandEntry(make.teacher(desk, year.school_id).id, date(2026, 11, 3), "Citation workshop",
                                                  level="B", scheme="tlc"))
    add_outcome(desk, year.school_id, NewOutcome(entry, "circulation", before=410, after=492))
    set_ask(desk, year.school_id, "2026-11", "Two planning periods a month.")
    return Paper(file_of(desk, year.school_id, "2026-11", "pdf").content)


def test_the_headings_come_in_the_order_of_the_page_and_skip_no_level(paper: Paper) -> None:
    assert [title for kind, title, _ in paper.tags if re.fullmatch(r"H\d", kind)] == HEADINGS
    assert [kind for kind in paper.kinds() if re.fullmatch(r"H\d", kind)] == ["H1", *["H2"] * 7]


def test_it_is_read_in_the_order_in_which_it_was_drawn_and_nothing_twice(paper: Paper) -> None:
    drawn = [number for _, _, numbers in paper.tags for number in numbers]
    assert len(drawn) > 50 and drawn == sorted(set(drawn))


def test_every_table_has_headings_and_bars_are_left_out(paper: Paper) -> None:
    kinds = paper.kinds()
    assert kinds.count("Table") >= 4 and kinds.count("THead") == kinds.count("Table")
    assert "Figure" not in kinds, "a bar says nothing that its number does not"


def test_every_link_is_tagged_and_says_where_it_leads(paper: Paper) -> None:
    links = [body for body in paper.objects.values() if b"/Subtype/Link" in body]
    assert len(links) > 10 and paper.kinds().count("Link") == len(links)
    assert all(b"/Contents" in body and b"/reports/2026-11/list/" in body for body in links)
