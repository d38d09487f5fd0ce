"""Plans: see exactly what will happen in each class, press once, watch it happen."""

from collections import Counter

from flask import Blueprint, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue

from integration.courses.shelf import GRADES, courses, teachers
from integration.curation import shelf
from integration.curation.codes import subjects
from integration.delivery.accept import accept as accept_plan
from integration.delivery.by_hand import plan_by_hand
from integration.delivery.foretell import foretell
from integration.delivery.ledger import deliveries
from integration.delivery.offers import offers
from integration.delivery.pilot import go_on as go_on_with
from integration.delivery.pilot import try_another
from integration.delivery.plan import NewPlan, Rule, plan
from integration.delivery.plans import PlanCard, plan_card, plans
from integration.delivery.retract import retract as retract_plan
from integration.delivery.retry import failed, retry_failed
from integration.delivery.take_offer import decline_offer, take_offer
from integration.delivery.update import update as update_plan
from integration.week.dose_days import Fit, fits_of_part
from integration.workshops.models import Dose
from web import forms, inputs, lists, words
from web.gate import Who, desk, open_to, visitor

blueprint = Blueprint("plans", __name__)

MOVING = ("ready", "sending", "checking")


@blueprint.get("/plans")
@open_to(Who.LIBRARIAN)
def index() -> ResponseReturnValue:
    """Show the plans, newest first."""
    shown, following = lists.page(plans(desk(), visitor().school_id, after=lists.after(), at_most=lists.ONE_MORE))
    return render_template("plans/index.html", plans=shown, next=following,
                           offered=Counter(each.plan_id for each in offers(desk(), visitor().school_id)))


@blueprint.get("/plans/new")
@open_to(Who.LIBRARIAN)
def new() -> ResponseReturnValue:
    """Ask which collection, for which classes, how and when."""
    school_id = visitor().school_id
    usable = [card for card in courses(desk(), school_id) if not card.excluded]
    asked = {name: request.args.get(name, "") for name in ("collection", "class", "unit")}
    part = fits_of_part(desk(), school_id, asked["collection"])
    return render_template(
        "plans/new.html", part=part, fit=_fit(part, asked["unit"]),
        collections=shelf.collections(desk(), school_id), classes=usable, asked=asked,
        asked_grades=request.args.getlist("grade"), asked_subjects=request.args.getlist("subject"),
        teachers=[one for one in teachers(desk(), school_id) if not one.is_librarian],
        all_grades=[code for code in GRADES if any(code in card.grades for card in usable)],
        all_subjects=[one for one in subjects() if any(one.code == card.subject for card in usable)])


def _fit(part: tuple[Dose, list[Fit]] | None, unit: str) -> Fit | None:
    """The unit she named, else the next one."""
    if part is None or not part[1]:
        return None
    return next((fit for fit in part[1] if fit.window.id == unit), part[1][0])


@blueprint.post("/plans")
@open_to(Who.LIBRARIAN)
@forms.or_show_again(new)
def make() -> ResponseReturnValue:
    """Write the plan down; nothing goes to Google."""
    known = visitor()
    return redirect(f"/plans/{plan(desk(), known.school_id, known.account_id, _typed())}", 303)


@blueprint.get("/plans/<plan_id>")
@open_to(Who.LIBRARIAN)
def show(plan_id: str) -> ResponseReturnValue:
    """Show what will happen in each class, or how far it has come."""
    known = {card.id: card for card in courses(desk(), visitor().school_id)}
    return render_template("plans/show.html", classes=known, offers=offers(desk(), visitor().school_id, plan_id), **_seen(plan_id))


@blueprint.get("/plans/<plan_id>/progress")
@open_to(Who.LIBRARIAN)
def progress(plan_id: str) -> ResponseReturnValue:
    """Show only the moving parts, for the page that asks every two seconds until nothing moves."""
    return render_template("plans/progress.html", is_part=True, **_seen(plan_id))


@blueprint.post("/plans/<plan_id>/accept")
@open_to(Who.LIBRARIAN)
@forms.or_show_again(show)
def accept(plan_id: str) -> ResponseReturnValue:
    """Do exactly what the plan says, in one class first if she says so; pressed again, it does nothing more."""
    known = visitor()
    accept_plan(desk(), known.school_id, plan_id, known.account_id, pilot=request.form.get("pilot", ""))
    return redirect(f"/plans/{plan_id}", 303)


@blueprint.post("/plans/<plan_id>/go-on")
@open_to(Who.LIBRARIAN)
def go_on(plan_id: str) -> ResponseReturnValue:
    """Let the other classes have it, once the pilot stands."""
    known = visitor()
    go_on_with(desk(), known.school_id, plan_id, known.account_id)
    flash("The other classes get it now. Each says below how far it is.", "good")
    return redirect(f"/plans/{plan_id}", 303)


