"""A quick win on its page: the proposal to copy, its collection, its line in the log."""

from integration.desk import Desk
from integration.partnerships.log import begin
from tests import make
from tests.web.pages.conftest import Browser


def test_pick_one_and_everything_is_prepared(desk: Desk, empty: Browser) -> None:
    partner = begin(desk, empty.account.school_id, make.teacher(desk, empty.account.school_id).id)
    page = empty.get("/quick-wins/musical-storytime").text
    assert "two picture books that ask for a song" in page and f"/partnerships/{partner}?did=Musical%20storytime" in page
    answer = empty.send("/quick-wins/musical-storytime/prepare")
    assert answer.status_code == 303 and "Musical storytime" in empty.get(answer.headers["Location"]).text
    form = empty.get(f"/partnerships/{partner}?did=Musical%20storytime&minutes=30&codes=I.A.2").text
    assert 'value="Musical storytime"' in form and 'value="30"' in form and 'value="I.A.2"' in form


def test_a_retired_one_says_what_took_its_place(empty: Browser) -> None:
    assert "any tool your district approved" in empty.get("/quick-wins/flip-events").text
    assert empty.send("/quick-wins/flip-events/prepare").status_code == 422
    assert "Dot Day" in empty.get("/quick-wins").text
