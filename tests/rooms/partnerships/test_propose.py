"""A proposal: concrete, short, answered by a link, and planned only when she said yes."""

import re
from datetime import date

import pytest

from integration.desk import Desk
from integration.errors import AlreadyDone, Invalid, NotFound
from integration.letters.links import link_address
from integration.letters.models import Kind, LetterLink
from integration.letters.shelf import letter, letters
from integration.partnerships.proposals import proposals
from integration.partnerships.propose import MOST_WORDS, NewProposal, carried_out, propose
from integration.partnerships.respond import proposed, respond
from integration.partnerships.shelf import entries, partnerships
from integration.sandbox.world import World
from tests import make
from tests.conftest import Clock

ON = date(2026, 12, 3)


class Offer:
    """A librarian, a teacher, and a proposal between them."""

    def __init__(self, desk: Desk, world: World) -> None:
        self.desk, self.account = desk, make.account(desk, world, world.add_person("maya@juniper.example", "Maya Okafor"))
        self.school_id = self.account.school_id
        self.rosa = make.teacher(desk, self.school_id, email="rosa@juniper.example")
        self.course = make.course(desk, self.account, teachers=(self.rosa,))

    def make(self, *, teacher_id: str = "", on: date = ON, minutes: int = 20, who: str = "I teach it, you bring the class.",
             course_id: str = "") -> str:
        return propose(self.desk, self.school_id, self.account.id, NewProposal(
            teacher_id or self.rosa.id, on, minutes, "Citation workshop", who, "Slides and an exit ticket.",
            course_id or self.course.id))

    def secret(self) -> str:
        with self.desk.transaction() as session:
            row = session.query(LetterLink).filter(LetterLink.opens.startswith("proposal:")).one()
            return link_address(session, self.desk.settings, row.id).rpartition("/")[2]

    def state(self) -> str:
        return proposals(self.desk, self.school_id)[0].state


@pytest.fixture
def offer(desk: Desk, world: World) -> Offer:
    return Offer(desk, world)


def test_its_letter_waits_for_her_look_and_has_few_words(offer: Offer) -> None:
    offer.make()
    [card] = letters(offer.desk, offer.school_id)
    text = letter(offer.desk, offer.school_id, card.id)[1].text
    assert (card.kind, card.state) == (Kind.PROPOSAL, "draft")
    assert len(re.sub(r"http\S+", "", text).split()) <= MOST_WORDS and "20 minutes" in text and "6th Grade Science" in text


def test_too_many_words_are_refused_and_nothing_is_saved(offer: Offer) -> None:
    with pytest.raises(Invalid):
        offer.make(who="a " * 120)
    assert proposals(offer.desk, offer.school_id) == [] == letters(offer.desk, offer.school_id)


def test_looking_changes_nothing(offer: Offer) -> None:
    offer.make()
    assert proposed(offer.desk, offer.secret()).activity == "Citation workshop" and offer.state() == "open"


def test_a_yes_begins_the_partnership(offer: Offer) -> None:
    offer.make()
    assert partnerships(offer.desk, offer.school_id) == []
    respond(offer.desk, offer.secret(), "accepted")
    assert offer.state() == "accepted" and len(partnerships(offer.desk, offer.school_id)) == 1


def test_the_same_answer_again_changes_nothing(offer: Offer) -> None:
    offer.make()
    for _ in range(3):
        respond(offer.desk, offer.secret(), "accepted", on=date(2026, 12, 10), word="After lunch")
    [card] = proposals(offer.desk, offer.school_id)
    assert (card.state, card.on, card.word) == ("adapted", date(2026, 12, 10), "After lunch")
    assert len(partnerships(offer.desk, offer.school_id)) == 1


def test_not_now_plans_nothing(offer: Offer) -> None:
    offer.make()
    respond(offer.desk, offer.secret(), "declined")
    assert offer.state() == "declined" and partnerships(offer.desk, offer.school_id) == []


def test_what_they_did_is_in_the_log_once_and_a_thank_you_names_it(offer: Offer, clock: Clock) -> None:
    id = offer.make()
    with pytest.raises(AlreadyDone):
        carried_out(offer.desk, offer.school_id, id)
    respond(offer.desk, offer.secret(), "accepted")
    with pytest.raises(Invalid):
        carried_out(offer.desk, offer.school_id, id)
    clock.forward(days=10)
    carried_out(offer.desk, offer.school_id, id)
    with pytest.raises(AlreadyDone):
        carried_out(offer.desk, offer.school_id, id)
    [card] = partnerships(offer.desk, offer.school_id)
    assert [entry.activity for entry in entries(offer.desk, offer.school_id, card.id)] == ["Citation workshop"]
    assert [(each.subject, each.state) for each in letters(offer.desk, offer.school_id) if each.kind == Kind.THANKS] == [
        ("Thank you for “Citation workshop”", "draft")]


def test_a_guessed_link_opens_nothing(offer: Offer) -> None:
    offer.make()
    with pytest.raises(NotFound):
        respond(offer.desk, offer.secret()[:-1] + "A" * 2, "accepted")


@pytest.mark.parametrize("given", ({"on": date(2026, 11, 1)}, {"minutes": 0}, {"who": ""}, {"course_id": "none"}))
def test_what_is_wrong_is_said(offer: Offer, given: dict[str, str]) -> None:
    with pytest.raises(Invalid):
        offer.make(**given)  # type: ignore[arg-type]
