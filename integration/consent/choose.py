"""Write down what a teacher allows until she says otherwise. What she chose herself only she loosens."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from integration.consent.choices import EVERYWHERE, ChoiceCard, choice_card, read_choices
from integration.consent.models import Choice, StandingChoice
from integration.consent.weeks import read_week
from integration.courses.models import CourseTeacher, Teacher
from integration.errors import Invalid, NotAllowed, NotFound
from integration.records import audit, plain
from integration.records.base import new_id
from integration.records.upsert import upsert

LONGEST_TOPIC = 100
MOST = 60
"""How many topics or weeks one may name."""
MOST_A_WEEK = 50


@dataclass(frozen=True)
class NewChoice:
    """What a teacher allows, as it was said."""

    choice: str
    topics: Sequence[str] = ()
    max_per_week: int | None = None
    blackout: Sequence[str] = ()


def write_choice(session: Session, school_id: str, teacher_id: str, new: NewChoice, *, by: str, now: datetime,
                 place: str = EVERYWHERE) -> ChoiceCard:
    """Write down what `by` said the teacher allows in all her classes, or in the class `place`.

    Raises NotFound, Invalid with a sentence for each field, and NotAllowed when somebody else would loosen what she chose herself.
    """
    _must_be_there(session, school_id, teacher_id, place)
    row = _checked(new)
    before = read_choices(session, school_id).known.get((teacher_id, place))
    after = ChoiceCard(teacher_id, place, Choice(new.choice), by=by)
    if before is not None and before.is_hers and not after.is_hers and after.strictness >= before.strictness:
        raise NotAllowed("The teacher chose this herself, so only she can change it, on the page her letters lead to. "
                         "You can only make it stricter. Nothing was changed.")
    upsert(session, StandingChoice, [{"id": new_id(), "school_id": school_id, "teacher_id": teacher_id, "place": place, **row,
                                      "by": by, "changed_at": now}], key=("teacher_id", "place"), keep=("id",))
    audit.note(session, school_id=school_id, at=now, actor=by, verb=f"choose {row['choice']}",
               object=f"course:{place}" if place else f"teacher:{teacher_id}")
    session.expire_all()
    return choice_card(session.scalars(select(StandingChoice).where(
        StandingChoice.teacher_id == teacher_id, StandingChoice.place == place)).one())


def _must_be_there(session: Session, school_id: str, teacher_id: str, place: str) -> None:
    if session.scalar(select(Teacher.id).where(Teacher.school_id == school_id, Teacher.id == teacher_id)) is None:
        raise NotFound("There is no such teacher. She may belong to another school.")
    hers = select(CourseTeacher.course_id).where(CourseTeacher.school_id == school_id, CourseTeacher.teacher_id == teacher_id)
    if place and place not in session.scalars(hers):
        raise NotFound("She teaches no such class. Nothing was changed.")


def _checked(new: NewChoice) -> dict[str, object]:
    topics = [plain.line(each) for each in new.topics if plain.line(each)]
    weeks = [each.strip() for each in new.blackout if each.strip()]
    faults = {
        "choice": "" if new.choice in {each.value for each in Choice} else "Choose always, ask, draft or never.",
        "topics": _topics_fault(topics),
        "max_per_week": "" if new.max_per_week is None or 1 <= new.max_per_week <= MOST_A_WEEK else
                        f"At most how many a week? Write a number from 1 to {MOST_A_WEEK}, or nothing.",
        "blackout": next((f"“{each[:40]}” names no week. Write it like 2026-W50, or a day within it like 2026-12-07."
                          for each in weeks if read_week(each) is None), "" if len(weeks) <= MOST else "These are too many weeks."),
    }
    if any(faults.values()):
        raise Invalid(fields={field: sentence for field, sentence in faults.items() if sentence})
    return {"choice": Choice(new.choice), "topics": topics, "max_per_week": new.max_per_week, "blackout": weeks}


def _topics_fault(topics: Sequence[str]) -> str:
    if len(topics) > MOST:
        return f"Name at most {MOST} topics."
    if any(len(each) > LONGEST_TOPIC for each in topics):
        return f"A topic has at most {LONGEST_TOPIC} characters. Shorten it."
    return next((f"A topic has {found}. Type it anew." for each in topics if (found := plain.fault(each))), "")
