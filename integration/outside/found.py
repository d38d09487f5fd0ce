"""What was found of a source, as CSL-JSON, and how its words are made fit to show. Pure."""

import html
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

LONGEST_WORDS = 1000
_DAY = re.compile(r"(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?(?!\d)")
_PARTICLES = frozenset({"van", "von", "de", "da", "del", "della", "di", "du", "la", "le", "der", "den", "ter", "bin", "al", "st."})
_AFTER = re.compile(r",?\s+((?:Jr|Sr)\.?|II|III|IV)$")
_GROUP = re.compile(r"\b(staff|editors?|editorial|team|desk|museum|university|institute|association|society|foundation|department"
                    r"|agency|administration|office|service|center|centre|council|library|press|news|times|encyclopa?edia|company"
                    r"|inc|ltd|organi[sz]ation|committee|commission|network|project|school|ministry|bureau|contributors)\b", re.I)


@dataclass(frozen=True)
class Found:
    """A source as somebody outside describes it; `item` is CSL-JSON without anything that was not said.

    `is_split`: a name came in one piece, and which part is the family name was judged here. `is_sign_in`: what opened asks for a
    password, so it is hardly the source.
    """

    item: Mapping[str, Any]
    of: str
    is_split: bool = False
    is_sign_in: bool = False


def words(told: Any) -> str:
    """What was said as one line of plain text: no markup, nothing invisible, not without end."""
    text = re.sub(r"</?[A-Za-z][^<>]{0,200}>", "", html.unescape(str(told))) if isinstance(told, (str, int, float)) else ""
    seen = "".join(each if unicodedata.category(each)[0] != "C" or each in "\t\n\r" else "" for each in text[:LONGEST_WORDS])
    return re.sub(r"\s+", " ", seen).strip()


def day(told: str) -> dict[str, Any] | None:
    """`2020`, `2020-03` or `2020-03-04T09:00Z` as a date, as far as it is said and exists; nothing is guessed."""
    if not (found := _DAY.match(told.strip())):
        return None
    parts = [int(part) for part in found.groups() if part]
    try:
        date(*[*parts, 1, 1][:3])
    except ValueError:
        return None
    return {"date-parts": [parts]}


def year(told: str) -> dict[str, Any] | None:
    """The year of `October 1, 1988` or `c1988`; nothing when there is none or more than one."""
    found = set(re.findall(r"(?<!\d)(1[4-9]\d\d|20\d\d)(?!\d)", told))
    return {"date-parts": [[int(found.pop())]]} if len(found) == 1 else None


def is_split(told: str) -> bool:
    """Whether `person` had to judge which part is the family name."""
    return "," not in _AFTER.sub("", told) and " " in told and not _GROUP.search(told)


def person(told: str) -> dict[str, str]:
    """A name as one writes it: `Lopez, Ana` or `Ana de la Cruz` is a person, `NASA` or `Toy World Staff` a group."""
    name = re.sub(r"^by\s+", "", words(told), flags=re.IGNORECASE)
    after = _AFTER.search(name)
    bare = _AFTER.sub("", name)
    family, comma, given = (part.strip() for part in bare.partition(","))
    if not comma:
        if " " not in bare or _GROUP.search(bare):
            return {"literal": name}
        given, family = _apart(bare.split())
    told_after = f", {after.group(1)}" if after else ""
    return {"family": family, "given": given + told_after} if given else {"literal": name}


def people(told: Sequence[str]) -> list[dict[str, str]]:
    """Everybody named, each once, also where several stand in one line."""
    each = [name for line in told for name in _several(words(line)) if name]
    return [person(name) for name in dict.fromkeys(each)]


def _apart(parts: list[str]) -> tuple[str, str]:
    at = len(parts) - 1
    while at > 1 and parts[at - 1].lower() in _PARTICLES:
        at -= 1
    return " ".join(parts[:at]), " ".join(parts[at:])


def _several(line: str) -> list[str]:
    found = re.split(r"\s*;\s*|\s+(?:and|&)\s+", line) if not _GROUP.search(line) else [line]
    return [name.strip(" ,") for part in found for name in (_by_comma(part))]


def _by_comma(part: str) -> list[str]:
    """`Ana Lopez, Ben Roe` are two; `Lopez, Ana` is one."""
    split = re.split(r",\s+", _AFTER.sub(lambda found: f" {found.group(1)}", part))
    return split if len(split) > 1 and all(" " in each for each in split) else [part]
