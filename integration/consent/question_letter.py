"""The letters that ask: the posts as students would see them, why, and one link. The second one only reminds."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from config.settings import Settings
from integration.accounts.models import Account
from integration.accounts.schools import SchoolCard
from integration.consent.allowed import ASKED
from integration.consent.models import Question, QuestionPost
from integration.courses.models import Course, Teacher
from integration.letters.links import link_to
from integration.letters.words import Part, Words

CANNOT_SEE = ("I use Throughline for this. It cannot see grades, students’ work, comments or messages, and it stores no student’s "
              "name.")


@dataclass(frozen=True)
class Asking:
    """What the letters are made of. `question_link` and `page_link` are rows of links."""

    teacher: str
    librarian: str
    school: str
    zone: ZoneInfo
    posts: Sequence[tuple[QuestionPost, str]]
    """Each post with the name of its class."""
    question_link: str
    page_link: str


def asking(session: Session, settings: Settings, place: SchoolCard, question_id: str, now: datetime) -> Asking:
    """Read what the letters about one question are made of, with links that open it."""
    question, teacher, account = session.execute(select(Question, Teacher.name, Account).join(
        Teacher, Teacher.id == Question.teacher_id).join(Account, Account.id == Question.account_id).where(
        Question.id == question_id)).one()
    posts = session.execute(select(QuestionPost, Course.name).join(Course, Course.id == QuestionPost.course_id).where(
        QuestionPost.question_id == question_id).order_by(QuestionPost.id))
    return Asking(teacher, account.name or account.email, place.name, ZoneInfo(place.timezone), [(*row,) for row in posts],
                  link_to(session, settings, place.id, f"question:{question_id}", now),
                  link_to(session, settings, place.id, f"teacher:{question.teacher_id}", now))


def question_letter(about: Asking) -> Words:
    """The letter that asks."""
    return Words(f"May I put {_titles(about)} into your Classroom?", (
        Part("say", f"{_dear(about)},"),
        Part("say", f"I would like to share {_titles(about)} with {_classes(about)}. Nothing of it is shown to your students "
                    "before you say yes. This is how they would see it:"),
        *(_shown(about, post, name) for post, name in about.posts),
        Part("way", "Read it and answer", link=about.question_link),
        Part("say", "You need no account and no password. You can say yes, change the words or the day, take it as a draft, or say "
                    "no. If you do not answer, nothing is posted."),
        *_foot(about)))


def reminder_letter(about: Asking) -> Words:
    """The letter that reminds, once."""
    return Words(f"Still open: {_titles(about)} for your Classroom", (
        Part("say", f"{_dear(about)},"),
        Part("say", f"some days ago I asked whether I may share {_titles(about)} with {_classes(about)}. If you would rather "
                    "not, or have no time, you need not do anything: without your answer nothing is posted, and I will not ask "
                    "again."),
        Part("way", "Read it and answer", link=about.question_link),
        *_foot(about)))


def _dear(about: Asking) -> str:
    return f"Dear {about.teacher}" if about.teacher else "Dear colleague"


def _foot(about: Asking) -> tuple[Part, ...]:
    return (Part("say", f"{about.librarian}, school librarian, {about.school}"),
            Part("stop", "Everything from the library in your classes, and how to stop it", link=about.page_link),
            Part("fine", CANNOT_SEE))


def _titles(about: Asking) -> str:
    titles = list(dict.fromkeys(post.title for post, _ in about.posts))
    return f"“{titles[0]}”" if len(titles) == 1 else f"{len(titles)} things from the library"


def _classes(about: Asking) -> str:
    names = list(dict.fromkeys(name or "your class" for _, name in about.posts))
    return names[0] if len(names) == 1 else f"{len(names)} of your classes"


def _shown(about: Asking, post: QuestionPost, name: str) -> Part:
    due = post.due_at.astimezone(about.zone)
    where = f"{'Material' if post.kind == 'material' else 'Announcement'} in {name or 'your class'}"
    why = [] if post.why.endswith(ASKED) else [post.why]
    links = [f"{each['title']}: {each['url']}" if each["title"] else str(each["url"]) for each in post.links]
    return Part("post", post.text, title=post.title, lines=(f"{where}, not before {due:%A, %B} {due.day}", *why, *links))
