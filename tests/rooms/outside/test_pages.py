"""What a page says about itself becomes the parts of a source, and what it does not say stays empty."""

from typing import Any

import pytest

from integration.outside.found import Found, day, people, person, words, year
from integration.outside.pages import read_page
from integration.outside.tags import read_tags

AT = "https://www.reefs.example/corals/why?utm_source=mail"


def of(head: str, charset: str = "", at: str = AT, encoding: str = "utf-8") -> Found:
    return read_page(at, read_tags(f"<!doctype html><html><head>{head}</head><body></body></html>".encode(encoding), charset))


def item(head: str) -> dict[str, Any]:
    return dict(of(head).item)


def test_the_tags_for_citing_say_all_of_a_journal_article() -> None:
    found = of("""<meta name="citation_title" content="Corals &amp; light"><meta name="citation_author" content="Tanaka, Yuki">
        <meta name="citation_author" content="Chidi Okafor"><meta name="citation_publication_date" content="2019/03/04">
        <meta name="citation_journal_title" content="Marine Science Today"><meta name="citation_volume" content="12">
        <meta name="citation_issue" content="3"><meta name="citation_firstpage" content="44">
        <meta name="citation_lastpage" content="58">
        <meta name="citation_doi" content="10.1000/mst.12"><meta property="og:title" content="Not this one">""")
    assert found.item == {
        "type": "article-journal", "title": "Corals & light", "container-title": "Marine Science Today", "volume": "12",
        "issue": "3", "author": [{"family": "Tanaka", "given": "Yuki"}, {"family": "Okafor", "given": "Chidi"}],
        "page": "44-58", "issued": {"date-parts": [[2019, 3, 4]]}, "DOI": "10.1000/mst.12", "URL": AT}
    assert found.is_split


def test_json_ld_says_a_news_article_though_it_lies_deep_in_a_graph() -> None:
    found = item("""<script type="application/ld+json">{"@graph": [{"@type": "WebSite", "name": "The Harbor"},
        {"@type": ["NewsArticle"], "headline": "Reefs are growing", "author": [{"@type": "Person", "name": "Ana de la Cruz"},
        {"@type": "Organization", "name": "Ocean Desk"}], "datePublished": "2024-05-06T23:30:00-07:00",
        "publisher": {"name": "The Harbor"}}]}</script>""")
    assert found == {"type": "article-newspaper", "title": "Reefs are growing", "container-title": "The Harbor", "URL": AT,
                     "author": [{"family": "de la Cruz", "given": "Ana"}, {"literal": "Ocean Desk"}],
                     "issued": {"date-parts": [[2024, 5, 6]]}}


def test_opengraph_says_a_video() -> None:
    found = item("""<meta property="og:type" content="video.other"><meta property="og:title" content="A reef at night">
        <meta property="og:site_name" content="YouTube"><meta itemprop="datePublished" content="2021-02-03">""")
    assert (found["type"], found["title"], found["container-title"]) == ("motion_picture", "A reef at night", "YouTube")
    assert found["issued"] == {"date-parts": [[2021, 2, 3]]}


def test_dublin_core_says_a_report() -> None:
    found = item("""<meta name="DC.title" content="State of the reefs"><meta name="DC.creator" content="Roe, Ben">
        <meta name="DC.date" content="2018-07"><meta name="DC.publisher" content="Reef Council">""")
    assert found == {"type": "webpage", "title": "State of the reefs", "author": [{"family": "Roe", "given": "Ben"}],
                     "issued": {"date-parts": [[2018, 7]]}, "publisher": "Reef Council", "URL": AT}


def test_a_page_without_tags_gives_its_title_and_address_and_invents_nothing() -> None:
    assert item("<title>Why corals\n glow</title>") == {"type": "webpage", "title": "Why corals glow", "URL": AT}
    assert item("") == {"type": "webpage", "URL": AT}
    assert read_page(AT, read_tags(b"", "")).item == {"type": "webpage", "URL": AT}


def test_the_name_of_the_site_is_no_part_of_the_title() -> None:
    head = "<title>Why corals glow | Reefs</title><meta property='og:site_name' content='Reefs'>"
    assert item(head)["title"] == "Why corals glow"


