"""Sessions for the staff: a number of colleagues, counted under PD once held, and never in the reach of students."""

import csv
import io
from datetime import date

import pytest

from integration.accounts.models import Account
from integration.desk import Desk
from integration.errors import AlreadyDone, Invalid, NotFound
from integration.learning.series import NewSeries, all_series, begin_series, change_series, remove_series
from integration.learning.sessions import NewSession, add_session, change_session, remove_session, sessions_of, staff_session
from integration.reach.count import total
from integration.reports.behind import behind
from integration.reports.data import data_of
from integration.reports.forms import file_of
from integration.reports.report import report
from integration.sandbox.world import World
from tests import make

HELD = NewSession("Databases in 45 minutes", date(2026, 11, 3), 45, "All teachers", "Slides in the staff folder", 12)
TO_COME = NewSession("AI and sources", date(2026, 12, 8), 30)


@pytest.fixture
def maya(desk: Desk, world: World) -> Account:
    return make.account(desk, world, world.add_person("maya@juniper.example", "Maya Okafor"))


@pytest.fixture
def dive(desk: Desk, maya: Account) -> str:
    return begin_series(desk, maya.school_id, NewSeries("Digital Dive", "A webinar a month"))


def test_45_minutes_for_12_of_the_staff_are_in_the_section_pd_and_in_no_reach(desk: Desk, maya: Account, dive: str) -> None:
    reach = report(desk, maya.school_id, "2026-11").reach
    id = add_session(desk, maya.school_id, dive, HELD)
    of = report(desk, maya.school_id, "2026-11")
    assert data_of(desk, of)["pd"] == {"sessions": 1, "sessions_ids": (id,), "minutes": 45, "minutes_ids": (id,), "staff": 12,
                                      "staff_ids": (id,)}
    assert of.reach == reach and of.figure("students").number == 0  # type: ignore[union-attr]
    row = total(desk, maya.school_id, start=HELD.on, end=HELD.on)
    assert (row.students or 0, row.teachers, row.classes, row.deliveries) == (0, 0, 0, 0)


def test_every_figure_of_pd_opens_its_sessions(desk: Desk, maya: Account, dive: str) -> None:
    first = add_session(desk, maya.school_id, dive, HELD)
    second = add_session(desk, maya.school_id, dive, NewSession("Citing", date(2026, 11, 20), 20, attendance=12))
    of = report(desk, maya.school_id, "2026-11")
    for figure, amounts in zip(of.pd, (["", ""], ["45", "20"], ["12", "12"]), strict=True):
        lines = behind(desk, of, figure)
        assert [(line.id, line.amount) for line in lines] == list(zip((first, second), amounts, strict=True))
    assert (lines[0].label, lines[0].note) == (HELD.topic, "Digital Dive, November 3, 2026, All teachers")
    assert of.pd[2].number == 24


def test_what_is_to_come_or_has_no_number_yet_does_not_count(desk: Desk, maya: Account, dive: str) -> None:
    add_session(desk, maya.school_id, dive, TO_COME)
    id = add_session(desk, maya.school_id, dive, NewSession("Maps", date(2026, 11, 10), 30))
    assert [figure.number for figure in report(desk, maya.school_id, "2026").pd] == [0, 0, 0]
    change_session(desk, maya.school_id, id, NewSession("Maps", date(2026, 11, 10), 30, attendance=0))
    assert [figure.number for figure in report(desk, maya.school_id, "2026").pd] == [1, 30, 0]


@pytest.mark.parametrize(("new", "field"), [
    (NewSession(" ", HELD.on, 45), "topic"), (NewSession("Maps", HELD.on, None), "minutes"),
    (NewSession("Maps", HELD.on, 0), "minutes"), (NewSession("Maps", TO_COME.on, 30, attendance=3), "attendance"),
    (NewSession("Maps", HELD.on, 30, attendance=-1), "attendance"),
    (NewSession("Maps", HELD.on, 30, materials="x" * 1001), "materials"), (NewSession("Maps\u202e", HELD.on, 30), "topic")])
def test_what_is_wrong_is_said_and_nothing_is_kept(desk: Desk, maya: Account, dive: str, new: NewSession, field: str) -> None:
    with pytest.raises(Invalid) as wrong:
        add_session(desk, maya.school_id, dive, new)
    assert set(wrong.value.fields) == {field} and sessions_of(desk, maya.school_id, dive) == []


def test_a_series_is_renamed_and_goes_only_when_it_is_empty(desk: Desk, maya: Account, dive: str) -> None:
    id = add_session(desk, maya.school_id, dive, HELD)
    add_session(desk, maya.school_id, dive, TO_COME)
    change_series(desk, maya.school_id, dive, NewSeries("Deep Dive"))
    [card] = all_series(desk, maya.school_id)
    assert (card.title, card.about, card.sessions, card.held) == ("Deep Dive", "", 2, 1)
    with pytest.raises(AlreadyDone):
        remove_series(desk, maya.school_id, dive)
    for each in sessions_of(desk, maya.school_id, dive):
        remove_session(desk, maya.school_id, each.id)
    remove_series(desk, maya.school_id, dive)
    assert all_series(desk, maya.school_id) == []
    with pytest.raises(NotFound):
        staff_session(desk, maya.school_id, id)


def test_another_school_sees_and_changes_nothing(desk: Desk, maya: Account, dive: str) -> None:
    id, other = add_session(desk, maya.school_id, dive, HELD), make.school(desk)
    assert all_series(desk, other) == []
    for act in (lambda: sessions_of(desk, other, dive), lambda: add_session(desk, other, dive, HELD),
                lambda: change_session(desk, other, id, TO_COME), lambda: remove_session(desk, other, id),
                lambda: change_series(desk, other, dive, NewSeries("x")), lambda: remove_series(desk, other, dive)):
        with pytest.raises(NotFound):
            act()
    assert staff_session(desk, maya.school_id, id).attendance == 12


def test_pd_has_its_own_part_in_the_table_and_stands_on_paper(desk: Desk, maya: Account, dive: str) -> None:
    without = file_of(desk, maya.school_id, "2026-11", "pdf").content
    add_session(desk, maya.school_id, dive, HELD)
    rows = csv.reader(io.StringIO(file_of(desk, maya.school_id, "2026-11", "csv").content.decode("utf-8-sig")))
    assert [row[2:] for row in rows if row[0].endswith("(PD)")] == [["1", HELD.topic], ["45", HELD.topic], ["12", HELD.topic]]
    paper = file_of(desk, maya.school_id, "2026-11", "pdf").content
    assert b"/list/pd-staff" in paper and b"/list/pd-staff" not in without
