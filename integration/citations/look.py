"""One student's entry beside one right answer: what was found where, and the faults so far."""

import re
from dataclasses import dataclass, field

from integration.citations.alike import Found, find
from integration.citations.answers import Answer, Piece
from integration.citations.faults import Code, Fault
from integration.citations.items import Item
from integration.citations.styles import Style
from integration.citations.written import Written


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

    @property
    def taken(self) -> list[tuple[int, int]]:
        return list(self.places.values())

    def say(self, code: Code, message: str, start: int | None = None, end: int | None = None) -> None:
        """Note a fault, once a code; what is missing stands at the end of the entry."""
        if any(fault.code is code for fault in self.faults):
            return
        last = len(self.text)
        begin, stop = (last, last) if start is None else (start, last if end is None else end)
        self.faults.append(Fault(code, message, *self.entry.place(begin, stop)))

    def has(self, *codes: Code) -> bool:
        """Whether one of these was noted."""
        return any(fault.code in codes for fault in self.faults)

    def seek(self, name: str, text: str, *, least: float = 0.74) -> Found | None:
        """Find a field's text outside what other fields have taken, and take it."""
        found = find(text, self.text, least=least, taken=self.taken)
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
