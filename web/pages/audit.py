"""Every write to Classroom and every consent, as it was written down."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from integration.records import audit
from web import lists
from web.gate import Who, desk, open_to, visitor

blueprint = Blueprint("audit", __name__)


@blueprint.get("/audit")
@open_to(Who.LIBRARIAN)
def index() -> ResponseReturnValue:
    """Show what was done in the school's name, newest first."""
    with desk().transaction() as session:
        found = audit.lines(session, visitor().school_id, before=lists.after(), at_most=lists.ONE_MORE)
    shown, following = lists.page(found)
    return render_template("audit/index.html", lines=shown, next=following)
