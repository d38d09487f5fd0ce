"""How the connection with Google stands, and leaving."""

from flask import Blueprint, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue

from integration.accounts import health
from integration.accounts.disconnect import disconnect
from integration.accounts.personal_tokens import create_token
from integration.accounts.schools import rename_school, school
from integration.accounts.sessions import close_session
from web import cookies, forms
from web.files import everything
from web.gate import Who, desk, open_to, visitor

blueprint = Blueprint("account", __name__)

LEAVE_NOTHING = {"Clear-Site-Data": '"cache", "storage"'}


@blueprint.get("/account")
@open_to(Who.LIBRARIAN)
def show() -> ResponseReturnValue:
    """Show how the connection stands, permission by permission."""
    known = visitor()
    return render_template("account/show.html", report=health.look(desk(), known.account_id),
                           school=school(desk(), known.school_id))


@blueprint.post("/account/check")
@open_to(Who.LIBRARIAN)
def check() -> ResponseReturnValue:
    """Ask Google how the connection stands."""
    report = health.check(desk(), visitor().account_id)
    flash(report.sentence, "good" if report.health.is_usable else "warn")
    return redirect("/account", 303)


@blueprint.get("/account/everything.zip")
@open_to(Who.LIBRARIAN)
def take_everything() -> ResponseReturnValue:
    """Hand out everything of the school's."""
    return everything(desk(), visitor().school_id)


@blueprint.post("/account/school")
@open_to(Who.LIBRARIAN)
@forms.or_show_again(show)
def name_school() -> ResponseReturnValue:
    """Give the school its name."""
    rename_school(desk(), visitor().school_id, request.form.get("name", ""))
    flash("Saved.", "good")
    return redirect("/account", 303)


@blueprint.post("/account/token")
@open_to(Who.LIBRARIAN)
def token() -> ResponseReturnValue:
    """Make a personal access token and show it this once."""
    return render_template("account/token.html", token=create_token(desk(), visitor().account_id))


@blueprint.get("/account/disconnect")
@open_to(Who.LIBRARIAN)
def before_disconnect() -> ResponseReturnValue:
    """Say what will be deleted and what stays in Classroom, before she decides."""
    return render_template("account/disconnect.html")


@blueprint.post("/account/disconnect")
@open_to(Who.LIBRARIAN)
def leave() -> ResponseReturnValue:
    """Disconnect, and show the receipt."""
    receipt = disconnect(desk(), visitor().account_id)
    cookies.forget()
    return render_template("account/receipt.html", receipt=receipt, visitor=None), LEAVE_NOTHING


@blueprint.post("/sign-out")
@open_to(Who.LIBRARIAN)
def sign_out() -> ResponseReturnValue:
    """End this browser's session; the connection with Google stays."""
    close_session(desk(), cookies.secret())
    cookies.forget()
    return redirect("/welcome", 303), LEAVE_NOTHING
