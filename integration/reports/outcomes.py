"""What came of the work: averages with their n, loans, a teacher's words with her yes, work to look at. Honest words only."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import or_, select

from integration.desk import Desk
from integration.errors import Invalid, NotFound
from integration.partnerships.models import Entry
from integration.partnerships.shelf import EntryCard, entries_where, entry
from integration.records import address, plain
from integration.records.base import new_id
from integration.reports.benefits import BENEFITS
from integration.reports.honest import is_of_many, sentence
from integration.reports.models import Outcome, OutcomeKind
from integration.reports.practised import practised, workshops_ends

ON_THE_PAGE = 2
LONGEST = {"unit": 60, "words": 1000, "helps": 500}


@dataclass(frozen=True)
class NewOutcome:
    """What came of an entry. An average needs `after` and its n; loans `before` and `after`; a quote `words`; work a `url`."""

    entry_id: str
    kind: str
    before: float | None = None
    after: float | None = None
    before_n: int | None = None
    after_n: int | None = None
    unit: str = ""
    words: str = ""
    url: str = ""
    helps: str = ""
    benefit: str = ""
    """One of `benefits.BENEFITS`, or none."""
    agreed_on: date | None = None
    is_chosen: bool = False


@dataclass(frozen=True)
class OutcomeCard:
    """An outcome as shown; `sentence` says it in words that claim no more than was seen."""

    id: str
    entry_id: str
    activity: str
    on: date
    teacher: str
    kind: OutcomeKind
    sentence: str
    url: str
    helps: str
    may_be_shown: bool
    """Whether it may stand on a page others read: a quote only with the teacher's yes, an average only of ten or more."""
    is_chosen: bool
    benefit: str = ""
    is_counted: bool = False
    """Whether the practice page counted it; then nobody wrote it down, and nobody takes it away."""


def add_outcome(desk: Desk, school_id: str, outcome: NewOutcome) -> str:
    """Write down what came of an entry and answer its id. Raises Invalid, NotFound."""
    entry(desk, school_id, outcome.entry_id)
    values, id = _checked(outcome), new_id()
    with desk.transaction() as session:
        session.add(Outcome(id=id, school_id=school_id, created_at=desk.now(), **values))
    return id


def remove_outcome(desk: Desk, school_id: str, outcome_id: str) -> None:
    """Take an outcome off every page. Raises NotFound."""
    with desk.transaction() as session:
        row = session.scalar(select(Outcome).where(Outcome.school_id == school_id, Outcome.id == outcome_id,
                                                   Outcome.removed_at.is_(None)))
        if row is None:
            raise NotFound("There is no such outcome. It may have been taken away.")
        row.removed_at = desk.now()


def outcomes_of(desk: Desk, school_id: str, entry_id: str) -> list[OutcomeCard]:
    """Everything that came of one entry, oldest first, then what the practice page counted. Raises NotFound."""
    return _cards(desk, school_id, [entry(desk, school_id, entry_id)])


def fit_to_show(desk: Desk, school_id: str, first: date, last: date) -> list[OutcomeCard]:
    """What may be shown of what came of the time from `first` to `last`: those she chose, then the newest."""
    has_one = Entry.id.in_(select(Outcome.entry_id).where(Outcome.school_id == school_id, Outcome.removed_at.is_(None)))
    may_have = entries_where(desk, school_id, Entry.on >= first, Entry.on <= last,
                             or_(has_one, Entry.occasion.in_(workshops_ends(desk, school_id))))
    found = [each for each in _cards(desk, school_id, may_have) if each.may_be_shown]
    return sorted(found, key=lambda each: (each.is_chosen, each.on, each.id), reverse=True)


def _cards(desk: Desk, school_id: str, entries: Sequence[EntryCard]) -> list[OutcomeCard]:
    known = {each.id: each for each in entries}
    with desk.transaction() as session:
        rows = session.scalars(select(Outcome).where(Outcome.school_id == school_id, Outcome.removed_at.is_(None))
                               .order_by(Outcome.id)).all()
    written = [_card(row, known[row.entry_id]) for row in rows if row.entry_id in known]
    return [*written, *(_card(row, known[row.entry_id], is_counted=True) for row in practised(desk, school_id, entries))]


def _card(row: Outcome, of: EntryCard, *, is_counted: bool = False) -> OutcomeCard:
    return OutcomeCard(row.id, of.id, of.activity, of.on, of.teacher, row.kind, sentence(row, of.teacher), row.url, row.helps,
                       _may_be_shown(row), row.is_chosen, row.benefit, is_counted)


def _may_be_shown(row: Outcome) -> bool:
    if row.kind is OutcomeKind.QUOTE:
        return row.agreed_on is not None
    return row.kind is not OutcomeKind.AVERAGE or is_of_many(row)


def _checked(outcome: NewOutcome) -> dict[str, object]:
    faults = {"kind": "" if outcome.kind in set(OutcomeKind) else f"An outcome is one of {', '.join(OutcomeKind)}.",
              **{name: _words(getattr(outcome, name), longest) for name, longest in LONGEST.items()},
              "url": address.fault(outcome.url) if outcome.url else "",
              "benefit": "" if outcome.benefit in ("", *BENEFITS) else f"A benefit is one of {', '.join(BENEFITS)}."}
    if not faults["kind"]:
        faults |= {name: sentence for name, sentence in _missing(outcome).items() if sentence}
    if any(faults.values()):
        raise Invalid(fields={field: said for field, said in faults.items() if said})
    return {name: plain.line(value) if isinstance(value, str) else value for name, value in vars(outcome).items()}


def _missing(outcome: NewOutcome) -> dict[str, str]:
    kind = OutcomeKind(outcome.kind)
    numbers = kind in {OutcomeKind.AVERAGE, OutcomeKind.CIRCULATION}
    lacks_n = kind is OutcomeKind.AVERAGE and (not outcome.after_n or (outcome.before is not None and not outcome.before_n))
    return {"after": "Say the number." if numbers and outcome.after is None else "",
            "before": "Say how many loans there were before." if kind is OutcomeKind.CIRCULATION and outcome.before is None else "",
            "after_n": "Say of how many students the average is." if lacks_n else "",
            "words": "Write the teacher’s words." if kind is OutcomeKind.QUOTE and not plain.line(outcome.words) else "",
            "url": "Say where the work can be seen." if kind is OutcomeKind.WORK and not outcome.url else "",
            "helps": "Say how this helps students; the page needs it." if outcome.is_chosen and not outcome.helps.strip() else ""}


def _words(text: str, longest: int) -> str:
    if len(text) > longest:
        return f"This has {len(text):,} characters; at most {longest:,} fit. Shorten it."
    return f"This has {found}. Type it anew." if (found := plain.fault(text)) else ""
