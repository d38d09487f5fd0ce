"""Every room's pages: at a school that has nothing yet, and on the way from a link to the reach of it."""

import re

import pytest
from werkzeug.test import TestResponse

from integration.courses.shelf import courses
from integration.curation.shelf import collections
from integration.delivery.ledger import deliveries
from integration.delivery.observe import observe
from integration.delivery.send import send_due
from integration.reach.count import By
from integration.reach.record import record_reach
from tests.web.pages.conftest import Browser

LISTS = ("/resources", "/resources/new", "/resources/new?kind=link", "/resources/new?kind=drive", "/resources/new?kind=youtube",
         "/resources/new?kind=book", "/resources/new?kind=note", "/resources/new?kind=nonsense", "/collections",
         "/collections/new", "/collections/new?template=book-club", "/plans", "/plans/new", "/deliveries",
         "/deliveries?state=waiting", "/deliveries?state=nonsense", "/partnerships", "/audit", "/reach", "/reach?by=nonsense",
         "/reach?from=2026-09-01&to=2026-11-24", "/reach/list?by=total&of=classes", "/", "/classes", "/account", "/privacy",
         "/proposals", "/pd", "/weeks", "/series/new", "/pauses", "/pauses?whom=class:none",
         *(f"/reach?by={way}" for way in By))
GONE = ("/weeks/none", "/series/none", "/pd/none", "/pd/none/edit", "/pd/none/sessions/none", "/partnerships/none/co-plans/new",
        "/resources/none", "/collections/none", "/collections/none/edit", "/plans/none", "/plans/none/progress",
        "/deliveries/none", "/partnerships/none", "/partnerships/none/entries/none", "/reach/list?by=class&key=none&of=classes",
        "/reach/list?by=total&of=nonsense", "/resources/new?kind=link&collection=none")


@pytest.mark.parametrize("address", LISTS)
def test_a_school_that_has_nothing_yet_sees_a_page(empty: Browser, address: str) -> None:
    assert empty.get(address).status_code == 200


@pytest.mark.parametrize("address", GONE)
def test_what_is_not_there_is_said_to_be_not_there(empty: Browser, address: str) -> None:
    answer = empty.get(address)
    assert answer.status_code == 404
    assert "Go to the first page" in answer.text


def test_every_list_of_the_demo_school_is_a_page(maya: Browser) -> None:
    assert [address for address in LISTS if maya.get(address).status_code != 200] == []


@pytest.mark.parametrize("asked", ("from=tomorrow", "to=2026-13-01", "from=2026-11-24&to=2026-09-01"))
def test_a_time_that_cannot_be_read_is_shown_again_with_the_table(empty: Browser, asked: str) -> None:
    answer = empty.get(f"/reach?{asked}")
    assert answer.status_code == 422
    assert 'aria-invalid="true"' in answer.text


@pytest.mark.parametrize(("address", "field"), (
    ("/resources", "title"), ("/collections", "title"),
))
def test_a_form_with_nothing_in_it_comes_back_with_its_mistakes(empty: Browser, address: str, field: str) -> None:
    answer = empty.send(address, {"kind": "link"})
    assert answer.status_code == 422
    assert f'id="{field}-mistake"' in answer.text


def test_a_resource_is_put_into_a_collection_and_moved_without_a_script(empty: Browser) -> None:
    collection = made(empty)
    for title in ("One", "Two", "Three"):
        linked(empty, collection, title)
    first, second, third = held(empty)
    assert moved(empty, collection, third[0], "up").status_code == 303
    assert [title for _, title in held(empty)] == ["One", "Three", "Two"]
    moved(empty, collection, first[0], "down")
    moved(empty, collection, second[0], "out")
    assert [title for _, title in held(empty)] == ["Three", "One"]
    assert empty.send(f"/collections/{collection}/resources", {"resource": second[0]}).status_code == 303
    assert [title for _, title in held(empty)] == ["Three", "One", "Two"]


def test_what_was_typed_into_a_resource_can_be_changed_and_taken_away(empty: Browser) -> None:
    collection = made(empty)
    linked(empty, collection, "Old <b>title</b>")
    (one, _), = held(empty)
    assert "Old &lt;b&gt;title" in empty.get(f"/resources/{one}").text
    changed = {"kind": "note", "title": "New", "text": "Look at the second page first."}
    assert empty.send(f"/resources/{one}", changed).status_code == 303
    assert held(empty) == [(one, "New")]
    assert empty.send(f"/collections/{collection}", {"title": "Space", "grades": ["6"]}).status_code == 303
    assert held(empty) == [(one, "New")]
    assert empty.send(f"/resources/{one}/remove").status_code == 303
    assert held(empty) == []
    assert empty.send(f"/collections/{collection}/remove").status_code == 303
    assert empty.get(f"/collections/{collection}").status_code == 404


