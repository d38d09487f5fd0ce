"""Her classes by grade, why each grade, and her corrections."""

from collections.abc import Iterable, Mapping

from flask import Blueprint, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue

from integration.courses.correct import set_excluded, set_grades
from integration.courses.shelf import GRADES, CourseCard, Filter, changes, course, courses
from integration.courses.syncs import latest_sync
from integration.delivery.ledger import deliveries
from integration.streams.shelf import stream, topics
from integration.workshops.windows import windows_of
from web import forms
from web.gate import Who, desk, open_to, visitor

blueprint = Blueprint("classes", __name__)

POSTS_SHOWN = 12


@blueprint.get("/classes")
@open_to(Who.LIBRARIAN)
def index() -> ResponseReturnValue:
    """Show the classes by grade, the doubtful ones on top."""
    school_id = visitor().school_id
    chosen = Filter(grade=request.args.get("grade", ""), subject=request.args.get("subject", ""),
                    mode=request.args.get("mode", ""), text=request.args.get("text", ""))
    found = courses(desk(), school_id, chosen)
    return render_template("classes/index.html", chosen=chosen, sync=latest_sync(desk(), school_id), grades=GRADES,
                           subjects=sorted({card.subject for card in found if card.subject}), **shelves(found))


@blueprint.get("/classes/<course_id>")
@open_to(Who.LIBRARIAN)
def show(course_id: str) -> ResponseReturnValue:
    """Show one class: why this grade, what stands in it, what we delivered, what changed."""
    school_id = visitor().school_id
    card = course(desk(), school_id, course_id)
    return render_template(
        "classes/show.html", card=card, grades=GRADES, units=windows_of(desk(), school_id, card),
        posts=stream(desk(), school_id, course_id, at_most=POSTS_SHOWN), topics=topics(desk(), school_id, course_id),
        deliveries=deliveries(desk(), school_id, course_id=course_id), changes=changes(desk(), school_id, course_id))


@blueprint.post("/classes/<course_id>/grades")
@open_to(Who.LIBRARIAN)
@forms.or_show_again(show)
def correct_grades(course_id: str) -> ResponseReturnValue:
    """Set its grades for good, or let the evidence decide again."""
    hers = None if request.form.get("back") else request.form.getlist("grades")
    card = set_grades(desk(), visitor().school_id, course_id, hers)
    flash("Throughline decides the grade again, from the evidence." if hers is None
          else "Saved. Your grades stay as you set them, whatever later syncs find.", "good")
    return redirect(f"/classes/{card.id}", 303)


@blueprint.post("/classes/<course_id>/excluded")
@open_to(Who.LIBRARIAN)
def exclude(course_id: str) -> ResponseReturnValue:
    """Leave it out of plans, or take it in."""
    card = set_excluded(desk(), visitor().school_id, course_id, request.form.get("excluded") == "yes")
    flash("Plans leave this class out from now on." if card.excluded else "Plans may use this class again.", "good")
    return redirect(f"/classes/{card.id}", 303)


def shelves(found: Iterable[CourseCard]) -> Mapping[str, object]:
    """Three shelves: the doubtful ones, the rest by their lowest grade, and those plans leave out."""
    cards = list(found)
    used = [card for card in cards if not card.excluded]
    by_grade: dict[str, list[CourseCard]] = {grade: [] for grade in (*GRADES, "")}
    for card in used:
        if not card.is_doubtful:
            by_grade[next((grade for grade in GRADES if grade in card.grades), "")].append(card)
    return {"doubtful": [card for card in used if card.is_doubtful],
            "by_grade": {grade: group for grade, group in by_grade.items() if group},
            "left_out": [card for card in cards if card.excluded], "count": len(cards), "used": len(used)}
