"""A librarian makes a kit and plans it; a class practises by its own link, without a name, a cookie or a script."""

import json
import re
from io import BytesIO

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from integration.accounts.keys import seal
from integration.accounts.models import Account
from integration.courses.shelf import courses
from integration.curation.models import Resource
from integration.delivery.models import Delivery
from integration.google import scopes
from integration.sandbox.schools import MAYA
from integration.sandbox.world import Person, World
from integration.workshops.file_away import make_documents
from integration.workshops.links import handout_address, practice_address
from integration.workshops.models import PracticeCount
from integration.workshops.shelf import kit, kits
from integration.workshops.sources import add_sources
from tests import make
from tests.conftest import Clock
from tests.rooms.workshops.makers import UNIT
from tests.web.pages.conftest import Browser

PAGES = ("/kits", "/kits/coverage", "/kits/coverage?year=1",
         "/kits/new", "/sources", "/sources/new", "/kits/new?grade=4", "/ladder")
BOOK = {"kind": "book", "title": "Coral reefs", "authors": "Simon, Seymour", "publisher": "HarperCollins", "date": "2013"}
RIS = "TY  - BOOK\nAU  - Simon, Seymour\nTI  - Coral reefs\nPB  - HarperCollins\nPY  - 2013\nER  - \n"


@pytest.fixture
def class_id(maya: Browser) -> str:
    return next(card.id for card in courses(maya.desk, maya.account.school_id) if "6" in card.grades and not card.is_doubtful)


@pytest.fixture
def kit_id(maya: Browser) -> str:
    ids = add_sources(maya.desk, maya.account.school_id, UNIT)
    answer = maya.send("/kits", {"title": "Citing our ocean unit", "source_ids": ids, "grade": "7", "style": "mla9",
                                 "minutes": "30", "doses": ["before", "after"]})
    return answer.headers["Location"].rpartition("/")[2]


def _post(student: FlaskClient, address: str, data: dict[str, str]) -> TestResponse:
    nonce = re.search(r'name="nonce" value="([^"]+)"', student.get(address).text)
    assert nonce is not None
    return student.post(address, data={"nonce": nonce[1], **data})


def _path(address: str) -> str:
    return "/" + address.split("/", 3)[3]


@pytest.fixture
def practice(maya: Browser, kit_id: str, class_id: str) -> str:
    return _path(practice_address(maya.desk.settings, kit_id, class_id))


@pytest.fixture
def student(maya: Browser) -> FlaskClient:
    """Somebody's browser that nobody signed in with and that keeps no cookie."""
    return maya.client.application.test_client(use_cookies=False)


@pytest.mark.parametrize("address", PAGES)
def test_the_pages_are_there_before_anything_is_made(empty: Browser, address: str) -> None:
    assert empty.get(address).status_code == 200


def test_a_source_typed_in_is_shown_in_every_style(maya: Browser) -> None:
    answer = maya.get(maya.send("/sources", BOOK).headers["Location"])
    assert "Simon, Seymour. <i>Coral Reefs</i>" in answer.text
    assert "Simon, S. (2013). <i>Coral reefs</i>" in answer.text


def test_a_source_without_a_title_comes_back_with_what_was_typed(maya: Browser) -> None:
    answer = maya.send("/sources", {**BOOK, "title": ""})
    assert answer.status_code == 422
    assert "Simon, Seymour" in answer.text


def test_a_correction_keeps_what_the_form_does_not_show(maya: Browser) -> None:
    id = add_sources(maya.desk, maya.account.school_id, [{**UNIT[0], "collection-title": "Magic School Bus"}])[0]
    maya.send(f"/sources/{id}", {**BOOK, "title": "The bus"})
    told = json.loads(maya.get("/sources/export.json").text)
    assert (told[0]["title"], told[0]["collection-title"]) == ("The bus", "Magic School Bus")


def test_a_list_from_another_tool_is_brought_and_taken_away_again(maya: Browser) -> None:
    answer = maya.send("/sources/import", {"file": (BytesIO(RIS.encode()), "list.ris")})
    assert answer.status_code == 303
    assert "Coral reefs" in maya.get("/sources").text
    assert "@book" in maya.get("/sources/export.bib").text


def test_a_file_that_is_no_list_is_refused_in_a_sentence(maya: Browser) -> None:
    answer = maya.send("/sources/import", {"file": (BytesIO(b"hello"), "list.txt")})
    assert (answer.status_code, "neither CSL-JSON nor RIS nor BibTeX" in answer.text) == (422, True)


