"""Remember which of a class's topics the library's posts of a wished name stand under, so that it is known when renamed."""

from collections.abc import Iterable, Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from integration.delivery.models import UsedTopic
from integration.records.base import new_id
from integration.records.upsert import upsert

Used = dict[tuple[str, str], str]
"""Class and wished name → Google's id of the topic."""


def read_used(session: Session, course_ids: Iterable[str]) -> Used:
    """The topics that were used in these classes."""
    rows = session.execute(select(UsedTopic.course_id, UsedTopic.name, UsedTopic.google_id).where(
        UsedTopic.course_id.in_(set(course_ids))))
    return {(course_id, name): google_id for course_id, name, google_id in rows}


def note_used(session: Session, school_id: str, used: Mapping[tuple[str, str], str]) -> None:
    """Remember topics; the last one used under a name counts."""
    upsert(session, UsedTopic, [
        {"id": new_id(), "school_id": school_id, "course_id": course_id, "name": name, "google_id": google_id}
        for (course_id, name), google_id in sorted(used.items())], key=("course_id", "name"), keep=("id", "school_id"))
