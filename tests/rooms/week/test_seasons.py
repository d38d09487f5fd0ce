"""The menus and the newsletter: true, naming nobody, written once, and never sent by themselves."""

from datetime import UTC, date, datetime

import pytest

from integration.errors import Invalid
from integration.letters.models import Kind
from integration.letters.release import lay_aside, let_go_unseen
from integration.letters.shelf import LetterCard, habits, letter, letters
from integration.partnerships.log import HandEntry, write
from integration.week.menus import topic_of
from integration.week.seasons import OF_A_SEASON, draft_letter
from tests import make
from tests.rooms.week.makers import MONDAY, Library

SECRET = "a thing of Rosa Gomez’s"


def wrote(library: Library, *activities: str, on: date = date(2026, 11, 10)) -> None:
    """Entries written by hand with a teacher called Rosa Gomez."""
    library.clock.at = max(library.clock.at, datetime(2026, 11, 25, tzinfo=UTC))
    rosa = make.teacher(library.desk, library.school_id, name="Rosa Gomez")
    for activity in activities:
        write(library.desk, library.school_id, HandEntry(rosa.id, on, activity, 20))


def seasonal(library: Library) -> list[LetterCard]:
    return [card for card in letters(library.desk, library.school_id) if card.kind in set(OF_A_SEASON)]


def text(library: Library, kind: str) -> str:
    id = draft_letter(library.desk, library.school_id, library.account.id, kind)
    return letter(library.desk, library.school_id, id)[1].text


def run(library: Library, at: datetime) -> None:
    library.clock.at = at
    library.tick(4)


def test_the_newsletter_of_a_month_is_written_in_the_first_week_after_it(library: Library) -> None:
    wrote(library, "Citation workshop")
    run(library, MONDAY)
    assert seasonal(library) == []
    run(library, datetime(2026, 12, 7, 11, 0, tzinfo=UTC))
    [card] = seasonal(library)
    assert (card.kind, card.state, card.subject) == ("newsletter", "draft", "From the library: November 2026")


def test_a_month_without_anything_has_no_newsletter(library: Library) -> None:
    run(library, datetime(2026, 12, 7, 11, 0, tzinfo=UTC))
    assert seasonal(library) == []
    with pytest.raises(Invalid):
        text(library, "newsletter")


@pytest.mark.parametrize(("first", "second", "kind"), [
    (datetime(2027, 1, 4, 11, 0, tzinfo=UTC), datetime(2027, 1, 11, 11, 0, tzinfo=UTC), "january"),
    (datetime(2027, 8, 2, 10, 0, tzinfo=UTC), datetime(2027, 8, 9, 10, 0, tzinfo=UTC), "august")])
def test_a_menu_is_written_once_and_left_where_she_laid_it(library: Library, first: datetime, second: datetime, kind: str) -> None:
    run(library, first)
    [card] = seasonal(library)
    assert (card.kind, card.state) == (kind, "draft")
    lay_aside(library.desk, library.school_id, card.id)
    run(library, second)
    assert [one.state for one in seasonal(library)] == ["aside"]


@pytest.mark.parametrize("kind", [kind.value for kind in OF_A_SEASON])
def test_a_letter_to_all_tells_what_was_done_and_names_nobody(library: Library, kind: str) -> None:
    wrote(library, "Citation workshop", SECRET)
    library.clock.at = datetime(2027, 7, 1, tzinfo=UTC) if kind == "august" else datetime(2026, 12, 1, 17, 0, tzinfo=UTC)
    said = text(library, kind)
    assert "2 things together with 1 teacher" in said and "- Citation workshop" in said
    assert "Gomez" not in said


def test_no_idea_comes_again_within_six_issues() -> None:
    topics = [topic_of(date(2026 + number // 12, number % 12 + 1, 1)).key for number in range(60)]
    assert all(len(set(topics[at:at + 7])) == 7 for at in range(54))


def test_the_brief_can_be_switched_off_and_is_still_there_to_read(library: Library) -> None:
    assert habits(library.desk, library.account.id) == {Kind.BRIEF}
    let_go_unseen(library.desk, library.school_id, library.account.id, frozenset())
    assert habits(library.desk, library.account.id) == frozenset()
    run(library, MONDAY)
    assert [card.state for card in letters(library.desk, library.school_id)] == ["aside"]
    let_go_unseen(library.desk, library.school_id, library.account.id, frozenset({Kind.BRIEF}))
    run(library, datetime(2026, 12, 7, 11, 0, tzinfo=UTC))
    assert letters(library.desk, library.school_id)[0].state != "aside"


def test_what_is_no_letter_of_a_season_is_not_written(library: Library) -> None:
    with pytest.raises(Invalid):
        text(library, "brief")
