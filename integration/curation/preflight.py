"""Ask, before anything is sent, whether a class can take a post. Pure."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from integration.curation.contents import Contents
from integration.curation.pasted import as_shown
from integration.records import address, plain

MOST_MATERIALS = 20
LONGEST_TITLE = 3000
LONGEST_TEXT = 30_000
"""Classroom's limits of a post. https://developers.google.com/workspace/classroom/reference/rest/v1/courses.courseWorkMaterials"""

_MARKER = re.compile(r"[#?&][\w.~-]*=?[0-9a-f]{32}$")
"""The 128 random bits by which a delivery knows its own post; no part of what students read."""


@dataclass(frozen=True)
class Problem:
    """Why a post cannot go: `field` is `title`, `text`, `materials` or `duplicate`."""

    field: str
    sentence: str


@dataclass(frozen=True)
class Standing:
    """A post that stands in the class already, as `streams.shelf` shows it: its words and its links."""

    title: str = ""
    text: str = ""
    links: tuple[str, ...] = ()


def preflight(contents: Contents, text: str, standing: Iterable[Standing] = ()) -> list[Problem]:
    """Every reason why `contents`, with the exact `text` that would be sent, cannot go into a class; none is good.

    `standing` are the class's posts that students see now.
    """
    return [*_title(contents.title), *_text(text), *_materials(contents), *_duplicate(contents, text, standing)]


def address_of(material: dict[str, Any]) -> str:
    """A material as a stream shows it again: its address, `youtube:<id>` or `drive:<id>`."""
    if "youtubeVideo" in material:
        return f"youtube:{material['youtubeVideo']['id']}"
    if "driveFile" in material:
        return f"drive:{material['driveFile']['driveFile']['id']}"
    return as_shown(_MARKER.sub("", str(material["link"]["url"])))


def _title(title: str) -> Iterator[Problem]:
    if not title.strip():
        yield Problem("title", "The post has no title. Give the collection one.")
    if len(title) > LONGEST_TITLE:
        yield Problem("title", f"The title has {len(title):,} characters; Classroom takes {LONGEST_TITLE:,}. Shorten it.")
    if found := plain.fault(title):
        yield Problem("title", f"The title has {found}. Type it anew.")


def _text(text: str) -> Iterator[Problem]:
    if len(text) > LONGEST_TEXT:
        yield Problem("text", f"The text has {len(text):,} characters; Classroom takes {LONGEST_TEXT:,}. "
                              "Shorten the description or a note.")
    if found := plain.fault(text):
        yield Problem("text", f"The text has {found}. Type that part anew.")


def _materials(contents: Contents) -> Iterator[Problem]:
    count = len(contents.materials)
    if count > MOST_MATERIALS:
        yield Problem("materials", f"There are {count} links, files and videos; Classroom takes {MOST_MATERIALS} in one post. "
                                   "Make two collections of it.")
    for material in contents.materials:
        url = str(material.get("link", {}).get("url", ""))
        if "link" in material and (found := address.fault(url)):
            yield Problem("materials", f"The link “{_shown(url)}” cannot be sent. {found}")


def _shown(url: str) -> str:
    """The beginning of an address, fit to stand in a sentence."""
    return "".join(each if not plain.fault(each) else "�" for each in url[:80])


def _duplicate(contents: Contents, text: str, standing: Iterable[Standing]) -> Iterator[Problem]:
    if any(_is_same(contents, text, post) for post in standing):
        yield Problem("duplicate", "A post with the same content stands in this class already. Nothing more needs to be sent.")


def _is_same(contents: Contents, text: str, post: Standing) -> bool:
    """Whether a class has it already: the same links under the same title, or without links the same words."""
    if post.title and _folded(post.title) != _folded(contents.title):
        return False
    ours = {address_of(material) for material in contents.materials}
    theirs = {as_shown(_MARKER.sub("", link)) for link in post.links}
    return ours == theirs and (bool(ours) or _folded(post.text) == _folded(text))


def _folded(text: str) -> str:
    return " ".join(text.split()).casefold()
