"""Add, change and remove a resource."""

from collections.abc import Sequence
from dataclasses import dataclass

from integration.desk import Desk
from integration.errors import NotFound


@dataclass(frozen=True)
class NewResource:
    """A resource as she types it; `url` and `drive_id` may be any address copied from a browser."""

    kind: str
    title: str
    url: str = ""
    drive_id: str = ""
    isbn: str = ""
    text: str = ""
    description: str = ""
    grades: Sequence[str] = ()
    subjects: Sequence[str] = ()
    codes: Sequence[str] = ()


def add_resource(desk: Desk, school_id: str, new: NewResource) -> str:
    """Put a resource on the shelf and answer its id. Raises Invalid with a sentence for each field that is wrong."""
    raise NotFound


def change_resource(desk: Desk, school_id: str, resource_id: str, new: NewResource) -> None:
    """Replace what a resource says; the collections that hold it count as changed too. Raises Invalid, NotFound."""
    raise NotFound


def remove_resource(desk: Desk, school_id: str, resource_id: str) -> None:
    """Take a resource off the shelf and out of every collection; posts that stand keep it. Raises NotFound."""
    raise NotFound
