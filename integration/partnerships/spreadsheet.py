"""Read a log she kept in a spreadsheet: CSV as programs write it, or a workbook's first page, as lines of text."""

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from xml.etree.ElementTree import ParseError

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from integration.errors import Invalid

MOST_LINES = 20_000
MOST_COLUMNS = 60
LARGEST_WORKBOOK = 60_000_000
"""Bytes a workbook may have when it is unpacked; a small file can hold very much more."""
CANNOT = "This file could not be read. Save it once more as .xlsx or as .csv, and bring that."


@dataclass(frozen=True)
class Line:
    """One line of the sheet, with the number the spreadsheet shows beside it."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Sheet:
    """The headings and the lines below them; empty lines are left out."""

    headings: tuple[str, ...]
    lines: tuple[Line, ...]


def read_sheet(content: bytes) -> Sheet:
    """The sheet in a file. Raises Invalid when it cannot be read."""
    rows = _workbook(content) if content.startswith(b"PK") else _csv(content)
    lines = [Line(number, tuple(cells[:MOST_COLUMNS])) for number, cells in _numbered(rows) if any(cells)]
    if not lines:
        raise Invalid(fields={"file": "There is nothing in this file."})
    return Sheet(lines[0].cells, tuple(lines[1:]))


def _numbered(rows: Iterable[list[str]]) -> Iterator[tuple[int, list[str]]]:
    for number, cells in enumerate(rows, start=1):
        if number > MOST_LINES:
            raise Invalid(fields={"file": f"This file has more than {MOST_LINES:,} lines. Bring it in parts."})
        yield number, [cell.strip() for cell in cells]


def _workbook(content: bytes) -> Iterator[list[str]]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            if sum(part.file_size for part in packed.infolist()) > LARGEST_WORKBOOK:
                raise Invalid(fields={"file": "This workbook unpacks to more than can be read here. Save the one page as .csv."})
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        page = book.worksheets[0]
        yield from ([_text(value) for value in row] for row in page.iter_rows(values_only=True))
    except (zipfile.BadZipFile, InvalidFileException, ParseError, KeyError, IndexError, ValueError, TypeError) as error:
        raise Invalid(fields={"file": CANNOT}) from error


def _text(value: object) -> str:
    """A cell as text: a day as 2026-11-24, a whole number without a point."""
    if value is None:
        return ""
    if isinstance(value, (date, datetime)):
        return f"{value:%Y-%m-%d}"
    return f"{value:g}" if isinstance(value, float) else str(value)


def _csv(content: bytes) -> Iterator[list[str]]:
    text = _decoded(content)
    first = text.split("\n", 1)[0]
    comma = max(",;\t", key=first.count)
    try:
        yield from csv.reader(io.StringIO(text, newline=""), delimiter=comma)
    except csv.Error as error:
        raise Invalid(fields={"file": CANNOT}) from error


def _decoded(content: bytes) -> str:
    """The text of a file: UTF-8, or UTF-16 where its mark says so, else as Windows writes it."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")
