"""The topic a material stands under: found by its name, made where there is none."""

from integration.delivery.lease import Held, begin, close
from integration.desk import Desk
from integration.errors import GoogleError, NotAllowed, Refused, Unsure
from integration.google.classroom import Classroom
from integration.google.scopes import TOPICS
from integration.google.seen import Kind
from integration.streams.shelf import topics


def known_topic(desk: Desk, held: Held) -> str:
    """Google's id of the topic as the last sync saw it, or nothing."""
    if held.kind is not Kind.MATERIAL or not held.topic:
        return ""
    return next((card.google_id for card in topics(desk, held.school_id, held.course_id) if card.name == held.topic), "")


def ensure_topic(desk: Desk, classroom: Classroom, held: Held) -> str:
    """Google's id of the topic, made when the class has none; nothing where none is wanted or she did not allow topics."""
    if held.kind is not Kind.MATERIAL or not held.topic or TOPICS not in classroom.grant.scopes:
        return ""
    return _find(classroom, held) or _make(desk, classroom, held)


def _find(classroom: Classroom, held: Held) -> str:
    return next((topic.google_id for topic in classroom.list_topics(held.course) if topic.name == held.topic), "")


def _make(desk: Desk, classroom: Classroom, held: Held) -> str:
    attempt_id, _ = begin(desk, held, "topic", held.state)
    try:
        made = classroom.create_topic(held.course, held.topic)
    except Unsure as error:
        # A topic of one name cannot exist twice, so the next round finds it or makes it; nothing needs the janitor.
        close(desk, attempt_id, "unknown", str(error))
        raise
    except (GoogleError, NotAllowed) as error:
        close(desk, attempt_id, "definite_error", str(error))
        found = _found_after_all(classroom, held, error)
        if not found:
            raise
        return found
    close(desk, attempt_id, "ok", post_id=made.google_id)
    return made.google_id


def _found_after_all(classroom: Classroom, held: Held, error: Exception) -> str:
    """Another worker was faster: the topic is there now."""
    return _find(classroom, held) if isinstance(error, Refused) and error.reason == "ALREADY_EXISTS" else ""
