"""Names and dates written out, for what the engine has no field for."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from integration.citations.items import Name, plain_name

MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December")
SHORT_MONTHS = ("Jan.", "Feb.", "Mar.", "Apr.", "May", "June", "July", "Aug.", "Sept.", "Oct.", "Nov.", "Dec.")
SEASONS = {13: "Spring", 14: "Summer", 15: "Fall", 16: "Winter", 21: "Spring", 22: "Summer", 23: "Fall", 24: "Winter"}


def initials(given: str) -> str:
    """`Mary Ann` → `M. A.`, `Jean-Paul` → `J.-P.`"""
    words = re.sub(r"\.(?=\S)", ". ", given).split()
    return " ".join("-".join(f"{part[0].upper()}." for part in word.split("-") if part) for word in words)


def apa_name(name: Name, *, inverted: bool = True) -> str:
    """`Bloom, M.` at the head of an entry, `M. Bloom` inside it (APA 7, 9.8)."""
    if name.get("literal") or not name.get("given"):
        return plain_name(name)
    family = " ".join(part for part in (name.get("non-dropping-particle"), name.get("family")) if part)
    short = initials(name["given"])
    suffix = f", {name['suffix']}" if name.get("suffix") else ""
    return f"{family}, {short}{suffix}" if inverted else f"{short} {family}{suffix}"


def apa_names(people: Sequence[Name]) -> str:
    """All of them before the date, the last after an ampersand (APA 7, 9.8)."""
    shown = [apa_name(name) for name in people]
    return shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])}, & {shown[-1]}"


def mla_names(people: Sequence[Name]) -> str:
    """The first name turned round; two joined by `and`; three or more as `et al.` (MLA 9, 5.5-8)."""
    first = turned(people[0])
    if len(people) > 2:
        return f"{first}, et al."
    return first if len(people) == 1 else f"{first}, and {plain_name(people[1])}"


def turned(name: Name) -> str:
    """`Morrison, Toni`; a group as it is."""
    if name.get("literal") or not name.get("given"):
        return plain_name(name)
    family = " ".join(part for part in (name.get("non-dropping-particle"), name.get("family")) if part)
    return f"{family}, {name['given']}" + (f", {name['suffix']}" if name.get("suffix") else "")


def spoken(people: Sequence[Name], *, most: int = 2) -> str:
    """`Ann Field and Bo Li`; more than `most` as the first and `et al.`"""
    shown = [plain_name(name) + (f" {name['suffix']}" if name.get("suffix") else "") for name in people]
    if len(shown) > most:
        return f"{shown[0]} et al."
    return " and ".join(shown)


def parts(date: Mapping[str, Any] | None) -> list[int]:
    """Year, month and day, as many as are known."""
    known = (date or {}).get("date-parts") or [[]]
    return [int(part) for part in known[0]]


def year(date: Mapping[str, Any] | None) -> int:
    """The year, or 0."""
    return (parts(date) or [0])[0]


def day_month_year(date: Mapping[str, Any] | None) -> str:
    """`5 Mar. 2015` (MLA 9, 5.71)."""
    known = parts(date)
    months = {**dict(enumerate(SHORT_MONTHS, 1)), **SEASONS}
    return " ".join([*map(str, known[2:3]), *(months[month] for month in known[1:2]), *map(str, known[:1])])


def month_day_year(date: Mapping[str, Any] | None) -> str:
    """`March 5, 2015` (Chicago 18, 6.41)."""
    known = parts(date)
    months = {**dict(enumerate(MONTHS, 1)), **SEASONS}
    if len(known) < 2:
        return str(known[0]) if known else ""
    return f"{months[known[1]]} {known[2]}, {known[0]}" if len(known) > 2 else f"{months[known[1]]} {known[0]}"


def year_month_day(date: Mapping[str, Any] | None) -> str:
    """`2015, March 5`, or `n.d.` (APA 7, 9.14)."""
    known = parts(date)
    if len(known) < 2:
        return str(known[0]) if known else "n.d."
    month = {**dict(enumerate(MONTHS, 1)), **SEASONS}[known[1]]
    return f"{known[0]}, {month} {known[2]}" if len(known) > 2 else f"{known[0]}, {month}"
