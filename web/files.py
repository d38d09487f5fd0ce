"""Files to take away."""

from flask import Response

from integration.reports.forms import File

SHOWN = ("application/pdf", "application/json")
"""Forms a browser shows by itself."""


def sent(file: File) -> Response:
    """A file as an answer: shown where a browser can, else kept under its name."""
    how = "inline" if file.content_type in SHOWN else "attachment"
    return Response(file.content, content_type=file.content_type,
                    headers={"Content-Disposition": f'{how}; filename="{file.name}"'})
