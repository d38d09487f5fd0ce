"""What a post of a collection holds: its title, its words and its materials. Pure."""

from dataclasses import dataclass
from typing import Any

from integration.curation.models import ResourceKind
from integration.curation.pasted import youtube_id
from integration.curation.shelf import CollectionCard, ResourceCard


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
    paragraphs = [collection.description, *map(_words, collection.resources)]
    return Contents(title=collection.title, body="\n\n".join(filter(None, paragraphs)),
                    materials=tuple(map(_material, filter(_is_attached, collection.resources))))


def _is_attached(resource: ResourceCard) -> bool:
    return resource.kind not in {ResourceKind.BOOK, ResourceKind.NOTE}


def _words(resource: ResourceCard) -> str:
    """What stands in the body for a book or a note; everything else is attached."""
    match resource.kind:
        case ResourceKind.BOOK:
            return f"{resource.title}\nISBN {resource.isbn}, on the shelf in the library"
        case ResourceKind.NOTE:
            return f"{resource.title}\n{resource.text}"
    return ""


def _material(resource: ResourceCard) -> dict[str, Any]:
    match resource.kind:
        case ResourceKind.DRIVE:
            return {"driveFile": {"driveFile": {"id": resource.drive_id}, "shareMode": "VIEW"}}
        case ResourceKind.YOUTUBE:
            return {"youtubeVideo": {"id": youtube_id(resource.url)}}
    return {"link": {"url": resource.url}}
