"""Run a round: the next unfinished step, then ring for the one after.

The rows know what is done, so a killed worker's round goes on at its step; a step that fails says so, and the rest still comes.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, or_, select, update
from sqlalchemy.orm import Session

from integration import later, nature
from integration.desk import Desk
from integration.errors import AlreadyDone, ThroughlineError
from integration.records.clock import database_now
from integration.week.models import Step, StepState, Week, WeekState, WeekStep
from integration.week.steps import DOERS
from integration.week.strike import BY_CLOCK, UNDER_WAY, add_steps
from integration.week.turn import Outcome, Turn
from integration.week.when import place_of

LEASE = timedelta(minutes=5)
LOOKS_AGAIN = timedelta(seconds=5)
MOST_TRIES = 3
STUMBLED = "It was begun three times and cut short each time, so it was left out this week. The other steps went on."
NOT_OVER = (StepState.PENDING, StepState.RUNNING)


@dataclass(frozen=True)
class _Held:
    token: str
    turn: Turn
    tries: int


def run_now(desk: Desk, school_id: str, account_id: str) -> str:
    """Begin a round of this week and answer its id; one of hers that is under way is answered instead of a second."""
    place = place_of(desk, school_id)
    with desk.transaction() as session:
        under_way = session.scalar(select(Week.id).where(
            Week.account_id == account_id, Week.school_id == school_id, Week.state.in_(UNDER_WAY)).limit(1))
        if under_way is None:
            newest = session.scalar(select(func.max(Week.run)).where(Week.account_id == account_id, Week.week == place.week))
            row = Week(school_id=school_id, account_id=account_id, week=place.week, run=(newest or 0) + 1, due_at=desk.now(),
                       state=WeekState.QUEUED, next_at=desk.now())
            session.add(row)
            session.flush()
            add_steps(session, school_id, row.id)
            under_way = row.id
        later.ask(session, later.Job.RUN_WEEK, week_id=under_way)
        return under_way


def go_on(desk: Desk, week_id: str) -> None:
    """Do the next step of a round, if nobody else is at it and it is not over."""
    held = _claim(desk, week_id)
    if held is None:
        return
    _settle(desk, held, _do(desk, held))


def _do(desk: Desk, held: _Held) -> Outcome:
    if held.tries > MOST_TRIES:
        return Outcome(has_failed=True, sentences=(STUMBLED,))
    try:
        return DOERS[held.turn.step](desk, held.turn)
    except AlreadyDone as error:
        return Outcome(sentences=(str(error),))
    except ThroughlineError as error:
        return Outcome(has_failed=True, sentences=(str(error),))


def _claim(desk: Desk, week_id: str) -> _Held | None:
    token = nature.token(16)
    with desk.transaction() as session:
        now = database_now(session)
        taken = session.scalar(update(Week).where(
            Week.id == week_id, Week.state.in_(UNDER_WAY), or_(Week.lease_until.is_(None), Week.lease_until < now),
        ).values(lease_token=token, lease_until=now + LEASE, state=WeekState.RUNNING,
                 began_at=func.coalesce(Week.began_at, now)).returning(Week.id))
        return None if taken is None else _begin_step(session, week_id, token, now)


def _begin_step(session: Session, week_id: str, token: str, now: datetime) -> _Held:
    week = session.get_one(Week, week_id, populate_existing=True)
    step = _open_steps(session, week_id)[0]
    step.state, step.tries, step.began_at = StepState.RUNNING, step.tries + 1, step.began_at or now
    since = session.scalar(select(func.max(Week.began_at)).where(Week.account_id == week.account_id, Week.id != week_id))
    assert week.began_at is not None
    turn = Turn(week.id, week.school_id, week.account_id, week.week, step.step, step.began_at, week.began_at,
                since or week.began_at - timedelta(days=7), is_by_hand=week.run != BY_CLOCK)
    return _Held(token, turn, step.tries)


def _open_steps(session: Session, week_id: str) -> list[WeekStep]:
    """The steps still to be done, in order. A round under way has one, because its end is written with its last step."""
    rows = session.scalars(select(WeekStep).where(WeekStep.week_id == week_id, WeekStep.state.in_(NOT_OVER)))
    return sorted(rows, key=lambda row: list(Step).index(row.step))


def _settle(desk: Desk, held: _Held, outcome: Outcome) -> None:
    """Write down how a step went; nothing when the round has gone into other hands meanwhile."""
    with desk.transaction() as session:
        now = database_now(session)
        week = session.scalar(select(Week).where(Week.id == held.turn.week_id, Week.lease_token == held.token).with_for_update())
        if week is None:
            return
        week.lease_token = week.lease_until = None
        week.waits, week.next_at = outcome.waits, now + LOOKS_AGAIN if outcome.waits else now
        _write(session, held.turn, outcome, now)
        if not outcome.waits:
            _next(session, week, now)


def _write(session: Session, turn: Turn, outcome: Outcome, now: datetime) -> None:
    row = session.scalars(select(WeekStep).where(WeekStep.week_id == turn.week_id, WeekStep.step == turn.step)).one()
    row.counts, row.sentences, row.calls = dict(outcome.counts), list(outcome.sentences), outcome.calls
    if outcome.waits:
        row.tries = 0
        return
    row.ended_at = now
    row.state = StepState.FAILED if outcome.has_failed else StepState.PARTIAL if outcome.sentences else StepState.DONE


def _next(session: Session, week: Week, now: datetime) -> None:
    session.flush()
    if _open_steps(session, week.id):
        later.ask(session, later.Job.RUN_WEEK, week_id=week.id)
        return
    states = set(session.scalars(select(WeekStep.state).where(WeekStep.week_id == week.id)))
    week.state, week.ended_at = WeekState.DONE if states == {StepState.DONE} else WeekState.PARTIAL, now
