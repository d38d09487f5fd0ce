"""Check a student's entry against what is known of the source: align, do not parse."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from integration.citations.alike import likeness
from integration.citations.answers import Answer, answers
from integration.citations.check_dates import ACCESS, check_access, check_dates, check_original, take_access
from integration.citations.check_links import check_links, is_only_address, take_address
from integration.citations.check_numbers import check_pages, check_volume
from integration.citations.check_order import check_order, check_punctuation
from integration.citations.check_people import check_author, check_contributors
from integration.citations.check_places import check_description, check_edition, check_medium, check_publisher
from integration.citations.check_titles import check_container, check_title, find_titles
from integration.citations.cite import cite
from integration.citations.faults import SOFT, Code, Fault
from integration.citations.items import Item
from integration.citations.look import Look
from integration.citations.mla import university
from integration.citations.spans import text_of
from integration.citations.styles import Style
from integration.citations.written import SAME, Written, read

CHECKS = (take_address, find_titles, take_access, check_author, check_title, check_container, check_contributors, check_pages,
          check_volume, check_dates, check_access, check_original, check_edition, check_publisher, check_description, check_medium,
          check_links, check_order)

LONG_NAMES = {Style.MLA: "MLA", Style.APA: "APA", Style.CHICAGO_BIB: "Chicago for a bibliography", Style.CHICAGO_NOTE: "a Chicago note"}


@dataclass(frozen=True)
class Asked:
    """One entry to check: which source it should cite, in which style, and whether tags in it mean something."""

    source_id: str
    style: Style
    entry: str
    markup: bool | None = None


def check(sources: Sequence[Item], asked: Sequence[Asked]) -> list[list[Fault]]:
    """The faults of each entry, the weightiest first; none where it is right in any accepted form.

    Sources must be tidied (`read_sources`). An entry for a source the style does not list has no faults.
    """
    by_id = {str(item["id"]): item for item in sources}
    known: dict[Style, dict[str, list[Answer]]] = {}
    for style in {each.style for each in asked}:
        wanted = {each.source_id for each in asked if each.style is style}
        known[style] = answers([by_id[id] for id in by_id if id in wanted], style)
    others = _others(by_id, asked, known)
    return [_faults(each, known[each.style][each.source_id], others.get(each.source_id, {})) for each in asked]


def _others(by_id: Mapping[str, Item], asked: Sequence[Asked], known: Mapping[Style, Mapping[str, list[Answer]]]) -> dict[str, dict[Style, str]]:
    """How the other styles print those sources whose entries are not right as they stand."""
    doubtful = {each.source_id for each in asked if not _is_right(each, known[each.style][each.source_id])}
    items = [by_id[id] for id in by_id if id in doubtful]
    printed: dict[str, dict[Style, str]] = {str(item["id"]): {} for item in items}
    for style in Style if items else ():
        for one in cite(items, style):
            if one.entry:
                printed[one.id][style] = text_of(one.entry)
    return printed


def _is_right(asked: Asked, right: Sequence[Answer]) -> bool:
    entry = read(asked.entry, markup=asked.markup)
    return any(_is_same(entry, answer) for answer in right)


def _faults(asked: Asked, right: Sequence[Answer], others: Mapping[Style, str]) -> list[Fault]:
    entry = read(asked.entry, markup=asked.markup)
    if not right or any(_is_same(entry, answer) for answer in right):
        return []
    whole = entry.place(0, len(entry.letters))
    if is_only_address(entry.text):
        return [Fault(Code.URL_ONLY, "An address alone is no citation: begin with who made it and what it is called.", *whole)]
    other = _other_style(entry, asked.style, right, others)
    if other:
        return [Fault(Code.STYLE_MIXING, f"This looks like {LONG_NAMES[other]}. Write it in {LONG_NAMES[asked.style]}.", *whole)]
    looks = [_look(entry, answer) for answer in _nearest(entry, right)]
    return _ordered(min(looks, key=lambda look: sum(fault.code not in SOFT for fault in look.faults)).faults)


def _look(entry: Written, answer: Answer) -> Look:
    look = Look(answer, _without_cited_page(entry, answer))
    for check_one in CHECKS:
        check_one(look)
    check_punctuation(look, key(look.entry.text, answer), key(answer.written.text, answer))
    return look


def _ordered(faults: Sequence[Fault]) -> list[Fault]:
    return sorted(faults, key=lambda fault: (fault.code in SOFT, fault.start))


def _nearest(entry: Written, right: Sequence[Answer]) -> list[Answer]:
    """The accepted forms most like the entry, at most two."""
    ranked = sorted(right, key=lambda answer: -likeness(entry.low, answer.written.low))
    return ranked[:2]


def _is_same(entry: Written, answer: Answer) -> bool:
    """Whether the entry is this answer, but for what does not matter; italics count only where they could be given."""
    short = _without_cited_page(entry, answer)
    if key(short.text, answer) != key(answer.written.text, answer):
        return False
    return not entry.has_markup or not _slant_differs(short, answer.written)


def _slant_differs(entry: Written, right: Written) -> bool:
    told = [(letter.sign.lower(), letter.is_italic) for letter in entry.letters if letter.sign.isalnum()]
    wanted = [(letter.sign.lower(), letter.is_italic) for letter in right.letters if letter.sign.isalnum()]
    if len(told) == len(wanted):
        return sum(one != other for one, other in zip(told, wanted, strict=True)) > 2
    slant, straight = ("".join(sign for sign, leans in told if leans), "".join(sign for sign, leans in wanted if leans))
    return likeness(slant, straight) < 0.9


def key(text: str, answer: Answer) -> str:
    """The text without what does not matter: http(s), www, a last slash, access dates the answer has not, short names of presses."""
    if answer.piece("accessed") is None:
        text = _without_access(text, answer)
    text = re.sub(r"https?://(www\.)?|\bwww\.", "", text)
    text = re.sub(r"/(?=\.?$|\. | |,)", "", text)
    if answer.style is Style.MLA:
        text = re.sub(r",? (Inc\.?|Ltd\.?|LLC)(?=,)", "", university(text))
    return re.sub(r"\s+", " ", text).strip().rstrip(".")


def _without_access(text: str, answer: Answer) -> str:
    if answer.style is Style.APA and "(n.d.)" not in text:
        return text
    gone = ACCESS.search(text)
    if gone is None:
        return text
    glue = {".": ".", ",": ","}.get(gone[0].lstrip()[:1], "")
    tail = "," if answer.style is Style.CHICAGO_NOTE and glue == "," else glue
    return re.sub(r"\.\s*\.$", ".", f"{text[:gone.start()]}{tail} {text[gone.end():].lstrip()}".rstrip())


def _without_cited_page(entry: Written, answer: Answer) -> Written:
    """A note may begin with its number and end with the page that is cited."""
    if answer.style is not Style.CHICAGO_NOTE:
        return entry
    letters = entry.letters
    if number := re.match(r"\[?\d{1,3}[.)\]]? +(?=\D)", entry.text):
        letters = letters[number.end():]
    text = "".join(letter.sign for letter in letters)
    if page := re.search(r"(?<=[)\d\w]), (?:pp?\. )?\d{1,4}(?:-\d{1,4})?(?=\.?$)", text):
        has_pages = re.search(r", (?:pp?\. )?\d{1,4}(?:-\d{1,4})?\.?$", answer.written.text)
        letters = letters if has_pages else (*letters[:page.start()], *letters[page.end():])
    return Written(letters, entry.has_markup)


def _other_style(entry: Written, style: Style, right: Sequence[Answer], others: Mapping[Style, str]) -> Style | None:
    """The style this entry really is in, if it is in another."""
    own = max(_closeness(entry.text, answer.written.text) for answer in right)
    best: tuple[float, Style] | None = None
    for other, printed in others.items():
        near = _closeness(entry.text, printed.translate(SAME))
        if other is not style and near > 0.955 and near > own + 0.06 and (best is None or near > best[0]):
            best = near, other
    return best[1] if best else None


def _closeness(one: str, other: str) -> float:
    return SequenceMatcher(None, re.sub(r"https?://(www\.)?\S+", "", one), re.sub(r"https?://(www\.)?\S+", "", other), autojunk=False).ratio()
