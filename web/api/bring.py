"""Bring a log that was kept in a spreadsheet."""

import base64
import binascii

from flask import Response
from pydantic import BaseModel, Field

from integration.errors import Invalid
from integration.partnerships.bring import bring
from integration.partnerships.columns import FIELDS, remembered
from integration.partnerships.spreadsheet import read_sheet
from web.api.room import room
from web.api.shapes import Body, Text, one
from web.gate import Who, desk, open_to, visitor

blueprint = room("bring", "Bring a log that was kept in a spreadsheet; what was brought before is never doubled.")


class SheetBody(Body):
    """A sheet as text or as a file, and which column is what."""

    csv: Text = Field("", description="The sheet as CSV.")
    file: Text = Field("", description="Or the file, .xlsx or .csv, in base64.")
    columns: dict[Text, int] = Field(
        default_factory=dict, description=f"{', '.join(FIELDS)} → the column’s number, from 0. Without it, as it was for the same "
        "headings before, else guessed.")
    with_newcomers: bool = Field(False, description="Bring names nobody here has as colleagues.")
    dry_run: bool = False


class BadLineShape(BaseModel):
    """A line that was not brought, by the number the spreadsheet shows."""

    line: int
    sentence: str


class BroughtShape(BaseModel):
    """What became of the lines."""

    new: int
    known: int
    bad: list[BadLineShape]
    columns: dict[str, int]


@blueprint.post("/partnerships/import", responses={200: BroughtShape})
@open_to(Who.LIBRARIAN)
def bring_sheet(body: SheetBody) -> Response:
    """Bring every line that can be read; the others are named with the reason."""
    sheet = read_sheet(body.csv.encode() if body.csv else _file(body.file))
    unknown = set(body.columns) - set(FIELDS)
    if unknown or not all(0 <= at < len(sheet.headings) for at in body.columns.values()):
        raise Invalid(fields={"columns": f"Columns are numbers from 0 to {len(sheet.headings) - 1} of {', '.join(FIELDS)}."})
    columns = body.columns or remembered(desk(), visitor().school_id, sheet.headings)
    done = bring(desk(), visitor().school_id, sheet, columns, with_newcomers=body.with_newcomers, dry_run=body.dry_run)
    return one(BroughtShape(new=done.new, known=done.known, columns=columns,
                            bad=[BadLineShape(line=line.number, sentence=line.sentence) for line in done.bad]))


def _file(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except binascii.Error as error:
        raise Invalid(fields={"file": "This is not base64."}) from error
