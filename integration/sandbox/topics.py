"""Topics, as Classroom keeps them.

https://developers.google.com/workspace/classroom/reference/rest/v1/courses.topics
"""

from typing import Any

from integration.sandbox.asking import Ask
from integration.sandbox.course import Course, Topic, stamp
from integration.sandbox.paging import page
from integration.sandbox.refusal import Refusal

MOST_TOPICS = 200
LONGEST = 100


def create_topic(ask: Ask) -> dict[str, Any]:
    """https://developers.google.com/workspace/classroom/reference/rest/v1/courses.topics/create"""
    course, name = ask.course_to_write(), _name(ask)
    if _is_taken(course, name):
        raise Refusal("ALREADY_EXISTS")
    if len(course.topics) >= MOST_TOPICS:
        raise Refusal("FAILED_PRECONDITION", "The course has too many topics.", at="CourseTopicLimitReached")
    id = course.add_topic(name, ask.world.now(), ask.project)
    return dict(course.topics[id].body)


def list_topics(ask: Ask) -> dict[str, Any]:
    """https://developers.google.com/workspace/classroom/reference/rest/v1/courses.topics/list"""
    topics = [dict(topic.body) for topic in ask.course().topics.values()]
    if ask.stale is not None:
        topics = [topic for topic in topics if topic["updateTime"] <= stamp(ask.stale)]
    return page("topic", topics[::-1], ask.query)


def get_topic(ask: Ask) -> dict[str, Any]:
    """https://developers.google.com/workspace/classroom/reference/rest/v1/courses.topics/get"""
    return dict(_topic(ask, ask.course()).body)


def patch_topic(ask: Ask) -> dict[str, Any]:
    """https://developers.google.com/workspace/classroom/reference/rest/v1/courses.topics/patch"""
    course = ask.course_to_write()
    topic = _topic(ask, course)
    if ask.query.get("updateMask", "") != "name":
        raise Refusal("INVALID_ARGUMENT")
    if topic.project != ask.project:
        raise Refusal("PERMISSION_DENIED", "The project did not create this topic.", at="ProjectPermissionDenied")
    name = _name(ask)
    if name != topic.body["name"] and _is_taken(course, name):
        raise Refusal("FAILED_PRECONDITION")
    topic.body.update(name=name, updateTime=stamp(ask.world.now()))
    return dict(topic.body)


def delete_topic(ask: Ask) -> dict[str, Any]:
    """https://developers.google.com/workspace/classroom/reference/rest/v1/courses.topics/delete"""
    course = ask.course_to_write()
    _topic(ask, course)
    course.remove_topic(ask.path["id"])
    return {}


def _topic(ask: Ask, course: Course) -> Topic:
    topic = course.topics.get(ask.path["id"])
    if topic is None:
        raise Refusal("NOT_FOUND")
    return topic


def _name(ask: Ask) -> str:
    name = " ".join(str(ask.body.get("name") or "").split())
    if not name or len(name) > LONGEST:
        raise Refusal("INVALID_ARGUMENT")
    return name


def _is_taken(course: Course, name: str) -> bool:
    return any(topic.body["name"] == name for topic in course.topics.values())
