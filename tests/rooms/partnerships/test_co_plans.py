"""What was planned together: short, changeable, in the report's list and the takeaway, and never counted as reach."""

import csv
import io
import json
import zipfile
from datetime import date

import pytest

from integration.accounts.models import Account
from integration.desk import Desk
from integration.errors import Invalid, NotFound
from integration.partnerships.co_plans import (
    LONGEST,
    NewCoPlan,
    change_co_plan,
    co_plan,
    co_plans,
    plan_together,
    remove_co_plan,
)
from integration.partnerships.log import begin
from integration.partnerships.shelf import entries
from integration.reach.count import total
from integration.reports.behind import behind
from integration.reports.data import data_of
from integration.reports.report import report
from integration.reports.takeaway import take_away
from integration.sandbox.world import World
from integration.schema import every_table
from tests import make

ON = date(2026, 11, 20)
WEBB = NewCoPlan(ON, "Webb telescope", "Tell a source from an opinion", "Rosa teaches optics; the library sources",
                 "Three articles", "Exit ticket, 3 questions")


@pytest.fixture
def maya(desk: Desk, world: World) -> Account:
    return make.account(desk, world, world.add_person("maya@juniper.example", "Maya Okafor"))


@pytest.fixture
def with_rosa(desk: Desk, maya: Account) -> str:
    return begin(desk, maya.school_id, make.teacher(desk, maya.school_id).id)


def test_what_was_planned_is_kept_and_put_in_other_words(desk: Desk, maya: Account, with_rosa: str) -> None:
    id = plan_together(desk, maya.school_id, with_rosa, WEBB)
    plan_together(desk, maya.school_id, with_rosa, NewCoPlan(date(2026, 11, 2), "Maps", roles="Both"))
    assert [card.unit for card in co_plans(desk, maya.school_id, with_rosa)] == ["Webb telescope", "Maps"]
    change_co_plan(desk, maya.school_id, id, NewCoPlan(ON, "Webb", assessment="A\nrubric"))
    card = co_plan(desk, maya.school_id, id)
    assert (card.teacher, card.unit, card.goals, card.assessment) == ("Rosa Gomez", "Webb", "", "A rubric")
    remove_co_plan(desk, maya.school_id, id)
    assert [card.unit for card in co_plans(desk, maya.school_id, with_rosa)] == ["Maps"]


@pytest.mark.parametrize(("new", "field"), [
    (NewCoPlan(ON, " ", "Goals"), "unit"), (NewCoPlan(ON, "Maps"), "goals"),
    (NewCoPlan(date(2026, 12, 24), "Maps", "Goals"), "planned_on"),
    (NewCoPlan(ON, "Maps", "x" * (LONGEST + 1)), "goals"), (NewCoPlan(ON, "Maps", roles="Both\u202e"), "roles")])
def test_what_is_wrong_is_said_and_nothing_is_kept(desk: Desk, maya: Account, with_rosa: str, new: NewCoPlan, field: str) -> None:
    with pytest.raises(Invalid) as wrong:
        plan_together(desk, maya.school_id, with_rosa, new)
    assert set(wrong.value.fields) == {field} and co_plans(desk, maya.school_id, with_rosa) == []


def test_another_school_sees_and_changes_nothing(desk: Desk, maya: Account, with_rosa: str) -> None:
    id, other = plan_together(desk, maya.school_id, with_rosa, WEBB), make.school(desk)
    for act in (lambda: co_plan(desk, other, id), lambda: remove_co_plan(desk, other, id),
                lambda: change_co_plan(desk, other, id, WEBB), lambda: co_plans(desk, other, with_rosa),
                lambda: plan_together(desk, other, with_rosa, WEBB)):
        with pytest.raises(NotFound):
            act()
    assert co_plan(desk, maya.school_id, id).unit == "Webb telescope"


def test_it_stands_in_the_reports_list_of_its_month_and_is_no_reach(desk: Desk, maya: Account, with_rosa: str) -> None:
    id = plan_together(desk, maya.school_id, with_rosa, WEBB)
    of = report(desk, maya.school_id, "2026-11")
    figure = of.figure("log-co_plans")
    assert figure is not None
    [line] = behind(desk, of, figure)
    assert (line.label, line.note) == ("Webb telescope", "Rosa Gomez, November 20, 2026: Tell a source from an opinion")
    assert data_of(desk, of)["log"]["co_plans_ids"] == (id,)
    assert report(desk, maya.school_id, "2026-10").figure("log-co_plans").number == 0  # type: ignore[union-attr]
    assert entries(desk, maya.school_id) == [] and of.figure("log-partnerships").number == 0  # type: ignore[union-attr]
    assert total(desk, maya.school_id, start=ON, end=ON).teachers == 0


def test_it_can_be_taken_away_by_the_school(desk: Desk, maya: Account, with_rosa: str) -> None:
    plan_together(desk, maya.school_id, with_rosa, WEBB)
    out = io.BytesIO()
    take_away(desk, maya.school_id, out, every_table())
    archive = zipfile.ZipFile(out)
    [row] = json.loads(archive.read("co_plans.json"))
    [line] = csv.DictReader(io.StringIO(archive.read("co_plans.csv").decode("utf-8-sig")))
    assert (row["unit"], row["assessment"], line["roles"]) == (WEBB.unit, WEBB.assessment, WEBB.roles)
