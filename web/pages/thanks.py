"""Thank a teacher for an entry of the log, and whether she may be named for it."""

from flask import Blueprint, flash, redirect
from flask.typing import ResponseReturnValue

from integration.partnerships.shelf import partnership
from integration.partnerships.shout_outs import unsay
from integration.partnerships.thank import thank
from web.gate import Who, desk, open_to, visitor

blueprint = Blueprint("thanks", __name__)


@blueprint.post("/partnerships/<partnership_id>/entries/<entry_id>/thanks")
@open_to(Who.LIBRARIAN)
def write(partnership_id: str, entry_id: str) -> ResponseReturnValue:
    """Write the thank-you, for her to look at."""
    known = visitor()
    partnership(desk(), known.school_id, partnership_id)
    letter_id = thank(desk(), known.school_id, known.account_id, entry_id)
    return redirect(f"/letters/{letter_id}", 303)


@blueprint.post("/partnerships/<partnership_id>/entries/<entry_id>/thanks/unsay")
@open_to(Who.LIBRARIAN)
def take_back(partnership_id: str, entry_id: str) -> ResponseReturnValue:
    """Write down that the teacher does not want to be named."""
    unsay(desk(), visitor().school_id, visitor().account_id, entry_id)
    flash("She is named in no letter that has not gone.", "good")
    return redirect(f"/partnerships/{partnership_id}/entries/{entry_id}#thanks", 303)
