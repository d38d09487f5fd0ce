"""Classes and who is in them, as Classroom answers.

https://developers.google.com/workspace/classroom/reference/rest/v1/courses
"""

from collections.abc import Callable, Iterable
from typing import Any

from integration.sandbox import permissions
from integration.sandbox.asking import Ask, manages, may_see
from integration.sandbox.course import Course
from integration.sandbox.paging import page
from integration.sandbox.people import Person
from integration.sandbox.refusal import Refusal

EMAILS = permissions.full_name("classroom.profile.emails")


def list_courses(ask: Ask) -> dict[str, Any]:
    """https://developers.google.com/workspace/classroom/reference/rest/v1/courses/list"""
    states = set(ask.query.getlist("courseStates")) - {"COURSE_STATE_UNSPECIFIED"}
    is_asked = _is_asked(ask)
    found = [course for course in ask.world.courses.values()
             if is_asked(course) and may_see(ask.world, ask.person, course)
             and (not states or course.state in states)]
    found.sort(key=lambda course: (course.body["creationTime"], course.number), reverse=True)
    return page("courses", [course.shown() for course in found], ask.query, usual=100, most=500)


def get_course(ask: Ask) -> dict[str, Any]:
    """https://developers.google.com/workspace/classroom/reference/rest/v1/courses/get"""
    return ask.course().shown()


def list_teachers(ask: Ask) -> dict[str, Any]:
    """https://developers.google.com/workspace/classroom/reference/rest/v1/courses.teachers/list"""
    course = ask.course()
    return page("teachers", _members(ask, course, course.teachers), ask.query, usual=30, most=1000)


def list_students(ask: Ask) -> dict[str, Any]:
    """https://developers.google.com/workspace/classroom/reference/rest/v1/courses.students/list"""
    course = ask.course()
    return page("students", _members(ask, course, course.students), ask.query, usual=30, most=1000)


def _is_asked(ask: Ask) -> Callable[[Course], bool]:
    """What the two filters leave: without any, an administrator's whole domain and everybody's own classes."""
    teacher, student = ask.query.get("teacherId", ""), ask.query.get("studentId", "")
    if teacher and student:
        raise Refusal("INVALID_ARGUMENT", "Student and teacher filters exclude each other.",
                      at="ListCoursesStudentAndTeacherFilter")
    someone = ask.someone(teacher or student).google_id if teacher or student else ""
    if teacher:
        return lambda course: someone in course.teachers
    if student:
        return lambda course: someone in course.students
    return lambda course: (ask.person.google_id in (*course.teachers, *course.students)
                           or manages(ask.world, ask.person, course))


def _members(ask: Ask, course: Course, ids: Iterable[str]) -> list[dict[str, Any]]:
    with_email = EMAILS in ask.tokens.scopes
    return [{"courseId": course.id, "userId": id, "profile": _profile(ask.world.people[id], with_email)} for id in ids]


def _profile(person: Person, with_email: bool) -> dict[str, Any]:
    first, _, last = person.name.partition(" ")
    name = {"givenName": first, "familyName": last, "fullName": person.name}
    email = {"emailAddress": person.email} if with_email else {}
    return {"id": person.google_id, "name": {key: value for key, value in name.items() if value}, **email}
