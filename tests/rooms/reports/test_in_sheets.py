"""The report in a spreadsheet of hers: made once whatever happens, its own tab overwritten, and nothing else ever touched."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date

import pytest
from sqlalchemy import select

from integration.accounts.models import Account
from integration.desk import Desk
from integration.errors import Busy, GoogleError, Invalid, NotAllowed, Unsure
from integration.google import scopes
from integration.google.wire import Reply, Wire
from integration.partnerships.log import HandEntry, write
from integration.reports.cells import FORMULA, UNSEEN
from integration.reports.in_sheets import sheet_of, tab_of, write_sheet
from integration.reports.notes import set_ask
from integration.reports.report import report
from integration.reports.sheet import rows_of
from integration.sandbox.app import Sandbox
from integration.sandbox.files import DriveFile, Tab
from integration.sandbox.world import World
from tests import make
from tests.conftest import Clock
from tests.rooms.delivery.makers import Doom, Killed, doomed_by_commits
from tests.rooms.reports.test_forms import attacked
from tests.rooms.reports.years import Year, empty_year

SAID = "2026-11"
FILING = (*make.ALL_SCOPES, scopes.FILES)


@pytest.fixture
def year(desk: Desk, world: World) -> Year:
    year = empty_year(desk, world, granted=FILING)
    write(desk, year.school_id, HandEntry(make.teacher(desk, year.school_id).id, date(2026, 11, 3), "Book talk", minutes=20))
    return year


def press(year: Year, said: str = SAID, *, desk: Desk | None = None, anew: bool = False) -> None:
    write_sheet(desk or year.desk, year.school_id, year.account.id, said, anew=anew)


def pressed(year: Year, *, desk: Desk | None = None) -> None:
    """She presses, whatever comes of it."""
    with suppress(GoogleError, Killed):
        press(year, desk=desk)


def file_of(year: Year, world: World) -> DriveFile:
    """The one spreadsheet there is, which is the one she is told of."""
    [file] = [each for each in world.files.values() if not each.is_trashed]
    assert file.id == sheet_of(year.desk, year.account.id).file_id
    return file


def shown(tab: Tab) -> list[list[object]]:
    """What stands in a tab, row by row; every text as text."""
    assert {kind for cell in tab.cells.values() for kind in cell} <= {"stringValue", "numberValue"}
    down = 1 + max((at[0] for at in tab.cells), default=-1)
    return [[next(iter(tab.cells.get((row, column), {"": None}).values())) for column in range(4)] for row in range(down)]


def wanted(year: Year, said: str = SAID) -> list[list[object]]:
    return [[cell if cell != "" else None for cell in row] for row in rows_of(year.desk, report(year.desk, year.school_id, said))]


def test_the_first_press_makes_it_and_the_next_ones_overwrite_its_tab(year: Year, world: World, sandbox: Sandbox) -> None:
    press(year)
    assert shown(file_of(year, world).tabs[tab_of(SAID)]) == wanted(year)
    set_ask(year.desk, year.school_id, SAID, "Two planning periods a month.")
    press(year)
    assert shown(file_of(year, world).tabs[tab_of(SAID)]) == wanted(year) and sandbox.journal.wrong() == []


def test_a_shorter_report_leaves_no_line_of_the_longer_one(year: Year, world: World) -> None:
    press(year)
    tab = file_of(year, world).tabs[tab_of(SAID)]
    tab.cells |= {(row, 2): {"numberValue": 5} for row in range(100, 150)}
    press(year)
    assert shown(file_of(year, world).tabs[tab_of(SAID)]) == wanted(year)


def test_each_report_has_a_tab_and_what_is_hers_stays(year: Year, world: World) -> None:
    press(year)
    file = file_of(year, world)
    file.tabs[tab_of(SAID)].title = "My November"
    file.tabs[4711] = Tab(4711, "Library, School year 2026-27", cells={(0, 0): {"formulaValue": "=1+1"}})
    by_hand = world.add_file(next(iter(world.people.values())), "Hers", file.type)
    for said in ("2026", SAID):
        press(year, said)
    file = world.files[file.id]
    assert {id: tab.title for id, tab in file.tabs.items()} == {
        0: "Sheet1", tab_of(SAID): "My November", 4711: "Library, School year 2026-27",
        tab_of("2026"): "Library, School year 2026-27 (2)"}
    assert file.tabs[4711].cells == {(0, 0): {"formulaValue": "=1+1"}} and file.tabs[0].cells == {}
    assert by_hand.tabs == {0: Tab(0, "Sheet1")}


def test_a_tab_she_deleted_comes_back_when_she_presses(year: Year, world: World) -> None:
    press(year)
    del file_of(year, world).tabs[tab_of(SAID)]
    press(year)
    assert shown(file_of(year, world).tabs[tab_of(SAID)]) == wanted(year)


def test_what_is_in_the_bin_is_said_and_made_anew_only_when_she_wants(year: Year, world: World) -> None:
    press(year)
    old = file_of(year, world)
    old.is_trashed = True
    with pytest.raises(Invalid, match="lies in the bin"):
        press(year)
    assert len(world.files) == 1
    press(year, anew=True)
    assert file_of(year, world).id != old.id and shown(file_of(year, world).tabs[tab_of(SAID)]) == wanted(year)
    press(year, anew=True)
    assert len(world.files) == 2, "one that is there is not made anew"


def test_without_her_yes_google_is_not_asked(desk: Desk, world: World, sandbox: Sandbox) -> None:
    year = empty_year(desk, world)
    with pytest.raises(NotAllowed):
        press(year)
    assert not sheet_of(desk, year.account.id).is_granted and world.files == {} and len(sandbox.journal) == 0


@pytest.mark.parametrize("kind", ["error_after", "cut_after", "late"])
@pytest.mark.parametrize("on", ["drive.files.create", "sheets.spreadsheets.batchUpdate"])
def test_a_lost_answer_never_makes_two(year: Year, world: World, sandbox: Sandbox, clock: Clock, kind: str, on: str) -> None:
    sandbox.trouble.order(kind, on=on, seconds=60 if kind == "late" else 0)
    with pytest.raises(Unsure):
        press(year)
    pressed(year)
    clock.forward(minutes=11)
    press(year)
    assert shown(file_of(year, world).tabs[tab_of(SAID)]) == wanted(year)


@pytest.mark.parametrize("kind", ["busy", "refused", "error_before", "cut_before"])
def test_what_surely_was_not_made_is_made_at_the_next_press(year: Year, world: World, sandbox: Sandbox, clock: Clock,
                                                            kind: str) -> None:
    sandbox.trouble.order(kind, on="drive.files.create")
    with pytest.raises((Busy, Unsure)):
        press(year)
    clock.forward(minutes=0 if kind in ("busy", "refused") else 11)
    press(year)
    assert shown(file_of(year, world).tabs[tab_of(SAID)]) == wanted(year)


def test_killed_at_any_commit_it_is_made_once(year: Year, world: World, clock: Clock) -> None:
    for steps in range(60):
        doom = Doom(steps)
        pressed(year, desk=doomed_by_commits(year.desk, doom))
        assert len(world.files) <= 1, steps
        clock.forward(minutes=11)
        if not doom.is_done:
            break
    else:
        raise AssertionError("It never came to its end.")
    assert shown(file_of(year, world).tabs[tab_of(SAID)]) == wanted(year)


@dataclass
class Interrupted:
    """A wire on which something happens once, after Google answered the first call that is meant, or before it is asked."""

    wire: Wire
    happens: Callable[[], None]
    verb: str
    is_after: bool
    is_over: bool = False

    def carry(self, method: str, url: str, headers: Mapping[str, str], body: bytes | None, timeout: float) -> Reply:
        is_now = not self.is_over and method == self.verb and "/drive/" in url
        self.is_over = self.is_over or is_now
        if is_now and not self.is_after:
            self.happens()
        reply = self.wire.carry(method, url, headers, body, timeout)
        if is_now and self.is_after:
            self.happens()
        return reply


@pytest.mark.parametrize(("verb", "is_after"), [("GET", False), ("GET", True), ("POST", False), ("POST", True)])
def test_two_who_press_at_once_make_one(year: Year, world: World, verb: str, is_after: bool) -> None:
    wire = Interrupted(year.desk.wire(), lambda: pressed(year), verb, is_after)
    pressed(year, desk=replace(year.desk, wire=lambda: wire))
    assert wire.is_over and len(world.files) == 1
    press(year)
    assert shown(file_of(year, world).tabs[tab_of(SAID)]) == wanted(year)


def test_no_cell_is_a_formula_there_nor_in_a_copy_that_is_downloaded(desk: Desk, world: World) -> None:
    year = attacked(desk, world, granted=FILING)
    press(year)
    cells = [cell for tab in file_of(year, world).tabs.values() for cell in tab.cells.values()]
    assert not any("formulaValue" in cell for cell in cells)
    texts = [str(cell["stringValue"]) for cell in cells if "stringValue" in cell]
    assert [text for text in texts if UNSEEN.sub("", text).startswith(FORMULA)] == []
    assert any(text.startswith("'=1+1") for text in texts)


def test_another_schools_librarian_has_a_spreadsheet_of_her_own(year: Year, world: World, desk: Desk) -> None:
    press(year)
    other = make.account(desk, world, world.add_person("omar@other.example", "Omar"), granted=FILING)
    write_sheet(desk, other.school_id, other.id, SAID)
    assert len({sheet_of(desk, id).file_id for id in (year.account.id, other.id)}) == 2
    assert {each.owner for each in world.files.values()} == {year.account.google_id, other.google_id}
    with desk.transaction() as session:
        assert session.scalar(select(Account.school_id).where(Account.id == other.id)) != year.school_id
