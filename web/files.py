"""Files to take away."""

from tempfile import TemporaryFile

from flask import Response, send_file

from integration.desk import Desk
from integration.reports.forms import File
from integration.reports.takeaway import take_away
from integration.schema import every_table

SHOWN = ("application/pdf", "application/json")
"""Forms a browser shows by itself."""


def sent(file: File) -> Response:
    """A file as an answer: shown where a browser can, else kept under its name."""
    how = "inline" if file.content_type in SHOWN else "attachment"
    return Response(file.content, content_type=file.content_type,
                    headers={"Content-Disposition": f'{how}; filename="{file.name}"'})


def everything(desk: Desk, school_id: str) -> Response:
    """All a school has here, as one archive."""
    # Flask closes the file when the last byte is sent, and with that it is gone.
    file = TemporaryFile()  # noqa: SIM115
    take_away(desk, school_id, file, every_table())
    file.seek(0)
    return send_file(file, mimetype="application/zip", as_attachment=True, download_name="throughline.zip")
