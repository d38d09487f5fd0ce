"""The talking points: each line has a source, a number of the report with its list, and an ask."""

from datetime import date

import pytest

from integration.desk import Desk
from integration.errors import Invalid, NotFound
from integration.partnerships.log import HandEntry, write
from integration.reports.behind import behind
from integration.reports.figures import beside
from integration.reports.points import guidelines, points, points_pdf, say_asks
from integration.reports.report import Report, report
from integration.sandbox.world import World
from tests import make
from tests.rooms.reports.test_reading_order import Paper
from tests.rooms.reports.years import a_year, empty_year


@pytest.fixture
def of(desk: Desk, world: World) -> Report:
    return report(desk, a_year(desk, world, 7).school_id, "2026")


def on_the_sheet(desk: Desk, of: Report) -> list[str]:
    return [each.guideline.key for each in points(desk, of) if each.is_on_the_sheet]


def test_every_guideline_names_its_source_and_a_figure_that_can_be_on_a_report(desk: Desk, world: World) -> None:
    year = empty_year(desk, world)
    write(desk, year.school_id, HandEntry(make.teacher(desk, year.school_id).id, date(2026, 11, 3), "x", level="C", scheme="tlc"))
    known = {each.key for each in report(desk, year.school_id, "2026").figures()}
    assert [each.key for each in guidelines() if not (each.name and each.by and each.year and each.says and each.ask)] == []
    assert {each.figure for each in guidelines()} <= known


def test_the_number_is_the_reports_and_its_list_is_as_long(desk: Desk, of: Report) -> None:
    found = {each.guideline.key: each.figure for each in points(desk, of) if each.is_on_the_sheet}
    assert len(found) == len(guidelines())
    for key in ("aasl-collaborate", "frl-partnerships", "iste-designer", "tlc-integrated"):
        figure = found[key]
        assert figure is not None and figure == of.figure(figure.key)
        assert len(behind(desk, of, figure)) == figure.number


def test_so_few_students_are_not_told_apart(desk: Desk, world: World) -> None:
    year = empty_year(desk, world)
    year.post(make.course(desk, year.account, teachers=(make.teacher(desk, year.school_id),), students=4), date(2026, 11, 3))
    shown = [each.figure.shown for each in points(desk, report(desk, year.school_id, "2026-11"))
             if each.figure is not None and each.guideline.figure == "students"]
    assert shown == ["< 10"]
    assert b"%PDF-" in points_pdf(desk, report(desk, year.school_id, "2026-11"))


def test_what_counts_nothing_is_no_point_yet(desk: Desk, world: World) -> None:
    empty = report(desk, empty_year(desk, world).school_id, "2026-11")
    assert on_the_sheet(desk, empty) == []
    assert points_pdf(desk, empty).startswith(b"%PDF-")


def test_her_ask_and_what_she_leaves_out_stay(desk: Desk, of: Report) -> None:
    say_asks(desk, of.school.id, {"frl-partnerships": " A seat   at the table. ", "iste-designer": ""},
             left_out=frozenset({"iste-designer"}))
    found = {each.guideline.key: each for each in points(desk, of)}
    assert found["frl-partnerships"].ask == "A seat at the table."
    assert found["iste-designer"].is_left_out and found["iste-designer"].ask == found["iste-designer"].guideline.ask
    say_asks(desk, of.school.id, {"iste-designer": "One more."})
    assert "iste-designer" in on_the_sheet(desk, of)


@pytest.mark.parametrize("ask", ["x" * 301, "hid\u200bden"])
def test_an_ask_that_cannot_be_printed_is_given_back(desk: Desk, of: Report, ask: str) -> None:
    with pytest.raises(Invalid) as caught:
        say_asks(desk, of.school.id, {"iste-designer": ask})
    assert list(caught.value.fields) == ["ask-iste-designer"]


def test_there_is_no_other_guideline(desk: Desk, of: Report) -> None:
    with pytest.raises(NotFound):
        say_asks(desk, of.school.id, {"made-up": "x"})


def test_the_paper_is_tagged_in_order_and_each_number_leads_to_its_list(desk: Desk, of: Report) -> None:
    say_asks(desk, of.school.id, {"frl-partnerships": '#read("/etc/passwd") $x$'})
    made = points_pdf(desk, of)
    paper = Paper(made)
    drawn = [number for _, _, numbers in paper.tags for number in numbers]
    assert b"pdfuaid" in made and drawn == sorted(set(drawn))
    assert [kind for kind in paper.kinds() if kind in {"H1", "H2"}] == ["H1", *["H2"] * len(guidelines())]
    assert all(f"/reports/2026/list/{each.figure}".encode() in made for each in guidelines())


@pytest.mark.parametrize(("shown", "label", "words"), [
    ("1", "classes reached", "class reached"), ("1", "lessons or units planned", "lesson or unit planned"),
    ("2", "classes reached", "classes reached"), ("0", "classes reached", "classes reached"),
    ("< 10", "students in the classes reached", "students in the classes reached")])
def test_of_one_thing_a_label_speaks_as_of_one(shown: str, label: str, words: str) -> None:
    assert beside(shown, label) == words
