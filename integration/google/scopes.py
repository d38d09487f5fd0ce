"""Every permission Throughline asks Google for, each with its reason and with what stops without it.

This is the only list: the sign-in asks for all but those of `CHOSEN`, the welcome and privacy pages and the letter to district IT
print it.
There is no scope here that shows grades, hand-ins, guardians or anybody's mail, so Google refuses those whatever the librarian
herself may open.
https://developers.google.com/workspace/classroom/guides/auth
"""

from collections.abc import Collection
from dataclasses import dataclass

_PREFIX = "https://www.googleapis.com/auth/"

OPENID = "openid"
EMAIL = f"{_PREFIX}userinfo.email"
PROFILE = f"{_PREFIX}userinfo.profile"
COURSES = f"{_PREFIX}classroom.courses.readonly"
ANNOUNCEMENTS = f"{_PREFIX}classroom.announcements"
MATERIALS = f"{_PREFIX}classroom.courseworkmaterials"
TOPICS = f"{_PREFIX}classroom.topics"
ROSTERS = f"{_PREFIX}classroom.rosters.readonly"
EMAILS = f"{_PREFIX}classroom.profile.emails"
SEND = f"{_PREFIX}gmail.send"
FILES = f"{_PREFIX}drive.file"


@dataclass(frozen=True)
class Scope:
    """One permission in plain words: what it is, why it is asked, and what stops without it."""

    name: str
    title: str
    why: str
    without: str
    optional: bool = False


SCOPES: tuple[Scope, ...] = (
    Scope(OPENID, "Sign in with Google",
          "So that you need no further password here.",
          "You cannot sign in."),
    Scope(EMAIL, "Your e-mail address",
          "To show which of your accounts is connected, and to keep to your district’s own people.",
          "The account is shown by its name alone, and a district that admits only its own people may not let it in."),
    Scope(PROFILE, "Your name",
          "It is written under what you post, so that teachers know whom it comes from.",
          "Your e-mail address stands where your name would."),
    Scope(COURSES, "See your classes",
          "To find the classes you own or co-teach and sort them by grade.",
          "No classes appear, so nothing can be planned or posted."),
    Scope(ANNOUNCEMENTS, "See and post announcements",
          "To post what you accepted as an announcement, and to see later whether it still stands.",
          "Nothing can be posted as an announcement, and the stream’s announcements stay unread."),
    Scope(MATERIALS, "See and post materials",
          "To post what you accepted as a material under Classwork, and to see later whether it still stands.",
          "Nothing can be posted as a material, and the classes’ materials stay unread."),
    Scope(TOPICS, "See and add topics",
          "To keep your materials together under a topic such as “Library”.",
          "Materials are posted without a topic."),
    Scope(ROSTERS, "Teachers’ names and the number of students",
          "To say whose class it is and how many students a collection reaches. Students’ names are never fetched.",
          "A class shows no teacher’s name and no number of students; reach counts classes only.", optional=True),
    Scope(EMAILS, "Teachers’ e-mail addresses",
          "So that a letter to a teacher can be addressed for you.",
          "You type a teacher’s address yourself.", optional=True),
)

SENDING = Scope(
    SEND, "Send letters from your Gmail",
    "So that a letter you let go comes from your own address. It shows nobody any mail, neither what came nor what was sent.",
    "Letters go through this installation’s mail server, or wait here for you to copy them.", optional=True)

FILING = Scope(
    FILES, "Make files in your Drive",
    "So that a citation kit can lie in your Drive as Google Docs and Slides you can edit, and a report as a spreadsheet. It shows "
    "no other file there.",
    "Kits are pages and PDF only, and a report is a file to download.", optional=True)

CHOSEN = {"mail": SENDING, "documents": FILING}
"""Asked only of her who chose them, by the word a page says it with; never at the sign-in."""

NAMES: tuple[str, ...] = tuple(scope.name for scope in SCOPES)

_SHORT = {"email": EMAIL, "profile": PROFILE}


def spelled(text: str) -> frozenset[str]:
    """The scopes of a token answer, a text with spaces between, in Google's long spelling."""
    return frozenset(_SHORT.get(name, name) for name in text.split())


def missing(granted: Collection[str]) -> tuple[Scope, ...]:
    """What was asked and not given, in the order of the list."""
    return tuple(scope for scope in SCOPES if scope.name not in granted)
