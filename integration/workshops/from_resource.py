"""What a resource on the shelf already says about itself as a source; the rest she fills in. Pure."""

from typing import Any
from urllib.parse import urlsplit

from integration.curation.models import Resource, ResourceKind

CITABLE = frozenset({ResourceKind.LINK, ResourceKind.YOUTUBE, ResourceKind.BOOK, ResourceKind.DRIVE})
SITES = {"en.wikipedia.org": "Wikipedia", "www.britannica.com": "Encyclopædia Britannica", "kids.britannica.com": "Britannica Kids",
         "www.nationalgeographic.com": "National Geographic", "www.nasa.gov": "NASA", "www.loc.gov": "Library of Congress"}
"""Sites whose name is not their address, from those schools use most."""


def source_of(resource: Resource) -> dict[str, Any]:
    """A first CSL-JSON item of it. Nothing is invented: no author, no date."""
    match resource.kind:
        case ResourceKind.BOOK:
            return {"type": "book", "title": resource.title, **({"ISBN": resource.isbn} if resource.isbn else {})}
        case ResourceKind.YOUTUBE:
            return {"type": "motion_picture", "title": resource.title, "container-title": "YouTube", "URL": resource.url}
        case ResourceKind.DRIVE:
            return {"type": "document", "title": resource.title}
    host = urlsplit(resource.url).hostname or ""
    return {"type": "webpage", "title": resource.title, "container-title": SITES.get(host, host.removeprefix("www.")),
            "URL": resource.url}
