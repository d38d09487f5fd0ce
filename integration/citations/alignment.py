"""Which words of an entry are those of the right answer, in order."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property

TOKENS = re.compile(r"\w+|\s+|.")


@dataclass
class Alignment:
    """An entry beside a right answer, word by word and sign by sign; capitals count."""

    entry: str
    answer: str

    @cached_property
    def equal(self) -> list[tuple[int, int, int]]:
        """Runs that are the same: where in the entry, where in the answer, how many letters."""
        ours, theirs = [list(TOKENS.finditer(text)) for text in (self.entry, self.answer)]
        matcher = SequenceMatcher(None, [one[0] for one in ours], [one[0] for one in theirs], autojunk=False)
        return [(ours[a].start(), theirs[b].start(), ours[a + size - 1].end() - ours[a].start())
                for a, b, size in matcher.get_matching_blocks() if size]

    def has_entry(self, start: int, end: int) -> bool:
        """Whether these letters of the entry stand in the answer as they are."""
        return start < end and any(at <= start and end <= at + size for at, _other, size in self.equal)

    def has_answer(self, start: int, end: int) -> bool:
        """Whether these letters of the answer stand in the entry, but for a few."""
        there = sum(max(0, min(end, at + size) - max(start, at)) for _other, at, size in self.equal if size > 1)
        return there > 0.8 * (end - start)

    def counterpart(self, start: int, end: int) -> tuple[int, int] | None:
        """Where in the entry the words of a piece of the answer stand, if two in five of its letters do."""
        there = [(at + max(start, other) - other, at + min(end, other + size) - other)
                 for at, other, size in self.equal if min(end, other + size) - max(start, other) > 1]
        if sum(last - first for first, last in there) < 0.4 * (end - start):
            return None
        return there[0][0], there[-1][1]

    def moved(self) -> tuple[int, int] | None:
        """Words of the entry that the answer has elsewhere."""
        left = self.answer
        for _at, other, size in sorted(self.equal, key=lambda run: -run[1]):
            left = left[:other] + "\0" + left[other + size:]
        ends = [0, *(at + size for at, _other, size in self.equal)]
        starts = [*(at for at, _other, _size in self.equal), len(self.entry)]
        gaps = {gap: self.entry[slice(*gap)].strip(" .,") for gap in zip(ends, starts, strict=True)}
        return next((gap for gap, words in gaps.items() if re.search(r"\w{3}", words) and words in left), None)

    def spot(self, place: int) -> int:
        """Where in the entry a place of the answer would be."""
        before = [(other, at, size) for other, at, size in self.equal if at < place]
        if not before:
            return 0
        other, at, size = before[-1]
        return other + min(size, place - at)
