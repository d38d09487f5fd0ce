"""The page for the principal in a browser: signed in, by a link, and as a file; goals and outcomes on their pages."""

import re
from datetime import date
from html import unescape

import pytest
from werkzeug.test import TestResponse

from integration.desk import Desk
from integration.google.scopes import FILES
from integration.partnerships.log import HandEntry, write
from integration.partnerships.shelf import entry as entry_card
from integration.reports.goals import goals
from integration.reports.outcomes import outcomes_of
from integration.reports.report import report
from integration.sandbox.world import World
from tests import make
from tests.conftest import Clock
from tests.rooms.reports.years import Year, a_year, empty_year
from tests.web.pages.conftest import Browser, browser
from web import create_app

LIST = re.compile(r'href="([^"]*/list/[^"]+)">(?:<strong>)?([\d,]+)')


@pytest.fixture
def year(desk: Desk, world: World) -> Year:
    return a_year(desk, world, 7)


@pytest.fixture
def her(desk: Desk, year: Year) -> Browser:
    return browser(desk, year.account)


def stranger(desk: Desk, address: str) -> TestResponse:
    """What somebody without any cookie is shown."""
    answer = create_app(desk).test_client().get(address.removeprefix(desk.settings.origin))
    assert "Set-Cookie" not in answer.headers
    return answer


def link_of(her: Browser, days: str = "30") -> str:
    her.send("/reports/2026-11/share", {"days": days})
    found = re.search(r"http://\S+/to/report/[\w-]+", her.get("/reports/2026-11").text)
    assert found is not None
    return found[0]


def rows_of(page: str) -> int:
    return page.count('class="row"')


@pytest.mark.parametrize("said", ["2026", "2026-11"])
def test_every_figure_on_the_page_opens_a_list_of_as_many(her: Browser, said: str) -> None:
    found = LIST.findall(her.get(f"/reports/{said}").text)
    assert len(found) > 10
    for address, number in ((unescape(address), int(number.replace(",", ""))) for address, number in found):
        page = her.get(address).text
        if "minutes" not in address and "students" not in address:
            assert rows_of(page) == min(number, 50), address


def test_goals_stand_before_reach_and_the_ask_is_on_the_page(her: Browser) -> None:
    her.send("/reports/2026-11", {"ask": "Two planning periods a month."})
    page = her.get("/reports/2026-11").text
    assert page.index("The school’s goals") < page.index("Whom it reached") < page.index("Two planning periods a month.")
    assert "Calm hallways" in page and "Nothing yet" in page


