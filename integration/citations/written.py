"""What a student wrote, letter by letter, so that every fault can be shown where it stands."""

import html
import re
from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from integration.citations.spans import Entry

SAME = str.maketrans("‘’“”„«»–—−\u2010\u2011\u00a0\u202f", "''\"\"\"\"\"-----  ")
TAG = re.compile(r"<\s*(/?)\s*(i|em|b|strong|u|cite|p|br|span|a|sup)\b[^>]*>", re.IGNORECASE)
SLANTED = ("i", "em", "u", "cite")
"""Underlining is how italics are written by hand."""

ENTITY = re.compile(r"&(#?\w+);")


@dataclass(frozen=True)
class Letter:
    """One letter: evened, whether it leans, and where it stood in what was given."""

    sign: str
    is_italic: bool
    start: int
    end: int


@dataclass(frozen=True)
class Written:
    """An entry with quotes made straight, dashes short, blanks single; `has_markup` says whether italics could be given at all."""

    letters: tuple[Letter, ...]
    has_markup: bool

    @cached_property
    def text(self) -> str:
        return "".join(letter.sign for letter in self.letters)

    @cached_property
    def low(self) -> str:
        return "".join(letter.sign.lower() if len(letter.sign.lower()) == 1 else letter.sign for letter in self.letters)

    @cached_property
    def pairs(self) -> Counter[str]:
        """Every two letters side by side, counted."""
        return Counter(map("".join, pairwise(self.low)))

    def place(self, start: int, end: int) -> tuple[int, int]:
        """Where these letters stand in the entry as it was given."""
        if not self.letters:
            return 0, 0
        start = min(max(start, 0), len(self.letters) - 1)
        last = self.letters[max(start, min(end, len(self.letters)) - 1)]
        return self.letters[start].start, last.end if end > start else self.letters[start].start

    def leaning(self, start: int, end: int) -> float:
        """The share of letters and digits between these places that lean."""
        found = [letter.is_italic for letter in self.letters[start:end] if letter.sign.isalnum()]
        return sum(found) / len(found) if found else 0.0


def read(entry: str, *, markup: bool | None = None) -> Written:
    """The student's entry. `markup` says whether tags mean something; left out, it is seen from the entry."""
    has_markup = bool(re.search(r"<(i|em|u)\b", entry, re.IGNORECASE)) if markup is None else markup
    return Written(_evened(_letters(entry, has_markup)), has_markup)


def known(entry: Entry) -> Written:
    """A printed entry in the same evened form; places count in its text."""
    letters, at = [], 0
    for span in entry:
        for sign in span.text:
            letters.append(Letter(sign, span.is_italic, at, at + 1))
            at += 1
    return Written(_evened(letters), True)


def _letters(entry: str, has_markup: bool) -> list[Letter]:
    letters, at, depth = [], 0, 0
    while at < len(entry):
        tag = TAG.match(entry, at) if has_markup else None
        if tag:
            if tag[2].lower() in SLANTED:
                depth = max(0, depth + (-1 if tag[1] else 1))
            at = tag.end()
            continue
        entity = ENTITY.match(entry, at) if has_markup else None
        end = entity.end() if entity else at + 1
        signs = html.unescape(entry[at:end])
        letters += [Letter(sign, depth > 0, at, end) for sign in signs]
        at = end
    return letters


def _evened(letters: list[Letter]) -> tuple[Letter, ...]:
    done: list[Letter] = []
    for letter in letters:
        sign = letter.sign.translate(SAME)
        sign = " " if sign.isspace() else sign
        if sign == " " and (not done or done[-1].sign == " "):
            continue
        done.append(Letter(sign, letter.is_italic, letter.start, letter.end))
    while done and done[-1].sign == " ":
        done.pop()
    return tuple(done)
