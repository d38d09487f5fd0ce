"""What a workshop teaches, by grade, and how a class got on with each skill. Only counts, and none of fewer than ten tries."""

from collections import defaultdict
from collections.abc import Mapping
from enum import StrEnum

from sqlalchemy import select

from integration.desk import Desk
from integration.workshops.lessons import band_of
from integration.workshops.models import PracticeCount
from integration.workshops.questions import NO_WRITING
from integration.workshops.results import Average
from integration.workshops.sheets import OLDER


class Skill(StrEnum):
    """What students learn; the first five are what the practice page asks, by the beginning of a question's key."""

    PART = "part"
    FAULT = "fault"
    RIGHT = "right"
    GAP = "gap"
    WRITE = "write"
    OWN_WORDS = "own-words"
    WEIGH = "weigh"
    AI = "ai"


NAMES = {
    Skill.PART: "Name the parts", Skill.FAULT: "Find the fault", Skill.RIGHT: "Tell right from wrong", Skill.GAP: "Fill the gap",
    Skill.WRITE: "Write a citation", Skill.OWN_WORDS: "Use their own words", Skill.WEIGH: "Weigh a source",
    Skill.AI: "Say how AI helped",
}
PRACTISED = (Skill.PART, Skill.FAULT, Skill.RIGHT, Skill.GAP, Skill.WRITE)


def skills_of(grade: str) -> tuple[Skill, ...]:
    """What a kit for this grade teaches, easy things first."""
    if grade in NO_WRITING[:3]:
        return PRACTISED[:1]
    if grade in NO_WRITING:
        return PRACTISED[:3]
    return tuple(Skill) if band_of(grade) in OLDER else (*PRACTISED, Skill.OWN_WORDS)


def tries(desk: Desk, school_id: str) -> Mapping[tuple[str, str], Mapping[Skill, Average]]:
    """By kit and class, how often each skill was tried, and how often it was right."""
    query = select(PracticeCount.kit_id, PracticeCount.course_id, PracticeCount.question, PracticeCount.what, PracticeCount.count
                   ).where(PracticeCount.school_id == school_id, PracticeCount.what.in_(("tries", "right")))
    with desk.transaction() as session:
        rows = session.execute(query).all()
    held: dict[tuple[str, str], dict[Skill, Average]] = defaultdict(dict)
    for kit_id, course_id, question, what, count in rows:
        skill, of_class = Skill(question.partition("-")[0]), held[kit_id, course_id]
        of_class[skill] = added(of_class.get(skill), Average(count, 0) if what == "tries" else Average(0, count))
    return held


def added(one: Average | None, other: Average) -> Average:
    """Both together."""
    return Average(one.done + other.done, one.points + other.points) if one else other
