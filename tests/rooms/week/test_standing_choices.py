"""Each standing choice is kept to alike by hand and by the week, for each kind of post; without an answer nothing is ever shown."""

import pytest

from tests.standing_choices import CHOICES, KINDS, WAYS, Row, a_term_without_an_answer, row

ASKED, STOOD, OUT = ("waiting", "waiting"), ("published", "published"), ()
EXPECTED = {
    "nothing said": (ASKED, 0, 0), "ask": (ASKED, 0, 0), "always": (STOOD, 2, 0), "draft only": (ASKED, 0, 2), "never": (OUT, 0, 0),
    "always, other topics": (ASKED, 0, 0), "always, this topic": (STOOD, 2, 0),
    "always, one a week": (("published", "waiting"), 1, 0), "draft, one a week": (ASKED, 0, 1),
    "always, not this week": (OUT, 0, 0), "draft, not this week": (OUT, 0, 0),
}
"""Of two posts that fall due in one week: states, how many are shown, how many lie as drafts. A draft waits for its teacher."""
FOR_EACH_KIND = ("ask", "always", "draft only", "never")
"""Every choice with every kind is `python -m tests.standing_choices`."""
WEEKS = 4
WITHOUT_TOPIC = {("always, this topic", "announcement"): (ASKED, 0, 0)}
"""An announcement has no topic, so it is none of those she named."""


def test_every_choice_is_in_the_table() -> None:
    assert EXPECTED.keys() == CHOICES.keys()


@pytest.mark.parametrize(("choice", "kind"), [
    *((choice, "material") for choice in CHOICES), *((choice, kind) for choice in FOR_EACH_KIND for kind in KINDS[1:]),
    *WITHOUT_TOPIC])
def test_each_choice_is_kept_to_by_hand_and_by_the_week(choice: str, kind: str) -> None:
    expected = WITHOUT_TOPIC.get((choice, kind), EXPECTED[choice])
    assert [row(choice, way, kind) for way in WAYS] == [Row(choice, way, kind, *expected) for way in WAYS]


@pytest.mark.slow
@pytest.mark.timeout(600)
@pytest.mark.parametrize(("choice", "kind"), [("nothing said", "material"), *(("ask", kind) for kind in KINDS)])
def test_as_long_as_there_is_no_answer_everything_was_asked_about_and_nothing_shown(choice: str, kind: str) -> None:
    assert a_term_without_an_answer(choice, kind, WEEKS) == (2 * WEEKS, 0)
