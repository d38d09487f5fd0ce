"""What a letter says, part by part; from the same parts come its HTML and its plain text, so that the two cannot differ."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal


@dataclass(frozen=True)
class Part:
    """One part of a letter.

    `say` is a paragraph, `head` a heading, `fine` small print, `list` lines, `post` a post as students see it (title, text,
    lines). `way` is a link that stands alone as a button, `also` one in a line, `stop` the one that ends such letters; a link is
    either a `url`, or the row of one of our own in `link`.
    """

    kind: Literal["say", "head", "post", "way", "also", "stop", "list", "fine"]
    text: str = ""
    title: str = ""
    lines: tuple[str, ...] = ()
    url: str = ""
    link: str = ""


@dataclass(frozen=True)
class Words:
    """A whole letter: its subject, and its parts in order."""

    subject: str
    parts: tuple[Part, ...]


def kept(parts: Sequence[Part]) -> list[dict[str, Any]]:
    """Parts as they are stored."""
    return [{**asdict(part), "lines": list(part.lines)} for part in parts]


def read_parts(stored: Sequence[Mapping[str, Any]]) -> tuple[Part, ...]:
    """Parts out of the store."""
    return tuple(Part(**{**each, "lines": tuple(each["lines"])}) for each in stored)