def test_a_kit_is_shown_with_its_citations_its_parts_and_its_pdf(maya: Browser, kit_id: str) -> None:
    page = maya.get(f"/kits/{kit_id}").text
    assert "Cole, Joanna." in page
    assert page.count("Plan it") == 2
    assert maya.get(f"/kits/{kit_id}/sheets.pdf").data.startswith(b"%PDF-")


def test_each_class_gets_a_practice_link_of_its_own(maya: Browser, kit_id: str, class_id: str) -> None:
    part = next(iter(kit(maya.desk, maya.account.school_id, kit_id).doses.values()))
    asked = {"collection": part, "class_ids": [class_id], "as": "material", "topic": "Library"}
    maya.send(f"{maya.send('/plans', asked).headers['Location']}/accept")
    with maya.desk.transaction() as session:
        told = session.scalars(select(Delivery.materials).where(Delivery.course_id == class_id)).all()
    links = [each["link"]["url"] for each in told[-1]]
    assert links == [handout_address(maya.desk.settings, kit_id), practice_address(maya.desk.settings, kit_id, class_id)]


def test_a_student_reads_why_tries_again_and_gets_it_right(student: FlaskClient, practice: str) -> None:
    wrong = _post(student, f"{practice}/write-0", {"answer": "Joanna Cole. The Magic School Bus: Lost in the Solar System. "
                                                                "Scholastic, 2001."})
    assert "Not yet" in wrong.text
    assert "<mark>" in wrong.text
    right = _post(student, f"{practice}/write-0", {"answer": "Cole, Joanna. The Magic School Bus: Lost in the Solar System. "
                                                                "Scholastic, 2001."})
    assert "Next question" in right.text


def test_no_page_for_students_sets_a_cookie_or_runs_a_script(student: FlaskClient, practice: str) -> None:
    pages = [student.get(practice), student.get(f"{practice}/part-0"), _post(student, f"{practice}/part-0", {"answer": "0"}),
             student.get(f"{practice}/ticket/after")]
    assert [each.status_code for each in pages] == [200] * 4
    assert [each.headers.get("Set-Cookie") for each in pages] == [None] * 4
    assert [each for each in pages if "<script" in each.text] == []


def test_a_ticket_is_handed_in_and_one_with_a_gap_comes_back(student: FlaskClient, practice: str) -> None:
    page = student.get(f"{practice}/ticket/after").text
    names = sorted(set(re.findall(r'name="(after-\d)"', page)))
    assert _post(student, f"{practice}/ticket/after", {names[0]: "0"}).status_code == 422
    assert "Handed in:" in _post(student, f"{practice}/ticket/after", dict.fromkeys(names, "0")).text


def test_a_form_that_is_not_from_our_page_is_not_counted(student: FlaskClient, maya: Browser, practice: str) -> None:
    assert "Please press once more" in student.post(f"{practice}/part-0", data={"answer": "0"}).text
    assert student.post(f"{practice}/ticket/after", data={"after-1": "0"}).status_code == 422
    with maya.desk.transaction() as session:
        assert session.scalars(select(PracticeCount)).all() == []


def test_the_handout_shows_the_parts_and_no_answer_key(student: FlaskClient, maya: Browser, kit_id: str) -> None:
    handout = _path(handout_address(maya.desk.settings, kit_id))
    page = student.get(handout)
    assert 'class="part part-1"' in page.text
    assert student.get(f"{handout}/sheets.pdf").data.startswith(b"%PDF-")
    assert "nswer key" not in page.text


def test_the_handout_and_her_page_show_how_the_text_itself_names_each_source(student: FlaskClient, maya: Browser,
                                                                              kit_id: str) -> None:
    pages = [student.get(_path(handout_address(maya.desk.settings, kit_id))).text, maya.get(f"/kits/{kit_id}").text]
    assert [("(Cole)" in page, "(Tanaka and Okafor)" in page) for page in pages] == [(True, True)] * 2


@pytest.mark.parametrize("address", ("/practice/nonsense", "/handout/nonsense", "/practice/nonsense/part-0",
                                     "/practice/nonsense/ticket/after", "/handout/nonsense/sheets.pdf"))
def test_a_wrong_link_gets_the_same_polite_page(student: FlaskClient, address: str) -> None:
    answer = student.get(address)
    assert (answer.status_code, "ask your school librarian" in answer.text) == (404, True)


def test_a_kit_put_away_is_not_listed(maya: Browser, kit_id: str) -> None:
    maya.send(f"/kits/{kit_id}/remove")
    assert kits(maya.desk, maya.account.school_id) == []


