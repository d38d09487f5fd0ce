"""A source is looked up by ISBN, DOI or address on real servers of this machine; nothing is kept, and what is missing is said."""

import json
from collections.abc import Iterator

import pytest

from config.settings import Settings
from integration.desk import Desk
from integration.errors import Invalid, NotAllowed
from integration.workshops.look_up import LookedUp, look_up
from tests.conftest import SETTINGS
from tests.rooms.outside.server import Page, Served, serving

ISBN = "9780140328721"
BOOKS = f"/api/books?bibkeys=ISBN:{ISBN}&format=json&jscmd=data"
FOX = {"title": "Fantastic Mr. Fox", "subtitle": "a tale", "authors": [{"name": "Roald Dahl"}], "publishers": [{"name": "Puffin"}],
       "publish_date": "October 1, 1988"}
ARTICLE = {"type": "journal-article", "title": "The deep <i>reef</i> &amp; light", "container-title": "Marine Science Today",
           "author": [{"given": "Yuki", "family": "Tanaka", "sequence": "first"}, {"name": "Reef Council"}], "volume": "12",
           "issue": "3", "page": "44-58", "publisher": "Academic Sea", "issued": {"date-parts": [[2019, 3]]}, "abstract": "long"}
CSL = "application/vnd.citationstyles.csl+json"


@pytest.fixture
def served() -> Iterator[Served]:
    with serving() as one:
        yield one


@pytest.fixture
def settings(served: Served) -> Settings:
    return Settings(database_url="sqlite://", lookup_networks="127.0.0.1/32", open_library_url=served.root, doi_url=served.root,
                    **SETTINGS)  # type: ignore[arg-type]


def looked(settings: Settings, what: str) -> LookedUp:
    return look_up(Desk(settings, *(None,) * 4), what)  # type: ignore[arg-type]


def test_a_book_is_found_by_its_isbn_in_either_length(settings: Settings, served: Served) -> None:
    served.pages[BOOKS] = Page(json.dumps({f"ISBN:{ISBN}": FOX}), type="application/json")
    for written in ("9780140328721", "978-0-14-032872-1", "0-14-032872-6", "ISBN 0140328726"):
        found = looked(settings, written)
        assert found.item == {"type": "book", "title": "Fantastic Mr. Fox: a tale", "publisher": "Puffin",
                              "author": [{"family": "Dahl", "given": "Roald"}], "issued": {"date-parts": [[1988]]}, "ISBN": ISBN}
    assert found.is_found and found.typed["authors"] == "Dahl, Roald" and found.typed["date"] == "1988"
    assert any("one piece" in sentence for sentence in found.sentences)


@pytest.mark.parametrize(("written", "said"), [
    ("978-0-14-032872-2", "last digit"), ("0-14-032872-1", "last digit"), ("97801403287", "this has 11"),
    ("014032872", "this has 9"), ("9790000000000", "last digit"), ("X140328721", "neither"), ("corals", "neither"),
    ("coral reefs.", "neither"),
    ("", "neither"), ("10.12/x", "neither"), ("ftp://reefs.example/a", "https://"), ("https://a:b@reefs.example/", "sign-in name")])
def test_what_cannot_be_one_is_said_before_anybody_is_asked(settings: Settings, served: Served, written: str, said: str) -> None:
    with pytest.raises(Invalid, match=said):
        looked(settings, written)
    assert served.asked == []


def test_a_book_nobody_has_keeps_its_isbn_and_says_so(settings: Settings, served: Served) -> None:
    served.pages[BOOKS] = Page("{}", type="application/json")
    found = looked(settings, ISBN)
    assert (found.is_found, found.item) == (False, {"type": "book", "ISBN": ISBN})
    assert "no book with this ISBN" in found.sentences[0] and found.typed["isbn"] == ISBN


@pytest.mark.parametrize("body", ["{", "[]", "[" * 100_000, "", json.dumps({f"ISBN:{ISBN}": [1]})])
def test_an_answer_that_cannot_be_read_is_said_so(settings: Settings, served: Served, body: str) -> None:
    served.pages[BOOKS] = Page(body, type="application/json")
    assert looked(settings, ISBN).sentences[0].startswith("Nothing was found. ")


@pytest.mark.parametrize("written", ["10.1000/mst.12", "doi:10.1000/mst.12", "https://doi.org/10.1000/mst.12"])
def test_an_article_is_found_by_its_doi_where_the_resolver_sends_on_to(settings: Settings, served: Served, written: str) -> None:
    served.pages |= {"/10.1000/mst.12": Page(status=302, headers={"Location": "/agency/record"}),
                     "/agency/record": Page(json.dumps(ARTICLE), type=CSL)}
    found = looked(settings, written)
    assert found.item == {"type": "article-journal", "title": "The deep reef & light", "container-title": "Marine Science Today",
                          "author": [{"family": "Tanaka", "given": "Yuki"}, {"literal": "Reef Council"}], "volume": "12",
                          "issue": "3", "page": "44-58", "issued": {"date-parts": [[2019, 3]]}, "DOI": "10.1000/mst.12"}
    assert served.asked[1][1]["Accept"].startswith(CSL) and not any("Not found" in each for each in found.sentences)


@pytest.mark.parametrize(("status", "said"), [(404, "No work is registered"), (406, "gives no record"), (503, "error (503)")])
def test_a_doi_without_an_answer_keeps_itself_and_says_why(settings: Settings, served: Served, status: int, said: str) -> None:
    served.pages["/10.1000/none"] = Page(status=status)
    found = looked(settings, "10.1000/none")
    assert (found.is_found, found.typed["doi"]) == (False, "10.1000/none") and said in found.sentences[0]


def test_a_page_is_read_and_what_it_does_not_say_is_named(settings: Settings, served: Served) -> None:
    served.pages["/why"] = Page("<title>Why Corals Glow Under Water</title>")
    found = looked(settings, f"{served.root}/why?utm_source=mail")
    assert found.is_found
    assert found.sentences[1].startswith("Not found: who made it, its date and the name of its site.")
    assert "capitals as a headline" in found.sentences[2]


def test_a_kind_nobody_knows_is_something_else(settings: Settings, served: Served) -> None:
    served.pages["/10.1000/odd"] = Page(json.dumps({**ARTICLE, "type": "peer-review"}), type=CSL)
    assert looked(settings, "10.1000/odd").item["type"] == "document"


def test_nothing_is_asked_where_lookups_are_off(settings: Settings, served: Served) -> None:
    with pytest.raises(NotAllowed, match="switched off"):
        looked(settings.model_copy(update={"lookups": "off"}), ISBN)
    assert served.asked == []
