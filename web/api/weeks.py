"""The weekly round: run it now, follow it, and look at those before."""

from dataclasses import asdict
from datetime import datetime

from flask import Response
from pydantic import BaseModel

from integration.week.brief import brief_text
from integration.week.foresee import foresee_week
from integration.week.run import run_now
from integration.week.shelf import StepCard, WeekCard, week, weeks
from integration.week.when import next_round
from web.api.room import listed, room
from web.api.shapes import ById, Page, Under, one, page, under_way
from web.gate import Who, desk, open_to, visitor

blueprint = room("weeks", "The weekly round: its steps, what they counted, and how that differs from the week before.")


class WeekStepShape(BaseModel):
    """One step of a round: `state` is pending, running, done, partial or failed."""

    step: str
    state: str
    counts: dict[str, int]
    sentences: list[str]
    calls: int
    began_at: datetime | None
    ended_at: datetime | None


class WeekShape(ById):
    """A round: `state` is queued, running, done, partial, skipped or missed; `diff` is against the round before."""

    account_id: str
    week: str
    by: str
    state: str
    reason: str
    is_late: bool
    due_at: datetime
    began_at: datetime | None
    ended_at: datetime | None
    seconds: float | None
    calls: int
    counts: dict[str, int]
    diff: dict[str, int]
    sentences: list[str]
    steps: list[WeekStepShape]


class WeekWithBrief(WeekShape):
    """A round with the brief it wrote, in plain text; empty when none was written."""

    brief: str


@blueprint.get("/weeks", responses={200: listed(WeekShape)})
@open_to(Who.LIBRARIAN)
def index(query: Page) -> Response:
    """List the rounds, newest first."""
    return page(query, lambda after, at_most: weeks(desk(), visitor().school_id, after=after, at_most=at_most), _shape)


@blueprint.post("/weeks/run", responses={202: Under})
@open_to(Who.LIBRARIAN)
def begin() -> Response:
    """Run the round now; one that is under way is answered instead of a second."""
    known = visitor()
    week_id = run_now(desk(), known.school_id, known.account_id)
    return under_way(f"/weeks/{week_id}", week_id, week(desk(), known.school_id, week_id).state)


class DueShape(BaseModel):
    """What a series would post: how many classes by what happens there, or a sentence why nothing would."""

    series_id: str
    series: str
    title: str
    at: datetime
    actions: dict[str, int]
    sentence: str


class NextShape(BaseModel):
    """The round to come, and what it would post as things stand now."""

    week: str
    at: datetime
    due: list[DueShape]


@blueprint.get("/weeks/next", responses={200: NextShape})
@open_to(Who.LIBRARIAN)
def coming() -> Response:
    """Say when the next round comes and what it would post; nothing is written."""
    known = visitor()
    slot = next_round(desk(), known.school_id)
    due = foresee_week(desk(), known.school_id, known.account_id, slot.week)
    return one(NextShape(week=slot.week, at=slot.at, due=[DueShape(**asdict(each)) for each in due]))


@blueprint.get("/weeks/<id>", responses={200: WeekWithBrief})
@open_to(Who.LIBRARIAN)
def show(path: ById) -> Response:
    """Show one round and its brief."""
    school_id = visitor().school_id
    card = week(desk(), school_id, path.id)
    return one(WeekWithBrief(**_shape(card).model_dump(), brief=brief_text(desk(), school_id, card.account_id, card.week)))


def _shape(card: WeekCard) -> WeekShape:
    return WeekShape(
        id=card.id, account_id=card.account_id, week=card.week, by=card.by, state=card.state, reason=card.reason,
        is_late=card.is_late, due_at=card.due_at, began_at=card.began_at, ended_at=card.ended_at, seconds=card.seconds,
        calls=card.calls, counts=card.counts, diff=dict(card.diff), sentences=list(card.sentences),
        steps=[_step(each) for each in card.steps])


def _step(card: StepCard) -> WeekStepShape:
    return WeekStepShape(step=card.step, state=card.state, counts=dict(card.counts), sentences=list(card.sentences),
                         calls=card.calls, began_at=card.began_at, ended_at=card.ended_at)
