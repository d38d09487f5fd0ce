"""The page for the principal, in every form."""

from typing import Any

from flask import Response

from integration.reports.forms import FORMS, file_of
from web.api.room import room
from web.api.shapes import ById, Text
from web.files import everything, sent
from web.gate import Who, desk, open_to, visitor
from web.pages.reports import page_to_read

blueprint = room("reports", "The page for the principal: a month’s or a school year’s, as page, PDF, workbook or data.")


class ReportName(ById):
    """`2026-11.pdf`: a month or a school year, and a form."""

    id: Text


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
