"""What a post of a collection holds: its title, its words and its materials. Pure."""

from dataclasses import dataclass
from typing import Any

from integration.curation.shelf import CollectionCard


@dataclass(frozen=True)
class Contents:
    """A post before it is anybody's: title, body and Google's Material objects, all in her order.

    https://developers.google.com/workspace/classroom/reference/rest/v1/Material
    """

    title: str
    body: str
    materials: tuple[dict[str, Any], ...]


def contents(collection: CollectionCard) -> Contents:
    """What a post of `collection` holds. More than Google takes is left in, for `preflight` to say so."""
    return Contents(title=collection.title, body=collection.description, materials=())
