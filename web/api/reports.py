"""The page for the principal, in every form."""

from datetime import datetime
from typing import Any

from flask import Response
from pydantic import BaseModel, Field

from integration.reports.behind import behind
from integration.reports.forms import FORMS, file_of
from integration.reports.in_sheets import tab_of, write_sheet
from integration.reports.one import one_figure
from web.api.room import listed, room
from web.api.shapes import BodyOrNothing, ById, Page, Text, one, page
from web.files import everything, sent
from web.gate import Who, desk, open_to, visitor
from web.pages.reports import page_to_read

blueprint = room("reports", "The page for the principal: a month’s or a school year’s, as page, PDF, workbook or data.")


class ReportName(ById):
    """`2026-11.pdf`: a month or a school year, and a form."""

    id: Text


class ListName(ById):
    """A month or a school year, and the key of one of its figures."""

    id: Text
    key: Text


class LineShape(BaseModel):
    """One thing a figure counts; `amount` is what it adds where the figure is a sum."""

    id: str
    label: str
    note: str
    amount: str


CONTENT: dict[str, Any] = {"description": "The report", "content": {
    kind: {"schema": {"type": "string"}} for kind in ("text/html", *(form.content_type for form in FORMS.values()))}}


ARCHIVE: dict[str, Any] = {"description": "Everything", "content": {"application/zip": {"schema": {"type": "string"}}}}


@blueprint.get("/export", responses={200: ARCHIVE})
@open_to(Who.LIBRARIAN)
def export() -> Response:
    """Take everything of the school's away: an archive of each table as JSON and CSV."""
    return everything(desk(), visitor().school_id)


@blueprint.get("/reports/<id>", responses={200: CONTENT})
@open_to(Who.LIBRARIAN)
def show(path: ReportName) -> Response:
    """Make the report: `2026-11` or `2026`, then `.html`, `.pdf`, `.csv`, `.xlsx` or `.json`."""
    said, _, form = path.id.rpartition(".")
    if form == "html":
        return Response(page_to_read(said), content_type="text/html; charset=utf-8")
    return sent(file_of(desk(), visitor().school_id, said, form))


class SheetBody(BodyOrNothing):
    """How to write it."""

    anew: bool = Field(False, description="Make a new spreadsheet when the one there was is gone.")


class SheetShape(BaseModel):
    """The spreadsheet in her Drive that the report was written into."""

    file_id: str
    link: str
    tab: int
    written_at: datetime


@blueprint.post("/reports/<id>/sheet", responses={200: SheetShape})
@open_to(Who.LIBRARIAN)
def write_into_sheet(path: ById, body: SheetBody) -> Response:
    """Write the report of `2026-11` or `2026` into its own tab of a spreadsheet we made in her Drive; no other tab is touched."""
    card = write_sheet(desk(), visitor().school_id, visitor().account_id, path.id, anew=body.anew)
    return one(SheetShape(file_id=card.file_id, link=card.link, tab=tab_of(path.id), written_at=card.written_at or desk().now()))


@blueprint.get("/reports/<id>/lists/<key>", responses={200: listed(LineShape)})
@open_to(Who.LIBRARIAN)
def show_list(path: ListName, query: Page) -> Response:
    """List what one figure of a report counts: `classes`, `standing`, `before-deliveries` and so on."""
    of = one_figure(desk(), visitor().school_id, path.id, path.key)
    return page(query, lambda after, most: behind(desk(), of, of.figure, after=after or "", at_most=most),
                lambda line: LineShape(id=line.id, label=line.label, note=line.note, amount=line.amount))
