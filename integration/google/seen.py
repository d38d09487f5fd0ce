"""What Google shows, as frozen dataclasses: Google's dictionaries go no further than this file."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

COURSE_FIELDS = ("id,name,section,descriptionHeading,levels,subject,courseState,ownerId,alternateLink,updateTime,"
                 "creationTime")
LONG_AGO = "1970-01-01T00:00:00Z"


class Kind(StrEnum):
    """What a post is: something said in the stream, or a material under Classwork."""

    ANNOUNCEMENT = "announcement"
    MATERIAL = "material"


LIST_NAMES = {Kind.ANNOUNCEMENT: ("announcementStates", "announcements"),
              Kind.MATERIAL: ("courseWorkMaterialStates", "courseWorkMaterial")}
"""For each kind, the name of the state filter and of the list in the answer; Google's names are irregular."""


@dataclass(frozen=True)
class CourseSeen:
    """A class. `state` is Google's word."""

    google_id: str
    name: str
    section: str
    heading: str
    levels: str
    subject: str
    state: str
    owner_google_id: str
    link: str
    updated_at: datetime | None
    created_at: datetime | None


@dataclass(frozen=True)
class TeacherSeen:
    """A teacher; `email` is empty without that permission."""

    google_id: str
    name: str
    email: str


@dataclass(frozen=True)
class TopicSeen:
    """A topic of a class."""

    google_id: str
    name: str
    updated_at: datetime | None


@dataclass(frozen=True)
class TopicPage:
    """One page of a class's topics; `is_last` when nothing follows."""

    topics: tuple[TopicSeen, ...]
    is_last: bool


@dataclass(frozen=True)
class PostSeen:
    """A post. `links` are addresses, `youtube:<id>` or `drive:<id>`; `state` is Google's word."""

    google_id: str
    kind: Kind
    state: str
    title: str
    text: str
    links: tuple[str, ...]
    topic_google_id: str
    creator_google_id: str
    link: str
    updated_at: datetime
    created_at: datetime
    scheduled_at: datetime | None


@dataclass(frozen=True)
class PostPage:
    """One page of a stream; `is_last` when nothing follows."""

    posts: tuple[PostSeen, ...]
    is_last: bool


def course(item: Mapping[str, Any]) -> CourseSeen:
    """Read Google's Course. Empty fields are left out of its answers, so each is read with a default."""
    return CourseSeen(
        google_id=item["id"], name=item.get("name", ""), section=item.get("section", ""),
        heading=item.get("descriptionHeading", ""), levels=item.get("levels", ""), subject=item.get("subject", ""),
        state=item.get("courseState", ""), owner_google_id=item.get("ownerId", ""), link=item.get("alternateLink", ""),
        updated_at=moment(item.get("updateTime")), created_at=moment(item.get("creationTime")))


def teacher(item: Mapping[str, Any]) -> TeacherSeen:
    """Read Google's Teacher."""
    profile = item.get("profile", {})
    return TeacherSeen(profile["id"], profile.get("name", {}).get("fullName", ""), profile.get("emailAddress", ""))


def topic(item: Mapping[str, Any]) -> TopicSeen:
    """Read Google's Topic."""
    return TopicSeen(item["topicId"], item.get("name", ""), moment(item.get("updateTime")))


def topic_page(page: Mapping[str, Any]) -> TopicPage:
    """Read a page of topics."""
    return TopicPage(tuple(map(topic, page.get("topic", ()))), "nextPageToken" not in page)


def post(kind: Kind, item: Mapping[str, Any]) -> PostSeen:
    """Read Google's Announcement or CourseWorkMaterial."""
    text = item.get("text" if kind is Kind.ANNOUNCEMENT else "description", "")
    updated = item.get("updateTime") or item.get("creationTime") or LONG_AGO
    created = item.get("creationTime") or updated
    return PostSeen(
        google_id=item["id"], kind=kind, state=item.get("state", ""), title=item.get("title", ""), text=text,
        links=tuple(link for link in map(address, item.get("materials", ())) if link),
        topic_google_id=item.get("topicId", ""), creator_google_id=item.get("creatorUserId", ""),
        link=item.get("alternateLink", ""), updated_at=datetime.fromisoformat(updated),
        created_at=datetime.fromisoformat(created), scheduled_at=moment(item.get("scheduledTime")))


def address(material: Mapping[str, Any]) -> str:
    """A material as one word: its address, `youtube:<id>` or `drive:<id>`. Google turns a recognised link into the latter two."""
    if "link" in material:
        return str(material["link"].get("url", ""))
    if "youtubeVideo" in material:
        return f"youtube:{material['youtubeVideo'].get('id', '')}"
    if "driveFile" in material:
        return f"drive:{material['driveFile'].get('driveFile', {}).get('id', '')}"
    if "form" in material:
        return str(material["form"].get("formUrl", ""))
    return ""


def wording(kind: Kind, title: str | None, text: str | None) -> dict[str, str | None]:
    """Title and text under Google's names for this kind."""
    return {"text": text} if kind is Kind.ANNOUNCEMENT else {"title": title, "description": text}


def post_fields(kind: Kind) -> str:
    """The partial response asked for: what is kept, and nothing about students."""
    own = "text" if kind is Kind.ANNOUNCEMENT else "title,description,topicId"
    return (f"id,state,{own},materials(link/url,youtubeVideo/id,driveFile/driveFile/id,form/formUrl),creatorUserId,"
            "alternateLink,creationTime,updateTime,scheduledTime")


def moment(text: str | None) -> datetime | None:
    """Google's RFC 3339 time, aware."""
    return datetime.fromisoformat(text) if text else None
