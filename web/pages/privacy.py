"""What is asked, kept, never seen, and how to have it deleted; built from the very scopes the program asks for."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from integration.google.scopes import CHOSEN, SCOPES
from web.gate import Who, desk, open_to

blueprint = Blueprint("privacy", __name__)


@blueprint.get("/privacy")
@open_to(Who.ANYONE)
def privacy() -> ResponseReturnValue:
    """Say it in plain words."""
    return render_template("privacy.html", scopes=(*SCOPES, *CHOSEN.values()), lookups=desk().settings.lookups_on)
