"""The report in the form that is asked for by the end of its name."""

from collections.abc import Callable
from dataclasses import dataclass

from integration.desk import Desk
from integration.errors import NotFound
from integration.reports.data import json_of
from integration.reports.pdf import pdf_of
from integration.reports.report import Report, report
from integration.reports.sheet import csv_of, xlsx_of


@dataclass(frozen=True)
class Form:
    """What a file of this form is, and how a report becomes one."""

    content_type: str
    make: Callable[[Desk, Report], str | bytes]


FORMS = {
    "pdf": Form("application/pdf", pdf_of),
    "csv": Form("text/csv; charset=utf-8", csv_of),
    "xlsx": Form("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", xlsx_of),
    "json": Form("application/json", json_of),
}
"""The end of a name → its form; `html` is a page, and made where pages are."""


@dataclass(frozen=True)
class File:
    """A report as a file."""

    name: str
    content_type: str
    content: bytes


def file_of(desk: Desk, school_id: str, said: str, form: str) -> File:
    """The report of `2026-11` or `2026` as a file. Raises NotFound."""
    if form not in FORMS:
        raise NotFound(f"There is no report as “{form[:10]}”. Ask for {', '.join(FORMS)} or html.")
    made = FORMS[form].make(desk, report(desk, school_id, said))
    return File(f"library-{said}.{form}", FORMS[form].content_type, made.encode() if isinstance(made, str) else made)


def pdf_by_link(desk: Desk, school_id: str, said: str, lists_at: str) -> File:
    """The page on paper for whoever has a link: its figures lead to the lists that this link opens. Raises NotFound."""
    return File(f"library-{said}.pdf", FORMS["pdf"].content_type, pdf_of(desk, report(desk, school_id, said), lists_at))
