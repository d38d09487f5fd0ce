"""The practice page and the handout: for students, by a link of their class. No sign-in, no name, no cookie, no script."""

from collections.abc import Sequence
from itertools import groupby

from flask import Blueprint, Response, render_template, request
from flask.typing import ResponseReturnValue

from integration.citations.faults import Fault
from integration.errors import Invalid, NotAllowed, NotFound
from integration.workshops.facts import facts_of
from integration.workshops.judge import Judged
from integration.workshops.paper import print_sheets
from integration.workshops.practice import Bench, answer, bench, hand_in, handout_of, paper_of, questions_of
from integration.workshops.questions import FIELDS, Question
from integration.workshops.sheets import PROMPTS, for_class, named
from web import forms
from web.gate import Who, desk, open_to
from web.nonces import age, nonce

blueprint = Blueprint("practice", __name__)

STALE = "This page was open for a long time, so nothing was counted. Please press once more."


@blueprint.get("/practice/<secret>")
@open_to(Who.LINK)
def start(secret: str) -> ResponseReturnValue:
    """Show what there is to do."""
    return render_template("practice/start.html", at=bench(desk(), secret), secret=secret)


@blueprint.get("/practice/<secret>/<key>")
@open_to(Who.LINK)
def ask(secret: str, key: str) -> ResponseReturnValue:
    """Ask one question."""
    return _question(secret, bench(desk(), secret), key)


@blueprint.post("/practice/<secret>/<key>")
@open_to(Who.LINK)
def try_it(secret: str, key: str) -> ResponseReturnValue:
    """Say what is right and what is not yet."""
    at, given = bench(desk(), secret), request.form.get("answer", "")
    if not _is_of_our_own_page(secret):
        return _question(secret, at, key, given=given, judged=Judged(False, hint=STALE))
    judged = answer(desk(), at, key, given)
    return _question(secret, at, key, given=given, judged=judged, pieces=_pieces(given, judged.faults))


@blueprint.get("/practice/<secret>/ticket/<ticket>")
@open_to(Who.LINK)
def show_ticket(secret: str, ticket: str) -> ResponseReturnValue:
    """Show a ticket's questions."""
    at = bench(desk(), secret)
    return render_template("practice/ticket.html", at=at, secret=secret, ticket=ticket, prompts=PROMPTS, nonce=nonce(secret),
                           questions=questions_of(at.paper, ticket))


@blueprint.post("/practice/<secret>/ticket/<ticket>")
@open_to(Who.LINK)
@forms.or_show_again(show_ticket)
def hand_it_in(secret: str, ticket: str) -> ResponseReturnValue:
    """Count the ticket for the class and say what was right."""
    at = bench(desk(), secret)
    if not _is_of_our_own_page(secret):
        raise Invalid(STALE)
    points, judged = hand_in(desk(), at, ticket, request.form)
    return render_template("practice/handed.html", at=at, secret=secret, ticket=ticket, points=points, judged=judged,
                           questions=questions_of(at.paper, ticket), prompts=PROMPTS, given=request.form)


@blueprint.get("/handout/<secret>")
@open_to(Who.LINK)
def handout(secret: str) -> ResponseReturnValue:
    """Show the parts of each citation, and the rest to print."""
    kit = handout_of(desk(), secret)
    return render_template("practice/handout.html", kit=kit, paper=paper_of(kit), fields=FIELDS, secret=secret,
                           named=named(kit))


@blueprint.get("/handout/<secret>/sheets.pdf")
@open_to(Who.LINK)
def sheets(secret: str) -> ResponseReturnValue:
    """Give the class's sheets to print; the answer key is not among them."""
    kit = handout_of(desk(), secret)
    return Response(print_sheets(kit, for_class(kit, paper_of(kit))), mimetype="application/pdf")


@blueprint.errorhandler(NotFound)
def _opens_nothing(error: NotFound) -> ResponseReturnValue:
    return render_template("practice/nothing.html", sentence=str(error)), 404


def _question(secret: str, at: Bench, key: str, **shown: object) -> ResponseReturnValue:
    keys = [each.key for each in at.paper.practice]
    if key not in keys:
        raise NotFound("There is no such question. Go back to the start of the practice.")
    number = keys.index(key)
    question: Question = at.paper.practice[number]
    return render_template("practice/question.html", at=at, secret=secret, nonce=nonce(secret), question=question,
                           number=number + 1, of=len(keys),
                           following=keys[number + 1] if number + 1 < len(keys) else "", before=keys[number - 1] if number else "",
                           prompt=PROMPTS[question.asks],
                           facts=facts_of(at.paper.items[question.source], is_young=at.paper.known is None), **shown)


def _pieces(given: str, faults: Sequence[Fault]) -> list[tuple[str, bool]]:
    """What was typed in runs, each marked or not; a fault of the whole line marks nothing."""
    marked = {at for fault in faults if fault.end - fault.start < len(given) for at in range(fault.start, fault.end)}
    return [("".join(given[at] for at in run), is_marked)
            for is_marked, run in groupby(range(len(given)), key=lambda at: at in marked)]


def _is_of_our_own_page(secret: str) -> bool:
    """Whether the form came from a page of ours shown today. Raises NotAllowed when another site sent it."""
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in {"same-origin", "none"}:
        raise NotAllowed("This was sent from another site, so nothing was counted. Open the link in Classroom again.")
    return age(secret, request.form.get("nonce", "")) is not None
