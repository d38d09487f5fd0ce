"""Her journal and how a partnership goes, on her own pages, and on nobody else's."""

import re
import zipfile
from io import BytesIO

import pytest

from integration.desk import Desk
from integration.partnerships.log import begin
from integration.sandbox.world import World
from tests import make
from tests.rooms.reports.years import a_year
from tests.web.pages.conftest import Browser, browser
from tests.web.pages.test_reports import LIST, link_of, stranger

MINE = "Zanzibarquux"


@pytest.fixture
def her(desk: Desk, world: World) -> Browser:
    """A librarian with a year behind her, and a journal."""
    who = browser(desk, a_year(desk, world, 7).account)
    assert who.send("/reflections", {"question": "want", "words": f"{MINE} <b>\n\nsecond"}).status_code == 303
    return who


def test_she_writes_reads_takes_and_tears_out(her: Browser) -> None:
    page = her.get("/reflections").text
    assert f"{MINE} &lt;b&gt;" in page and page.count("Not answered yet") == 5
    assert MINE in her.get("/reflections/journal.txt").text
    assert her.send("/reflections", {"question": "want", "words": ""}).status_code == 422
    assert her.send("/reflections", {"question": "none", "words": "x"}).status_code == 404
    found = re.search(r"/reflections/\w+/remove", page)
    assert found is not None and her.send(found[0]).status_code == 303
    assert MINE not in her.get("/reflections").text


def test_the_question_not_answered_for_longest_is_asked_and_todays_answer_is_shown_to_be_changed(her: Browser) -> None:
    asked, again = her.get("/reflections").text, her.get("/reflections?question=want").text
    assert 'name="question" value="works"' in asked and f">{MINE}" not in asked.split("</textarea>")[0]
    assert 'name="question" value="want"' in again and f">{MINE} &lt;b&gt;" in again.split("</textarea>")[0]
    assert "Change today’s" in asked and "Change today’s" not in again


def test_no_report_no_link_and_no_archive_holds_a_word_of_it(desk: Desk, her: Browser) -> None:
    pages = ["/reports/2026", "/reports/2026-11", "/reports/2026-11/points", "/partnerships", "/", "/goals", "/audit", "/reach",
             *(f"/reports/2026-11.{form}" for form in ("html", "csv", "json", "xlsx", "pdf")), "/reports/2026-11/points.pdf"]
    assert [page for page in pages if her.get(page).status_code != 200] == []
    whole = [her.get(page).data for page in pages]
    nobody = her.client.application.test_client()
    shown = nobody.get(link_of(her).removeprefix(desk.settings.origin))
    lists = [nobody.get(address) for address, _ in LIST.findall(shown.text)]
    assert lists and {answer.status_code for answer in (shown, *lists)} == {200}
    whole += [answer.data for answer in (shown, *lists)]
    with her.get("/account/everything.zip") as answer, zipfile.ZipFile(BytesIO(answer.data)) as archive:
        names = archive.namelist()
        whole += [archive.read(name) for name in names]
    with zipfile.ZipFile(BytesIO(her.get("/reports/2026-11.xlsx").data)) as book:
        whole += [book.read(name) for name in book.namelist()]
    assert "entries.json" in names and [name for name in names if "reflections" in name or "health" in name] == []
    assert [content for content in whole if MINE.encode() in content] == []


def test_a_colleague_of_the_same_school_and_a_stranger_see_nothing(desk: Desk, world: World, her: Browser) -> None:
    other = browser(desk, make.account(desk, world, world.add_person("omar@juniper.example", "Omar"),
                                       school_id=her.account.school_id))
    assert MINE not in other.get("/reflections").text and MINE not in other.get("/reflections/journal.txt").text
    assert stranger(desk, "/reflections").status_code in {302, 303, 401}
    torn = re.search(r"/reflections/\w+/remove", her.get("/reflections").text)
    assert torn is not None and other.send(torn[0]).status_code == 404


def test_how_it_goes_is_said_on_a_page_of_its_own(desk: Desk, empty: Browser) -> None:
    partner = begin(desk, empty.account.school_id, make.teacher(desk, empty.account.school_id).id)
    here = f"/partnerships/{partner}/health"
    assert "Planning: no time set" in empty.get(here).text and here in empty.get(f"/partnerships/{partner}").text
    assert empty.send(here, {"skills": "3", "planning": "", "plan_on": "2027-01-05"}).status_code == 303
    page = empty.get(here).text
    assert "<dd>Steady</dd>" in page and "<dd>January 5, 2027</dd>" in page and "no time set" not in page
    assert re.search(r'name="skills" value="3" checked', page) and re.search(r'name="alliance" value="" checked', page)
    assert empty.send(here, {"skills": "9"}).status_code == 422
    assert empty.get("/partnerships/none/health").status_code == 404
