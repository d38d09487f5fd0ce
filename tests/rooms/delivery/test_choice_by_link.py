"""What was chosen for good by a link can be taken back: at first nothing is loosened by it, and a letter tells the teacher."""

import pytest

from integration.consent.choices import ChoiceCard, choice_of
from integration.consent.choose import NewChoice
from integration.consent.models import Said
from integration.delivery import leave as leaving
from integration.delivery.answer import undo
from integration.delivery.choose import choose
from integration.delivery.leave import choose_by_link, come_back, leave
from integration.delivery.ledger import deliveries
from integration.errors import AlreadyDone
from integration.letters.models import Kind, LetterState
from integration.letters.shelf import LetterCard, letter, letters
from tests.conftest import Clock
from tests.rooms.delivery.makers import Library
from tests.rooms.delivery.test_answer import Rosa, hers

ALWAYS = NewChoice("always")


@pytest.fixture
def rosa(library: Library, clock: Clock) -> Rosa:
    science = library.teachers_class()
    library.accepted()
    return Rosa(library, clock, science)


def test_always_by_a_link_posts_nothing_before_the_time_for_undoing_is_over(rosa: Rosa) -> None:
    choose_by_link(rosa.library.desk, page(rosa), ALWAYS)
    rosa.after(minutes=14)
    rosa.library.accepted(with_link=False)
    rosa.after(days=2)
    assert rosa.published() == []
    rosa.library.accepted(with_link=False)
    rosa.after(minutes=1)
    assert len(rosa.published()) == 1


def test_what_is_due_only_afterwards_goes_unless_she_took_it_back(rosa: Rosa) -> None:
    choose_by_link(rosa.library.desk, page(rosa), ALWAYS)
    rosa.library.accepted(with_link=False, publish_at=rosa.clock.at.replace(hour=23))
    come_back(rosa.library.desk, page(rosa))
    rosa.after(days=1)
    assert rosa.published() == []


def test_taken_back_counts_what_counted_before_however_many_buttons_were_pressed(rosa: Rosa) -> None:
    desk, school_id = rosa.library.desk, rosa.library.school_id
    choose(desk, school_id, hers(rosa), NewChoice("draft", ("Library",), 2), by=f"account:{rosa.library.account.id}")
    before = standing(rosa)
    choose_by_link(desk, page(rosa), ALWAYS)
    leave(desk, page(rosa), also_retract=False)
    choose_by_link(desk, page(rosa), NewChoice("always", (), 50))
    come_back(desk, page(rosa))
    after = standing(rosa)
    assert (after.choice, after.topics, after.max_per_week, after.by) == (
        before.choice, before.topics, before.max_per_week, before.by)
    with pytest.raises(AlreadyDone):
        come_back(desk, page(rosa))


def test_a_never_taken_back_lets_what_waited_wait_again(rosa: Rosa) -> None:
    choose_by_link(rosa.library.desk, page(rosa), NewChoice("never"))
    assert rosa.row().state == "skipped"
    come_back(rosa.library.desk, page(rosa))
    assert (rosa.row().state, standing(rosa).by) == ("waiting", "")
    rosa.says(Said.PUBLISH)
    rosa.after(minutes=16)
    assert len(rosa.published()) == 1


def test_days_later_the_choice_alone_is_taken_back(rosa: Rosa) -> None:
    rosa.clock.forward(minutes=1)
    choose_by_link(rosa.library.desk, page(rosa), NewChoice("never"))
    rosa.clock.forward(days=3)
    come_back(rosa.library.desk, page(rosa))
    assert (rosa.row().state, standing(rosa).choice) == ("skipped", "ask")


def test_what_was_let_go_of_long_ago_does_not_wait_again(rosa: Rosa) -> None:
    desk = rosa.library.desk
    leave(desk, page(rosa), also_retract=False)
    rosa.clock.forward(hours=1)
    choose_by_link(desk, page(rosa), NewChoice("ask"))
    rosa.clock.forward(hours=1)
    leave(desk, page(rosa), also_retract=False)
    come_back(desk, page(rosa))
    assert [row.state for row in deliveries(desk, rosa.library.school_id)] == ["skipped"]


def test_the_undo_of_her_answer_takes_back_what_she_chose_with_it(rosa: Rosa) -> None:
    rosa.says(Said.PUBLISH, from_now_on="always")
    assert rosa.page().chosen is not None and rosa.page().can_undo
    undo(rosa.library.desk, rosa.secret)
    assert (standing(rosa).choice, rosa.page().chosen) == ("ask", None)


def test_one_letter_a_day_tells_her_and_waits_for_the_librarians_look(rosa: Rosa) -> None:
    for _ in range(3):
        choose_by_link(rosa.library.desk, page(rosa), ALWAYS)
    told, = receipts(rosa)
    assert (told.state, told.to_name) == (LetterState.DRAFT, "Rosa Gomez")
    text = letter(rosa.library.desk, rosa.library.school_id, told.id)[1].text
    assert "Always yes" in text and "one press takes it back" in text
    come_back(rosa.library.desk, page(rosa))
    assert [each.state for each in receipts(rosa)] == [LetterState.ASIDE]


def test_what_changes_nothing_is_neither_told_nor_taken_back(rosa: Rosa) -> None:
    choose_by_link(rosa.library.desk, page(rosa), NewChoice("ask"))
    assert receipts(rosa) == []
    with pytest.raises(AlreadyDone):
        come_back(rosa.library.desk, page(rosa))


def test_who_ends_the_letters_in_her_mail_program_gets_none_about_it(rosa: Rosa) -> None:
    leaving.unsubscribe(rosa.library.desk, page(rosa))
    assert (standing(rosa).choice, receipts(rosa)) == ("never", [])
    come_back(rosa.library.desk, page(rosa))
    assert rosa.row().state == "waiting"


def test_what_the_librarian_wrote_down_no_link_takes_back(rosa: Rosa) -> None:
    choose(rosa.library.desk, rosa.library.school_id, hers(rosa), ALWAYS, by=f"account:{rosa.library.account.id}")
    with pytest.raises(AlreadyDone):
        come_back(rosa.library.desk, page(rosa))


def page(rosa: Rosa) -> str:
    return rosa.link("teacher")


def standing(rosa: Rosa) -> ChoiceCard:
    return choice_of(rosa.library.desk, rosa.library.school_id, hers(rosa))


def receipts(rosa: Rosa) -> list[LetterCard]:
    return [each for each in letters(rosa.library.desk, rosa.library.school_id) if each.kind == Kind.CHOSEN]
