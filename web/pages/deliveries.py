"""The ledger: every post in every class, where it is, why, and how it came there."""

from flask import Blueprint, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue

from integration.delivery.agree import agree_in_person
from integration.delivery.leave_to_her import leave_to_her
from integration.delivery.ledger import deliveries, delivery
from integration.delivery.retry import retry as try_again
from integration.delivery.take_back import take_back as take_back_all_the_same
from web import forms, inputs, lists, words
from web.gate import Who, desk, open_to, visitor

blueprint = Blueprint("deliveries", __name__)

STATES = ("waiting", "ready", "sending", "checking", "published", "removed", "skipped", "failed", "cancelled", "retracted",
          "expired", "parked")


@blueprint.get("/deliveries")
@open_to(Who.LIBRARIAN)
def index() -> ResponseReturnValue:
    """Show the ledger, newest first, or a part of it."""
    asked = {name: request.args.get(name, "") for name in ("state", "plan", "class")}
    found = deliveries(desk(), visitor().school_id, state=asked["state"] or None, plan_id=asked["plan"] or None,
                       course_id=asked["class"] or None, after=lists.after(), at_most=lists.ONE_MORE)
    shown, following = lists.page(found)
    return render_template("deliveries/index.html", deliveries=shown, next=following, asked=asked, states=STATES)


@blueprint.get("/deliveries/<delivery_id>")
@open_to(Who.LIBRARIAN)
def show(delivery_id: str) -> ResponseReturnValue:
    """Show one post in one class, with its history."""
    card = delivery(desk(), visitor().school_id, delivery_id)
    return render_template("deliveries/show.html", card=card, today=words.today())


@blueprint.post("/deliveries/<delivery_id>/agree")
@open_to(Who.LIBRARIAN)
@forms.or_show_again(show)
def agree(delivery_id: str) -> ResponseReturnValue:
    """Write down that the teacher agreed in person; then it goes out."""
    known = visitor()
    agree_in_person(desk(), known.school_id, delivery_id, by=request.form.get("by", ""),
                    on=inputs.needed_day(request.form, "on"), account_id=known.account_id)
    flash("Written down. It goes out now.", "good")
    return redirect(f"/deliveries/{delivery_id}", 303)


@blueprint.post("/deliveries/<delivery_id>/retry")
@open_to(Who.LIBRARIAN)
def retry(delivery_id: str) -> ResponseReturnValue:
    """Try again what failed or paused."""
    try_again(desk(), visitor().school_id, delivery_id)
    flash("It is tried again. What was posted before is looked for first, so nothing is posted twice.", "good")
    return redirect(f"/deliveries/{delivery_id}", 303)


@blueprint.post("/deliveries/<delivery_id>/take-back")
@open_to(Who.LIBRARIAN)
def take_back(delivery_id: str) -> ResponseReturnValue:
    """Take it back although its teacher changed it."""
    known = visitor()
    take_back_all_the_same(desk(), known.school_id, delivery_id, known.account_id)
    flash("It is being taken back. If the teacher changes it once more before that, it stays and you are asked again.", "good")
    return redirect(f"/deliveries/{delivery_id}", 303)


@blueprint.post("/deliveries/<delivery_id>/leave")
@open_to(Who.LIBRARIAN)
def leave(delivery_id: str) -> ResponseReturnValue:
    """Leave it to the teacher who changed it."""
    known = visitor()
    leave_to_her(desk(), known.school_id, delivery_id, known.account_id)
    flash("It is hers now. Throughline does not touch it any more.", "good")
    return redirect(f"/deliveries/{delivery_id}", 303)
