"""Teachers edit three posts and delete two of twenty; then comes an update, and then a retract."""

import pytest

from tests.rooms.delivery.makers import Library
from tests.rooms.delivery.twenty import DELETED, EDITS, Story, table, twenty


@pytest.fixture
def story(library: Library) -> Story:
    return twenty(library)


def test_an_update_brings_the_new_words_and_keeps_the_teachers(story: Story) -> None:
    for number, line in enumerate(story.updated):
        hers = EDITS.get(number, {})
        if number in DELETED:
            assert (line.state, line.title) == ("removed", "")
        else:
            assert (line.state, line.title, line.text) == (
                "published", hers.get("title", "Volcanoes and us"), hers.get("text", "Anew."))
            assert line.kept == ", ".join(hers)


def test_a_retract_spares_what_teachers_changed_and_asks(story: Story) -> None:
    for number, line in enumerate(story.retracted):
        if number in EDITS:
            assert line.state == "published" and line.title and "left as it is" in line.sentence
        else:
            assert (line.state, line.title) == ("removed" if number in DELETED else "retracted", "")


def test_the_table_says_what_happened_in_a_few_lines(story: Story) -> None:
    assert len(table(story.updated).splitlines()) == 6 and len(table(story.retracted).splitlines()) == 6
    assert table(story.retracted).splitlines()[1].startswith("15       retracted")
