"""Makers of this room: the sources of a small ocean unit, a kit of them, and its paper."""

from typing import Any

from integration.citations.ladder import STANDARD
from integration.citations.styles import Style
from integration.desk import Desk
from integration.workshops.compose import paper
from integration.workshops.make import NewKit, make_kit
from integration.workshops.questions import Paper, Question
from integration.workshops.sources import add_sources

BOOK = {"id": "bus", "type": "book", "title": "The magic school bus: Lost in the solar system",
        "author": [{"family": "Cole", "given": "Joanna"}], "publisher": "Scholastic", "issued": {"date-parts": [[2001]]}}
PAGE = {"id": "toys", "type": "webpage", "title": "New toys for rainy days", "container-title": "Toy World",
        "URL": "https://www.toys.example/new", "issued": {"date-parts": [[2020, 3, 4]]},
        "author": [{"family": "Lopez", "given": "Ana"}]}
ARTICLE = {"id": "sea", "type": "article-journal", "title": "Microplastics in the deep sea", "volume": "12", "issue": "3",
           "page": "44-58", "container-title": "Marine Science Today", "DOI": "10.1000/mst.2019.12.3",
           "author": [{"family": "Tanaka", "given": "Yuki"}, {"family": "Okafor", "given": "Chidi"}],
           "issued": {"date-parts": [[2019]]}}
UNIT = (BOOK, PAGE, ARTICLE)


def kit(desk: Desk, school_id: str, **given: Any) -> str:
    """A kit of the ocean unit."""
    asked = {"grade": "7", "title": "Citing our ocean unit", **given}
    if "collection_id" not in asked and "source_ids" not in asked:
        asked["source_ids"] = add_sources(desk, school_id, UNIT)
    return make_kit(desk, school_id, NewKit(**asked))


def unit_paper(grade: str = "7", style: Style = Style.MLA) -> Paper:
    """The practice of the ocean unit."""
    return paper("seed", UNIT, grade, style, STANDARD.rung(grade))


def question(of: Paper, key: str) -> Question:
    """The question with this key."""
    found = of.question(key)
    assert found is not None, [each.key for each in of.practice]
    return found
