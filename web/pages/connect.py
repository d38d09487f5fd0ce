"""The way to Google and back; whatever stops it ends on a page that says what to do next."""

from flask import Blueprint, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue

from integration.accounts.authorize import begin, finish
from integration.accounts.letter import it_letter
from integration.accounts.sessions import open_session
from integration.courses.sync import request_sync
from integration.errors import ThroughlineError
from web import cookies, errors, forms
from web.gate import Who, desk, open_to, visitor_or_none

blueprint = Blueprint("connect", __name__)

STOPS = {
    "access_denied": "You said no, and that is fine",
    "admin_policy_enforced": "Your district has not allowed Throughline yet",
    "org_internal": "Your district has not allowed Throughline yet",
    "access_not_configured": "Google’s side is not set up yet",
}
"""Google's word for why it stopped → the title of the page."""
LETTERS = frozenset({"admin_policy_enforced"})
"""What only the district can change; the page then holds a letter to send."""


@blueprint.get("/connect")
@open_to(Who.ANYONE)
def connect() -> ResponseReturnValue:
    """Send the browser to Google; with `again`, to the account she already uses here; `also` is what she chose beside it."""
    known = visitor_or_none() if request.args.get("again") else None
    return redirect(begin(desk(), browser=cookies.browser(), reconnect=known.account_id if known else None,
                          also=request.args.get("also", ""),
                          return_to=forms.local(request.args.get("return_to", ""), "/classes")), 303)


@blueprint.get("/oauth/callback")
@open_to(Who.ANYONE)
def callback() -> ResponseReturnValue:
    """Take what Google says, let her in, and begin to read her classes."""
    arrived = finish(desk(), browser=cookies.browser_or_none(), query=request.args.to_dict())
    cookies.remember(open_session(desk(), arrived.account_id))
    request_sync(desk(), arrived.school_id, arrived.account_id, by_person=True)
    for scope in arrived.missing:
        flash(f"You left out “{scope.title}”. {scope.without}", "warn")
    return redirect(forms.local(arrived.return_to, "/classes"), 303)


@blueprint.errorhandler(ThroughlineError)
def stopped(error: ThroughlineError) -> ResponseReturnValue:
    """Say why it stopped and what to do next; nobody is signed in by half."""
    how = errors.how_to_answer(error)
    title = STOPS.get(getattr(error, "reason", ""), "You are not connected yet")
    letter = it_letter(desk()) if getattr(error, "reason", "") in LETTERS else ""
    return render_template("account/stopped.html", title=title, sentence=str(error), letter=letter), how.status
