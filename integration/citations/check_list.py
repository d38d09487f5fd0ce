"""A whole list, one entry a line: every entry for itself, and the order of them all."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace

from integration.citations.alike import likeness
from integration.citations.check import Asked, check
from integration.citations.faults import Code, Fault
from integration.citations.known import Known
from integration.citations.rules import rule
from integration.citations.styles import Style
from integration.citations.written import read

DASH = re.compile(r"^\s*(?:-{3}|[—–]{1,3}|_{3,})(?=[.,\s])")


@dataclass(frozen=True)
class Line:
    """One line of the list: which source it was taken for, and its faults; places count letters of the whole list."""

    number: int
    source_id: str
    faults: tuple[Fault, ...]


def check_list(known: Known, style: Style, text: str, *, markup: bool | None = None) -> list[Line]:
    """Each line beside the source it is most like, and the lines that stand out of the alphabet (never in notes)."""
    told = _lines(text)
    misplaced = set() if style is Style.CHICAGO_NOTE else _out_of_order([_sorted_by(entry) for _start, entry in _named(told)])
    done = []
    for number, ((start, entry), (_start, named)) in enumerate(zip(told, _named(told), strict=True)):
        source_id = nearest_source(known, style, named)
        shift = len(named) - len(entry)
        faults = check(known, Asked(source_id, style, named, markup)).faults if source_id else ()
        placed = [_moved(fault, start - shift, start) for fault in faults]
        if number in misplaced:
            placed.append(_misplaced(style, start, start + len(entry)))
        done.append(Line(number + 1, source_id, tuple(placed)))
    return done


def nearest_source(known: Known, style: Style, entry: str) -> str:
    """The source whose right answer is most like the entry, or nothing when none is like it at all."""
    low = read(entry).low
    likely = [(likeness(low, right[0].written.low), id) for id, right in known.answers[style].items() if right]
    ranked = sorted(likely, reverse=True)
    return ranked[0][1] if ranked and ranked[0][0] > 0.35 else ""


def _lines(text: str) -> list[tuple[int, str]]:
    """Where each entry begins, and the entry; empty lines are none."""
    found = re.finditer(r"[^\r\n]*\S[^\r\n]*", text)
    return [(one.start(), one[0]) for one in found]


def _named(told: Sequence[tuple[int, str]]) -> list[tuple[int, str]]:
    """The lines with the author in the place of three hyphens, which stand for the author of the line before."""
    done: list[tuple[int, str]] = []
    for start, entry in told:
        author = re.match(r"[^.(\"“]*?(?=\. |\.$| \()", done[-1][1]) if done else None
        done.append((start, DASH.sub(author[0] if author else "", entry) if DASH.match(entry) and author else entry))
    return done


def _sorted_by(entry: str) -> str:
    """The letters an entry is filed under: without marks, accents and a first article."""
    plain = unicodedata.normalize("NFKD", re.sub(r"<[^>]*>", "", entry)).casefold()
    words = re.sub(r"[^\w\s,]", "", plain).strip()
    return re.sub(r"^(a|an|the)\s+", "", words)


def _out_of_order(keys: Sequence[str]) -> set[int]:
    """The lines to move: those outside the longest run that is in order."""
    runs: list[list[int]] = []
    for place, word in enumerate(keys):
        before = [run for run in runs if keys[run[-1]] <= word]
        runs.append([*_longest(before), place])
    return set(range(len(keys))) - set(_longest(runs))


def _longest(runs: Sequence[list[int]]) -> list[int]:
    return max(runs, key=len) if runs else []


def _misplaced(style: Style, start: int, end: int) -> Fault:
    message = ("This entry stands in the wrong place: the list goes by the alphabet, by the first word of each entry without A, "
               "An and The.")
    return Fault(Code.ALPHABETICAL_ORDER, message, start, end, rule(Code.ALPHABETICAL_ORDER, style))


def _moved(fault: Fault, by: int, least: int) -> Fault:
    return replace(fault, start=max(least, fault.start + by), end=max(least, fault.end + by))
