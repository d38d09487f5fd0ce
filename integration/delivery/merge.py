"""Merge three wordings of a post field by field: what we last wrote, what stands in the class, and what an update would bring.

A teacher's field is kept whatever an update would bring, and what it would have brought is remembered to be suggested. White
space does not count as a change. Pure.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from integration.curation.pasted import as_shown
from integration.delivery.materials import unmarked
from integration.google.seen import Kind, PostSeen, address

TITLE, TEXT, LINKS = "title", "text", "links"


@dataclass(frozen=True)
class Words:
    """What a post says: its title, its text, and its links as Google shows them, without any mark of ours."""

    title: str
    text: str
    links: frozenset[str]


@dataclass(frozen=True)
class Merged:
    """What comes of a merge. `written` maps `title` and `text` to what must be written for the post to be up to date."""

    title: str
    """The title as it shall stand: hers where she changed it."""
    text: str
    base: Words
    """What counts as ours from now on: a field of hers is not, however often it is merged."""
    written: Mapping[str, str] = field(default_factory=dict)
    is_relinked: bool = False
    """Whether other links are to take the place of ours, for which Google needs a new post."""
    kept: tuple[str, ...] = ()
    suggested: Mapping[str, Any] = field(default_factory=dict)


def merge(kind: Kind, base: Words, theirs: Words, ours: Words) -> Merged:
    """Bring `ours` into `theirs` wherever that still is as in `base`."""
    found = {name: _settle(name, base, theirs, ours) for name in fields_of(kind)}
    kept = tuple(name for name, what in found.items() if what == "kept")
    brought = {name: getattr(ours if name not in kept else base, name) for name in (TITLE, TEXT, LINKS)}
    return Merged(
        title=theirs.title if TITLE in kept else ours.title, text=theirs.text if TEXT in kept else ours.text,
        base=Words(**brought), written={name: getattr(ours, name) for name, what in found.items()
                                        if what == "written" and name != LINKS},
        is_relinked=found[LINKS] == "written", kept=kept,
        suggested={name: _plain(getattr(ours, name)) for name in kept if not same(getattr(base, name), getattr(ours, name))})


def changed(kind: Kind, base: Words, theirs: Words) -> tuple[str, ...]:
    """The fields in which `theirs` is not `base` any more."""
    return tuple(name for name in fields_of(kind) if not same(getattr(base, name), getattr(theirs, name)))


def fields_of(kind: Kind) -> tuple[str, ...]:
    """The fields a post has. An announcement's title is the head of its text."""
    return (TEXT, LINKS) if kind is Kind.ANNOUNCEMENT else (TITLE, TEXT, LINKS)


def same(one: str | frozenset[str], other: str | frozenset[str]) -> bool:
    """Whether two values of a field say the same; white space does not count."""
    return one.split() == other.split() if isinstance(one, str) and isinstance(other, str) else one == other


def words_sent(title: str, text: str, materials: Iterable[Mapping[str, Any]]) -> Words:
    """The words of a post as it was, or would be, sent."""
    return Words(title, text, frozenset(as_shown(link) for link in map(address, materials) if link))


def words_shown(title: str, text: str, links: Iterable[str]) -> Words:
    """The words of a post as the streams or Google show it."""
    return Words(title, text, frozenset(as_shown(unmarked(link)) for link in links))


def words_seen(post: PostSeen) -> Words:
    """The words of a post as Google shows it now."""
    return words_shown(post.title, post.text, post.links)


def in_words(names: Sequence[str]) -> str:
    """Fields in a sentence: `title`, `title and links`, `title, text and links`."""
    return " and ".join(filter(None, [", ".join(names[:-1]), *names[-1:]]))


def _settle(name: str, base: Words, theirs: Words, ours: Words) -> str:
    was, stands, wanted = (getattr(each, name) for each in (base, theirs, ours))
    if same(stands, wanted):
        return "same"
    return "written" if same(stands, was) else "kept"


def _plain(value: str | frozenset[str]) -> str | list[str]:
    return value if isinstance(value, str) else sorted(value)