@blueprint.post("/plans/<plan_id>/pilot")
@open_to(Who.LIBRARIAN)
@forms.or_show_again(show)
def pilot(plan_id: str) -> ResponseReturnValue:
    """Send it into another class first, where the pilot came to nothing."""
    known = visitor()
    try_another(desk(), known.school_id, plan_id, request.form.get("pilot", ""), known.account_id)
    flash("It goes into that class first. The others wait.", "good")
    return redirect(f"/plans/{plan_id}#pilot", 303)


@blueprint.post("/plans/<plan_id>/offers")
@open_to(Who.LIBRARIAN)
def answer_offer(plan_id: str) -> ResponseReturnValue:
    """Let it go into a class that came later, or leave that class out."""
    known, course_id = visitor(), request.form.get("class", "")
    if request.form.get("answer") == "take":
        card = take_offer(desk(), known.school_id, plan_id, course_id, known.account_id)
        flash("It waits with the others, until you have looked at the pilot and go on." if card.behind_pilot
              else "It goes into that class too. Below it says how far it is.", "good")
    else:
        decline_offer(desk(), known.school_id, plan_id, course_id, known.account_id)
        flash("That class is left out, and is not offered again.", "good")
    return redirect(f"/plans/{plan_id}", 303)


@blueprint.post("/plans/<plan_id>/retract")
@open_to(Who.LIBRARIAN)
def retract(plan_id: str) -> ResponseReturnValue:
    """Take back what the plan put into the classes, and stop what has not gone out."""
    known = visitor()
    retract_plan(desk(), known.school_id, plan_id, known.account_id)
    flash("It is being taken back. Each class below says how far it is.", "good")
    return redirect(f"/plans/{plan_id}", 303)


@blueprint.post("/plans/<plan_id>/retry")
@open_to(Who.LIBRARIAN)
def retry(plan_id: str) -> ResponseReturnValue:
    """Try those again that Google refused, and no other."""
    tried = retry_failed(desk(), visitor().school_id, plan_id)
    flash(f"{words.plural(tried, 'class is', 'classes are')} tried again. What was posted before is looked for first, so nothing "
          "is posted twice." if tried else "Nothing was left to try again.", "good")
    return redirect(f"/plans/{plan_id}", 303)


@blueprint.get("/plans/<plan_id>/changes")
@open_to(Who.LIBRARIAN)
def changes(plan_id: str) -> ResponseReturnValue:
    """Show what an update and what taking back would do in each class."""
    school_id = visitor().school_id
    return render_template("plans/changes.html", card=plan_card(desk(), school_id, plan_id),
                           effects=foretell(desk(), school_id, plan_id))


@blueprint.post("/plans/<plan_id>/update")
@open_to(Who.LIBRARIAN)
@forms.or_show_again(changes)
def update(plan_id: str) -> ResponseReturnValue:
    """Bring the collection as it is now into every class where its post still stands."""
    known = visitor()
    update_plan(desk(), known.school_id, plan_id, known.account_id)
    flash("The update is on its way. Each class below says how far it is.", "good")
    return redirect(f"/plans/{plan_id}", 303)


def _seen(plan_id: str) -> dict[str, object]:
    school_id = visitor().school_id
    card = plan_card(desk(), school_id, plan_id)
    return {"card": card, "is_moving": _is_moving(card), "collection_id": card.collection_id,
            "failed": len(failed(desk(), school_id, plan_id)) if card.accepted_at else 0,
            "by_hand": plan_by_hand(desk(), school_id, plan_id),
            "by_class": {one.course_id: one for one in deliveries(desk(), school_id, plan_id=plan_id)},
            "moving": sum(card.delivery_counts.get(state, 0) for state in MOVING)}


def _is_moving(card: PlanCard) -> bool:
    is_due = card.publish_at is None or card.publish_at <= desk().now()
    return is_due and any(card.delivery_counts.get(state) for state in MOVING)


def _typed() -> NewPlan:
    said = request.form
    rule = Rule(grades=inputs.several(said, "grades"), subjects=inputs.several(said, "subjects"),
                teachers=inputs.several(said, "teachers"), class_ids=inputs.several(said, "class_ids"),
                except_ids=inputs.several(said, "except_ids"))
    return NewPlan(collection_id=said.get("collection", ""), rule=rule, kind=said.get("as", "material"),
                   topic=said.get("topic", ""), publish_at=inputs.moment(said, "publish_at", words.zone()))
