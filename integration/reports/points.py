"""The talking points: a published guideline, our own number of the same period, and one ask, line by line.

A line whose number is nothing is no point yet; it is kept apart, and on no paper. The guidelines are told in our own words, with
their source, because their text is not ours to print.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from sqlalchemy import select

from integration.desk import Desk
from integration.errors import Invalid, NotFound
from integration.records import plain
from integration.records.base import new_id
from integration.records.upsert import upsert
from integration.reports.figures import Figure, beside
from integration.reports.models import TalkingPoint
from integration.reports.pdf import printed
from integration.reports.report import Report

DATA = Path(__file__).parent / "data" / "guidelines.json"
PAGE = Path(__file__).parent / "points.typ"
LONGEST_ASK = 300


@dataclass(frozen=True)
class Guideline:
    """Something a professional body or author published; `says` is what it says in our words, `ask` what we would ask for."""

    key: str
    name: str
    by: str
    year: str
    link: str
    note: str
    says: str
    figure: str
    """The key of the figure of the report that stands beside it."""
    counts: str
    """What that figure counts, said so that it can stand alone."""
    ask: str

    @property
    def source(self) -> str:
        """Whose it is and of when."""
        return f"{self.by}, {self.year}"


@dataclass(frozen=True)
class Point:
    """One line. Without a figure, or with one that counts nothing, there is nothing to say yet."""

    guideline: Guideline
    figure: Figure | None
    ask: str
    is_left_out: bool

    @property
    def has_number(self) -> bool:
        """Whether there is something of our own to say."""
        return self.figure is not None and self.figure.number > 0

    @property
    def counts(self) -> str:
        """What the number counts, as it stands beside it."""
        return beside(self.figure.shown, self.guideline.counts) if self.figure is not None else self.guideline.counts

    @property
    def is_on_the_sheet(self) -> bool:
        """Whether it is for others to read."""
        return self.has_number and not self.is_left_out


@cache
def guidelines() -> tuple[Guideline, ...]:
    """Every guideline there is, in the order of the sheet."""
    return tuple(Guideline(**each) for each in json.loads(DATA.read_text(encoding="utf-8")))


def points(desk: Desk, of: Report) -> list[Point]:
    """A line for each guideline, with the numbers of this report."""
    with desk.transaction() as session:
        hers = {row.guideline: (row.ask, row.is_left_out) for row in session.scalars(
            select(TalkingPoint).where(TalkingPoint.school_id == of.school.id))}
    figures = {each.key: each for each in of.figures()}
    return [Point(each, figures.get(each.figure), *hers.get(each.key, (each.ask, False))) for each in guidelines()]


def say_asks(desk: Desk, school_id: str, asks: Mapping[str, str], *, left_out: frozenset[str] = frozenset()) -> None:
    """Say what she asks for under each guideline, and which are left out; an empty ask is ours again. Raises Invalid, NotFound."""
    known = {each.key: each for each in guidelines()}
    if not {*asks, *left_out} <= known.keys():
        raise NotFound("There is no such guideline on the sheet.")
    kept = {key: plain.line(ask) for key, ask in asks.items()}
    if faults := {f"ask-{key}": fault for key, ask in kept.items() if (fault := _fault(ask))}:
        raise Invalid(fields=faults)
    with desk.transaction() as session:
        upsert(session, TalkingPoint, [{
            "id": new_id(), "school_id": school_id, "guideline": key, "ask": ask or known[key].ask,
            "is_left_out": key in left_out} for key, ask in kept.items()], key=("school_id", "guideline"), keep=("id",))


def points_pdf(desk: Desk, of: Report) -> bytes:
    """The sheet on paper, tagged; each number leads to its list."""
    root = f"{desk.settings.origin}/reports/{of.period.said}/list/"
    lines = [{**vars(each.guideline), "source": each.guideline.source, "ask": each.ask, "shown": each.figure.shown,
              "counts": each.counts, "url": root + each.figure.key}
             for each in points(desk, of) if each.is_on_the_sheet and each.figure is not None]
    data = {"school": of.school.name, "title": title(of), "points": lines, "footer": FOOT}
    return printed(desk, PAGE, {"data": json.dumps(data, ensure_ascii=False)})


FOOT = ("Guidelines are told in our own words; their text is at the source. Numbers are counted from what stood in the classes and "
        "from the library’s log; fewer than 10 students are shown as “<\u00a010”.")


def title(of: Report) -> str:
    """What the sheet is called."""
    return f"Talking points: the library in {of.period.named}"


def _fault(ask: str) -> str:
    if len(ask) > LONGEST_ASK:
        return f"An ask is short: at most {LONGEST_ASK} characters. This has {len(ask):,}."
    return f"This has {found}. Type it anew." if (found := plain.fault(ask)) else ""
