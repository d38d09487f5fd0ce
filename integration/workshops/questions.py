"""What a question is, and a kit's whole practice. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from integration.citations.in_text import InText
from integration.citations.known import Known
from integration.citations.spans import Entry

Item = Mapping[str, Any]
GAP = "______"
NO_WRITING = ("PK", "TK", "K", "1")
FIELDS = {"author": "who made it", "title": "what it is called", "container": "where it is found", "publisher": "who published it",
          "date": "when it came out", "url": "its address", "number": "volume or number", "pages": "which pages",
          "contributor": "who helped make it", "edition": "which edition", "database": "the database"}
FAULTS = {
    "missing_date": "The date is missing.", "missing_author": "Nobody says who made it.",
    "missing_container": "Where it was found is missing.", "missing_url": "The address is missing.",
    "title_format": "The title is not set off: it should lean, or stand in quotation marks.",
    "title_capitalization": "The title has its capital letters wrong.",
    "author_not_inverted": "The last name should come first.", "author_inverted_in_note": "In a note the first name comes first.",
}


class Asks(StrEnum):
    """What a question wants."""

    PART = "part"
    FAULT = "fault"
    RIGHT = "right"
    GAP = "gap"
    WRITE = "write"


@dataclass(frozen=True)
class Question:
    """One question. `entries` are shown: one, or for RIGHT one a choice; `right` is the choice's number, or the words wanted."""

    key: str
    asks: Asks
    source: int
    field: str
    entries: tuple[Entry, ...]
    choices: tuple[str, ...]
    right: str
    why: str
    """Said after the answer: the rule, and the source cited right."""


@dataclass(frozen=True)
class Paper:
    """A kit's whole practice: the questions in order, and the two tickets. `entries` are its sources cited right.

    `known` is what the checker of a whole style needs, with a source's number as its id; None on the ladder's lower rungs.
    """

    items: tuple[Item, ...]
    entries: tuple[Entry, ...]
    known: Known | None
    practice: tuple[Question, ...]
    before: tuple[Question, ...]
    after: tuple[Question, ...]
    in_text: tuple[InText, ...] = ()
    """How each source is named in the text itself; none on the ladder's lower rungs."""

    def question(self, key: str) -> Question | None:
        """The question with this key, wherever it stands."""
        return next((each for each in (*self.practice, *self.before, *self.after) if each.key == key), None)