def _text(page: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def test_without_her_permission_the_kit_offers_to_ask_google_and_makes_nothing(maya: Browser, kit_id: str) -> None:
    page = maya.get(f"/kits/{kit_id}").text
    assert f'href="/connect?again=yes&amp;also=documents&amp;return_to=/kits/{kit_id}"' in page
    assert f'action="/kits/{kit_id}/documents"' not in page
    asked = maya.get(f"/connect?again=yes&also=documents&return_to=/kits/{kit_id}").headers["Location"]
    assert "drive.file" in asked and "drive.file" not in maya.get("/connect?again=yes").headers["Location"]
    refused = maya.send(f"/kits/{kit_id}/documents")
    assert refused.status_code == 403 and "Nothing was made" in refused.text


def test_with_it_she_makes_the_docs_sees_them_and_gives_them_to_classes(maya: Browser, kit_id: str, school_world: World) -> None:
    allow(maya, school_world)
    page = maya.get(f"/kits/{kit_id}").text
    assert "Make it as Google Docs" in page and "also=documents" not in page
    assert maya.send(f"/kits/{kit_id}/documents").status_code == 303
    assert 'hx-trigger="every 2s"' in maya.get(f"/kits/{kit_id}/documents").text
    make_documents(maya.desk, kit_id)
    page = maya.get(f"/kits/{kit_id}/documents").text
    assert "hx-trigger" not in page
    links = re.findall(r'href="(https://docs\.google\.com/(?:document|presentation)/d/[\w-]+/edit)"', page)
    assert len(set(links)) == len(school_world.files) == 9
    assert maya.send(f"/kits/{kit_id}/given", {"given": "both"}).status_code == 303
    assert re.search(r'value="both"[^>]*checked', maya.get(f"/kits/{kit_id}").text)


def test_what_stopped_it_is_a_sentence_and_the_rest_waits_for_her(maya: Browser, kit_id: str, school_world: World) -> None:
    allow(maya, school_world)
    maya.send(f"/kits/{kit_id}/documents")
    school_world.revoke(maya_herself(school_world))
    make_documents(maya.desk, kit_id)
    page = _text(maya.get(f"/kits/{kit_id}").text)
    assert "Google no longer accepts this permission" in page and "the rest waits for you" in page and "Make the rest" in page
    assert school_world.files == {}


def test_a_doc_deleted_in_drive_is_said_where_she_sees_the_kit_and_made_again(maya: Browser, kit_id: str, school_world: World,
                                                                              clock: Clock) -> None:
    allow(maya, school_world)
    maya.send(f"/kits/{kit_id}/documents")
    make_documents(maya.desk, kit_id)
    school_world.files.clear()
    clock.forward(minutes=2)
    assert 'hx-trigger="load"' in maya.get(f"/kits/{kit_id}").text
    maya.send(f"/kits/{kit_id}/documents/look")
    assert "Asking Drive" in maya.get(f"/kits/{kit_id}").text
    make_documents(maya.desk, kit_id)
    page = maya.get(f"/kits/{kit_id}").text
    assert "Some files are gone" in page and "is no longer in Drive" in page and "Make them again" in page
    maya.send(f"/kits/{kit_id}/documents")
    make_documents(maya.desk, kit_id)
    assert "gone" not in maya.get(f"/kits/{kit_id}/documents").text and len(school_world.files) > 3


def test_the_answer_key_is_marked_as_not_for_students_and_may_not_be_given(maya: Browser, kit_id: str, school_world: World) -> None:
    allow(maya, school_world)
    maya.send(f"/kits/{kit_id}/documents")
    early = maya.send(f"/kits/{kit_id}/given", {"given": "documents"})
    assert early.status_code == 422 and "make them first" in early.text
    make_documents(maya.desk, kit_id)
    maya.send(f"/kits/{kit_id}/given", {"given": "documents"})
    key = next(id for id, file in school_world.files.items() if "Answer key" in file.name)
    with maya.desk.transaction() as session:
        assert key not in set(session.scalars(select(Resource.drive_id)))


def test_privacy_says_what_is_seen_of_her_drive(maya: Browser) -> None:
    assert "shows the files Throughline made there and no other" in maya.get("/privacy").text


def maya_herself(world: World) -> Person:
    person = world.person(MAYA)
    assert person is not None
    return person


def allow(maya: Browser, world: World) -> None:
    """She ticks the one permission more, as at Google's page."""
    granted = (*make.ALL_SCOPES, scopes.FILES)
    tokens = world.grant(maya_herself(world), granted)
    with maya.desk.transaction() as session:
        row = session.get_one(Account, maya.account.id)
        row.scopes = list(granted)
        row.sealed_refresh_token, row.key_id = seal(maya.desk.settings.keys, tokens.refresh_token, bound_to=row.id)
