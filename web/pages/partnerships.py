"""The partnerships, and the log of what was done together."""

from flask import Blueprint, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue

from integration.courses.colleagues import add_colleague
from integration.courses.shelf import courses, teachers
from integration.partnerships import levels, log, shelf, typed
from integration.partnerships.co_plans import co_plans
from integration.partnerships.shout_outs import shout_out
from integration.reach.kickstart import rung
from integration.reports.benefits import BENEFITS
from integration.reports.goals import goals, served
from integration.reports.outcomes import outcomes_of
from web import forms, inputs, lists, words
from web.caution import caution
from web.gate import Who, desk, open_to, visitor

blueprint = Blueprint("partnerships", __name__)


@blueprint.get("/partnerships")
@open_to(Who.LIBRARIAN)
def index() -> ResponseReturnValue:
    """Show the partnerships, and the teachers one could begin with."""
    school_id = visitor().school_id
    cards = shelf.partnerships(desk(), school_id)
    known = {card.teacher_id for card in cards}
    others = [one for one in teachers(desk(), school_id) if one.id not in known and not one.is_librarian]
    return render_template("partnerships/index.html", partnerships=cards, others=others,
                           rung=rung(desk(), school_id))


@blueprint.post("/partnerships")
@open_to(Who.LIBRARIAN)
@forms.or_show_again(index)
def begin() -> ResponseReturnValue:
    """Begin one, today, with a teacher or with a colleague who has no class in Classroom."""
    school_id, name = visitor().school_id, request.form.get("name", "")
    teacher_id = add_colleague(desk(), school_id, name) if name else request.form.get("teacher", "")
    partnership_id = log.begin(desk(), school_id, teacher_id)
    return redirect(f"/partnerships/{partnership_id}", 303)


@blueprint.get("/partnerships/<partnership_id>")
@open_to(Who.LIBRARIAN)
def show(partnership_id: str) -> ResponseReturnValue:
    """Show its log, newest first, and the form for one more entry."""
    school_id = visitor().school_id
    card = shelf.partnership(desk(), school_id, partnership_id)
    found = shelf.entries(desk(), school_id, partnership_id, after=lists.after(), at_most=lists.ONE_MORE)
    shown, following = lists.page(found)
    return render_template("partnerships/show.html", card=card, entries=shown, next=following,
                           plans=co_plans(desk(), school_id, partnership_id), **_choices(card.teacher_id))


@blueprint.post("/partnerships/<partnership_id>/entries")
@open_to(Who.LIBRARIAN)
@forms.or_show_again(show)
def write(partnership_id: str) -> ResponseReturnValue:
    """Write one more entry by hand."""
    card = shelf.partnership(desk(), visitor().school_id, partnership_id)
    log.write(desk(), visitor().school_id, _typed(card.teacher_id))
    flash("Written down.", "good")
    caution("activity", "evidence")
    return redirect(f"/partnerships/{partnership_id}", 303)


@blueprint.get("/partnerships/<partnership_id>/entries/<entry_id>")
@open_to(Who.LIBRARIAN)
def edit(partnership_id: str, entry_id: str) -> ResponseReturnValue:
    """Show one entry, ready to be corrected."""
    card = shelf.partnership(desk(), visitor().school_id, partnership_id)
    entry = shelf.entry(desk(), visitor().school_id, entry_id)
    return render_template("partnerships/entry.html", card=card, entry=entry, **_choices(entry.teacher_id),
                           outcomes=outcomes_of(desk(), visitor().school_id, entry_id),
                           benefits=[("", "Nothing in particular"), *BENEFITS.items()], goals=goals(desk(), visitor().school_id),
                           served=served(desk(), visitor().school_id, entry_id),
                           shout_out=shout_out(desk(), visitor().school_id, entry_id))


@blueprint.post("/partnerships/<partnership_id>/entries/<entry_id>")
@open_to(Who.LIBRARIAN)
@forms.or_show_again(edit)
def change(partnership_id: str, entry_id: str) -> ResponseReturnValue:
    """Correct an entry; what she set is never overwritten."""
    entry = shelf.entry(desk(), visitor().school_id, entry_id)
    log.change(desk(), visitor().school_id, entry_id, _typed(entry.teacher_id))
    flash("Saved. What you set here stays, whatever the log writes by itself later.", "good")
    caution("activity", "evidence")
    return redirect(f"/partnerships/{partnership_id}", 303)


def _typed(teacher_id: str) -> log.HandEntry:
    said = request.form
    scheme, _, level = said.get("level", "").partition(":")
    evidence = [typed.piece(line) for line in map(str.strip, said.get("evidence", "").splitlines()) if line]
    return log.HandEntry(
        teacher_id=teacher_id, on=inputs.needed_day(said, "on"), activity=said.get("activity", ""),
        minutes=inputs.number(said, "minutes"), class_ids=inputs.several(said, "class_ids"), level=level, scheme=scheme,
        codes=inputs.several(said, "codes"), evidence=evidence)


def _choices(teacher_id: str) -> dict[str, object]:
    hers = [one for one in courses(desk(), visitor().school_id) if any(each.id == teacher_id for each in one.teachers)]
    in_use = shelf.scheme_in_use(desk(), visitor().school_id)
    schemes = sorted(levels.SCHEMES, key=lambda scheme: scheme.key != in_use)
    return {"classes": hers, "schemes": schemes, "today": words.today(), "level_called": levels.called,
            "known": [f"{scheme.key}:{each.code}" for scheme in schemes for each in scheme.levels]}
