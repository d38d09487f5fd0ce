"""Every write to Classroom and every consent, as it was written down."""

from datetime import datetime

from flask import Response

from integration.records.audit import AuditLine, lines
from web.api.room import listed, room
from web.api.shapes import ById, Page, page
from web.gate import Who, desk, open_to, visitor

blueprint = room("audit", "Every write to Classroom and every consent; append-only.")


class AuditShape(ById):
    """One line: who did what to what, and what came of it."""

    at: datetime
    actor: str
    verb: str
    object: str
    result: str


@blueprint.get("/audit", responses={200: listed(AuditShape)})
@open_to(Who.LIBRARIAN)
def index(query: Page) -> Response:
    """List what was done, newest first."""
    def read(after: str | None, most: int) -> list[AuditLine]:
        with desk().transaction() as session:
            return lines(session, visitor().school_id, before=after, at_most=most)

    return page(query, read, _shape)


def _shape(line: AuditLine) -> AuditShape:
    return AuditShape(id=line.id, at=line.at, actor=line.actor, verb=line.verb, object=line.object, result=line.result)
