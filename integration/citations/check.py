"""Check a student's entry against what is known of the source: align, do not parse."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from integration.citations.alike import likeness
from integration.citations.answers import Answer
from integration.citations.check_dates import check_access, check_dates, check_original, take_access
from integration.citations.check_links import check_links, is_only_address, take_address
from integration.citations.check_numbers import check_pages, check_volume
from integration.citations.check_order import check_order, check_punctuation
from integration.citations.check_people import check_author, check_contributors, check_extra_author
from integration.citations.check_places import check_description, check_edition, check_medium, check_publisher
from integration.citations.check_same import answer_key, is_same, key, without_cited_page
from integration.citations.check_titles import check_container, check_title, find_titles
from integration.citations.faults import SOFT, Checked, Code, Fault
from integration.citations.known import Known
from integration.citations.look import LINK, Look
from integration.citations.rules import rule
from integration.citations.spans import html_of
from integration.citations.styles import Style
from integration.citations.written import Written, read

CHECKS = (take_address, check_extra_author, find_titles, take_access, check_author, check_title, check_container,
          check_contributors, check_pages, check_volume, check_dates, check_access, check_original, check_edition,
          check_publisher, check_description, check_medium, check_links, check_order)

TWINS = ({Style.MLA, Style.CHICAGO_BIB},)
"""Styles so alike that a slip in one looks like the other."""

LONG_NAMES = {Style.MLA: "MLA", Style.APA: "APA", Style.CHICAGO_BIB: "Chicago for a bibliography",
              Style.CHICAGO_NOTE: "a Chicago note"}


@dataclass(frozen=True)
class Asked:
    """One entry to check: which source it should cite, in which style, and whether tags in it mean something."""

    source_id: str
    style: Style
    entry: str
    markup: bool | None = None


def check(known: Known, asked: Asked) -> Checked:
    """The faults, the weightiest first; none where it is right in any accepted form, or where the style lists no such source.

    Raises Invalid when the source is not known.
    """
    right = known.right(asked.source_id, asked.style)
    if not right:
        return Checked(why_not=known.why_not(asked.source_id, asked.style))
    entry = read(asked.entry, markup=asked.markup)
    if same := next((answer for answer in right if is_same(entry, answer)), None):
        return Checked(also_right=tuple(html_of(answer.entry) for answer in right if answer is not same))
    others = {style: printed[asked.source_id] for style, printed in known.printed.items() if asked.source_id in printed}
    faults = _faults(entry, asked.style, right, others)
    return Checked(tuple(replace(fault, rule=rule(fault.code, asked.style)) for fault in faults))


def _faults(entry: Written, style: Style, right: Sequence[Answer], others: Mapping[Style, str]) -> list[Fault]:
    whole = entry.place(0, len(entry.letters))
    if is_only_address(entry.text):
        return [Fault(Code.URL_ONLY, "An address alone is no citation: begin with who made it and what it is called.", *whole)]
    other = _other_style(entry, style, right, others)
    if other:
        return [Fault(Code.STYLE_MIXING, f"This looks like {LONG_NAMES[other]}. Write it in {LONG_NAMES[style]}.", *whole)]
    looks = [_look(entry, answer) for answer in _nearest(entry, right)]
    best = min(looks, key=lambda look: _cost(look) + 0.5 * (look.answer is not right[0]))
    return _ordered([_placed(best.entry, fault) for fault in best.faults])


def _look(entry: Written, answer: Answer) -> Look:
    look = Look(answer, without_cited_page(entry, answer))
    for check_one in CHECKS:
        check_one(look)
    check_punctuation(look, key(look.entry.text, answer), answer_key(answer))
    return look


def _cost(look: Look) -> float:
    """How far the entry is from this answer: its faults, and a little for every letter that has no counterpart."""
    same = sum(size for _at, _other, size in look.alignment.equal)
    return sum(fault.code not in SOFT for fault in look.faults) + 0.02 * (len(look.text) + len(look.right) - 2 * same)


def _placed(entry: Written, fault: Fault) -> Fault:
    start, end = entry.place(fault.start, fault.end)
    return replace(fault, start=start, end=end)


def _ordered(faults: Sequence[Fault]) -> list[Fault]:
    return sorted(faults, key=lambda fault: (fault.code in SOFT, fault.start))


def _nearest(entry: Written, right: Sequence[Answer]) -> list[Answer]:
    """The accepted forms most like the entry, at most two."""
    if len(right) < 3:
        return list(right)
    pairs = entry.pairs
    ranked = sorted(right, key=lambda answer: -(pairs & answer.written.pairs).total())
    return sorted(ranked[:2], key=right.index)


def _other_style(entry: Written, style: Style, right: Sequence[Answer], others: Mapping[Style, str]) -> Style | None:
    """The style this entry really is in, if it is in another."""
    own = max(_closeness(entry.text, answer.written.text) for answer in _nearest(entry, right))
    if own > 0.92:
        return None
    near = {other: _closeness(entry.text, printed) for other, printed in others.items()
            if other is not style and {other, style} not in TWINS and _is_joined_like(entry.text, printed, right[0].written.text)}
    best = max(near, key=lambda other: near[other], default=None)
    return best if best and near[best] > max(0.94, own + 0.06) else None


def _is_joined_like(entry: str, other: str, own: str) -> bool:
    """Whether the signs between the words are more like the other style's than like this one's."""
    there, theirs, ours = [re.sub(r"[\w\s]+", "", LINK.sub("", text)) for text in (entry, other, own)]
    return likeness(there, theirs) > likeness(there, ours)


def _closeness(one: str, other: str) -> float:
    return SequenceMatcher(None, LINK.sub("", one), LINK.sub("", other), autojunk=False).ratio()
