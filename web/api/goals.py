"""The goals of the school's improvement plan, what serves them, and what came of the work."""

import datetime as dt
from typing import Literal

from flask import Response
from pydantic import BaseModel, Field

from integration.errors import NotFound
from integration.reports.goals import GoalCard, NewGoal, add_goal, change_goal, goals, remove_goal, serve, served
from integration.reports.outcomes import NewOutcome, OutcomeCard, add_outcome, outcomes_of, remove_outcome
from web.api.room import listed, room
from web.api.shapes import Body, ById, Day, Text, ThatDay, changed, one, whole
from web.gate import Who, desk, open_to, visitor

blueprint = room("goals", "The school’s goals, and what came of the work.")
Texts = list[Text]


class GoalBody(Body):
    """A goal in the school's own words."""

    title: Text
    begins_on: Day
    ends_on: Day
    measure: Text = ""
    codes: Texts = Field(default_factory=list, description="Standards it rests on; an entry with one of them serves it.")


class GoalChange(Body):
    """The part of a goal that changes."""

    title: Text = ""
    begins_on: Day = ThatDay
    ends_on: Day = ThatDay
    measure: Text = ""
    codes: Texts = Field(default_factory=list)


class GoalShape(ById):
    """A goal."""

    title: str
    begins_on: dt.date
    ends_on: dt.date
    measure: str
    codes: list[str]


class Serves(Body):
    """Which goals an entry serves, beside those whose standards it carries."""

    goal_ids: Texts


class ServesShape(BaseModel):
    """The goals she said an entry serves."""

    goal_ids: list[str]


class OutcomeBody(Body):
    """What came of an entry; numbers are averages, or loans before and after."""

    kind: Literal["average", "circulation", "quote", "work"]
    before: float | None = None
    after: float | None = None
    before_n: int | None = None
    after_n: int | None = None
    unit: Text = ""
    words: Text = ""
    url: Text = ""
    helps: Text = Field("", description="How this helps students; needed for what she chooses for the page.")
    benefit: Literal["", "outcomes", "resources", "prof-growth", "personalized", "advocacy", "culture", "curriculum", "reach",
                     "innovation"] = Field("", description="Under which the report of the year tells it.")
    agreed_on: Day | None = Field(None, description="When the teacher said yes to being quoted.")
    is_chosen: bool = False


class OutcomeShape(ById):
    """What came of an entry, in honest words."""

    entry_id: str
    kind: str
    sentence: str
    url: str
    helps: str
    benefit: str
    may_be_shown: bool
    is_chosen: bool
    is_counted: bool = Field(description="Whether a workshop’s practice page counted it; its id is then the kit’s.")


@blueprint.get("/goals", responses={200: listed(GoalShape)})
@open_to(Who.LIBRARIAN)
def index() -> Response:
    """List the school's goals."""
    return whole([_shape(goal) for goal in goals(desk(), visitor().school_id)])


@blueprint.post("/goals", responses={201: GoalShape})
@open_to(Who.LIBRARIAN)
def add(body: GoalBody) -> Response:
    """Write a goal down."""
    id = add_goal(desk(), visitor().school_id, NewGoal(**body.model_dump()))
    return one(_shape(_goal(id)), 201, path=f"/goals/{id}")


@blueprint.get("/goals/<id>", responses={200: GoalShape})
@open_to(Who.LIBRARIAN)
def show(path: ById) -> Response:
    """Show one goal."""
    return one(_shape(_goal(path.id)))


@blueprint.patch("/goals/<id>", responses={200: GoalShape})
@open_to(Who.LIBRARIAN)
def change(path: ById, body: GoalChange) -> Response:
    """Put a goal in other words."""
    change_goal(desk(), visitor().school_id, path.id, NewGoal(**changed(_goal(path.id), body)))
    return one(_shape(_goal(path.id)))


@blueprint.delete("/goals/<id>", responses={204: None})
@open_to(Who.LIBRARIAN)
def remove(path: ById) -> Response:
    """Take a goal off every page."""
    remove_goal(desk(), visitor().school_id, path.id)
    return Response(status=204)


@blueprint.get("/entries/<id>/goals", responses={200: ServesShape})
@open_to(Who.LIBRARIAN)
def show_served(path: ById) -> Response:
    """Show which goals she said an entry serves."""
    return one(ServesShape(goal_ids=served(desk(), visitor().school_id, path.id)))


@blueprint.put("/entries/<id>/goals", responses={200: ServesShape})
@open_to(Who.LIBRARIAN)
def set_served(path: ById, body: Serves) -> Response:
    """Say which goals an entry serves."""
    serve(desk(), visitor().school_id, path.id, body.goal_ids)
    return one(ServesShape(goal_ids=served(desk(), visitor().school_id, path.id)))


@blueprint.get("/entries/<id>/outcomes", responses={200: listed(OutcomeShape)})
@open_to(Who.LIBRARIAN)
def index_outcomes(path: ById) -> Response:
    """List what came of an entry."""
    return whole([_outcome(each) for each in outcomes_of(desk(), visitor().school_id, path.id)])


@blueprint.post("/entries/<id>/outcomes", responses={201: OutcomeShape})
@open_to(Who.LIBRARIAN)
def add_one(path: ById, body: OutcomeBody) -> Response:
    """Write down what came of an entry."""
    id = add_outcome(desk(), visitor().school_id, NewOutcome(entry_id=path.id, **body.model_dump()))
    found = next(each for each in outcomes_of(desk(), visitor().school_id, path.id) if each.id == id)
    return one(_outcome(found), 201, path=f"/entries/{path.id}/outcomes")


@blueprint.delete("/outcomes/<id>", responses={204: None})
@open_to(Who.LIBRARIAN)
def remove_one(path: ById) -> Response:
    """Take an outcome off every page."""
    remove_outcome(desk(), visitor().school_id, path.id)
    return Response(status=204)


def _goal(goal_id: str) -> GoalCard:
    if (found := next((each for each in goals(desk(), visitor().school_id) if each.id == goal_id), None)) is None:
        raise NotFound("There is no such goal. It may have been taken away.")
    return found


def _shape(goal: GoalCard) -> GoalShape:
    return GoalShape(id=goal.id, title=goal.title, begins_on=goal.begins_on, ends_on=goal.ends_on, measure=goal.measure,
                     codes=list(goal.codes))


def _outcome(card: OutcomeCard) -> OutcomeShape:
    return OutcomeShape(id=card.id, entry_id=card.entry_id, kind=card.kind, sentence=card.sentence, url=card.url,
                        helps=card.helps, benefit=card.benefit, may_be_shown=card.may_be_shown, is_chosen=card.is_chosen,
                        is_counted=card.is_counted)
