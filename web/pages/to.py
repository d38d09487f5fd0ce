"""Where the links in letters lead: a teacher reads what she is asked and answers, without an account, a cookie or a script.

Looking changes nothing, because mail programs look too. Whatever is wrong with a link, the same page says so.
"""

from collections.abc import Callable
from datetime import timedelta

from flask import Blueprint, g, redirect, render_template, request
from flask.typing import ResponseReturnValue

from integration.consent.answers import Reply
from integration.consent.choose import NewChoice
from integration.consent.models import Said
from integration.consent.requests import ask_for_help
from integration.delivery import answer as answering
from integration.delivery import leave as leaving
from integration.delivery.asked import AskedCard, asked
from integration.delivery.mine import mine
from integration.desk import Desk
from integration.errors import Invalid, NotAllowed, NotFound
from integration.partnerships.respond import proposed, respond
from integration.partnerships.shout_outs import answer_by_link, asked_by_link
from web import forms, inputs
from web.gate import Who, desk, open_to
from web.nonces import age, nonce

blueprint = Blueprint("to", __name__)

A_PERSONS_HASTE = timedelta(seconds=2)
FOR_GOOD = ("always", "never")
TOO_QUICK = ("That was very quick, and mail programs sometimes press buttons by themselves. So nothing was done. "
             "Please press once more.")
STALE = "This page was open for a long time. Nothing was done; please press once more."


@blueprint.get("/to/question/<secret>")
@open_to(Who.LINK)
def show(secret: str) -> ResponseReturnValue:
    """Show what she is asked, or what became of it."""
    card: AskedCard = asked(desk(), secret)
    g.zone = card.zone
    return render_template("to/question.html", card=card, nonce=nonce(secret), secret=secret, undo=desk().settings.undo_seconds)


@blueprint.post("/to/question/<secret>")
@open_to(Who.LINK)
@forms.or_show_again(show)
def answer(secret: str) -> ResponseReturnValue:
    """Take her answer."""
    _must_be_a_person(secret)
    for_good = request.form.get("from_now_on", "")
    answering.answer(desk(), secret, _replies(), from_now_on=for_good if for_good in FOR_GOOD else "")
    return redirect(f"/to/question/{secret}", 303)


@blueprint.post("/to/question/<secret>/undo")
@open_to(Who.LINK)
@forms.or_show_again(show)
def undo(secret: str) -> ResponseReturnValue:
    """Take her answer back."""
    _must_be_a_person(secret)
    answering.undo(desk(), secret)
    return redirect(f"/to/question/{secret}", 303)


@blueprint.get("/to/teacher/<secret>")
@open_to(Who.LINK)
def hers(secret: str) -> ResponseReturnValue:
    """Show a teacher everything from the library in her classes."""
    card = mine(desk(), secret)
    g.zone = card.zone
    return render_template("to/teacher.html", card=card, nonce=nonce(secret), secret=secret,
                           is_heard=request.args.get("heard") == "yes")


@blueprint.post("/to/teacher/<secret>/leave")
@open_to(Who.LINK)
@forms.or_show_again(hers)
def leave(secret: str) -> ResponseReturnValue:
    """Let her leave, with or without what stands."""
    _must_be_a_person(secret, card_of=mine)
    leaving.leave(desk(), secret, also_retract=request.form.get("what") == "retract")
    return redirect(f"/to/teacher/{secret}", 303)


@blueprint.post("/to/teacher/<secret>/back")
@open_to(Who.LINK)
@forms.or_show_again(hers)
def back(secret: str) -> ResponseReturnValue:
    """Undo that."""
    _must_be_a_person(secret, card_of=mine)
    leaving.come_back(desk(), secret)
    return redirect(f"/to/teacher/{secret}", 303)


@blueprint.post("/to/teacher/<secret>/choice")
@open_to(Who.LINK)
@forms.or_show_again(hers)
def choose(secret: str) -> ResponseReturnValue:
    """Take what she allows from now on."""
    _must_be_a_person(secret, card_of=mine)
    said = request.form
    leaving.choose_by_link(desk(), secret, NewChoice(said.get("choice", ""), inputs.several(said, "topics"),
                                                     inputs.number(said, "max_per_week"), inputs.several(said, "blackout")))
    return redirect(f"/to/teacher/{secret}", 303)


