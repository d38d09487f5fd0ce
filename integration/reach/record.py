"""Write into the log what really stands in the classes."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy import func, select

from integration.accounts.schools import school
from integration.curation.models import Collection
from integration.delivery.models import Delivery, Plan
from integration.delivery.observe import observe
from integration.desk import Desk
from integration.partnerships.log import Happened, record_all
from integration.partnerships.models import Entry
from integration.reach.classes import reach_classes
from integration.reach.posts import GONE


class Stood(NamedTuple):
    """What stands of a collection in a class under one title, and since when."""

    course_id: str
    collection_id: str
    title: str
    began_at: datetime


def record_reach(desk: Desk, school_id: str) -> int:
    """See what stands, then keep one entry for each teacher and collection; answer how many entries there are now."""
    observe(desk, school_id)
    partners = {card.id: card.partners for card in reach_classes(desk, school_id)}
    groups = defaultdict[tuple[str, str], list[Stood]](list)
    for stood in _standing(desk, school_id):
        for teacher in partners[stood.course_id]:
            groups[teacher.id, stood.collection_id].append(stood)
    codes, zone = _codes(desk, school_id), ZoneInfo(school(desk, school_id).timezone)
    record_all(desk, school_id, [_happened(teacher_id, collection_id, stood, codes[collection_id], zone)
                                 for (teacher_id, collection_id), stood in groups.items()])
    with desk.transaction() as session:
        return session.scalar(select(func.count()).select_from(Entry).where(Entry.school_id == school_id)) or 0


def _standing(desk: Desk, school_id: str) -> list[Stood]:
    """What stands, gathered by the database: it grows with classes and collections, not with posts."""
    began = func.min(Delivery.published_at)
    query = (select(Delivery.course_id, Plan.collection_id, Delivery.title, began).join(Plan, Plan.id == Delivery.plan_id)
             .where(Delivery.school_id == school_id, Delivery.published_at.is_not(None), Delivery.state.not_in(GONE))
             .group_by(Delivery.course_id, Plan.collection_id, Delivery.title).order_by(began, Delivery.course_id))
    with desk.transaction() as session:
        return [Stood(course, collection, title, at) for course, collection, title, at in session.execute(query) if at]


def _codes(desk: Desk, school_id: str) -> dict[str, list[str]]:
    with desk.transaction() as session:
        return {row.id: row.codes for row in session.execute(
            select(Collection.id, Collection.codes).where(Collection.school_id == school_id))}


def _happened(teacher_id: str, collection_id: str, stood: Sequence[Stood], codes: Sequence[str], zone: ZoneInfo) -> Happened:
    return Happened(teacher_id=teacher_id, occasion=f"collection:{collection_id}", on=stood[0].began_at.astimezone(zone).date(),
                    activity=stood[0].title, course_ids=list(dict.fromkeys(each.course_id for each in stood)), codes=codes)
