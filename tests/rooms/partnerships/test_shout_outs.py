"""A teacher is thanked by name before others only with her yes to these very words, and never after she took it back."""

from collections.abc import Iterator
from datetime import date

import pytest
from sqlalchemy import select

from integration.accounts.models import Account
from integration.courses.models import Teacher
from integration.desk import Desk
from integration.errors import Invalid, NotFound
from integration.letters.links import LASTS, link_address
from integration.letters.models import Kind, LetterLink
from integration.letters.release import lay_aside, sent_by_hand
from integration.letters.shelf import letter, letters
from integration.partnerships.log import HandEntry, change, write
from integration.partnerships.shout_outs import answer_by_link, asked_by_link, shout_out, unsay
from integration.partnerships.thank import thank
from integration.sandbox.world import World
from integration.week.seasons import draft_letter
from tests import make
from tests.conftest import Clock

ON = date(2026, 11, 10)
WORDS = "Thank you, Rosa Gomez, for “Citation workshop”."
PUBLIC = ("newsletter", "january")


class Thanked:
    """A librarian, something done with a teacher, and the thank-you for it."""

    def __init__(self, desk: Desk, world: World, clock: Clock) -> None:
        self.desk, self.clock = desk, clock
        self.account: Account = make.account(desk, world, world.add_person("maya@juniper.example", "Maya Okafor"))
        self.school_id = self.account.school_id
        self.rosa: Teacher = make.teacher(desk, self.school_id, email="rosa@juniper.example")
        self.entry = self.did("Citation workshop")
        self.letter = thank(desk, self.school_id, self.account.id, self.entry)
        clock.forward(days=7)

    def did(self, activity: str, teacher: Teacher | None = None) -> str:
        return write(self.desk, self.school_id, HandEntry((teacher or self.rosa).id, ON, activity, 20))

    @property
    def secret(self) -> str:
        with self.desk.transaction() as session:
            rows = session.scalars(select(LetterLink).where(LetterLink.opens.startswith("thanks:")).order_by(LetterLink.id)).all()
            return link_address(session, self.desk.settings, rows[-1].id).rpartition("/")[2]

    def answer(self, said: str, *, after: float = 901.0) -> None:
        answer_by_link(self.desk, self.secret, said, to=asked_by_link(self.desk, self.secret).words)
        self.clock.forward(seconds=after)

    @property
    def state(self) -> str | None:
        card = shout_out(self.desk, self.school_id, self.entry)
        return card.state if card else None

    def public(self) -> Iterator[str]:
        """The letters to all teachers, written now."""
        for kind in PUBLIC:
            yield letter(self.desk, self.school_id, draft_letter(self.desk, self.school_id, self.account.id, kind))[1].text

    def stored(self) -> list[str]:
        """The letters to all teachers, as they lie there."""
        return [letter(self.desk, self.school_id, card.id)[1].text for card in letters(self.desk, self.school_id)
                if card.kind in PUBLIC]


@pytest.fixture
def thanked(desk: Desk, world: World, clock: Clock) -> Thanked:
    at = Thanked(desk, world, clock)
    thank(desk, at.school_id, at.account.id, at.entry)
    return at


def test_the_thank_you_waits_for_her_look_names_what_they_did_and_shows_the_words_it_asks_for(thanked: Thanked) -> None:
    [card] = [each for each in letters(thanked.desk, thanked.school_id) if each.kind == Kind.THANKS]
    text = letter(thanked.desk, thanked.school_id, card.id)[1].text
    assert (card.state, card.to_address, card.id) == ("draft", "rosa@juniper.example", thanked.letter)
    assert "thank you for “Citation workshop”" in text and WORDS in text and "/to/thanks/" in text


def test_without_a_yes_no_letter_to_others_names_her(thanked: Thanked) -> None:
    sent_by_hand(thanked.desk, thanked.school_id, thanked.letter)
    assert thanked.state == "open" and all("Gomez" not in text for text in thanked.public())
    thanked.answer("no")
    assert thanked.state == "declined" and all("Gomez" not in text for text in thanked.public())


def test_looking_changes_nothing(thanked: Thanked) -> None:
    assert (asked_by_link(thanked.desk, thanked.secret).words, thanked.state) == (WORDS, "open")


def test_with_her_yes_the_letters_to_others_say_the_words_she_saw(thanked: Thanked) -> None:
    thanked.answer("yes")
    assert all(text.count(WORDS) == 1 for text in thanked.public())


def test_a_yes_counts_only_when_the_time_to_undo_it_is_over(thanked: Thanked) -> None:
    thanked.answer("yes", after=600.0)
    assert all("Gomez" not in text for text in thanked.public())
    thanked.clock.forward(seconds=301.0)
    assert all(WORDS in text for text in thanked.public())


