"""Ask a teacher: her open question of this week takes in every post that waits for her, and one letter tells her of all."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from config.settings import Settings
from integration.accounts.schools import SchoolCard
from integration.consent.models import Question, QuestionPost
from integration.consent.question_letter import asking, question_letter
from integration.consent.weeks import week_of
from integration.courses.shelf import TeacherCard
from integration.letters.models import Kind
from integration.letters.write import NewLetter, write
from integration.records.base import new_id
from integration.records.upsert import insert_missing


@dataclass(frozen=True)
class PostAsked:
    """One post a teacher is asked about, as her students would see it. `links`: `{"title", "url"}` each."""

    occasion: str
    course_id: str
    kind: str
    title: str
    text: str
    links: Sequence[dict[str, Any]]
    due_at: datetime
    why: str


@dataclass(frozen=True)
class Asker:
    """The librarian who asks."""

    account_id: str
    name: str


def ask(session: Session, settings: Settings, place: SchoolCard, asker: Asker, teacher: TeacherCard, posts: Sequence[PostAsked],
        now: datetime) -> str:
    """Ask a teacher about `posts`; gives the question's id. What she is asked about already is not asked twice."""
    question_id = _open_question(session, place, asker, teacher, now)
    insert_missing(session, QuestionPost, [_row(place.id, question_id, post) for post in posts], key=("question_id", "occasion"))
    words = question_letter(asking(session, settings, place, question_id, now))
    write(session, place.id, NewLetter(asker.account_id, Kind.QUESTION, f"teacher:{teacher.id}", question_id, teacher.name,
                                       teacher.email, words), now)
    return question_id


def _open_question(session: Session, place: SchoolCard, asker: Asker, teacher: TeacherCard, now: datetime) -> str:
    """Her question of this week that she has not answered yet, else a new one."""
    week = week_of(place.today(now))
    hers = (Question.teacher_id == teacher.id, Question.week == week)
    newest = session.scalar(select(func.max(Question.number)).where(*hers)) or 0
    found = session.scalar(select(Question).where(*hers, Question.number == newest).with_for_update())
    if found is not None and found.answered_at is None:
        return found.id
    insert_missing(session, Question, [{
        "id": new_id(), "school_id": place.id, "teacher_id": teacher.id, "account_id": asker.account_id, "week": week,
        "number": newest + 1, "asked_at": now, "answered_at": None, "odd": ""}], key=("teacher_id", "week", "number"))
    return session.scalars(select(Question.id).where(*hers, Question.number == newest + 1)).one()


def _row(school_id: str, question_id: str, post: PostAsked) -> dict[str, Any]:
    return {"id": new_id(), "school_id": school_id, "question_id": question_id, "course_id": post.course_id,
            "occasion": post.occasion, "kind": post.kind, "title": post.title, "text": post.text, "links": list(post.links),
            "due_at": post.due_at, "why": post.why}
