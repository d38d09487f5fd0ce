"""Her reflection journal: seven questions, answered on any day, each beside what she answered before. For herself alone."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import delete, select

from integration.accounts.schools import school
from integration.desk import Desk
from integration.errors import Invalid, NotFound
from integration.partnerships.private import Reflection
from integration.records import plain
from integration.records.base import new_id
from integration.records.upsert import upsert

QUESTIONS = {
    "works": "Which partnership works well now, and what makes it work?",
    "want": "With whom would I like to work who does not know it yet?",
    "bring": "What can I bring that a teacher cannot get elsewhere?",
    "way": "What stands in the way: time, timetable, habit, or something of mine?",
    "students": "What did students learn that they would not have learned without us?",
    "goal": "Which goal of the school do I serve, and how would anybody see it?",
    "next": "What is the one next step, with whom, and when?",
}
"""A question's key → the question."""
LONGEST = 4000


@dataclass(frozen=True)
class Answer:
    """What she wrote on one day."""

    id: str
    question: str
    on: date
    words: str


@dataclass(frozen=True)
class Page:
    """One question with all she answered, newest first."""

    key: str
    question: str
    answers: tuple[Answer, ...]


def journal(desk: Desk, account_id: str) -> list[Page]:
    """The seven questions, each with her answers."""
    with desk.transaction() as session:
        rows = session.scalars(select(Reflection).where(Reflection.account_id == account_id)
                               .order_by(Reflection.on.desc(), Reflection.id.desc()))
        found = [Answer(row.id, row.question, row.on, row.words) for row in rows]
    return [Page(key, question, tuple(each for each in found if each.question == key)) for key, question in QUESTIONS.items()]


def reflect(desk: Desk, school_id: str, account_id: str, question: str, words: str) -> None:
    """Write down today's answer to a question; a second one today takes the place of the first. Raises Invalid, NotFound."""
    if question not in QUESTIONS:
        raise NotFound("There is no such question in the journal.")
    kept = plain.paragraphs(words)
    if fault := _fault(kept):
        raise Invalid(fields={"words": fault})
    today = school(desk, school_id).today(desk.now())
    with desk.transaction() as session:
        upsert(session, Reflection, [{"id": new_id(), "school_id": school_id, "account_id": account_id, "question": question,
                                      "on": today, "words": kept, "written_at": desk.now()}],
               key=("account_id", "question", "on"), keep=("id",))


def tear_out(desk: Desk, account_id: str, answer_id: str) -> None:
    """Delete an answer for good. Raises NotFound."""
    with desk.transaction() as session:
        gone = session.scalar(delete(Reflection).where(Reflection.account_id == account_id, Reflection.id == answer_id)
                              .returning(Reflection.id))
    if gone is None:
        raise NotFound("There is no such answer in your journal. It may have been torn out.")


def as_text(desk: Desk, account_id: str) -> str:
    """The whole journal as plain text, for herself to keep."""
    parts = [f"{page.question}\n\n" + "".join(f"{each.on}\n{each.words}\n\n" for each in page.answers)
             for page in journal(desk, account_id) if page.answers]
    return "\n".join(parts)


def _fault(words: str) -> str:
    if not words:
        return "Write something, or leave the question."
    if len(words) > LONGEST:
        return f"This has {len(words):,} characters; at most {LONGEST:,} fit. Shorten it."
    return f"This has {found}. Type it anew." if (found := plain.fault(words)) else ""
