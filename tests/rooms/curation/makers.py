"""Makers of this room: resources and collections as she makes them, and cards without a database."""

from datetime import UTC, datetime
from typing import Any

from integration.curation.collect import NewCollection, collect
from integration.curation.models import ResourceKind
from integration.curation.resources import NewResource, add_resource
from integration.curation.shelf import CollectionCard, ResourceCard
from integration.desk import Desk

AT = datetime(2026, 11, 24, 15, 0, tzinfo=UTC)


def new_resource(**given: Any) -> NewResource:
    """A link, as she types it."""
    return NewResource(**{"kind": "link", "title": "Food webs", "url": "https://nature.example/webs", **given})


def resource(desk: Desk, school_id: str, **given: Any) -> str:
    """A resource on the shelf."""
    return add_resource(desk, school_id, new_resource(**given))


def collection(desk: Desk, school_id: str, **given: Any) -> str:
    """A collection; without `resource_ids` it is empty."""
    return collect(desk, school_id, NewCollection(**{"title": "Ecosystems", **given}))


def resource_card(kind: ResourceKind = ResourceKind.LINK, **given: Any) -> ResourceCard:
    """A resource as shown."""
    return ResourceCard(**{"id": "r", "kind": kind, "title": "Food webs", "url": "", "drive_id": "", "isbn": "", "text": "",
                           "description": "", "grades": (), "subjects": (), "codes": (), "updated_at": AT, **given})


def link_card(url: str = "https://nature.example/webs") -> ResourceCard:
    """A link as shown."""
    return resource_card(url=url)


def collection_card(*resources: ResourceCard, **given: Any) -> CollectionCard:
    """A collection as shown."""
    return CollectionCard(**{"id": "c", "title": "Ecosystems", "description": "Look at the map first.", "template": "",
                             "resources": resources, "grades": (), "subjects": (), "codes": (), "updated_at": AT, **given})
