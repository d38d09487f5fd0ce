"""A teacher's answer by her link: taken once, kept to, undone for a quarter of an hour; a link that is wrong opens nothing."""

import re
import threading
from dataclasses import dataclass
from datetime import date

import pytest
from sqlalchemy import select, text

from integration.consent.answers import Reply
from integration.consent.choices import choice_of
from integration.consent.models import Said
from integration.consent.odd import odd_uses
from integration.courses.models import Course
from integration.delivery.answer import answer, note_haste, undo
from integration.delivery.asked import AskedCard, asked
from integration.delivery.ledger import DeliveryCard, deliveries
from integration.delivery.remind import follow_up
from integration.delivery.retry import retry
from integration.delivery.send import send_due
from integration.errors import AlreadyDone, Invalid, NotFound
from integration.letters.links import link_address
from integration.letters.models import LetterLink
from integration.letters.release import sent_by_hand
from integration.letters.shelf import letters
from integration.schema import every_table
from tests.conftest import Clock
from tests.rooms.delivery.makers import Library


@dataclass
class Rosa:
    """A teacher with a link and no account."""

    library: Library
    clock: Clock
    science: Course

    @property
    def secret(self) -> str:
        """The secret of the link in her letter."""
        return self.link("question")

    def link(self, sort: str) -> str:
        """The secret of a link in her letter: to her `question`, or to her `teacher` page."""
        desk = self.library.desk
        with desk.transaction() as session:
            id = session.scalars(select(LetterLink.id).where(LetterLink.opens.startswith(f"{sort}:"))).first()
            assert id is not None
            return link_address(session, desk.settings, id).rsplit("/", 1)[1]

    def page(self) -> AskedCard:
        return asked(self.library.desk, self.secret)

    def says(self, said: Said, *, title: str = "", text: str = "", on: date | None = None, from_now_on: str = "") -> None:
        replies = [Reply(post.occasion, said, title, text, on) for post in self.page().posts]
        answer(self.library.desk, self.secret, replies, from_now_on=from_now_on)

    def after(self, **span: float) -> None:
        self.clock.forward(**span)
        send_due(self.library.desk, self.library.school_id)

    def published(self) -> list[dict[str, object]]:
        return self.library.posts(self.science, "PUBLISHED")

    def row(self) -> DeliveryCard:
        return deliveries(self.library.desk, self.library.school_id)[0]


@pytest.fixture
def rosa(library: Library, clock: Clock) -> Rosa:
    science = library.teachers_class()
    library.accepted()
    return Rosa(library, clock, science)


def test_the_page_shows_the_post_and_looking_writes_nothing(rosa: Rosa) -> None:
    before = everything(rosa)
    page = rosa.page()
    assert (page.librarian, page.posts[0].title, page.posts[0].class_name) == ("Lena Ortiz", "Volcanoes", "6th Grade Science")
    assert page.posts[0].links == [{"title": "", "url": "https://volcano.example/start"}]
    assert page.open and not page.can_undo
    assert everything(rosa) == before


def test_a_yes_is_posted_once_the_time_for_undoing_is_over(rosa: Rosa) -> None:
    rosa.says(Said.PUBLISH)
    rosa.after(minutes=14)
    assert rosa.published() == []
    rosa.after(minutes=2)
    assert len(rosa.published()) == 1


def test_her_words_stand_on_her_day(rosa: Rosa) -> None:
    rosa.says(Said.CHANGED, title="Our volcanoes", text="Look at the crater.", on=date(2026, 11, 30))
    rosa.after(days=5)
    assert rosa.published() == []
    rosa.after(days=1)
    post, = rosa.published()
    assert (post["title"], post["description"]) == ("Our volcanoes", "Look at the crater.")


def test_an_undo_brings_everything_back_as_it_was_asked(rosa: Rosa) -> None:
    before = rosa.page().posts
    rosa.says(Said.CHANGED, title="Other", text="Other")
    assert rosa.page().can_undo
    undo(rosa.library.desk, rosa.secret)
    undo(rosa.library.desk, rosa.secret)
    assert rosa.page().posts == before
    rosa.after(days=1)
    assert rosa.published() == []
    rosa.says(Said.PUBLISH)
    rosa.after(minutes=16)
    assert len(rosa.published()) == 1


