"""The Monday brief: what needs her first, then what changed; a quiet week is one line."""

from collections.abc import Sequence

from sqlalchemy import select

from integration.accounts.models import Account
from integration.desk import Desk
from integration.letters.models import Kind, Letter
from integration.letters.shelf import letter
from integration.letters.words import Part, Words
from integration.letters.write import NewLetter, write
from integration.week.findings import Finding, Findings, findings
from integration.week.seasons import write_seasonal
from integration.week.turn import Outcome, Turn

MOST = 6
"""So many lines a section; the page behind its link has the rest."""


def brief(desk: Desk, turn: Turn) -> Outcome:
    """Write the brief of a week, once however often its round is run; to herself it goes without her look."""
    write_seasonal(desk, turn)
    found = findings(desk, turn)
    words = brief_words(found, desk.settings.origin, turn.week)
    with desk.transaction() as session:
        account = session.get_one(Account, turn.account_id)
        write(session, turn.school_id, NewLetter(account.id, Kind.BRIEF, f"account:{account.id}", turn.week, account.name,
                                                 account.email, words), desk.now())
    return Outcome({"needs_you": len(found.needs_you)})


def brief_text(desk: Desk, school_id: str, account_id: str, week: str) -> str:
    """The brief of a librarian's week in plain text, or nothing when none was written."""
    with desk.transaction() as session:
        id = session.scalar(select(Letter.id).where(
            Letter.school_id == school_id, Letter.kind == Kind.BRIEF, Letter.person == f"account:{account_id}",
            Letter.occasion == week))
    return "" if id is None else letter(desk, school_id, id)[1].text


def brief_words(found: Findings, origin: str, week: str) -> Words:
    """What the brief says. A quiet week is one line and no more."""
    if found.is_quiet:
        return Words("Nothing needs you this week", (
            Part("say", f"Nothing needs you: all {found.classes} classes were looked at and nothing changed."),))
    sections = (
        ("Units that begin soon", "See the curriculum map", found.starting, "/curriculum"),
        ("Changed", "See the classes", found.changed, "/classes"),
        ("Edited by teachers", "See the deliveries", found.edited, "/deliveries"),
        ("Waiting for an answer", "See what waits", found.waiting, "/deliveries?state=waiting"),
        ("Failed", "See what failed", found.failed, "/deliveries?state=failed"))
    return Words(_subject(found), (
        *_needs(found.needs_you, origin),
        *(part for head, way, some, path in sections for part in _section(head, way, some, origin + path)),
        *_unreached(found.not_reached, origin), Part("head", "One suggestion"), Part("say", found.suggestion),
        Part("also", f"See the round of week {week}", url=f"{origin}/weeks")))


def _subject(found: Findings) -> str:
    number = len(found.needs_you)
    needs = "nothing needs" if not number else "1 thing needs" if number == 1 else f"{number} things need"
    return f"Your week in the library: {needs} you"


def _needs(some: Sequence[Finding], origin: str) -> list[Part]:
    """Each with a link of its own, because each wants something of her."""
    if not some:
        return []
    more = [Part("say", f"And {len(some) - MOST} more.")] if len(some) > MOST else []
    return [Part("head", f"Needs you ({len(some)})"),
            *(Part("also", each.sentence, url=f"{origin}{each.path}") for each in some[:MOST]), *more]


def _section(head: str, way: str, some: Sequence[Finding], address: str) -> list[Part]:
    if not some:
        return []
    lines = [each.sentence for each in some[:MOST]] + ([f"and {len(some) - MOST} more"] if len(some) > MOST else [])
    return [Part("head", head), Part("list", lines=tuple(lines)), Part("also", way, url=address)]


def _unreached(names: Sequence[str], origin: str) -> list[Part]:
    if not names:
        return []
    more = f", and {len(names) - MOST} more" if len(names) > MOST else ""
    return [Part("head", "Not reached yet"), Part("say", f"Nothing of the library’s has come to {', '.join(names[:MOST])}{more}."),
            Part("also", "See the quilt", url=f"{origin}/")]
