"""The teachers of her classes, and what each allows: the teacher’s own choice, seen here and written down as she told it."""

from flask import Blueprint, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue

from integration.consent.choices import EVERYWHERE, choice_of, choices_of
from integration.consent.choose import NewChoice
from integration.consent.requests import requests, seen
from integration.courses.shelf import courses, teacher, teachers
from integration.delivery.choose import choose
from web import forms, inputs
from web.gate import Who, desk, open_to, visitor

blueprint = Blueprint("teachers", __name__)


@blueprint.get("/teachers")
@open_to(Who.LIBRARIAN)
def index() -> ResponseReturnValue:
    """Show the teachers, by name, and what each allows."""
    school_id = visitor().school_id
    known = [one for one in teachers(desk(), school_id) if not one.is_librarian]
    chosen = {each.teacher_id: each for each in choices_of(desk(), school_id, [one.id for one in known]) if not each.place}
    return render_template("teachers/index.html", teachers=known, chosen=chosen,
                           requests=[each for each in requests(desk(), school_id) if each.seen_at is None])


@blueprint.get("/teachers/<teacher_id>")
@open_to(Who.LIBRARIAN)
def show(teacher_id: str) -> ResponseReturnValue:
    """Show what one teacher allows, in all her classes and in single ones."""
    school_id = visitor().school_id
    one = teacher(desk(), school_id, teacher_id)
    hers = [card for card in courses(desk(), school_id) if teacher_id in {each.id for each in card.teachers}]
    return render_template("teachers/show.html", teacher=one, classes=hers, choice=choice_of(desk(), school_id, teacher_id),
                           single={each.place: each for each in choices_of(desk(), school_id, [teacher_id]) if each.place})


@blueprint.post("/teachers/<teacher_id>/choice")
@open_to(Who.LIBRARIAN)
@forms.or_show_again(show)
def put(teacher_id: str) -> ResponseReturnValue:
    """Write down what the teacher told her."""
    known, said = visitor(), request.form
    new = NewChoice(said.get("choice", ""), inputs.several(said, "topics"), inputs.number(said, "max_per_week"),
                    inputs.several(said, "blackout"))
    choose(desk(), known.school_id, teacher_id, new, by=f"account:{known.account_id}", place=said.get("place", EVERYWHERE))
    flash("Written down. It counts from now on, also for what waits.", "good")
    return redirect(f"/teachers/{teacher_id}", 303)


@blueprint.post("/teachers/requests/<request_id>/seen")
@open_to(Who.LIBRARIAN)
def request_seen(request_id: str) -> ResponseReturnValue:
    """Take a request off the list."""
    seen(desk(), visitor().school_id, request_id)
    return redirect("/teachers", 303)