def test_a_no_can_be_undone_and_is_never_asked_again_by_a_retry(rosa: Rosa) -> None:
    rosa.says(Said.NO)
    assert (rosa.row().state, rosa.row().reason) == ("skipped", "The teacher said: not this one.")
    undo(rosa.library.desk, rosa.secret)
    assert rosa.row().state == "waiting"
    rosa.says(Said.NO)
    rosa.after(hours=1)
    undo(rosa.library.desk, rosa.secret)
    assert rosa.row().state == "skipped"
    with pytest.raises(AlreadyDone, match="said no to this one"):
        retry(rosa.library.desk, rosa.library.school_id, rosa.row().id)


def test_two_answers_that_contradict_each_other_undo_both_and_are_flagged(rosa: Rosa) -> None:
    rosa.says(Said.PUBLISH, from_now_on="always")
    rosa.says(Said.NO)
    assert rosa.row().state == "waiting"
    assert "Two different answers" in rosa.page().odd
    assert standing(rosa) == "ask"
    rosa.after(days=1)
    assert rosa.published() == []
    rosa.says(Said.PUBLISH)
    rosa.after(minutes=16)
    assert len(rosa.published()) == 1


def test_the_same_answer_a_hundred_times_at_once_has_one_effect(rosa: Rosa) -> None:
    secret, replies = rosa.secret, [Reply(post.occasion, Said.PUBLISH) for post in rosa.page().posts]
    at_once = [threading.Thread(target=answer, args=(rosa.library.desk, secret, replies)) for _ in range(100)]
    for each in at_once:
        each.start()
    for each in at_once:
        each.join()
    with rosa.library.desk.transaction() as session:
        assert session.scalar(text("SELECT count(*) FROM answers")) == 1
    rosa.after(minutes=16)
    assert len(rosa.published()) == 1
    assert [step.sentence for step in rosa.row().history].count("The teacher said yes.") == 1


def test_always_lets_the_next_one_go_and_never_stops_what_waits(rosa: Rosa) -> None:
    rosa.says(Said.PUBLISH, from_now_on="always")
    rosa.after(minutes=16)
    rosa.library.accepted(with_link=False)
    rosa.after(minutes=1)
    assert len(rosa.published()) == 2
    assert choice_of(rosa.library.desk, rosa.library.school_id, hers(rosa)).is_hers


def test_never_leaves_out_what_she_did_not_answer(rosa: Rosa) -> None:
    rosa.library.accepted(with_link=False)
    answer(rosa.library.desk, rosa.secret, [Reply(rosa.page().posts[0].occasion, Said.PUBLISH)], from_now_on="never")
    rosa.after(minutes=16)
    assert sorted(row.state for row in deliveries(rosa.library.desk, rosa.library.school_id)) == ["published", "skipped"]


def test_nothing_chosen_is_said_and_nothing_done(rosa: Rosa) -> None:
    with pytest.raises(Invalid, match="Choose what shall happen"):
        answer(rosa.library.desk, rosa.secret, [])
    assert rosa.row().state == "waiting"


@pytest.mark.parametrize(("title", "words", "on", "field"), [
    ("", "x", None, "title"), ("x" * 3001, "x", None, "title"), ("x", "x" * 30_001, None, "text"), ("x", "a\u202eb", None, "text"),
    ("x", "x", date(2026, 11, 23), "on"), ("x", "x", date(2028, 1, 1), "on")])
def test_words_and_days_that_cannot_be_used_are_named(rosa: Rosa, title: str, words: str, on: date | None, field: str) -> None:
    with pytest.raises(Invalid) as caught:
        rosa.says(Said.CHANGED, title=title, text=words, on=on)
    assert [name.split(":")[0] for name in caught.value.fields] == [field]


