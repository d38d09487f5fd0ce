"""Write down what a teacher allows until she says otherwise. What she chose herself only she loosens."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from integration.consent.choices import EVERYWHERE, ChoiceCard, as_before, choice_card, read_choices
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
                 place: str = EVERYWHERE, undo_until: datetime | None = None) -> ChoiceCard:
    """Write down what `by` said the teacher allows in all her classes, or in the class `place`.

    By her link it can be taken back, and loosens nothing before `undo_until`; the same again changes nothing. Raises NotFound,
    Invalid with a sentence for each field, and NotAllowed when somebody else would loosen what she chose herself.
    """
    _must_be_there(session, school_id, teacher_id, place)
    row = _checked(new)
    before = read_choices(session, school_id).known.get((teacher_id, place))
    after = ChoiceCard(teacher_id, place, Choice(new.choice), by=by)
    if before is not None and before.is_hers and not after.is_hers and after.strictness >= before.strictness:
        raise NotAllowed("The teacher chose this herself, so only she can change it, on the page her letters lead to. "
                         "You can only make it stricter. Nothing was changed.")
    is_the_same = _kept(before or ChoiceCard(teacher_id)) == row
    if undo_until is not None and before is not None and before.by == by and is_the_same:
        return before
    upsert(session, StandingChoice, [{
        "id": new_id(), "school_id": school_id, "teacher_id": teacher_id, "place": place, **row, "by": by, "changed_at": now,
        "undo_until": undo_until, "before": None if undo_until is None or is_the_same else _before(before, now)}],
        key=("teacher_id", "place"), keep=("id",))
    audit.note(session, school_id=school_id, at=now, actor=by, verb=f"choose {row['choice']}",
               object=f"course:{place}" if place else f"teacher:{teacher_id}")
    session.expire_all()
    return choice_card(session.scalars(select(StandingChoice).where(
        StandingChoice.teacher_id == teacher_id, StandingChoice.place == place)).one())


def take_choice_back(session: Session, school_id: str, teacher_id: str, now: datetime, *, only_fresh: bool) -> list[ChoiceCard]:
    """Bring back what counted before she chose by her links, everywhere, as long as that can be; answer what was taken back."""
    found = []
    for row in session.scalars(select(StandingChoice).where(
            StandingChoice.school_id == school_id, StandingChoice.teacher_id == teacher_id).with_for_update()):
        card = choice_card(row)
        if not (card.is_fresh(now) if only_fresh else card.can_be_taken_back(now)):
            continue
        found.append(card)
        audit.note(session, school_id=school_id, at=now, actor=f"teacher:{teacher_id}", verb=f"take back {row.choice}",
                   object=f"course:{row.place}" if row.place else f"teacher:{teacher_id}")
        if not row.before:
            session.delete(row)
            continue
        was = as_before(card)
        row.choice, row.topics, row.max_per_week, row.blackout = was.choice, list(was.topics), was.max_per_week, list(was.blackout)
        row.by, row.changed_at, row.before, row.undo_until = was.by, now, None, None
    return found


def _before(card: ChoiceCard | None, now: datetime) -> dict[str, Any]:
    """What is brought back: where a choice is fresh, what counted before it, so that many presses in a row are undone as one."""
    if card is None:
        return {}
    return dict(card.before or {}) if card.is_fresh(now) else {**_kept(card), "by": card.by}


def _kept(card: ChoiceCard) -> dict[str, Any]:
    return {"choice": card.choice, "topics": list(card.topics), "max_per_week": card.max_per_week, "blackout": list(card.blackout)}


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
