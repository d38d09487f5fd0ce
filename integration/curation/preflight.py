"""Ask, before anything is sent, whether a class can take a post. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass

from integration.curation.contents import Contents


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
    return []
