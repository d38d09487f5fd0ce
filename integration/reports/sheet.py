"""The report as rows: a CSV file, or a workbook with the lists on a second sheet.

Of each list so many lines are in a file as somebody may read; a longer one goes on at its page, whose address stands at its end. A
workbook is written row by row, so that its size in memory does not grow with it.
"""

import io
from collections.abc import Iterable, Iterator, Sequence

import xlsxwriter

from integration.desk import Desk
from integration.reports.behind import Behind, behind_all
from integration.reports.cells import Cell, csv_text, safe
from integration.reports.figures import Figure
from integration.reports.report import Report

HEADING = ("Part", "What", "Number", "Behind it")
PD = "Professional learning of the staff (PD)"
LISTS = ("Figure", "Item", "Note", "Amount")
LONGEST_CELL = 32_000
"""Excel takes 32,767 characters in a cell."""
LINES = 400
"""More lines of one list than this are in no sheet, nor in a cell."""
WIDTHS: dict[tuple[str, ...], tuple[int, ...]] = {HEADING: (34, 44, 12, 60), LISTS: (54, 48, 44, 10)}


def csv_of(desk: Desk, of: Report) -> str:
    """The report as CSV: one figure a row, with what it counts."""
    return csv_text(HEADING, _rows(desk, of))


def rows_of(desk: Desk, of: Report) -> list[list[Cell]]:
    """The same as rows, the heading first; no text in them is run by whoever opens a copy of them."""
    return [[safe(cell) for cell in row] for row in (HEADING, *_rows(desk, of))]


def _rows(desk: Desk, of: Report) -> list[Sequence[Cell]]:
    return [*_words(of), *(_row(*part) for part in _parts(desk, of))]


def xlsx_of(desk: Desk, of: Report) -> bytes:
    """The report as a workbook: the figures, and the list behind each. No cell in it is a formula or a link."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False,
                                   "strings_to_numbers": False}) as book:
        book.set_properties({"title": f"{of.school.name}: {of.period.label}"})
        parts, here = list(_parts(desk, of)), f"{desk.settings.origin}/reports/{of.period.said}"
        _write(book, "Report", HEADING, [*_words(of), *(_row(*part) for part in parts)])
        _write(book, "Lists", LISTS, (row for part in parts for row in _list(here, *part)))
    return out.getvalue()


def _list(page: str, part: str, figure: Figure, lines: Sequence[Behind]) -> Iterator[Sequence[Cell]]:
    named = f"{part}: {figure.label}"
    yield from ((named, line.label, line.note, line.amount) for line in lines)
    if (more := figure.things - len(lines)) > 0:
        yield named, f"… and {more:,} more", f"{page}/list/{figure.key}", ""


def _write(book: xlsxwriter.Workbook, name: str, heading: tuple[str, ...], rows: Iterable[Sequence[Cell]]) -> None:
    page, bold = book.add_worksheet(name), book.add_format({"bold": True})
    page.freeze_panes(1, 0)
    for column, width in enumerate(WIDTHS[heading]):
        page.set_column(column, column, width)
    page.write_row(0, 0, heading, bold)
    for at, row in enumerate(rows, start=1):
        for column, cell in enumerate(row):
            if isinstance(cell, str) and cell:
                page.write_string(at, column, str(safe(cell)))
            elif isinstance(cell, int | float):
                page.write_number(at, column, cell)


def _words(of: Report) -> list[Sequence[Cell]]:
    """What the report says in words."""
    said: list[Sequence[Cell]] = [("Report", f"{of.school.name}: {of.period.label}", None, f"{of.period.start} to {of.period.end}")]
    said += [("Outcome", each.sentence, None, each.activity) for each in of.outcomes]
    return [*said, ("Ask", of.ask, None, "")] if of.ask else said


def _parts(desk: Desk, of: Report) -> Iterator[tuple[str, Figure, list[Behind]]]:
    before = [(f"The same time a year ago: {of.before.label}", each) for each in of.before.reach] if of.before else []
    named = [*((f"Goal: {line.goal.title}", figure) for line in of.goals for figure in line.figures),
             *(("Reach", each) for each in of.reach), *(("Log", each) for each in of.log),
             *((PD, each) for each in of.pd),
             *(("Months", each) for each in of.months),
             *((f"How closely: {mix.name}", each) for mix in of.levels for each in mix.figures), *before]
    lists = behind_all(desk, of, [figure for _, figure in named], LINES)
    return ((part, figure, lines) for (part, _), (figure, lines) in zip(named, lists, strict=True))


def _row(part: str, figure: Figure, lines: Sequence[Behind]) -> Sequence[Cell]:
    shown: Cell = figure.number if figure.shown == f"{figure.number:,}" else figure.shown
    return (part, figure.label, shown, _cut("; ".join(line.label for line in lines)))


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST_CELL else f"{text[:LONGEST_CELL]} …"
