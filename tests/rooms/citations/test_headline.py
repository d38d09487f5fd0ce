"""Headline case: each style's own words stay small."""

import pytest

from integration.citations.headline import CHICAGO_LOW, MLA_LOW, headline

TITLES = [
    ("walking through the rain forest", "Walking through the Rain Forest", "Walking Through the Rain Forest"),
    ("look up at the stars", "Look Up at the Stars", "Look Up at the Stars"),
    ("teens clean up the river", "Teens Clean Up the River", "Teens Clean Up the River"),
    ("up from slavery", "Up from Slavery", "Up from Slavery"),
    ("the boy who ran up the hill", "The Boy Who Ran up the Hill", "The Boy Who Ran up the Hill"),
    ("what do otters eat? a guide", "What Do Otters Eat? A Guide", "What Do Otters Eat? A Guide"),
    ("hunger: a gothic tale about us", "Hunger: A Gothic Tale about Us", "Hunger: A Gothic Tale About Us"),
    ("how NASA and eBay use Example.com", "How NASA and eBay Use Example.com", "How NASA and eBay Use Example.com"),
    ("self-help for the well-to-do", "Self-Help for the Well-to-Do", "Self-Help for the Well-to-Do"),
    ("a night with The Who", "A Night with The Who", "A Night with The Who"),
    ("A Walk Through the Woods", "A Walk through the Woods", "A Walk Through the Woods"),
]


@pytest.mark.parametrize(("stored", "mla", "chicago"), TITLES, ids=[title for title, _mla, _chicago in TITLES])
def test_each_style_has_its_own_headline_case(stored: str, mla: str, chicago: str) -> None:
    assert (headline(stored, MLA_LOW), headline(stored, CHICAGO_LOW)) == (mla, chicago)
