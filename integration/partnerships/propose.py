"""Propose something concrete to a teacher: which class, which day, how long, who does what and what is ready, in few words."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from integration.accounts.models import School
from integration.accounts.schools import school_card
from integration.courses.models import Course, CourseTeacher, Teacher
from integration.desk import Desk
from integration.errors import AlreadyDone, Invalid, NotFound
from integration.letters.links import link_to
from integration.letters.models import Kind
from integration.letters.words import Part, Words
from integration.letters.write import NewLetter, write
from integration.partnerships import log
from integration.partnerships.models import Proposal, ProposalState
from integration.partnerships.proposals import ProposalCard, cards, proposal, query_of
from integration.partnerships.thank import thank
from integration.records import plain
from integration.records.base import new_id

MOST_WORDS = 120
LONGEST = 500
LONGEST_MINUTES = 300
YES = (ProposalState.ACCEPTED.value, ProposalState.ADAPTED.value)


@dataclass(frozen=True)
class NewProposal:
    """A proposal as she writes it. `who`: who does what; `ready`: what is ready already."""

    teacher_id: str
    on: date
    minutes: int
    activity: str
    who: str
    ready: str = ""
    course_id: str = ""


def propose(desk: Desk, school_id: str, account_id: str, new: NewProposal) -> str:
    """Write a proposal down, and the letter that offers it, for her to look at; gives its id. Raises Invalid, NotFound."""
    with desk.transaction() as session:
        _check(session, school_id, new, school_card(session.get_one(School, school_id)).today(desk.now()))
        row = Proposal(id=new_id(), school_id=school_id, account_id=account_id, teacher_id=new.teacher_id,
                       course_id=new.course_id or None, on=new.on, minutes=new.minutes, activity=plain.line(new.activity),
                       who=plain.line(new.who), ready=plain.line(new.ready), state=ProposalState.OPEN, made_at=desk.now())
        session.add(row)
        session.flush()
        [card] = cards(session, query_of(school_id).where(Proposal.id == row.id))
        words = proposal_letter(card, link_to(session, desk.settings, school_id, f"proposal:{row.id}", desk.now()))
        if (count := words_in(words)) > MOST_WORDS:
            raise Invalid(fields={"who": f"The letter would have {count} words; with more than {MOST_WORDS} it is not read. "
                                         "Shorten it. Nothing was saved."})
        teacher = session.get_one(Teacher, new.teacher_id)
        write(session, school_id, NewLetter(account_id, Kind.PROPOSAL, f"teacher:{teacher.id}", row.id, teacher.name, teacher.email,
                                            words), desk.now())
        return row.id


def carried_out(desk: Desk, school_id: str, proposal_id: str) -> str:
    """Write down that they did it, and a thank-you for her to look at; gives the entry's id. Raises NotFound, AlreadyDone."""
    card = proposal(desk, school_id, proposal_id)
    if card.state not in YES:
        raise AlreadyDone("Only what she said yes to, and what is not in the log yet, can be written down as done.")
    entry = log.write(desk, school_id, log.HandEntry(card.teacher_id, card.on, card.activity, card.minutes,
                                                     [card.course_id] if card.course_id else []))
    with desk.transaction() as session:
        row = session.get_one(Proposal, proposal_id)
        row.state, account_id = ProposalState.DONE, row.account_id
    thank(desk, school_id, account_id, entry)
    return entry


def proposal_letter(card: ProposalCard, link: str) -> Words:
    """The letter that offers it: at most 120 words with everything in them."""
    where = f" with {card.class_name}" if card.class_name else ""
    return Words(f"{card.activity}: {card.on:%B} {card.on.day}?", (
        Part("say", f"Dear {card.teacher},"),
        Part("say", f"shall we do this together{where}?"),
        Part("list", lines=tuple(filter(None, (
            f"What: {card.activity}", f"When: {card.on:%A, %B} {card.on.day}, {card.minutes} minutes", f"Who does what: {card.who}",
            f"Ready: {card.ready}" if card.ready else "")))),
        Part("way", "Yes, change it, or not now", link=link),
        Part("say", f"{card.librarian}, school librarian, {card.school}")))


def words_in(words: Words) -> int:
    """How many words a letter has."""
    return sum(len(f"{part.title} {part.text} {' '.join(part.lines)}".split()) for part in words.parts)


def _check(session: Session, school_id: str, new: NewProposal, today: date) -> None:
    if session.scalar(select(Teacher.id).where(Teacher.school_id == school_id, Teacher.id == new.teacher_id)) is None:
        raise NotFound("There is no such teacher. Sync the classes, then choose her anew.")
    hers = session.scalars(select(Course.id).join(CourseTeacher, CourseTeacher.course_id == Course.id).where(
        Course.school_id == school_id, CourseTeacher.teacher_id == new.teacher_id))
    wrong = {
        "course_id": "" if not new.course_id or new.course_id in set(hers) else "She does not teach this class.",
        "on": "" if new.on >= today else "This day is over. Choose today or a day to come.",
        "minutes": "" if 1 <= new.minutes <= LONGEST_MINUTES else f"How many minutes? From 1 to {LONGEST_MINUTES}.",
        **{field: _fault(text, is_needed=field != "ready") for field, text in (
            ("activity", new.activity), ("who", new.who), ("ready", new.ready))},
    }
    if any(wrong.values()):
        raise Invalid(fields={field: sentence for field, sentence in wrong.items() if sentence})


def _fault(text: str, *, is_needed: bool) -> str:
    kept = plain.line(text)
    if is_needed and not kept:
        return "Say it in a few words."
    return f"Write at most {LONGEST} characters of plain text." if len(kept) > LONGEST or plain.fault(kept) else ""
