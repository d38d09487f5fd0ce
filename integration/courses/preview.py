"""What a sync of the classes would find, without writing anything down."""

from dataclasses import dataclass

from sqlalchemy import select

from integration.accounts.connection import open_classroom
from integration.accounts.schools import account, school
from integration.courses.changes import changes_of
from integration.courses.keep import Found, Looked, librarians_of, row_of
from integration.courses.models import Course
from integration.courses.vanished import vanished
from integration.desk import Desk
from integration.google.quota import Share
from integration.google.scopes import EMAILS


@dataclass(frozen=True)
class Difference:
    """One class that a sync would add or change, and what it would say of it."""

    google_id: str
    name: str
    kind: str
    """`new`, `gone`, or a kind of change such as `renamed`."""
    sentence: str


@dataclass(frozen=True)
class Preview:
    """What a sync would change. Rosters and streams are not read, so what changed in those is not in it."""

    classes_seen: int
    calls: int
    differences: tuple[Difference, ...]


def preview(desk: Desk, account_id: str) -> Preview:
    """Look at the account's classes and say what a sync would change. Raises GoogleError."""
    classroom, who = open_classroom(desk, account_id, share=Share.INTERACTIVE), account(desk, account_id)
    seen = [course for page in classroom.list_courses() for course in page]
    gone = vanished(desk, classroom, who.school_id, account_id, seen)
    looked = Looked(school=school(desk, who.school_id), me=who.google_id, found=tuple(map(Found, seen)), gone=gone,
                    calls=classroom.calls, has_emails=EMAILS in classroom.grant.scopes)
    return Preview(len(seen), classroom.calls, tuple(_differences(desk, account_id, looked)))


def _differences(desk: Desk, account_id: str, looked: Looked) -> list[Difference]:
    with desk.transaction() as session:
        before = {row.google_id: row for row in session.scalars(select(Course).where(Course.school_id == looked.school.id))}
        librarians = librarians_of(session, looked.school.id)
    found: list[Difference] = []
    for each in looked.found:
        row = row_of(desk, account_id, looked, each, old := before.get(each.course.google_id), librarians)
        kinds = changes_of(old, row) if old is not None else [("new", _grades(row["grades"]))]
        found += [Difference(each.course.google_id, each.course.name, kind, sentence) for kind, sentence in kinds]
    return found + [Difference(id, before[id].name, "gone", why) for id, why in looked.gone.items()]


def _grades(grades: list[str]) -> str:
    return f"A new class, of grade {', '.join(grades)}." if grades else "A new class, whose grade nothing tells."
