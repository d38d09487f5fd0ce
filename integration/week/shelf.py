"""Read the rounds: what each did, step by step, and how it differs from the one before."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from integration.desk import Desk
from integration.errors import NotFound
from integration.week.models import Step, Week, WeekState, WeekStep
from integration.week.strike import BY_CLOCK

RAN = (WeekState.DONE, WeekState.PARTIAL)


@dataclass(frozen=True)
class StepCard:
    """One step of a round."""

    step: str
    state: str
    counts: Mapping[str, int]
    sentences: tuple[str, ...]
    calls: int
    began_at: datetime | None
    ended_at: datetime | None


@dataclass(frozen=True)
class WeekCard:
    """A round as shown. `diff` says how far each count is from the last round that came to its end; empty for the first."""

    id: str
    account_id: str
    week: str
    by: str
    """`clock` or `hand`."""
    state: str
    reason: str
    is_late: bool
    due_at: datetime
    began_at: datetime | None
    ended_at: datetime | None
    steps: tuple[StepCard, ...]
    diff: Mapping[str, int]

    @property
    def counts(self) -> dict[str, int]:
        """What all steps counted."""
        return {name: number for step in self.steps for name, number in step.counts.items()}

    @property
    def calls(self) -> int:
        """How many calls to Google it took."""
        return sum(step.calls for step in self.steps)

    @property
    def seconds(self) -> float | None:
        """How long it took; None when it has not ended, or never began."""
        return (self.ended_at - self.began_at).total_seconds() if self.began_at and self.ended_at else None

    @property
    def sentences(self) -> tuple[str, ...]:
        """What did not work out."""
        return tuple(sentence for step in self.steps for sentence in step.sentences)

    @property
    def is_over(self) -> bool:
        """Whether it has ended."""
        return self.state not in {WeekState.QUEUED, WeekState.RUNNING}


def week(desk: Desk, school_id: str, week_id: str) -> WeekCard:
    """One round. Raises NotFound."""
    with desk.transaction() as session:
        row = session.scalar(select(Week).where(Week.school_id == school_id, Week.id == week_id))
        if row is None:
            raise NotFound("There is no such round. It may belong to another school.")
        before = session.scalars(_newest_first(school_id).where(
            Week.account_id == row.account_id, Week.id < row.id, Week.state.in_(RAN)).limit(1)).all()
        return next(_cards(session, [row, *before]))


def weeks(desk: Desk, school_id: str, *, after: str | None = None, at_most: int | None = None) -> list[WeekCard]:
    """The school's rounds, newest first; `after` is the id of the last one of the page before."""
    query = _newest_first(school_id)
    if after is not None:
        query = query.where(Week.id < after)
    with desk.transaction() as session:
        # One round more than is shown, for what the last one differs from.
        rows = session.scalars(query.limit(None if at_most is None else at_most + 1)).all()
        return list(_cards(session, rows))[:at_most]


def _newest_first(school_id: str) -> Select[Week]:
    return select(Week).where(Week.school_id == school_id).order_by(Week.id.desc())


def _cards(session: Session, rows: Sequence[Week]) -> Iterator[WeekCard]:
    """Cards of `rows`, which come newest first."""
    steps = defaultdict[str, list[WeekStep]](list)
    for step in session.scalars(select(WeekStep).where(WeekStep.week_id.in_([row.id for row in rows]))):
        steps[step.week_id].append(step)
    ran: dict[str, list[Week]] = defaultdict(list)
    for row in rows:
        if row.state in RAN:
            ran[row.account_id].append(row)
    before = {later.id: earlier.id for mine in ran.values() for later, earlier in pairwise(mine)}
    for row in rows:
        now, then = _counted(steps[row.id]), _counted(steps[before[row.id]]) if row.id in before else None
        yield _card(row, steps[row.id], {} if then is None else {name: now[name] - then[name] for name in {**now, **then}})


def _counted(steps: Sequence[WeekStep]) -> Counter[str]:
    return Counter({name: int(number) for step in steps for name, number in step.counts.items()})


def _card(row: Week, steps: Sequence[WeekStep], diff: Mapping[str, int]) -> WeekCard:
    ordered = sorted(steps, key=lambda step: list(Step).index(step.step))
    return WeekCard(row.id, row.account_id, row.week, "clock" if row.run == BY_CLOCK else "hand", row.state.value, row.reason,
                    row.is_late, row.due_at, row.began_at, row.ended_at, tuple(map(_step, ordered)),
                    {name: number for name, number in diff.items() if number})


def _step(row: WeekStep) -> StepCard:
    return StepCard(row.step.value, row.state.value, {name: int(number) for name, number in row.counts.items()},
                    tuple(row.sentences), row.calls, row.began_at, row.ended_at)