def test_a_yes_taken_back_is_struck_from_every_letter_that_has_not_gone(thanked: Thanked) -> None:
    thanked.answer("yes")
    assert all(WORDS in text for text in thanked.public())
    first, _ = (card.id for card in letters(thanked.desk, thanked.school_id) if card.kind in PUBLIC)
    lay_aside(thanked.desk, thanked.school_id, first)
    thanked.answer("no")
    assert [WORDS in text for text in thanked.stored()] == [False, False]
    assert all("Citation workshop" in text for text in thanked.stored())


def test_what_has_gone_has_gone_and_the_next_letter_does_not_say_it(thanked: Thanked) -> None:
    thanked.answer("yes")
    next(thanked.public())
    [sent] = [card.id for card in letters(thanked.desk, thanked.school_id) if card.kind in PUBLIC]
    sent_by_hand(thanked.desk, thanked.school_id, sent)
    thanked.answer("no")
    assert [WORDS in text for text in thanked.stored()] == [True]
    list(thanked.public())
    assert sorted(WORDS in text for text in thanked.stored()) == [False, True]


def test_the_librarian_can_write_down_a_no_but_never_a_yes(thanked: Thanked) -> None:
    thanked.answer("yes")
    list(thanked.public())
    unsay(thanked.desk, thanked.school_id, thanked.account.id, thanked.entry)
    assert thanked.state == "declined" and not any(WORDS in text for text in thanked.stored())
    thank(thanked.desk, thanked.school_id, thanked.account.id, thanked.entry)
    assert thanked.state == "declined"
    with pytest.raises(NotFound):
        unsay(thanked.desk, make.school(thanked.desk), thanked.account.id, thanked.entry)


def test_a_yes_names_her_alone_and_not_whom_her_activity_mentions(thanked: Thanked) -> None:
    make.teacher(thanked.desk, thanked.school_id, name="Ben Adeyemi")
    thanked.entry = thanked.did("Maps with Mr. Adeyemi")
    thank(thanked.desk, thanked.school_id, thanked.account.id, thanked.entry)
    thanked.answer("yes")
    assert thanked.state == "agreed" and all("Adeyemi" not in text for text in thanked.public())


def test_the_words_follow_a_corrected_entry_until_the_letter_has_gone(thanked: Thanked) -> None:
    def correct(activity: str) -> str:
        change(thanked.desk, thanked.school_id, thanked.entry, HandEntry(thanked.rosa.id, ON, activity, 20))
        thank(thanked.desk, thanked.school_id, thanked.account.id, thanked.entry)
        return asked_by_link(thanked.desk, thanked.secret).words

    assert correct("Citing") == "Thank you, Rosa Gomez, for “Citing”."
    sent_by_hand(thanked.desk, thanked.school_id, thanked.letter)
    assert correct("Something else") == "Thank you, Rosa Gomez, for “Citing”."


def test_a_yes_to_other_words_than_those_she_saw_is_no_yes(thanked: Thanked) -> None:
    with pytest.raises(Invalid):
        answer_by_link(thanked.desk, thanked.secret, "yes", to="Thank you, Rosa.")
    with pytest.raises(Invalid):
        answer_by_link(thanked.desk, thanked.secret, "perhaps", to=WORDS)
    assert thanked.state == "open"


def test_an_entry_corrected_to_somebody_elses_names_nobody(thanked: Thanked) -> None:
    thanked.answer("yes")
    ben = make.teacher(thanked.desk, thanked.school_id, name="Ben Adeyemi")
    change(thanked.desk, thanked.school_id, thanked.entry, HandEntry(ben.id, ON, "Citation workshop", 20))
    assert thanked.state is None and all("Gomez" not in text and "Adeyemi" not in text for text in thanked.public())


def test_a_link_ends_and_a_guess_opens_nothing(thanked: Thanked) -> None:
    secret = thanked.secret
    thanked.clock.forward(seconds=LASTS.total_seconds() + 1)
    for each in (secret, "guessed"):
        with pytest.raises(NotFound):
            answer_by_link(thanked.desk, each, "yes", to=WORDS)
    assert thanked.state == "open"


def test_a_teacher_whose_name_is_not_known_is_thanked_and_not_asked(thanked: Thanked) -> None:
    nameless = make.teacher(thanked.desk, thanked.school_id, name="")
    entry = thanked.did("Book talk", nameless)
    id = thank(thanked.desk, thanked.school_id, thanked.account.id, entry)
    text = letter(thanked.desk, thanked.school_id, id)[1].text
    assert "Book talk" in text and "/to/thanks/" not in text and shout_out(thanked.desk, thanked.school_id, entry) is None
