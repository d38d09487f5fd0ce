"""Resources are added, changed and removed."""

import pytest

from integration.curation.resources import change_resource, remove_resource
from integration.curation.shelf import collection, resource, resources
from integration.desk import Desk
from integration.errors import Invalid, NotFound
from tests import make
from tests.conftest import Clock
from tests.rooms.curation import makers


@pytest.fixture
def school_id(desk: Desk) -> str:
    return make.school(desk)


def test_a_link_is_kept_as_typed(desk: Desk, school_id: str) -> None:
    id = makers.resource(desk, school_id, title="  Food   webs ",
                         grades=["6", "k"], subjects=["Science"], codes=["iv.a.3", "1.2.c"])
    card = resource(desk, school_id, id)
    assert (card.title, card.url, card.address) == ("Food webs", "https://nature.example/webs", "https://nature.example/webs")
    assert (card.grades, card.subjects, card.codes) == (("K", "6"), ("science",), ("IV.A.3", "ISTE.1.2.c"))


def test_a_video_is_kept_by_its_watch_page(desk: Desk, school_id: str) -> None:
    id = makers.resource(desk, school_id, kind="youtube", url="https://youtu.be/dQw4w9WgXcQ?si=x")
    assert resource(desk, school_id, id).url == "https://www.youtube.com/watch?v=dQw4w9WgXcQ"


def test_a_drive_file_is_kept_by_its_id(desk: Desk, school_id: str) -> None:
    id = makers.resource(desk, school_id, kind="drive", url="", drive_id="https://drive.google.com/file/d/1AbCdEfGhIjKlM/view")
    card = resource(desk, school_id, id)
    assert (card.drive_id, card.address) == ("1AbCdEfGhIjKlM", "https://drive.google.com/open?id=1AbCdEfGhIjKlM")


@pytest.mark.parametrize("typed", ["0-06-440055-7", "9780064400558", "978-0-06-440055-8"])
def test_a_book_is_kept_by_thirteen_digits(desk: Desk, school_id: str, typed: str) -> None:
    id = makers.resource(desk, school_id, kind="book", url="", title="Charlotte's Web", isbn=typed)
    assert resource(desk, school_id, id).isbn == "9780064400558"


@pytest.mark.parametrize(("given", "field"), [
    ({"title": " "}, "title"), ({"title": "x" * 301}, "title"), ({"title": "a\u202eb"}, "title"), ({"title": "a\x00b"}, "title"),
    ({"kind": "song"}, "kind"), ({"url": ""}, "url"), ({"url": "javascript:alert(1)"}, "url"),
    ({"kind": "youtube", "url": "https://nature.example"}, "url"), ({"kind": "drive"}, "drive_id"),
    ({"kind": "book", "isbn": "9780064400559"}, "isbn"), ({"kind": "book"}, "isbn"), ({"kind": "note"}, "text"),
    ({"kind": "note", "text": "x" * 30_001}, "text"), ({"description": "\u200b"}, "description"),
    ({"grades": ["13"]}, "grades"), ({"subjects": ["alchemy"]}, "subjects"), ({"codes": ["IX.Z"]}, "codes"),
])
def test_what_cannot_be_used_is_said_beside_its_field(desk: Desk, school_id: str, given: dict[str, object], field: str) -> None:
    with pytest.raises(Invalid) as caught:
        makers.resource(desk, school_id, **given)
    assert set(caught.value.fields) == {field}
    assert caught.value.fields[field].endswith(".")
    assert resources(desk, school_id) == []


def test_every_wrong_field_is_named_at_once(desk: Desk, school_id: str) -> None:
    with pytest.raises(Invalid) as caught:
        makers.resource(desk, school_id, title="", url="nowhere", grades=["13"])
    assert set(caught.value.fields) == {"title", "url", "grades"}


def test_a_change_replaces_everything_and_touches_the_collections_that_hold_it(desk: Desk, school_id: str, clock: Clock) -> None:
    id = makers.resource(desk, school_id)
    holding = makers.collection(desk, school_id, resource_ids=[id])
    other = makers.collection(desk, school_id)
    clock.forward(hours=1)
    change_resource(desk, school_id, id, makers.new_resource(kind="note", title="Read this", text="Page 4"))
    card = resource(desk, school_id, id)
    assert (card.title, card.url, card.text, card.updated_at) == ("Read this", "", "Page 4", clock.at)
    assert collection(desk, school_id, holding).updated_at == clock.at
    assert collection(desk, school_id, other).updated_at < clock.at


def test_a_change_that_cannot_be_used_changes_nothing(desk: Desk, school_id: str) -> None:
    id = makers.resource(desk, school_id)
    with pytest.raises(Invalid):
        change_resource(desk, school_id, id, makers.new_resource(title="Other", url="nowhere"))
    assert resource(desk, school_id, id).title == "Food webs"


def test_a_removed_resource_leaves_the_shelf_and_every_collection(desk: Desk, school_id: str) -> None:
    gone, stays = makers.resource(desk, school_id), makers.resource(desk, school_id)
    holding = makers.collection(desk, school_id, resource_ids=[gone, stays])
    remove_resource(desk, school_id, gone)
    assert [each.id for each in resources(desk, school_id)] == [stays]
    assert [each.id for each in collection(desk, school_id, holding).resources] == [stays]
    with pytest.raises(NotFound):
        remove_resource(desk, school_id, gone)


def test_another_school_sees_and_changes_nothing(desk: Desk, school_id: str) -> None:
    id, other = makers.resource(desk, school_id), make.school(desk)
    assert resources(desk, other) == []
    with pytest.raises(NotFound):
        resource(desk, other, id)
    with pytest.raises(NotFound):
        change_resource(desk, other, id, makers.new_resource())
    with pytest.raises(NotFound):
        remove_resource(desk, other, id)


def test_pages_go_from_the_newest_to_the_oldest(desk: Desk, school_id: str) -> None:
    first, second, third = (makers.resource(desk, school_id) for _ in range(3))
    page = [each.id for each in resources(desk, school_id, at_most=2)]
    assert page == [third, second]
    assert [each.id for each in resources(desk, school_id, after=page[-1])] == [first]
