"""Bring a log she kept in a spreadsheet: look first, say which column is what, then bring it."""

import base64
import binascii
import zlib

from flask import Blueprint, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue

from integration.errors import Invalid
from integration.partnerships.bring import bring
from integration.partnerships.columns import FIELDS, NEEDED, remembered
from integration.partnerships.spreadsheet import Sheet, read_sheet
from web import forms, inputs
from web.gate import Who, desk, open_to, visitor

blueprint = Blueprint("bring", __name__)

LARGEST = 5_000_000
SHOWN = 5
"""How many of its lines are shown to tell the columns by."""
BAD_SHOWN = 100


@blueprint.get("/partnerships/bring-a-log")
@open_to(Who.LIBRARIAN)
def ask() -> ResponseReturnValue:
    """Ask for the file."""
    return render_template("bring/ask.html")


@blueprint.post("/partnerships/bring-a-log")
@open_to(Who.LIBRARIAN)
@forms.or_show_again(ask)
def look() -> ResponseReturnValue:
    """Show what the file would bring; with `bring`, bring it."""
    content = _content()
    sheet = read_sheet(content)
    columns = _columns(sheet)
    newcomers, is_done = "newcomers" in request.form, request.form.get("do") == "bring"
    try:
        seen = bring(desk(), visitor().school_id, sheet, columns, with_newcomers=newcomers, dry_run=not is_done)
    except Invalid as error:
        seen, is_done = None, False
        flash(str(error), "warn")
    if is_done and seen is not None and not seen.bad:
        flash(f"Brought {seen.new:,} entries; {seen.known:,} were here before.", "good")
        return redirect("/partnerships", 303)
    return render_template("bring/look.html", sheet=sheet, columns=columns, fields=FIELDS, needed=NEEDED, seen=seen,
                           is_done=is_done, lines=sheet.lines[:SHOWN], bad_shown=BAD_SHOWN, newcomers=newcomers,
                           packed=base64.b64encode(zlib.compress(content)).decode())


def _content() -> bytes:
    """The file, or the one she sent before, which the page carries along. Raises Invalid."""
    if (file := request.files.get("file")) is not None and file.filename:
        return bytes(file.read())
    try:
        packed = base64.b64decode(request.form.get("packed", ""), validate=True)
        content = zlib.decompressobj().decompress(packed, LARGEST)
    except (binascii.Error, zlib.error) as error:
        raise Invalid(fields={"file": "Choose the file once more."}) from error
    if not content:
        raise Invalid(fields={"file": "Choose the file with your log."})
    return content


def _columns(sheet: Sheet) -> dict[str, int]:
    """What she chose, else what is remembered or guessed."""
    if "packed" not in request.form:
        return remembered(desk(), visitor().school_id, sheet.headings)
    chosen = {field: inputs.number(request.form, f"column_{field}") for field in FIELDS}
    return {field: at for field, at in chosen.items() if at is not None and at < len(sheet.headings)}