@pytest.mark.parametrize(("seconds", "is_odd"), [(59, True), (61, False)])
def test_an_answer_within_a_minute_of_the_letter_is_taken_and_flagged(rosa: Rosa, seconds: int, is_odd: bool) -> None:
    rosa.clock.forward(hours=1)
    sent_by_hand(rosa.library.desk, rosa.library.school_id, letters(rosa.library.desk, rosa.library.school_id)[0].id)
    rosa.clock.forward(seconds=seconds)
    rosa.says(Said.PUBLISH)
    assert ("within a minute after its letter went out" in rosa.page().odd) is is_odd
    assert [each.delivery_id for each in odd_uses(rosa.library.desk, rosa.library.school_id)] == ([rosa.row().id] if is_odd else [])
    rosa.after(minutes=16)
    assert len(rosa.published()) == 1


def test_haste_is_flagged_and_does_nothing(rosa: Rosa) -> None:
    note_haste(rosa.library.desk, rosa.secret)
    assert "within two seconds" in rosa.page().odd
    assert rosa.row().state == "waiting"


def test_a_link_that_is_guessed_tampered_old_or_for_something_else_opens_nothing_in_the_same_words(rosa: Rosa) -> None:
    desk, secret = rosa.library.desk, rosa.secret
    with desk.transaction() as session:
        other = session.scalars(select(LetterLink.id).where(LetterLink.opens.startswith("teacher:"))).one()
        hers_too = link_address(session, desk.settings, other).rsplit("/", 1)[1]
    said = {sentence(rosa, wrong) for wrong in ("x" * 43, secret[:-1] + ("A" if secret[-1] != "A" else "B"), secret + "x", "",
                                                hers_too, "\x00", "é" * 50)}
    rosa.clock.forward(days=8)
    assert said == {sentence(rosa, secret)}


def test_a_link_is_kept_only_as_a_hash(rosa: Rosa) -> None:
    assert re.fullmatch(r"[\w-]{43}", rosa.secret)
    assert rosa.secret not in everything(rosa)


def sentence(rosa: Rosa, secret: str) -> str:
    with pytest.raises(NotFound) as caught:
        asked(rosa.library.desk, secret)
    with pytest.raises(NotFound):
        answer(rosa.library.desk, secret, [Reply("delivery:x", Said.PUBLISH)])
    return str(caught.value)


def standing(rosa: Rosa) -> str:
    return choice_of(rosa.library.desk, rosa.library.school_id, hers(rosa)).choice.value


def hers(rosa: Rosa) -> str:
    with rosa.library.desk.transaction() as session:
        return str(session.scalar(text("SELECT teacher_id FROM questions")))


def everything(rosa: Rosa) -> str:
    with rosa.library.desk.transaction() as session:
        return repr([(table.name, session.execute(select(table)).all()) for table in every_table().sorted_tables])


def test_silence_is_reminded_of_once_and_then_taken_for_a_no(rosa: Rosa) -> None:
    first, = letters(rosa.library.desk, rosa.library.school_id)
    rosa.clock.forward(days=5)
    assert follow_up(rosa.library.desk) == 0
    sent_by_hand(rosa.library.desk, rosa.library.school_id, first.id)
    rosa.clock.forward(days=2)
    assert follow_up(rosa.library.desk) == 0
    rosa.clock.forward(days=2)
    assert [follow_up(rosa.library.desk) for _ in range(3)] == [1, 0, 0]
    assert [one.kind for one in letters(rosa.library.desk, rosa.library.school_id)] == ["reminder", "question"]
    rosa.clock.forward(days=11)
    follow_up(rosa.library.desk)
    assert (rosa.row().state, "Silence is not a yes" in rosa.row().reason) == ("expired", True)
    rosa.after(days=1)
    assert rosa.published() == []


def test_who_has_answered_is_not_reminded(rosa: Rosa) -> None:
    first, = letters(rosa.library.desk, rosa.library.school_id)
    sent_by_hand(rosa.library.desk, rosa.library.school_id, first.id)
    rosa.says(Said.NO)
    rosa.clock.forward(days=4)
    assert follow_up(rosa.library.desk) == 0
    assert len(letters(rosa.library.desk, rosa.library.school_id)) == 1
