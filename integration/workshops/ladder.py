"""The citation ladder: what each grade must give. Below grade 6 it is a form of its own, not a relaxed style. Pure.

Composed of district guides and the Common Core's writing standard 8 (https://www.thecorestandards.org/ELA-Literacy/W/); districts
differ, so the rungs are data and nothing else asks for a grade by number.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from integration.citations.cite import cite
from integration.citations.headline import MLA_LOW, headline
from integration.citations.items import Name, names, plain_name, said
from integration.citations.spans import Entry, Span, joined
from integration.citations.styles import Style
from integration.workshops.facts import date_parts

Item = Mapping[str, Any]


@dataclass(frozen=True)
class Rung:
    """What a young grade gives: which parts, in order, and whether the last name comes first."""

    parts: tuple[str, ...]
    is_inverted: bool
    says: str
    """The whole rule, for a handout."""


YOUNGEST = Rung(("title", "author"), False, "Say the title, and who made it.")
RUNGS = {
    "PK": YOUNGEST, "TK": YOUNGEST, "K": YOUNGEST,
    "1": Rung(("author", "title", "container"), False, "Write who made it and what it is called. For a website, write the site."),
    "2": Rung(("author", "title", "container", "year"), False,
              "Write who made it, what it is called, the site, and the year from the copyright page."),
    "3": Rung(("author", "title", "container", "year", "url"), True,
              "Write the last name first, then what it is called, the site, the year and the address."),
    "4": Rung(("author", "title", "container", "publisher", "year", "url"), True,
              "Last name first, title, site or publisher, year, address. Put your sources in one list."),
    "5": Rung(("author", "title", "container", "publisher", "date", "url"), True,
              "A list in the order of the alphabet: author, title, site or publisher, date, address. Titles of whole works lean."),
}
MONTHS = ("Jan.", "Feb.", "Mar.", "Apr.", "May", "June", "July", "Aug.", "Sept.", "Oct.", "Nov.", "Dec.")


def rung(grade: str) -> Rung | None:
    """What a young grade gives; None where a whole style is asked."""
    return RUNGS.get(grade)


def style_for(grade: str, subject: str = "") -> Style:
    """The style a grade and subject usually cite in: MLA up to grade 8; above, APA in science and Chicago in history."""
    if grade not in ("9", "10", "11", "12"):
        return Style.MLA
    return {"science": Style.APA, "social-studies": Style.CHICAGO_BIB, "health-pe": Style.APA}.get(subject, Style.MLA)


def printed(items: Sequence[Item], grade: str, style: Style) -> list[Entry]:
    """Each source as this grade writes it, every letter labelled with its field; empty where the style lists no such source."""
    step = rung(grade)
    if step is None:
        return [one.entry for one in cite(items, style, labelled=True)]
    return [simple(item, step) for item in items]


def simple(item: Item, step: Rung) -> Entry:
    """A source in a young grade's own form: each part, a full stop, the next."""
    done: list[Span] = []
    for part in step.parts:
        if spans := PARTS[part](item, step):
            done += [*([Span(" ")] if done else []), *spans]
    return joined(done)


def _author(item: Item, step: Rung) -> list[Span]:
    people = names(item, "author", "director", "editor")
    if not people:
        return []
    told = [_name(one, step.is_inverted and not number) for number, one in enumerate(people)]
    text = told[0] if len(told) == 1 else f"{told[0]}, and {told[1]}" if len(told) == 2 else f"{told[0]}, and others"
    return [Span(text, "author"), Span("" if text.endswith(".") else ".")]


def _name(name: Name, is_inverted: bool) -> str:
    if not is_inverted or name.get("literal") or not name.get("given"):
        return plain_name(name)
    return f"{name.get('family', '')}, {name['given']}"


def _title(item: Item, _step: Rung) -> list[Span]:
    title = headline(said(item, "title"), MLA_LOW)
    end = "" if title.endswith(("?", "!", ".")) else "."
    if said(item, "container-title"):
        return [Span("“"), Span(title, "title"), Span(f"{end}”")]
    return [Span(title, "title", is_italic=True), Span(end)]


def _container(item: Item, _step: Rung) -> list[Span]:
    where = said(item, "container-title")
    return [Span(where, "container", is_italic=True), Span(".")] if where else []


def _publisher(item: Item, _step: Rung) -> list[Span]:
    publisher = said(item, "publisher")
    return [Span(publisher, "publisher"), Span(".")] if publisher and not said(item, "container-title") else []


def _year(item: Item, _step: Rung) -> list[Span]:
    parts = date_parts(item.get("issued"))
    return [Span(str(parts[0]), "date"), Span(".")] if parts else []


def _date(item: Item, _step: Rung) -> list[Span]:
    parts = date_parts(item.get("issued"))
    if len(parts) < 2:
        return _year(item, _step)
    month = MONTHS[(parts[1] - 1) % 12]
    day = f"{parts[2]} " if len(parts) > 2 else ""
    return [Span(f"{day}{month} {parts[0]}", "date"), Span(".")]


def _url(item: Item, _step: Rung) -> list[Span]:
    url = said(item, "URL").removeprefix("https://").removeprefix("http://").removeprefix("www.")
    return [Span(url, "url"), Span(".")] if url else []


PARTS = {"author": _author, "title": _title, "container": _container, "publisher": _publisher, "year": _year, "date": _date,
         "url": _url}
