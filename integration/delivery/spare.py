"""Spare what a teacher changed: it is left as it is, and the librarian is asked."""

from collections.abc import Sequence
from typing import Any

from integration.delivery.merge import in_words
from integration.delivery.models import Delivery
from integration.delivery.models import DeliveryState as S
from integration.delivery.rest import LIES_FOR
from integration.desk import Desk
from integration.google.seen import PostSeen

EDITED = "The teacher changed it, so it was left as it is. Take it back all the same, or leave it to her."


def asks(kept: Sequence[str]) -> str:
    """The question that is put where a teacher changed the post."""
    return EDITED.replace("changed it", f"changed the {in_words(kept)}") if kept else EDITED


def is_hers(row: Delivery) -> bool:
    """Whether it lies in the class with a teacher's change in it: shown to students, or as a draft for her."""
    is_there = row.state is S.PUBLISHED or (row.state is S.DRAFTED and row.draft_only)
    return is_there and row.edited_at is not None


def spared(desk: Desk, post: PostSeen, kept: Sequence[str]) -> tuple[S, dict[str, Any]]:
    """The state and the values of a delivery whose post the teacher changed. A draft of hers is never published by us."""
    values: dict[str, Any] = {"edited_at": post.updated_at, "kept": list(kept), "post_updated_at": post.updated_at,
                              "ends_as": None}
    if post.state == "PUBLISHED":
        return S.PUBLISHED, values
    until = desk.now() + LIES_FOR
    return S.DRAFTED, {**values, "draft_only": True, "next_at": until, "expires_at": until}