@blueprint.post("/to/teacher/<secret>/help")
@open_to(Who.LINK)
@forms.or_show_again(hers)
def ask_library(secret: str) -> ResponseReturnValue:
    """Take her line to the library."""
    _must_be_a_person(secret, card_of=mine)
    ask_for_help(desk(), secret, request.form.get("help", ""))
    return redirect(f"/to/teacher/{secret}?heard=yes#help", 303)


@blueprint.post("/to/teacher/<secret>/unsubscribe")
@open_to(Who.LINK)
def unsubscribe(secret: str) -> ResponseReturnValue:
    """End letters that ask, at one press in her mail program, which brings no nonce (RFC 8058); it only makes things stricter."""
    leaving.unsubscribe(desk(), secret)
    return redirect(f"/to/teacher/{secret}", 303)


@blueprint.get("/to/proposal/<secret>")
@open_to(Who.LINK)
def proposal(secret: str) -> ResponseReturnValue:
    """Show what is proposed, or what she answered."""
    return render_template("to/proposal.html", card=proposed(desk(), secret), nonce=nonce(secret), secret=secret)


@blueprint.post("/to/proposal/<secret>")
@open_to(Who.LINK)
@forms.or_show_again(proposal)
def respond_to_proposal(secret: str) -> ResponseReturnValue:
    """Take her answer to a proposal."""
    _must_be_a_person(secret, card_of=proposed)
    said = request.form
    respond(desk(), secret, said.get("said", ""), on=inputs.day(said, "on"), minutes=inputs.number(said, "minutes"),
            word=said.get("word", ""))
    return redirect(f"/to/proposal/{secret}", 303)


@blueprint.get("/to/thanks/<secret>")
@open_to(Who.LINK)
def thanks(secret: str) -> ResponseReturnValue:
    """Show the sentence she would be thanked with, or what she answered."""
    return render_template("to/thanks.html", card=asked_by_link(desk(), secret), nonce=nonce(secret), secret=secret)


@blueprint.post("/to/thanks/<secret>")
@open_to(Who.LINK)
@forms.or_show_again(thanks)
def answer_to_thanks(secret: str) -> ResponseReturnValue:
    """Take whether she may be named."""
    _must_be_a_person(secret, card_of=asked_by_link)
    answer_by_link(desk(), secret, request.form.get("said", ""), to=request.form.get("words", ""))
    return redirect(f"/to/thanks/{secret}", 303)


@blueprint.get("/to/<path:_rest>")
@open_to(Who.LINK)
def nothing(_rest: str) -> ResponseReturnValue:
    """Say what every link that opens nothing says."""
    raise NotFound


@blueprint.errorhandler(NotFound)
def _opens_nothing(_error: NotFound) -> ResponseReturnValue:
    return render_template("to/nothing.html"), 404


def _must_be_a_person(secret: str, *, card_of: Callable[[Desk, str], object] = asked) -> None:
    """Raise Invalid, which shows the page again with what she chose, when no person can have pressed the button."""
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in {"same-origin", "none"}:
        raise NotAllowed("This was sent from another site, so nothing was done. Open the link in your letter again.")
    since = age(secret, request.form.get("nonce", ""))
    if since is None:
        card_of(desk(), secret)
        raise Invalid(STALE)
    if since < A_PERSONS_HASTE:
        if card_of is asked:
            answering.note_haste(desk(), secret)
        raise Invalid(TOO_QUICK)


def _replies() -> list[Reply]:
    said = {name.partition(":")[2]: value for name, value in request.form.items() if name.startswith("said:")}
    return [_reply(occasion, value) for occasion, value in said.items() if value in {each.value for each in Said}]


def _reply(occasion: str, said: str) -> Reply:
    form = request.form
    return Reply(occasion, Said(said), form.get(f"title:{occasion}", ""), form.get(f"text:{occasion}", ""),
                 inputs.day(form, f"on:{occasion}"))