def test_a_plan_for_grade_6_is_seen_accepted_watched_and_counted(maya: Browser) -> None:
    collection = made(maya)
    linked(maya, collection, "Webb telescope")
    assert "Grade 6" in maya.get(f"/plans/new?collection={collection}").text
    plan = maya.send("/plans", {"collection": collection, "grades": "6", "as": "material", "topic": "Library"}).location
    page = maya.get(plan).text
    assert re.search(r"\d+ classes: \d+ create, \d+ wait", page)
    assert "The exact text" in page
    assert maya.send(f"{plan}/accept").location == plan
    assert "every 2s" in maya.get(plan).text
    assert "hx-swap-oob" in maya.get(f"{plan}/progress").text
    settled(maya)
    assert "every 2s" not in maya.get(plan).text
    assert maya.get("/deliveries").text.count("Published") > 1
    assert_figures_open(maya)


def test_a_teacher_who_agreed_is_written_down_and_her_class_is_reached(maya: Browser) -> None:
    collection = made(maya)
    linked(maya, collection, "Webb telescope")
    plan = maya.send("/plans", {"collection": collection, "grades": "6", "as": "material", "topic": "Library"}).location
    maya.send(f"{plan}/accept")
    waiting = deliveries(maya.desk, maya.account.school_id, state="waiting")[0]
    page = f"/deliveries/{waiting.id}"
    assert maya.send(f"{page}/agree", {"by": "", "on": ""}).status_code == 422
    assert maya.send(f"{page}/agree", {"by": "Rosa Gomez", "on": "2026-11-23"}).status_code == 303
    settled(maya)
    assert "Published" in maya.get(page).text
    partner = re.search(r"/partnerships/(\w+)\"", maya.get("/partnerships").text)
    assert partner is not None
    entries = f"/partnerships/{partner[1]}/entries"
    written = {"on": "2026-11-23", "activity": "Planned the unit", "minutes": "30", "level": "tlc:C",
               "evidence": "https://docs.example/plan The plan\nShe said it worked."}
    assert maya.send(entries, {**written, "minutes": "x"}).status_code == 422
    assert maya.send(entries, written).status_code == 303
    log = maya.get(f"/partnerships/{partner[1]}").text
    assert "Planned the unit" in log
    for entry in set(re.findall(r"/partnerships/\w+/entries/\w+", log)):
        assert maya.get(entry).status_code == 200
    assert "agree" in maya.get("/audit").text


def test_a_plan_for_one_class_that_is_taken_back_says_so(maya: Browser) -> None:
    collection = made(maya)
    linked(maya, collection, "Webb telescope")
    own = next(card for card in courses(maya.desk, maya.account.school_id) if card.mode == "own" and not card.excluded)
    assert "checked" in maya.get(f"/plans/new?class={own.id}").text
    plan = maya.send("/plans", {"collection": collection, "class_ids": own.id, "as": "announcement",
                                "publish_at": "2026-11-30T07:00"}).location
    maya.send(f"{plan}/accept")
    assert "It goes out Nov 30, 2026, 7:00 AM" in maya.get(plan).text
    assert "every 2s" not in maya.get(plan).text
    assert maya.send(f"{plan}/retract").status_code == 303
    assert "Cancelled" in maya.get(plan).text


@pytest.mark.parametrize(("typed", "field"), (
    ({"grades": "6", "publish_at": "soon"}, "publish_at"), ({}, "rule"), ({"grades": "6", "as": "letter"}, "as"),
))
def test_a_plan_that_cannot_be_made_is_shown_again(maya: Browser, typed: dict[str, object], field: str) -> None:
    collection = made(maya)
    answer = maya.send("/plans", {"collection": collection, "as": "material", "topic": "Library", **typed})
    assert answer.status_code == 422
    assert f'href="#{field}"' in answer.text
    assert f'id="{field}"' in answer.text


def made(who: Browser) -> str:
    answer = who.send("/collections", {"title": "Space", "template": "subject-spotlight", "grades": ["6"]})
    assert answer.status_code == 303, answer.text
    return answer.location.rsplit("/", 1)[1]


def linked(who: Browser, collection: str, title: str) -> TestResponse:
    answer = who.send("/resources", {"collection": collection, "kind": "link", "title": title, "url": "https://science.nasa.gov/"})
    assert answer.status_code == 303, answer.text
    return answer


def held(who: Browser) -> list[tuple[str, str]]:
    return [(one.id, one.title) for one in collections(who.desk, who.account.school_id)[0].resources]


def moved(who: Browser, collection: str, resource: str, to: str) -> TestResponse:
    return who.send(f"/collections/{collection}/order", {"resource": resource, "to": to})


def settled(who: Browser) -> None:
    send_due(who.desk, who.account.school_id)
    observe(who.desk, who.account.school_id)
    record_reach(who.desk, who.account.school_id)


def assert_figures_open(who: Browser) -> None:
    for way in By:
        figures = set(re.findall(r'href="(/reach/list[^"]+)"', who.get(f"/reach?by={way}").text))
        assert figures, way
        assert [figure for figure in figures if who.get(figure.replace("&amp;", "&")).status_code != 200] == []
