"""Dress a letter: HTML that mail programs and screen readers read well, and its plain twin, both from the same parts.

Nothing is loaded from anywhere, so nobody learns that a letter was opened. Only the colors for a dark screen stay in a sheet of
style; all other style is put into the elements, because mail programs drop the rest.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources

import css_inline
from jinja2 import Environment, Template
from markupsafe import Markup, escape

from integration.letters.words import Part


@dataclass(frozen=True)
class Dressed:
    """A letter ready to be put into an envelope. `stop`: the address that ends such letters, or nothing."""

    subject: str
    html: str
    text: str
    stop: str


def dress(subject: str, parts: Sequence[Part], addresses: Mapping[str, str]) -> Dressed:
    """Dress a letter; `addresses` says where the rows of links in its parts lead."""
    led = [replace(part, url=addresses[part.link]) if part.link else part for part in parts]
    html = _template().render(subject=subject, parts=led)
    stop = next((part.url for part in led if part.kind == "stop"), "")
    return Dressed(subject, _inliner().inline(html), "\n\n".join(map(_plain, led)) + "\n", stop)


def _plain(part: Part) -> str:
    if part.kind in {"way", "also", "stop"}:
        return f"{part.text}:\n{part.url}"
    if part.kind == "post":
        body = [part.title, *filter(None, [part.text]), *part.lines]
        return "\n".join(f"| {line}" for each in body for line in each.split("\n"))
    if part.kind == "list":
        return "\n".join(f"- {line}" for line in part.lines)
    return part.text.upper() if part.kind == "head" else part.text


@cache
def _template() -> Template:
    shop = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True)
    shop.filters["breaks"] = _breaks
    return shop.from_string(_read("letter.html"))


@cache
def _inliner() -> css_inline.CSSInliner:
    return css_inline.CSSInliner(extra_css=_read("letter.css"), load_remote_stylesheets=False)


def _breaks(text: str) -> Markup:
    """Line ends as people typed them; everything else is text and nothing but text."""
    return Markup("<br>").join(escape(line) for line in text.split("\n"))


def _read(name: str) -> str:
    return (resources.files("integration.letters") / name).read_text("utf-8")
