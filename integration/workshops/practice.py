"""Practise: read a class's page by its link, answer, try again, hand in a ticket. Nothing tells who did.

Kept are only counts for a class and a question. A link of no class in particular, a librarian's own look, counts nothing.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from threading import Lock

from sqlalchemy import and_, select

from integration.courses.models import Course
from integration.desk import Desk
from integration.errors import Invalid, NotFound
from integration.records.base import new_id
from integration.records.upsert import add_up
from integration.workshops.compose import paper
from integration.workshops.judge import Judged, judge
from integration.workshops.links import HANDOUT, NOTHING, PRACTICE, follow
from integration.workshops.models import Kit, PracticeCount
from integration.workshops.questions import Paper, Question
from integration.workshops.shelf import KitCard, kit_by_link

TICKETS = ("before", "after")
KEY = ("kit_id", "course_id", "question", "what")
MOST_PAPERS = 256
_PAPERS: dict[str, Paper] = {}
_MAKING = Lock()
_KITS: dict[str, KitCard] = {}
"""What never changes of a kit, so that a try asks the database only whether it is still there, and the name of the class."""


@dataclass(frozen=True)
class Bench:
    """What a class finds at its link: the kit, its questions, and the class's name where it is one class's."""

    kit: KitCard
    paper: Paper
    course_id: str
    class_name: str


def bench(desk: Desk, secret: str) -> Bench:
    """The practice a link opens. Raises NotFound, with one sentence for whatever is wrong with it."""
    told = follow(desk.settings, secret, PRACTICE)
    with desk.transaction() as session:
        there = session.execute(
            select(Kit.id, Course.name).outerjoin(Course, and_(Course.id == told.course_id, Course.school_id == Kit.school_id))
            .where(Kit.id == told.kit_id, Kit.removed_at.is_(None))).one_or_none()
        kit = (_KITS.get(told.kit_id) or kit_by_link(session, told.kit_id)) if there else None
    if kit is None or there is None or (told.course_id and there.name is None):
        raise NotFound(NOTHING)
    return Bench(kit, paper_of(kit), told.course_id, there.name or "")


def handout_of(desk: Desk, secret: str) -> KitCard:
    """The kit whose handout a link opens. Raises NotFound."""
    told = follow(desk.settings, secret, HANDOUT)
    with desk.transaction() as session:
        kit = kit_by_link(session, told.kit_id)
    if kit is None:
        raise NotFound(NOTHING)
    return kit


def answer(desk: Desk, at: Bench, key: str, given: str) -> Judged:
    """Judge an answer and count it. Raises NotFound when there is no such question."""
    question = at.paper.question(key)
    if question is None or question not in at.paper.practice:
        raise NotFound(NOTHING)
    judged = judge(at.paper, question, given, at.kit.step, at.kit.style)
    if given.strip():
        what = ["tries", *(["right"] if judged.is_right else []), *dict.fromkeys(fault.code.value for fault in judged.faults)]
        _count(desk, at, [(key, each, 1) for each in what])
    return judged


def hand_in(desk: Desk, at: Bench, ticket: str, given: Mapping[str, str]) -> tuple[int, dict[str, Judged]]:
    """Take a ticket: its points and what became of each answer. Raises Invalid when one is missing, NotFound."""
    questions = questions_of(at.paper, ticket)
    missing = [question.key for question in questions if not given.get(question.key, "").strip()]
    if missing:
        raise Invalid(fields=dict.fromkeys(missing, "Choose one; if you do not know, choose what seems likely."))
    judged = {each.key: judge(at.paper, each, given[each.key], at.kit.step, at.kit.style) for each in questions}
    points = sum(each.is_right for each in judged.values())
    missed = Counter(each.field or each.asks.value for each in questions if not judged[each.key].is_right)
    _count(desk, at, [(ticket, "done", 1), (ticket, "points", points), *((ticket, what, many) for what, many in missed.items())])
    return points, judged


def questions_of(paper: Paper, ticket: str) -> tuple[Question, ...]:
    """The questions of a ticket. Raises NotFound when there is no such ticket."""
    if ticket not in TICKETS:
        raise NotFound(NOTHING)
    return paper.before if ticket == "before" else paper.after


def paper_of(kit: KitCard) -> Paper:
    """A kit's questions; made once in this process and then found by its id alone, because a kit never changes."""
    if (found := _PAPERS.get(kit.id)) is not None:
        return found
    # A class opens its page in the same second: one makes the paper, a second of a processor, and the others wait for it.
    with _MAKING:
        return _PAPERS.get(kit.id) or _made(kit)


def _made(kit: KitCard) -> Paper:
    made = paper(kit.id, kit.sources, kit.grade, kit.style, kit.step)
    if len(_PAPERS) >= MOST_PAPERS:
        oldest = next(iter(_PAPERS))
        _PAPERS.pop(oldest, None)
        _KITS.pop(oldest, None)
    _PAPERS[kit.id], _KITS[kit.id] = made, kit
    return made


def _count(desk: Desk, at: Bench, counted: Iterable[tuple[str, str, int]]) -> None:
    if not at.course_id:
        return
    rows = [{"id": new_id(), "school_id": at.kit.school_id, "kit_id": at.kit.id, "course_id": at.course_id,
             "question": question, "what": what, "count": number} for question, what, number in sorted(counted)]
    with desk.transaction() as session:
        add_up(session, PracticeCount, rows, key=KEY, number="count")
