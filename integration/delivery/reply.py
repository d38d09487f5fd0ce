"""Check what a teacher typed: her words as they will stand before students, and her day."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from integration.consent.answers import Reply
from integration.consent.models import QuestionPost, Said
from integration.errors import Invalid
from integration.records import plain

LONGEST_TEXT = 30_000
"""https://developers.google.com/workspace/classroom/reference/rest/v1/courses.announcements"""
LONGEST_TITLE = 3000
FARTHEST = timedelta(days=300)


def checked(reply: Reply, post: QuestionPost, zone: ZoneInfo, now: datetime) -> Reply:
    """A reply fit to keep: a yes to other words, or for another day, is `changed`; a no has no words.

    Raises Invalid, its fields named after the occasion.
    """
    if reply.said is Said.NO or not (reply.title or reply.text or reply.on):
        return Reply(reply.occasion, reply.said)
    title = post.title if post.kind == "announcement" else plain.line(reply.title)
    text, today = plain.paragraphs(reply.text), now.astimezone(zone).date()
    if (title, text, reply.on) == (post.title, plain.paragraphs(post.text), None):
        return Reply(reply.occasion, reply.said)
    faults = {"title": _title_fault(title), "text": _text_fault(text, post.kind), "on": _day_fault(reply.on, today)}
    if any(faults.values()):
        raise Invalid(fields={f"{field}:{reply.occasion}": sentence for field, sentence in faults.items() if sentence})
    return replace(reply, title=title, text=text, said=Said.DRAFT if reply.said is Said.DRAFT else Said.CHANGED)


def _title_fault(title: str) -> str:
    if not title:
        return "It needs a title."
    if len(title) > LONGEST_TITLE:
        return f"A title has at most {LONGEST_TITLE:,} characters. Shorten it."
    return f"The title has {found}. Type it anew." if (found := plain.fault(title)) else ""


def _text_fault(text: str, kind: str) -> str:
    if not text and kind == "announcement":
        return "An announcement needs words."
    if len(text) > LONGEST_TEXT:
        return f"Classroom takes {LONGEST_TEXT:,} characters; this has {len(text):,}. Shorten it."
    return f"The text has {found}. Type it anew." if (found := plain.fault(text)) else ""


def _day_fault(on: date | None, today: date) -> str:
    if on is not None and on < today:
        return "This day is over. Choose today or a day to come."
    return "This day is too far away. Choose one within this school year." if on is not None and on > today + FARTHEST else ""