@pytest.mark.parametrize(("said", "address"), [
    ("/corals/why", "https://www.reefs.example/corals/why"), ("https://www.reefs.example/a", "https://www.reefs.example/a"),
    ("https://elsewhere.example/why", AT), ("javascript:alert(1)", AT), ("https://www.reefs.example/", AT)])
def test_the_address_a_page_gives_itself_counts_on_its_own_site_only(said: str, address: str) -> None:
    assert item(f"<link rel='canonical' href='{said}'>")["URL"] == address


def test_a_page_that_asks_for_a_password_is_noticed() -> None:
    assert of("<title>Sign in</title></head><body><input type='password'>").is_sign_in
    assert not of("<title>Reefs</title>").is_sign_in


@pytest.mark.parametrize(("head", "charset", "encoding"), [
    ("<title>Café Müller</title>", "", "utf-8"), ("<title>Café Müller</title>", "iso-8859-1", "latin-1"),
    ("<meta charset='windows-1252'><title>Café Müller</title>", "", "cp1252"), ("<title>Café Müller</title>", "no-such", "utf-8")])
def test_letters_with_accents_are_read_as_they_were_written(head: str, charset: str, encoding: str) -> None:
    assert of(head, charset, encoding=encoding).item["title"] == "Café Müller"


@pytest.mark.parametrize("block", ["{", "[" * 100_000, "null", "[1, 2]", '{"@type": "Article", "author": 7, "publisher": [[]]}',
                                   '{"@type": "Article", "author": [null, {"name": {"a": 1}}], "headline": ["x"]}'])
def test_what_a_page_wrote_wrongly_says_nothing(block: str) -> None:
    assert item(f"<title>Reefs</title><script type='application/ld+json'>{block}</script>") == {
        "type": "webpage", "title": "Reefs", "URL": AT}


@pytest.mark.parametrize(("said", "parts"), [
    ("2020", [2020]), ("2020-03", [2020, 3]), ("2020/3/4", [2020, 3, 4]), ("2020-03-04T09:00Z", [2020, 3, 4]), ("2020-02-30", None),
    ("March 4, 2020", None), ("yesterday", None), ("20200304", None), ("2020-13", None)])
def test_a_date_is_as_exact_as_it_was_said(said: str, parts: list[int] | None) -> None:
    assert day(said) == ({"date-parts": [parts]} if parts else None)


@pytest.mark.parametrize(("said", "told"), [("October 1, 1988", 1988), ("c1988", 1988), ("[2001?]", 2001), ("1988, 1999", None),
                                            ("", None), ("12345", None)])
def test_a_book_has_the_one_year_its_catalogue_says(said: str, told: int | None) -> None:
    assert year(said) == ({"date-parts": [[told]]} if told else None)


@pytest.mark.parametrize(("said", "name"), [
    ("Lopez, Ana", {"family": "Lopez", "given": "Ana"}), ("Ana Lopez", {"family": "Lopez", "given": "Ana"}),
    ("By Ana de la Cruz", {"family": "de la Cruz", "given": "Ana"}),
    ("Ludwig van Beethoven", {"family": "van Beethoven", "given": "Ludwig"}),
    ("Martin Luther King Jr.", {"family": "King", "given": "Martin Luther, Jr."}), ("Plato", {"literal": "Plato"}),
    ("National Geographic Society", {"literal": "National Geographic Society"}), ("BBC News", {"literal": "BBC News"})])
def test_a_name_is_a_person_or_a_group(said: str, name: dict[str, str]) -> None:
    assert person(said) == name


@pytest.mark.parametrize(("said", "families"), [
    (["Ana Lopez and Ben Roe"], ["Lopez", "Roe"]), (["Ana Lopez, Ben Roe"], ["Lopez", "Roe"]),
    (["Lopez, Ana; Roe, Ben"], ["Lopez", "Roe"]),
    (["Lopez, Ana", "Lopez, Ana"], ["Lopez"]), (["Ana Lopez & Ben Roe, Jr."], ["Lopez", "Roe"])])
def test_several_people_in_one_line_are_several(said: list[str], families: list[str]) -> None:
    assert [each["family"] for each in people(said)] == families


def test_words_have_no_markup_and_nothing_invisible_and_an_end() -> None:
    assert words(" <i>Homo</i> &amp;\u202e sapi\u200bens\x00 a < b ") == "Homo & sapiens a < b"
    assert len(words("x" * 5000)) == 1000 and words({"a": 1}) == words(None) == ""
