"""Sessions for the staff, on their pages and on the principal's."""

from integration.learning.series import all_series
from integration.learning.sessions import sessions_of
from tests.web.pages.conftest import Browser

SAID = {"topic": "Databases <b>", "on": "2026-11-03", "minutes": "45", "audience": "All teachers", "materials": "Slides",
        "attendance": ""}


def test_a_session_is_planned_held_and_counted_on_the_page(empty: Browser) -> None:
    school_id = empty.account.school_id
    assert "(PD)" not in empty.get("/reports/2026-11").text
    assert empty.send("/pd", {"title": "Digital Dive", "about": "A webinar a month"}).status_code == 303
    [series] = all_series(empty.desk, school_id)
    here = f"/pd/{series.id}"
    assert empty.send(f"{here}/sessions", SAID).status_code == 303
    shown = empty.get(here).text
    assert "Databases &lt;b&gt;" in shown and "How many came?" in shown and "1 session, 0 held" in empty.get("/pd").text
    [card] = sessions_of(empty.desk, school_id, series.id)
    assert empty.get(f"{here}/sessions/{card.id}").status_code == 200
    assert empty.send(f"{here}/sessions/{card.id}", {**SAID, "attendance": "12"}).status_code == 303
    page = empty.get("/reports/2026-11").text
    assert "Professional learning of the staff (PD)" in page and "/reports/2026-11/list/pd-staff" in page
    behind = empty.get("/reports/2026-11/list/pd-staff").text
    assert "12 seats taken by staff" in behind and f"{here}/sessions/{card.id}" in behind


def test_it_is_renamed_and_taken_away(empty: Browser) -> None:
    empty.send("/pd", {"title": "Digital Dive"})
    [series] = all_series(empty.desk, empty.account.school_id)
    here = f"/pd/{series.id}"
    assert empty.send(f"{here}/edit", {"title": "Deep Dive"}).status_code == 303 and "Deep Dive" in empty.get(f"{here}/edit").text
    empty.send(f"{here}/sessions", SAID)
    [card] = sessions_of(empty.desk, empty.account.school_id, series.id)
    assert empty.send(f"{here}/remove").status_code == 409
    assert empty.send(f"{here}/sessions/{card.id}/remove").status_code == 303 == empty.send(f"{here}/remove").status_code
    assert empty.get(here).status_code == 404


def test_what_she_typed_comes_back_with_its_mistake(empty: Browser) -> None:
    assert 'id="title-mistake"' in empty.send("/pd", {"title": ""}).text
    empty.send("/pd", {"title": "Digital Dive"})
    [series] = all_series(empty.desk, empty.account.school_id)
    answer = empty.send(f"/pd/{series.id}/sessions", {**SAID, "on": "2027-11-03", "attendance": "4"})
    assert answer.status_code == 422 and 'id="attendance-mistake"' in answer.text and "All teachers" in answer.text
