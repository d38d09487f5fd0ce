"""Make a plan: for each class that a rule names what will happen and the exact text. Nothing is written to Google."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from integration.accounts.schools import AccountCard, account, school
from integration.consent.allowed import Verdict
from integration.courses.models import CourseState
from integration.courses.shelf import GRADES, CourseCard, courses
from integration.curation.contents import Contents, contents
from integration.curation.preflight import Standing, preflight
from integration.curation.shelf import collection
from integration.delivery.by_hand import by_class, in_a_sentence, made_by_hand
from integration.delivery.generations import must_know_what_stands
from integration.delivery.materials import unmarked
from integration.delivery.models import Action, Plan, PlanItem, PlanState
from integration.delivery.permission import Permissions, permissions
from integration.delivery.wording import wording
from integration.desk import Desk
from integration.errors import Invalid, NotFound
from integration.google.scopes import ANNOUNCEMENTS, MATERIALS
from integration.google.seen import Kind
from integration.records.base import new_id
from integration.records.clock import database_now
from integration.records.upsert import insert_missing
from integration.streams.shelf import PostCard, standing
from integration.workshops.documents import unfit

LONGEST_TOPIC = 100
ONCE = "once"
ACTIONS = {Verdict.GO: Action.CREATE, Verdict.DRAFT: Action.CREATE, Verdict.ASK: Action.WAIT, Verdict.NO: Action.SKIP}
SCOPES = {Kind.MATERIAL.value: MATERIALS, Kind.ANNOUNCEMENT.value: ANNOUNCEMENTS}


@dataclass(frozen=True)
class Rule:
    """Which classes: those of the grades, subjects and teachers together, and the ones named; without the exceptions."""

    grades: Sequence[str] = ()
    subjects: Sequence[str] = ()
    teachers: Sequence[str] = ()
    class_ids: Sequence[str] = ()
    except_ids: Sequence[str] = ()


@dataclass(frozen=True)
class NewPlan:
    """A plan as she asks for it."""

    collection_id: str
    rule: Rule
    kind: str = "material"
    topic: str = "Library"
    publish_at: datetime | None = None
    series_id: str | None = None
    occurrence: str = ONCE
    """Which week of its series it is for; of each there is one plan."""


@dataclass(frozen=True)
class Item:
    """What will happen in one class, why, and the exact text."""

    course_id: str
    action: Action
    reason: str
    text: str


@dataclass(frozen=True)
class _Found:
    who: AccountCard
    what: Contents
    items: tuple[Item, ...]


def plan(desk: Desk, school_id: str, account_id: str, new: NewPlan) -> str:
    """Write a plan down and answer its id; of an occurrence of a series the one there is.

    Raises Invalid with a sentence for each field that is wrong, NotFound, AlreadyDone while what stands is being looked up.
    """
    with desk.transaction() as session:
        must_know_what_stands(session)
    return _write(desk, school_id, new, _find(desk, school_id, account_id, new))


def foresee(desk: Desk, school_id: str, account_id: str, new: NewPlan) -> tuple[Item, ...]:
    """What such a plan would do; nothing is written. Raises as `plan` does."""
    return _find(desk, school_id, account_id, new).items


def _find(desk: Desk, school_id: str, account_id: str, new: NewPlan) -> _Found:
    who = account(desk, account_id)
    if who.school_id != school_id:
        raise NotFound("There is no such account in this school.")
    _check(new, who)
    what = contents(collection(desk, school_id, new.collection_id))
    chosen = [card for card in courses(desk, school_id) if matches(new.rule, card)]
    if not chosen:
        raise Invalid(fields={"rule": "No class fits this choice, so nothing was planned. Choose other grades, subjects or "
                                      "teachers, or name the classes one by one."})
    posts, allowed = standing(desk, school_id, [card.id for card in chosen]), _allowed(desk, school_id, new)
    by_hand, files = by_class(made_by_hand(desk, school_id, what.materials)), unfit(desk, school_id, account_id, _files(what))
    return _Found(who, what, tuple(
        _item(card, who, new, what, posts[card.id], allowed, in_a_sentence(by_hand.get(card.id, ())), files) for card in chosen))


def _files(what: Contents) -> list[str]:
    return [str(each["driveFile"]["driveFile"]["id"]) for each in what.materials if "driveFile" in each]


def matches(rule: Rule, card: CourseCard) -> bool:
    """Whether a rule names a class. A class without a known grade is only taken when it is named itself."""
    if card.id in rule.except_ids or card.google_id in rule.except_ids:
        return False
    if card.id in rule.class_ids or card.google_id in rule.class_ids:
        return True
    if not (rule.grades or rule.subjects or rule.teachers) or not card.grades:
        return False
    return (_meets(rule.grades, card.grades) and _meets(rule.subjects, [card.subject])
            and _meets(rule.teachers, [name for each in card.teachers for name in (each.id, each.google_id)]))


def _meets(wanted: Sequence[str], has: Iterable[str]) -> bool:
    return not wanted or not set(wanted).isdisjoint(has)


def _check(new: NewPlan, who: AccountCard) -> None:
    wrong: dict[str, str] = {}
    if new.kind not in SCOPES:
        wrong["as"] = "A post is either a material or an announcement."
    elif SCOPES[new.kind] not in who.scopes:
        wrong["as"] = f"You did not allow Throughline to post as {new.kind}. Connect again and tick it, or choose the other."
    if len(new.topic) > LONGEST_TOPIC:
        wrong["topic"] = f"A topic has at most {LONGEST_TOPIC} characters; this one has {len(new.topic)}."
    unknown = [grade for grade in new.rule.grades if grade not in GRADES]
    if unknown:
        wrong["grades"] = f"“{unknown[0]}” is not a grade. Use PK, TK, K or 1 to 12."
    if not any((new.rule.grades, new.rule.subjects, new.rule.teachers, new.rule.class_ids)):
        wrong["rule"] = "Choose at least one grade, subject, teacher or class."
    if new.publish_at is not None and new.publish_at.tzinfo is None:
        wrong["publish_at"] = "Say the time zone too, such as 2026-11-30T07:00:00-05:00."
    if wrong:
        raise Invalid(fields=wrong)


def _allowed(desk: Desk, school_id: str, new: NewPlan) -> Permissions:
    """What the teachers allow on the day it is to go out."""
    place = school(desk, school_id)
    with desk.transaction() as session:
        return permissions(session, place, max(desk.now(), new.publish_at or desk.now()))


def _item(card: CourseCard, who: AccountCard, new: NewPlan, what: Contents, posts: Sequence[PostCard],
          permitted: Permissions, by_hand: str, files: str) -> Item:
    text = wording(new.kind, what, librarian=who.name or who.email, course=card.name)
    barrier = _barrier(card, who) or files or _problems(what, text, posts)
    if barrier:
        return Item(card.id, Action.SKIP, f"{barrier} {by_hand}".strip()[:500], text)
    doubt = "The grade of this class is a guess; look at it before you accept. " if card.is_doubtful else ""
    allowed = permitted.may(card, new.kind, new.topic.strip())
    return Item(card.id, ACTIONS[allowed.verdict], f"{doubt}{allowed.reason} {by_hand}".strip()[:500], text)


def _barrier(card: CourseCard, who: AccountCard) -> str:
    """Why nothing can go into this class, or nothing."""
    if card.state is CourseState.GONE:
        return "Google does not show this class any more; it was deleted, or you were taken out of it."
    if card.state is CourseState.ARCHIVED:
        return "The class is archived. Restore it in Classroom first."
    if card.state is not CourseState.ACTIVE:
        return "The class is not active in Classroom yet."
    if card.excluded:
        return " ".join(["Plans leave this class out.", *card.doubts[:1]])
    if card.account_id != who.id:
        return "This class is connected through another librarian’s account; she can plan for it."
    return ""


def _problems(what: Contents, text: str, posts: Sequence[PostCard]) -> str:
    there = [Standing(post.title, post.text, tuple(map(unmarked, post.links))) for post in posts]
    return " ".join(problem.sentence for problem in preflight(what, text, there))


def _write(desk: Desk, school_id: str, new: NewPlan, found: _Found) -> str:
    row: dict[str, Any] = {
        "id": new_id(), "school_id": school_id, "account_id": found.who.id, "collection_id": new.collection_id,
        "rule": {name: list(value) for name, value in asdict(new.rule).items()}, "kind": new.kind,
        "topic": " ".join(new.topic.split()) if new.kind == Kind.MATERIAL else "", "publish_at": new.publish_at,
        "state": PlanState.PLANNED, "title": found.what.title, "materials": list(found.what.materials),
        "series_id": new.series_id, "occurrence": new.occurrence}
    with desk.transaction() as session:
        must_know_what_stands(session)
        row["created_at"] = database_now(session)
        if not insert_missing(session, Plan, [row], key=("series_id", "occurrence")):
            return session.scalars(select(Plan.id).where(
                Plan.series_id == new.series_id, Plan.occurrence == new.occurrence)).one()
        session.add_all(PlanItem(school_id=school_id, plan_id=row["id"], course_id=item.course_id, action=item.action,
                                 reason=item.reason, text=item.text) for item in found.items)
    return str(row["id"])
