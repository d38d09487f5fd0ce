"""A look at Google, while it happens and afterwards."""

from flask import Blueprint, redirect, render_template, request
from flask.typing import ResponseReturnValue

from integration.courses.sync import request_sync
from integration.courses.syncs import sync_report
from web.gate import Who, desk, open_to, visitor

blueprint = Blueprint("syncs", __name__)


@blueprint.post("/syncs")
@open_to(Who.LIBRARIAN)
def begin() -> ResponseReturnValue:
    """Ask for a sync; one already under way is shown instead of a second."""
    known = visitor()
    sync_id = request_sync(desk(), known.school_id, known.account_id, full=request.form.get("full") == "yes",
                           by_person=True)
    return redirect(f"/syncs/{sync_id}", 303)


@blueprint.get("/syncs/<sync_id>")
@open_to(Who.LIBRARIAN)
def show(sync_id: str) -> ResponseReturnValue:
    """Show how far it is."""
    return render_template("syncs/show.html", sync=sync_report(desk(), visitor().school_id, sync_id))


@blueprint.get("/syncs/<sync_id>/progress")
@open_to(Who.LIBRARIAN)
def progress(sync_id: str) -> ResponseReturnValue:
    """Show only the moving part, for the page that asks every two seconds until it is over."""
    sync = sync_report(desk(), visitor().school_id, sync_id)
    is_first = request.args.get("first") == "yes"
    part = render_template("syncs/progress.html", sync=sync, is_first=is_first)
    return part, {"HX-Refresh": "true"} if is_first and sync.ended_at else {}
