"""The curriculum map on a page: brought, shown on its classes, taken off."""

import html
import io
import re

from integration.curation.collect import NewCollection, collect
from integration.desk import Desk
from integration.workshops.windows import windows
from tests import make
from tests.web.pages.conftest import Browser

SHEET = b"unit,grade,subject,starts,ends,topics\nCivil War,8,Social studies,2027-02-02,2027-02-20,causes\nX,8,,never,2027-02-20,\n"


def sent(her: Browser, content: bytes) -> tuple[int, str]:
    answer = her.send("/curriculum", {"file": (io.BytesIO(content), "map.csv")})
    return answer.status_code, answer.text


def test_a_map_is_brought_and_its_bad_line_is_named(desk: Desk, empty: Browser) -> None:
    status, page = sent(empty, SHEET)
    assert status == 200 and "<th scope=\"row\" class=\"number\">3</th>" in page and "“never” is not a day" in page
    assert "1 unit new" in page and "No class fits yet" in page
    sent(empty, SHEET)
    assert len(windows(desk, empty.account.school_id)) == 1
    assert sent(empty, SHEET.replace(b"never", b"2027-02-01"))[0] == 303


def test_its_classes_show_it_and_lead_on(desk: Desk, empty: Browser) -> None:
    card = make.course(desk, empty.account, grades=["8"], subject="social-studies", name="History 8")
    assert "Units to come" not in empty.get(f"/classes/{card.id}").text
    sent(empty, SHEET)
    page = empty.get(f"/classes/{card.id}").text
    assert "Civil War" in page and f"/plans/new?class={card.id}" in page and empty.get("/kits/new?grade=8").status_code == 200
    assert "History 8" in empty.get("/curriculum").text and "/curriculum" in empty.get("/weeks").text


def test_a_collection_for_a_unit_is_planned_for_all_its_grades_and_its_subject(desk: Desk, empty: Browser) -> None:
    for grade in ("7", "8"):
        make.course(desk, empty.account, grades=[grade], subject="social-studies", name=f"History {grade}")
    collect(desk, empty.account.school_id, NewCollection(title="Letters", description="", resource_ids=[]))
    sent(empty, SHEET.replace(b"War,8", b"War,7-8"))
    found = re.search(r'href="(/plans/new[^"]+)"', empty.get("/curriculum").text)
    assert found is not None
    page = empty.get(html.unescape(found[1])).text
    assert re.findall(r'name="(?:grades|subjects)" value="([^"]+)" checked', page) == ["7", "8", "social-studies"]


def test_a_file_that_holds_no_map_is_asked_for_again(empty: Browser) -> None:
    assert empty.send("/curriculum").status_code == 422
    status, page = sent(empty, b"a,b\n1,2\n")
    assert status == 422 and "no column unit" in page


def test_a_unit_is_taken_off(desk: Desk, empty: Browser) -> None:
    sent(empty, SHEET)
    [window] = windows(desk, empty.account.school_id)
    assert empty.send(f"/curriculum/{window.id}/remove").status_code == 303
    assert empty.send(f"/curriculum/{window.id}/remove").status_code == 404
