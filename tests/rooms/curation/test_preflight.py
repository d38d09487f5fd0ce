"""What a post holds, and what Classroom would not take."""

import pytest

from integration.curation.contents import contents
from integration.curation.models import ResourceKind
from integration.curation.preflight import Standing, preflight
from integration.curation.shelf import CollectionCard
from tests.rooms.curation.makers import collection_card, link_card, resource_card

TEXT = "Look at the map first.\n\nGathered by Maya Okafor."
MARKER = "#t-0123456789abcdef0123456789abcdef"


def fields(collection: CollectionCard, text: str = TEXT, *standing: Standing) -> list[str]:
    return [problem.field for problem in preflight(contents(collection), text, standing)]


def test_links_files_and_videos_become_googles_materials_in_her_order() -> None:
    made = contents(collection_card(
        resource_card(ResourceKind.YOUTUBE, url="https://www.youtube.com/watch?v=dQw4w9WgXcQ"), link_card(),
        resource_card(ResourceKind.DRIVE, drive_id="1AbCdEfGhIjK")))
    assert made.materials == (
        {"youtubeVideo": {"id": "dQw4w9WgXcQ"}}, {"link": {"url": "https://nature.example/webs"}},
        {"driveFile": {"driveFile": {"id": "1AbCdEfGhIjK"}, "shareMode": "VIEW"}})


def test_a_book_and_a_note_become_words_of_the_body() -> None:
    made = contents(collection_card(resource_card(ResourceKind.BOOK, title="Charlotte's Web", isbn="9780064400558"),
                                    resource_card(ResourceKind.NOTE, title="To talk about", text="Who is kind?")))
    assert made.body == ("Look at the map first.\n\nCharlotte's Web\nISBN 9780064400558, on the shelf in the library\n\n"
                         "To talk about\nWho is kind?")
    assert made.materials == ()


def test_a_good_post_has_no_problems() -> None:
    assert fields(collection_card(*(link_card(f"https://nature.example/{n}") for n in range(20)))) == []


def test_twenty_one_materials_are_one_too_many() -> None:
    assert fields(collection_card(*(link_card(f"https://nature.example/{n}") for n in range(21)))) == ["materials"]


@pytest.mark.parametrize(("title", "is_good"), [
    ("x", True), ("x" * 3000, True), ("x" * 3001, False), ("", False), ("a\u202eb", False)])
def test_a_title_has_one_to_three_thousand_plain_characters(title: str, is_good: bool) -> None:
    assert fields(collection_card(title=title)) == ([] if is_good else ["title"])


@pytest.mark.parametrize(("text", "is_good"), [
    ("x" * 30_000, True), ("x" * 30_001, False), ("a\x00b", False), ("a\u202eb", False), ("🌈 <b>bold</b>\n\tyes", True)])
def test_a_text_has_at_most_thirty_thousand_plain_characters(text: str, is_good: bool) -> None:
    assert fields(collection_card(), text) == ([] if is_good else ["text"])


@pytest.mark.parametrize("url", ["javascript:alert(1)", "https://n.example/\u202e", "https://n.example/" + "x" * 2024])
def test_a_link_that_cannot_be_sent_is_named(url: str) -> None:
    problems = preflight(contents(collection_card(link_card(url))), TEXT)
    assert [each.field for each in problems] == ["materials"]
    assert "\u202e" not in problems[0].sentence


@pytest.mark.parametrize("standing", [
    Standing("Ecosystems", "Other words", ("https://nature.example/webs",)),
    Standing("ecosystems ", "", ("https://nature.example/webs" + MARKER,)),
    Standing("", "An announcement of the same", ("https://nature.example/webs",)),
])
def test_the_same_links_under_the_same_title_are_a_duplicate(standing: Standing) -> None:
    assert fields(collection_card(link_card()), TEXT, standing) == ["duplicate"]


@pytest.mark.parametrize("standing", [
    Standing("Ecosystems", TEXT, ("https://nature.example/other",)), Standing("Ecosystems", TEXT, ()),
    Standing("Another unit", TEXT, ("https://nature.example/webs",)),
    Standing("Ecosystems", TEXT, ("https://nature.example/webs", "https://nature.example/more")),
])
def test_other_links_or_another_title_are_no_duplicate(standing: Standing) -> None:
    assert fields(collection_card(link_card()), TEXT, standing) == []


def test_a_link_that_google_turned_into_a_video_is_still_the_same() -> None:
    ours = collection_card(link_card("https://youtu.be/dQw4w9WgXcQ"))
    assert fields(ours, TEXT, Standing("Ecosystems", "", ("youtube:dQw4w9WgXcQ",))) == ["duplicate"]


def test_without_links_the_same_words_are_a_duplicate_and_others_are_not() -> None:
    assert fields(collection_card(), TEXT, Standing("Ecosystems", TEXT)) == ["duplicate"]
    assert fields(collection_card(), TEXT, Standing("Ecosystems", "Other words")) == []
