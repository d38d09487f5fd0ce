"""A source in a grade's own form, or in its style, every letter labelled with its field. Pure.

What each grade must give is `integration.citations.ladder`; nothing else asks for a grade by number.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from integration.citations.cite import cite
from integration.citations.headline import MLA_LOW, headline
from integration.citations.items import Name, names, plain_name, said
from integration.citations.ladder import Rung
from integration.citations.people import day_month_year, parts
from integration.citations.spans import Entry, Span, joined
from integration.citations.styles import Style

Item = Mapping[str, Any]


def printed(items: Sequence[Item], step: Rung | None, style: Style) -> list[Entry]:
    """Each source in this form, or where there is none in the style; empty where the style lists no such source."""
    if step is None:
        return [_quotes_apart(one.entry) for one in cite(items, style, labelled=True)]
    return [simple(item, step) for item in items]


def _quotes_apart(entry: Entry) -> Entry:
    """The mark that opens a quotation is no part of the title, as the one that closes it is none."""
    return joined(piece for span in entry for piece in _quote_apart(span))


def _quote_apart(span: Span) -> tuple[Span, ...]:
    if not span.field or not span.text.startswith("“"):
        return (span,)
    return Span("“", "", span.is_italic), replace(span, text=span.text[1:])


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
    rest = "" if len(told) == 1 else f" and {told[1]}" if len(told) == 2 else " and others"
    text = f"{told[0]}{',' if rest and step.is_inverted else ''}{rest}"
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
    known = parts(item.get("issued"))
    return [Span(str(known[0]), "date"), Span(".")] if known else []


def _date(item: Item, _step: Rung) -> list[Span]:
    known = day_month_year(item.get("issued"))
    return [Span(known, "date"), Span(".")] if known else []


def _url(item: Item, _step: Rung) -> list[Span]:
    url = said(item, "URL").removeprefix("https://").removeprefix("http://").removeprefix("www.")
    return [Span(url, "url"), Span(".")] if url else []


PARTS = {"author": _author, "title": _title, "container": _container, "publisher": _publisher, "year": _year, "date": _date,
         "url": _url}
