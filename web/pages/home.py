"""The first page: the quilt and what needs her; for a visitor we do not know, what this is and what it asks for."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from integration.consent.odd import odd_uses
from integration.courses.shelf import Filter, courses
from integration.courses.syncs import latest_sync
from integration.delivery.late import late_posts
from integration.delivery.ledger import waiting_for_teachers
from integration.delivery.offers import offers
from integration.delivery.pilot import pilots_to_look_at
from integration.google.scopes import SCOPES
from integration.letters.models import LetterState
from integration.letters.shelf import letters
from integration.reach.quilt import quilt
from web.gate import Who, desk, open_to, visitor_or_none

blueprint = Blueprint("home", __name__)

A_FEW = 5


@blueprint.get("/")
@open_to(Who.ANYONE)
def home() -> ResponseReturnValue:
    """Show her quilt, or welcome a stranger."""
    known = visitor_or_none()
    if known is None:
        return welcome()
    return render_template(
        "home.html", quilt=quilt(desk(), known.school_id), sync=latest_sync(desk(), known.school_id),
        doubtful=courses(desk(), known.school_id, Filter(doubtful=True), at_most=A_FEW + 1),
        pilots=pilots_to_look_at(desk(), known.school_id), offers=offers(desk(), known.school_id),
        letters=letters(desk(), known.school_id, state=LetterState.DRAFT, at_most=A_FEW + 1),
        waiting=waiting_for_teachers(desk(), known.school_id, at_most=A_FEW + 1),
        late=late_posts(desk(), known.school_id, at_most=A_FEW + 1),
        odd=odd_uses(desk(), known.school_id, at_most=A_FEW), a_few=A_FEW)


@blueprint.get("/welcome")
@open_to(Who.ANYONE)
def welcome() -> ResponseReturnValue:
    """Say what it does, what it asks Google for and why, and what it can never see."""
    return render_template("welcome.html", scopes=SCOPES)
