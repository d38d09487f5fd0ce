"""Make a kit's questions from its own sources, the same each time they are asked. Pure.

Tickets before and after ask the same skills about different sources, so that the two averages can be laid side by side.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace

from integration.citations.check import Asked, check
from integration.citations.in_text import InText, in_text
from integration.citations.known import Known, learn
from integration.citations.ladder import Rung
from integration.citations.spans import Entry, html_of, joined, text_of
from integration.citations.styles import Style
from integration.citations.tidy import tidy
from integration.workshops.ladder import printed
from integration.workshops.plant import plantings
from integration.workshops.questions import FAULTS, FIELDS, GAP, NO_WRITING, Asks, Item, Paper, Question

MOST = 4
"""Sources that are asked about; more would outlast the hour."""


def paper(seed: str, items: Sequence[Item], grade: str, style: Style, step: Rung | None) -> Paper:
    """The practice of a kit. `seed` puts choices into an order that stays the same."""
    told = [(item, entry) for item, entry in zip(items, printed(items, step, style), strict=True) if entry]
    known = None if step else _known([item for item, _ in told], style)
    planted = tuple(_sure(number, item, entry, known, style) for number, (item, entry) in enumerate(told[:MOST]))
    made = _Maker(seed, tuple(item for item, _ in told), tuple(entry for _, entry in told), planted, style, step)
    practice = [question for number in range(len(planted)) for question in made.about(number, grade)]
    return Paper(made.items, made.entries, known, tuple(practice), made.ticket("before", 0), made.ticket("after", 1),
                 () if step else _in_text(made.items, style))


def _in_text(items: Sequence[Item], style: Style) -> tuple[InText, ...]:
    return tuple(in_text([{**tidy(item), "id": str(number)} for number, item in enumerate(items)], style))


def _sure(number: int, item: Item, entry: Entry, known: Known | None, style: Style) -> dict[str, Entry]:
    """The planted faults of which the checker sees this one and no other, so that a question never has two right answers."""
    planted = plantings(entry, item, style)
    if known is None:
        return planted
    found = {code: check(known, Asked(str(number), style, html_of(one), markup=True)).faults for code, one in planted.items()}
    return {code: planted[code] for code in planted if [fault.code.value for fault in found[code]] == [code]}


def _known(items: Sequence[Item], style: Style) -> Known:
    return learn([{**tidy(item), "id": str(number)} for number, item in enumerate(items[:MOST])], [style])


@dataclass(frozen=True)
class _Maker:
    seed: str
    items: tuple[Item, ...]
    entries: tuple[Entry, ...]
    planted: tuple[dict[str, Entry], ...]
    style: Style
    step: Rung | None

    def about(self, number: int, grade: str) -> list[Question]:
        """All questions about one source, easy ones first."""
        made = [self.part(f"part-{number}", number, number), self.fault(f"fault-{number}", number, number),
                self.right(f"right-{number}", number)]
        if grade not in NO_WRITING:
            made += [self.gap(f"gap-{number}", number, number), self.write(f"write-{number}", number)]
        return [each for each in (made[:1] if self.step and grade in NO_WRITING[:3] else made) if each]

    def ticket(self, name: str, turn: int) -> tuple[Question, ...]:
        """Four questions that need no typing, beginning with another source after than before where there are several."""
        order = [(turn + step) % len(self.planted) for step in range(len(self.planted))]
        back = [*order[1:], *order[:1]]
        asked = ([self.part(f"{name}-1", number, turn) for number in order],
                 [self.fault(f"{name}-2", number, turn) for number in order],
                 [self.part(f"{name}-3", number, turn + 1) for number in back],
                 [self.right(f"{name}-4", number) for number in back])
        return tuple(each for each in (next(filter(None, tried), None) for tried in asked) if each)

    def part(self, key: str, number: int, turn: int) -> Question | None:
        """Which part is this?"""
        there = [field for field in dict.fromkeys(span.field for span in self.entries[number]) if field in FIELDS]
        if not there:
            return None
        asked = there[turn % len(there)]
        others = [*there, *(field for field in FIELDS if field not in there)]
        choices = self.shuffled(key, [FIELDS[asked], *[FIELDS[field] for field in others if field != asked][:3]])
        return Question(key, Asks.PART, number, asked, (self.entries[number],), choices, str(choices.index(FIELDS[asked])),
                        f"It says {FIELDS[asked]}.")

    def fault(self, key: str, number: int, turn: int) -> Question | None:
        """What is wrong with this one?"""
        planted = self.planted[number]
        if not planted:
            return None
        code = sorted(planted)[(turn + int(self.lot(key), 16)) % len(planted)]
        there = {span.field for span in planted[code]}
        others = [each for each in FAULTS if each != code and _is_false(each, there, self.style)]
        choices = self.shuffled(key, [FAULTS[code], *(FAULTS[each] for each in self.shuffled(f"{key} others", others)[:3])])
        return Question(key, Asks.FAULT, number, code, (planted[code],), choices, str(choices.index(FAULTS[code])),
                        f"{FAULTS[code]} Right: {text_of(self.entries[number])}")

    def right(self, key: str, number: int) -> Question | None:
        """Which of these is right?"""
        planted = self.planted[number]
        wrong = [planted[code] for code in self.shuffled(key, sorted(planted))[:2]]
        if not wrong:
            return None
        order = self.shuffled(f"{key} order", [str(place) for place in range(len(wrong) + 1)])
        entries = tuple([self.entries[number], *wrong][int(place)] for place in order)
        return Question(key, Asks.RIGHT, number, "", entries, tuple(map(text_of, entries)), str(order.index("0")),
                        f"Right: {text_of(self.entries[number])}")

    def gap(self, key: str, number: int, turn: int) -> Question | None:
        """What belongs in the gap?"""
        entry = self.entries[number]
        there = [span.field for span in entry if span.field in FIELDS and sum(s.field == span.field for s in entry) == 1]
        if not there:
            return None
        asked = there[(turn + 1) % len(there)]
        wanted = next(span.text for span in entry if span.field == asked)
        shown = joined(replace(span, text=GAP, is_italic=False) if span.field == asked else span for span in entry)
        return Question(key, Asks.GAP, number, asked, (shown,), (), wanted, f"Right: {text_of(entry)}")

    def write(self, key: str, number: int) -> Question:
        """Cite this source."""
        entry = self.entries[number]
        return Question(key, Asks.WRITE, number, "", (entry,), (), text_of(entry), f"Right: {text_of(entry)}")

    def shuffled(self, key: str, told: Sequence[str]) -> tuple[str, ...]:
        """The same words in an order that looks like chance and never changes."""
        return tuple(sorted(told, key=lambda each: self.lot(f"{key} {each}")))

    def lot(self, key: str) -> str:
        return hashlib.sha256(f"{self.seed} {key}".encode()).hexdigest()[:8]


def _is_false(code: str, there: set[str], style: Style) -> bool:
    """Whether everybody can see that this is not the fault: what is said to be missing is there."""
    if code.startswith("missing_"):
        return code.removeprefix("missing_") in there
    return (code == "author_inverted_in_note") == (style is Style.CHICAGO_NOTE) or not code.startswith("author_")
