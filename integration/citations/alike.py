"""Find a known text in what somebody typed, misspelled or not."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher


@dataclass(frozen=True)
class Found:
    """Where a text stands and how well it fits, 1.0 when only capitals differ."""

    start: int
    end: int
    likeness: float


def find(needle: str, hay: str, *, least: float = 0.74, taken: Sequence[tuple[int, int]] = ()) -> Found | None:
    """The best place for `needle`, blind to capitals, outside what is taken already."""
    low, small = needle.lower().strip(), hay.lower()
    if not low:
        return None
    for start, end in taken:
        small = small[:start] + "\0" * (end - start) + small[end:]
    if exact := standing(low, small):
        return Found(*exact, 1.0)
    return _nearest(low, small, least) if least < 0.999 else None


def standing(word: str, text: str) -> tuple[int, int] | None:
    """Where these letters first stand as whole words."""
    at = text.find(word)
    while at >= 0:
        end = at + len(word)
        if not (text[at - 1:at].isalnum() and word[0].isalnum()) and not (text[end:end + 1].isalnum() and word[-1].isalnum()):
            return at, end
        at = text.find(word, at + 1)
    return None


def likeness(one: str, other: str) -> float:
    """0 to 1."""
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    return matcher.ratio() if matcher.real_quick_ratio() > 0.4 and matcher.quick_ratio() > 0.4 else matcher.quick_ratio()


def _nearest(low: str, hay: str, least: float) -> Found | None:
    words = [(found.start(), found.end()) for found in re.finditer(r"[^\s\0]+", hay)]
    count = len(low.split())
    best: Found | None = None
    for first in range(len(words)):
        for size in {count, count - 1, count + 1} - {0}:
            if first + size > len(words):
                continue
            start, end = words[first][0], words[first + size - 1][1]
            start, end = _trimmed(hay, start, end)
            fits = _fits(low, hay[start:end], max(least, best.likeness if best else 0.0))
            if fits and (best is None or fits > best.likeness):
                best = Found(start, end, fits)
    return best


def _fits(low: str, part: str, least: float) -> float:
    if "\0" in part or abs(len(part) - len(low)) > max(4, len(low) * 0.45):
        return 0.0
    matcher = SequenceMatcher(None, low, part, autojunk=False)
    if matcher.real_quick_ratio() < least or matcher.quick_ratio() < least:
        return 0.0
    ratio = matcher.ratio()
    return min(ratio, 0.999) if ratio >= least else 0.0


def _trimmed(hay: str, start: int, end: int) -> tuple[int, int]:
    while start < end and not hay[start].isalnum():
        start += 1
    while end > start and not hay[end - 1].isalnum():
        end -= 1
    return start, end
