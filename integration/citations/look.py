"""One student's entry beside one right answer: what was found where, and the faults so far."""

import re
from dataclasses import dataclass, field
from functools import cached_property

from integration.citations.alignment import Alignment
from integration.citations.alike import Found, find
from integration.citations.answers import Answer, Piece
from integration.citations.faults import Code, Fault
from integration.citations.items import Item
from integration.citations.styles import Style
from integration.citations.written import Written

LINK = re.compile(r"https?://(www\.)?\S+")
SEEN_ELSEWHERE = {Code.TITLE_FORMAT, Code.CONTAINER_FORMAT, Code.VOLUME_ISSUE_FORM, Code.ELEMENT_ORDER, Code.PUNCTUATION}
"""Faults of slant and order, which letters alone do not show."""


@dataclass
class Look:
    """What the checks share. Only `check` makes one, and it is gone when the faults are told."""

    answer: Answer
    entry: Written
    faults: list[Fault] = field(default_factory=list)
    places: dict[str, tuple[int, int]] = field(default_factory=dict)

    @property
    def style(self) -> Style:
        return self.answer.style

    @property
    def item(self) -> Item:
        return self.answer.item

    @property
    def right(self) -> str:
        return self.answer.written.text

    @property
    def text(self) -> str:
        return self.entry.text

    @cached_property
    def said(self) -> str:
        """The right answer without its address, in which names may stand too."""
        return LINK.sub("", self.right)

    @property
    def taken(self) -> list[tuple[int, int]]:
        return list(self.places.values())

    def say(self, code: Code, message: str, start: int, end: int, *, sure: bool = False) -> None:
        """Note a fault, once a code, unless just these letters stand in the right answer too and nobody is `sure`.

        Places count letters of the evened text.
        """
        is_sure = sure or code in SEEN_ELSEWHERE
        is_equal = not is_sure and self.alignment.has_entry(max(0, start - 2), min(len(self.text), end + 2))
        if not is_equal and not self.has(code):
            self.faults.append(Fault(code, message, start, end))

    def lacks(self, code: Code, message: str, piece: Piece | None = None) -> None:
        """Note that a piece of the right answer is missing, where it belongs; not if it stands there after all."""
        if piece is None:
            self.say(code, message, len(self.text), len(self.text))
        elif not self.alignment.has_answer(piece.start, piece.end):
            spot = self.alignment.spot(piece.start)
            self.faults += [] if self.has(code) else [Fault(code, message, spot, spot)]

    @cached_property
    def alignment(self) -> Alignment:
        return Alignment(self.text, self.right)

    def has(self, *codes: Code) -> bool:
        """Whether one of these was noted."""
        return any(fault.code in codes for fault in self.faults)

    def seek(self, name: str, text: str, *, least: float = 0.74, after: int = 0) -> Found | None:
        """Find a field's text outside what other fields have taken, and take it."""
        found = find(text, self.text, least=least, taken=[*self.taken, (0, after)])
        if found:
            self.places[name] = (found.start, found.end)
        return found

    def rest(self) -> str:
        """The entry with what is taken blanked out, place for place."""
        text = self.text
        for start, end in self.taken:
            text = text[:start] + "\0" * (end - start) + text[end:]
        return text

    def before(self, piece: Piece, letters: int = 12) -> str:
        """What stands just before a piece in the right answer."""
        return self.right[max(0, piece.start - letters):piece.start]


def bare(text: str) -> str:
    """Only letters and digits, small."""
    return re.sub(r"\W", "", text).lower()
