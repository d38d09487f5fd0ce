"""Looks at Google: ask for one, follow it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from flask import Response
from pydantic import BaseModel

from integration.courses.sync import request_sync
from integration.courses.syncs import SyncReport, sync_report
from web.api.room import room
from web.api.shapes import BodyOrNothing, ById, Under, one, under_way
from web.gate import Who, desk, open_to, visitor

blueprint = room("syncs", "Looks at Google, while they happen and afterwards.")


class NewSync(BodyOrNothing):
    """What to look at."""

    full: bool = False
    """Whether streams are read to their end rather than to where the last sync came."""


class SyncError(BaseModel):
    """What went wrong in one class; without a class, in the sync itself."""

    class_id: str
    sentence: str


class SyncShape(ById):
    """How far a sync is: `state` is queued, running, done, partial or failed."""

    state: str
    classes_seen: int
    classes_left: int
    posts_seen: int
    calls: int
    errors: list[SyncError]
    asked_at: datetime
    began_at: datetime | None
    ended_at: datetime | None


@blueprint.post("/syncs", responses={202: Under})
@open_to(Who.LIBRARIAN)
def begin(body: NewSync) -> Response:
    """Ask for a sync; one already under way is answered instead of a second."""
    known = visitor()
    sync_id = request_sync(desk(), known.school_id, known.account_id, full=body.full, by_person=True)
    return under_way(f"/syncs/{sync_id}", sync_id, sync_report(desk(), known.school_id, sync_id).state)


@blueprint.get("/syncs/<id>", responses={200: SyncShape})
@open_to(Who.LIBRARIAN)
def show(path: ById) -> Response:
    """Say how far a sync is."""
    return one(_shape(sync_report(desk(), visitor().school_id, path.id)))


def _shape(sync: SyncReport) -> SyncShape:
    return SyncShape(
        id=sync.id, state=sync.state, classes_seen=sync.classes_seen, classes_left=sync.classes_left,
        posts_seen=sync.posts_seen, calls=sync.calls, errors=[_error(each) for each in sync.errors], asked_at=sync.asked_at,
        began_at=sync.began_at, ended_at=sync.ended_at)


def _error(said: Mapping[str, Any]) -> SyncError:
    return SyncError(class_id=said.get("class_id") or "", sentence=said["sentence"])
