"""Remove one draft that no record names as its own: written down before the call, and ended after it."""

from dataclasses import dataclass

import structlog
from sqlalchemy import update

from integration.delivery.models import Attempt
from integration.desk import Desk
from integration.errors import GoogleError, NotAllowed, Refused, Unsure
from integration.google.classroom import Classroom
from integration.google.seen import Kind
from integration.records import audit
from integration.records.base import new_id
from integration.records.clock import database_now

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Orphan:
    """A draft of ours that nobody has recorded. `delivery_id` is None when its delivery is forgotten too."""

    school_id: str
    course: str
    """Google's id of the class."""
    kind: Kind
    post_id: str
    delivery_id: str | None = None


def remove_draft(desk: Desk, classroom: Classroom, orphan: Orphan, *, by: str) -> None:
    """Delete it. What Google refuses to delete stays: not made by us after all, gone, or in a class that takes no changes.

    Raises GoogleError when it could not be tried or nobody knows what came of it, NotAllowed while writing is switched off.
    """
    attempt_id = new_id()
    with desk.transaction() as session:
        session.add(Attempt(id=attempt_id, school_id=orphan.school_id, delivery_id=orphan.delivery_id, kind="delete",
                            post_id=orphan.post_id, lease_token=by, request_hash="", started_at=database_now(session)))
    try:
        classroom.delete_post(orphan.course, orphan.kind, orphan.post_id)
    except Refused as error:
        log.warning("a forgotten draft was left where it is", delivery=orphan.delivery_id, reason=error.reason)
        _end(desk, orphan, attempt_id, "definite_error", str(error))
    except (GoogleError, NotAllowed) as error:
        _end(desk, orphan, attempt_id, "unknown" if isinstance(error, Unsure) else "definite_error", str(error))
        raise
    else:
        _end(desk, orphan, attempt_id, "ok", "")


def _end(desk: Desk, orphan: Orphan, attempt_id: str, outcome: str, detail: str) -> None:
    with desk.transaction() as session:
        now = database_now(session)
        session.execute(update(Attempt).where(Attempt.id == attempt_id).values(
            outcome=outcome, detail=detail[:300], finished_at=now))
        whose = f"delivery:{orphan.delivery_id}" if orphan.delivery_id else f"post:{orphan.post_id}"
        audit.note(session, school_id=orphan.school_id, at=now, actor="worker", verb="delete orphan", object=whose,
                   result=detail or "ok")
