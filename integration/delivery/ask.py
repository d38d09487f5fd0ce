"""Ask the teachers whose deliveries wait: one question a teacher, however many of her classes they are for."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from config.settings import Settings
from integration.accounts.models import Account
from integration.accounts.schools import SchoolCard
from integration.consent.ask import Asker, PostAsked, ask
from integration.consent.choices import whose_class
from integration.courses.shelf import CourseCard, TeacherCard
from integration.delivery.models import Delivery
from integration.delivery.models import DeliveryState as S


def ask_teachers(session: Session, settings: Settings, place: SchoolCard, cards: Mapping[str, CourseCard], rows: Iterable[Delivery],
                 now: datetime) -> None:
    """Ask about each of `rows` that waits. A class none of whose teachers is known waits for the librarian's word alone."""
    found = defaultdict[tuple[str, str], list[Delivery]](list)
    teachers: dict[str, TeacherCard] = {}
    for row in rows:
        whose = whose_class(cards[row.course_id])
        if row.state is S.WAITING and whose is not None:
            teachers[whose.id] = whose
            found[row.account_id, whose.id].append(row)
    for (account_id, teacher_id), hers in found.items():
        account = session.get_one(Account, account_id)
        asker = Asker(account_id, account.name or account.email)
        ask(session, settings, place, asker, teachers[teacher_id], [_post(row) for row in hers], now)


def _post(row: Delivery) -> PostAsked:
    return PostAsked(f"delivery:{row.id}", row.course_id, row.kind, row.title, row.text, _links(row.materials), row.next_at,
                     row.reason)


def _links(materials: Iterable[Mapping[str, Any]]) -> list[dict[str, str]]:
    """Where Google's materials lead, as a person reads it."""
    return [_link(each) for each in materials]


def _link(material: Mapping[str, Any]) -> dict[str, str]:
    if video := material.get("youtubeVideo"):
        return {"title": str(video.get("title", "")), "url": f"https://www.youtube.com/watch?v={video.get('id', '')}"}
    if file := material.get("driveFile"):
        drive = file.get("driveFile", {})
        return {"title": str(drive.get("title", "")), "url": f"https://drive.google.com/open?id={drive.get('id', '')}"}
    link = material.get("link", {})
    return {"title": str(link.get("title", "")), "url": str(link.get("url", ""))}
