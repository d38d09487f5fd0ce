"""Gather resources into a collection, in an order; change and remove one."""

from collections.abc import Sequence
from dataclasses import dataclass

from integration.desk import Desk
from integration.errors import NotFound


@dataclass(frozen=True)
class NewCollection:
    """A collection as she makes it; `resource_ids` in the order in which a class shall see them."""

    title: str
    description: str = ""
    template: str = ""
    resource_ids: Sequence[str] = ()
    grades: Sequence[str] = ()
    subjects: Sequence[str] = ()
    codes: Sequence[str] = ()


def collect(desk: Desk, school_id: str, new: NewCollection) -> str:
    """Make a collection and answer its id. Raises Invalid with a sentence for each field that is wrong."""
    raise NotFound


def change_collection(desk: Desk, school_id: str, collection_id: str, new: NewCollection) -> None:
    """Replace a collection's words, resources and order. Raises Invalid, NotFound."""
    raise NotFound


def remove_collection(desk: Desk, school_id: str, collection_id: str) -> None:
    """Put a collection away; its plans and what stands in classes stay as they are. Raises NotFound."""
    raise NotFound
