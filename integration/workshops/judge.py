"""Judge an answer to a question: right, or what is wrong and where. Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from integration.citations.check import Asked, check
from integration.citations.faults import Fault
from integration.citations.ladder import Rung
from integration.citations.spans import text_of
from integration.citations.styles import Style
from integration.workshops.check_simple import check_simple
from integration.workshops.questions import FIELDS, Asks, Paper, Question

LONGEST = 2000
"""Letters of an answer that are looked at; the longest real citation has some six hundred."""


@dataclass(frozen=True)
class Judged:
    """What became of an answer. `is_other_way`: right, though not as we print it."""

    is_right: bool
    faults: tuple[Fault, ...] = ()
    is_other_way: bool = False
    hint: str = ""


def judge(paper: Paper, question: Question, given: str, step: Rung | None, style: Style) -> Judged:
    """Judge one answer. Nothing typed is never right."""
    said = given[:LONGEST].strip()
    if not said:
        return Judged(False, hint="Nothing was chosen or typed yet.")
    match question.asks:
        case Asks.GAP:
            return _gap(question, said)
        case Asks.WRITE:
            return _written(paper, question, said, step, style)
    return Judged(said == question.right)


def _gap(question: Question, said: str) -> Judged:
    if _evened(said) == _evened(question.right):
        return Judged(True, is_other_way=said.strip(" .,") != question.right.strip(" .,"))
    if _evened(said).replace(" ", "") == _evened(question.right).replace(" ", ""):
        return Judged(False, hint="Nearly. Look at the blanks and commas.")
    if _evened(said).lower() == _evened(question.right).lower():
        return Judged(False, hint="The words are right. Look at the capital letters.")
    return Judged(False, hint=f"Look at the facts again: we want {FIELDS[question.field]}, written as in the rest of the line.")


def _written(paper: Paper, question: Question, said: str, step: Rung | None, style: Style) -> Judged:
    faults = tuple(_faults(paper, question, said, step, style))
    is_other = _evened(said) != _evened(text_of(paper.entries[question.source]))
    return Judged(not faults, faults, is_other_way=not faults and is_other)


def _faults(paper: Paper, question: Question, said: str, step: Rung | None, style: Style) -> Sequence[Fault]:
    if step is not None:
        return check_simple(said, paper.entries[question.source], paper.items[question.source], step)
    if paper.known is None:
        raise LookupError("A whole style is asked for, and nothing of it was learnt.")
    return check(paper.known, Asked(str(question.source), style, said, markup=False)).faults


def _evened(text: str) -> str:
    return re.sub(r"\s+", " ", text.translate(str.maketrans("‘’“”–—", "''\"\"--"))).strip(" .,")