@pytest.mark.parametrize(("form", "kind"), [
    ("pdf", "application/pdf"), ("csv", "text/csv"), ("json", "application/json"), ("html", "text/html"),
    ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")])
def test_each_form_comes_as_what_it_is(her: Browser, form: str, kind: str) -> None:
    answer = her.get(f"/reports/2026-11.{form}")
    assert answer.status_code == 200 and answer.content_type.startswith(kind)


@pytest.mark.parametrize("address", ["/reports/2026-13", "/reports/2026-11.docx", "/reports/x.pdf", "/reports/2026-11/list/x"])
def test_a_report_there_is_not_says_so(her: Browser, address: str) -> None:
    assert her.get(address).status_code == 404


def test_a_link_shows_the_page_its_lists_and_the_pdf_to_somebody_who_does_not_sign_in(desk: Desk, her: Browser) -> None:
    link = link_of(her)
    page = stranger(desk, link).text
    found = LIST.findall(page)
    assert found and all(address.startswith("/to/report/") for address, _ in found)
    assert rows_of(stranger(desk, unescape(found[0][0])).text) == int(found[0][1])
    pdf = stranger(desk, f"{link}/report.pdf")
    assert pdf.content_type == "application/pdf"
    assert unescape(found[0][0]).encode() in pdf.data and b"/reports/2026-11/list" not in pdf.data
    assert "csrf_token" not in page and 'href="/classes' not in page


def test_a_link_ends_by_itself_and_at_her_word(desk: Desk, her: Browser, clock: Clock) -> None:
    link = link_of(her, "7")
    clock.forward(days=7, seconds=1)
    assert stranger(desk, link).status_code == 404
    again = link_of(browser(desk, her.account))
    assert stranger(desk, again).status_code == 200
    browser(desk, her.account).send("/reports/2026-11/share/stop")
    assert [stranger(desk, f"{again}{rest}").status_code for rest in ("", "/list/classes", "/report.pdf")] == [404, 404, 404]


def test_a_link_opens_one_report_of_one_school(desk: Desk, world: World, her: Browser) -> None:
    link = link_of(her)
    assert stranger(desk, link).text.count("November 2026") > 0
    assert stranger(desk, link.replace("/to/report/", "/to/teacher/")).status_code == 404
    other = browser(desk, make.account(desk, world, world.add_person("omar@other.example", "Omar")))
    assert "No goal of the school" in other.get("/reports/2026-11").text


def test_nothing_of_a_student_is_on_the_page_or_in_a_list(desk: Desk, her: Browser) -> None:
    page = stranger(desk, link_of(her)).text
    assert "studentWorkFolder" not in page and "@juniper" not in page


def test_a_goal_is_written_changed_and_taken_away(desk: Desk, her: Browser) -> None:
    given = {"title": "Kind words", "begins_on": "2026-08-01", "ends_on": "2027-06-30", "codes": "vi.b"}
    assert her.send("/goals", given).status_code == 303
    goal = goals(desk, her.account.school_id)[-1]
    assert (goal.title, goal.codes) == ("Kind words", ("VI.B",))
    assert her.send(f"/goals/{goal.id}", {**given, "codes": "no.such"}).status_code == 422
    assert her.send(f"/goals/{goal.id}", {**given, "title": "Kinder words"}).status_code == 303
    assert "Kinder words" in her.get("/reports/2026-11").text
    her.send(f"/goals/{goal.id}/remove")
    assert "Kinder words" not in her.get("/goals").text


def test_what_came_of_an_entry_is_written_on_its_page(desk: Desk, world: World) -> None:
    year = empty_year(desk, world)
    her = browser(desk, year.account)
    id = write(desk, year.school_id, HandEntry(make.teacher(desk, year.school_id).id, date(2026, 11, 3), "Citation workshop"))
    here = f"/partnerships/{entry_card(desk, year.school_id, id).partnership_id}/entries/{id}"
    assert her.send(f"{here}/outcomes", {"kind": "average", "after": "7,5"}).status_code == 422
    assert her.send(f"{here}/outcomes", {"kind": "average", "after": "7,5", "after_n": "24"}).status_code == 303
    [outcome] = outcomes_of(desk, year.school_id, id)
    assert outcome.sentence == "The average was 7.5 (n = 24)."
    assert outcome.sentence in her.get(here).text and outcome.sentence in her.get("/reports/2026-11").text
    her.send(f"{here}/outcomes/{outcome.id}/remove")
    assert report(desk, year.school_id, "2026-11").outcomes == ()


def test_she_is_told_what_is_written_before_and_after_she_allows_it(desk: Desk, world: World) -> None:
    her = browser(desk, empty_year(desk, world).account)
    page = her.get("/reports/2026-11").text
    assert "never touched" in page and "/connect?again=yes&amp;also=documents" in page
    year = empty_year(desk, world, granted=(*make.ALL_SCOPES, FILES))
    her = browser(desk, year.account)
    assert her.send("/reports/2026-11/sheet").headers["Location"] == "/reports/2026-11#sheet"
    page = her.get("/reports/2026-11").text
    [file] = world.files.values()
    assert f"{file.link}#gid=202611" in page and "Nov 2026" in page
    file.is_trashed = True
    assert "lies in the bin" in her.send("/reports/2026-11/sheet").text
    assert her.send("/reports/2026/sheet", {"anew": "yes"}).status_code == 303 and len(world.files) == 2


def test_a_students_name_in_the_ask_is_pointed_at_and_kept(her: Browser) -> None:
    assert her.send("/reports/2026-11", {"ask": "A shelf for Emma Johnson and her class"}).status_code == 303
    page = her.get("/reports/2026-11").text
    assert "“Emma Johnson” looks like a student’s name" in page and "A shelf for Emma Johnson" in page


def test_the_coverage_grid_is_taken_away_as_a_table(her: Browser) -> None:
    answer = her.get("/reach/coverage.csv")
    lines = answer.text.lstrip("\ufeff").splitlines()
    assert answer.content_type.startswith("text/csv") and lines[0].startswith("Grade,Subject,Classes,Reached,Gap,2026-")
    page = her.get("/reach/coverage").text
    assert sum(int(line.split(",")[3]) for line in lines[1:]) == sum(int(said) for said in re.findall(r">(\d+) of \d+<", page))
