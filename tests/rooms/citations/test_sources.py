"""What somebody wrote as CSL-JSON is read, or refused in a sentence."""

import pytest

from integration.citations.items import said
from integration.citations.sources import read_sources
from integration.errors import Invalid


@pytest.mark.parametrize(("text", "sentence"), [
    ("{", "no JSON"), ('{"id": "a"}', "list of sources"), ('["a"]', "Source 1 is no object"),
    ('[{"id": "a", "type": "book", "author": "Toni Morrison"}]', "list of names"),
    ('[{"id": "a", "type": "book", "title": 7}]', "must be text"),
    ('[{"id": "a", "type": "book", "title": "T", "issued": {"date-parts": [[2023, 2, 30]]}}]', "no such day"),
    ('[{"id": "a", "type": "book", "title": "T", "issued": {"date-parts": "soon"}}]', "no such day"),
])
def test_what_cannot_be_used_is_said_in_a_sentence(text: str, sentence: str) -> None:
    with pytest.raises(Invalid, match=sentence):
        read_sources(text)


def test_trackers_are_taken_off_an_address_and_nothing_else() -> None:
    [item] = read_sources('[{"id": "a", "type": "webpage", "URL": "https://a.example/b?utm_source=x&id=7&fbclid=1#top"}]')
    assert said(item, "URL") == "https://a.example/b?id=7#top"


def test_a_doi_is_stored_bare() -> None:
    [item] = read_sources('[{"id": "a", "type": "article-journal", "DOI": "https://doi.org/10.1/x"}]')
    assert said(item, "DOI") == "10.1/x"
