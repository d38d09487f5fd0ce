"""Every form of the report: a tagged PDF, and tables in which no text becomes a formula."""

import csv
import io
import json
from datetime import date

import pytest
from openpyxl import load_workbook

from integration.desk import Desk
from integration.errors import NotFound
from integration.partnerships.log import HandEntry, write
from integration.reports.cells import FORMULA, safe
from integration.reports.forms import file_of
from integration.reports.goals import NewGoal, add_goal
from integration.reports.notes import set_ask
from integration.sandbox.world import World
from tests import make
from tests.rooms.reports.years import Year, a_year, empty_year

ATTACKS = ("=cmd|' /C calc'!A0", "+1+1", "-2+3", "@SUM(1)", "\t=1+1", "\r=1+1", " =1+1", "＝1+1", "=HYPERLINK(\"http://x\")")


def attacked(desk: Desk, world: World) -> Year:
    """A school whose every title is a formula."""
    year = empty_year(desk, world)
    rosa = make.teacher(desk, year.school_id, name="=1+1")
    course = make.course(desk, year.account, teachers=(rosa,), name="@SUM(1)")
    year.post(course, date(2026, 11, 3), title="-2+3")
    for text in ATTACKS:
        write(desk, year.school_id, HandEntry(rosa.id, date(2026, 11, 4), text.strip(), class_ids=[course.id]))
    add_goal(desk, year.school_id, NewGoal("+1+1", date(2026, 8, 1), date(2027, 6, 30)))
    set_ask(desk, year.school_id, "2026-11", "=1+1")
    return year


@pytest.mark.parametrize("text", ATTACKS)
def test_a_cell_is_never_a_formula_and_its_text_is_kept(text: str) -> None:
    assert safe(text) == f"'{text}"


def test_a_number_stays_a_number_and_plain_text_as_it_is() -> None:
    assert (safe(-3), safe(2.5), safe(None), safe("Rosa Gomez"), safe("6-8")) == (-3, 2.5, None, "Rosa Gomez", "6-8")


def test_no_cell_of_the_csv_begins_as_a_formula(desk: Desk, world: World) -> None:
    file = file_of(desk, attacked(desk, world).school_id, "2026-11", "csv")
    cells = [cell for row in csv.reader(io.StringIO(file.content.decode("utf-8-sig"))) for cell in row]
    assert [cell for cell in cells if cell.lstrip().startswith(FORMULA)] == []
    assert "'=1+1" in cells


def test_the_workbook_holds_no_formula_and_no_link(desk: Desk, world: World) -> None:
    file = file_of(desk, attacked(desk, world).school_id, "2026-11", "xlsx")
    book = load_workbook(io.BytesIO(file.content))
    cells = [cell for page in book for row in page for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n"}
    assert [cell.value for cell in cells if cell.data_type == "s" and cell.value.startswith(FORMULA)] == []
    assert all(cell.hyperlink is None for cell in cells)


def test_the_numbers_of_the_workbook_are_the_numbers_of_the_data(desk: Desk, world: World) -> None:
    year = a_year(desk, world, 3)
    said = json.loads(file_of(desk, year.school_id, "2026", "json").content)
    page = load_workbook(io.BytesIO(file_of(desk, year.school_id, "2026", "xlsx").content))["Report"]
    numbers = {(row[0], row[1]): row[2] for row in page.iter_rows(values_only=True)}
    assert numbers["Reach", "classes reached"] == said["reach"]["classes"] > 0
    assert numbers["Log", "entries in the log"] == said["log"]["entries"] > 0


def test_the_pdf_is_tagged_titled_and_has_its_language(desk: Desk, world: World) -> None:
    made = file_of(desk, a_year(desk, world, 2).school_id, "2026", "pdf").content
    assert made.startswith(b"%PDF-")
    for sign in (b"/StructTreeRoot", b"/MarkInfo", b"/Lang", b"/DisplayDocTitle true", b"pdfuaid"):
        assert sign in made, sign


def test_words_typed_into_a_title_are_printed_and_never_run(desk: Desk, world: World) -> None:
    year = empty_year(desk, world)
    for title in ('#read("/etc/passwd")', '#panic("no")', "$x$ *bold* <label> @ref \\ `code`", "日本語 🌋 नमस्ते", "#" * 200):
        add_goal(desk, year.school_id, NewGoal(title, date(2026, 8, 1), date(2027, 6, 30)))
    assert file_of(desk, year.school_id, "2026-11", "pdf").content.startswith(b"%PDF-")


def test_an_empty_school_has_a_page_in_every_form(desk: Desk, world: World) -> None:
    year = empty_year(desk, world)
    assert all(file_of(desk, year.school_id, "2026-11", form).content for form in ("pdf", "csv", "xlsx", "json"))


def test_there_is_no_other_form(desk: Desk, world: World) -> None:
    with pytest.raises(NotFound):
        file_of(desk, empty_year(desk, world).school_id, "2026-11", "docx")
