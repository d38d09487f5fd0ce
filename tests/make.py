"""Makers: plain functions with keyword overrides, each of which leaves one real thing behind."""

from datetime import timedelta
from typing import Any

from integration.accounts.keys import seal
from integration.accounts.models import Account, District, Health, School
from integration.courses.models import Confidence, Course, CourseState, CourseTeacher, Mode, Teacher
from integration.desk import Desk
from integration.google import scopes
from integration.records.base import new_id
from integration.sandbox.world import Person, World

ALL_SCOPES = (scopes.OPENID, scopes.EMAIL, scopes.PROFILE, scopes.COURSES, scopes.ANNOUNCEMENTS, scopes.MATERIALS,
              scopes.TOPICS, scopes.ROSTERS, scopes.EMAILS)
ISSUER = "https://accounts.google.com"


def school(desk: Desk, **given: Any) -> str:
    """A school in a district of its own."""
    with desk.transaction() as session:
        district = District(name="Juniper District", domain=new_id(), created_at=desk.now())
        session.add(district)
        session.flush()
        row = School(**{"district_id": district.id, "name": "Juniper Ridge", "timezone": "America/New_York",
                        "created_at": desk.now(), **given})
        session.add(row)
        session.flush()
        return row.id


def account(desk: Desk, world: World, person: Person, *, school_id: str | None = None,
            granted: tuple[str, ...] = ALL_SCOPES) -> Account:
    """A connected librarian: `person` of `world`, who allowed `granted`."""
    school_id = school_id or school(desk)
    tokens, id = world.grant(person, granted), new_id()
    sealed, key_id = seal(desk.settings.keys, tokens.refresh_token, bound_to=id)
    with desk.transaction() as session:
        row = Account(id=id, school_id=school_id, issuer=ISSUER, google_id=person.google_id, email=person.email,
                      name=person.name, scopes=list(granted), sealed_refresh_token=sealed, key_id=key_id,
                      health=Health.VALID, connected_at=desk.now(), created_at=desk.now())
        session.add(row)
    return row


def teacher(desk: Desk, school_id: str, **given: Any) -> Teacher:
    """A teacher we know of."""
    with desk.transaction() as session:
        row = Teacher(**{"school_id": school_id, "google_id": new_id(), "name": "Rosa Gomez", **given})
        session.add(row)
    return row


def course(desk: Desk, account: Account, *, teachers: tuple[Teacher, ...] = (), **given: Any) -> Course:
    """A class as a sync would have left it."""
    values: dict[str, Any] = {
        "school_id": account.school_id, "account_id": account.id, "google_id": new_id(), "name": "6th Grade Science",
        "state": CourseState.ACTIVE, "mode": Mode.CO_TAUGHT, "grades": ["6"], "confidence": Confidence.SURE,
        "evidence": ["The name says “6th Grade”."], "doubts": [], "subject": "science", "school_year": "2026-27",
        "first_seen_at": desk.now() - timedelta(days=7), "seen_at": desk.now(), **given,
    }
    with desk.transaction() as session:
        row = Course(**values)
        session.add(row)
        session.flush()
        session.add_all(CourseTeacher(school_id=account.school_id, course_id=row.id, teacher_id=each.id,
                                      is_owner=index == 0) for index, each in enumerate(teachers))
    return row
