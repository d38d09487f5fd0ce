"""Collections are gathered, changed and put away."""

import pytest

from integration.curation.collect import NewCollection, change_collection, remove_collection
from integration.curation.shelf import collection, collections, resource
from integration.desk import Desk
from integration.errors import Invalid, NotFound
from tests import make
from tests.rooms.curation import makers


@pytest.fixture
def school_id(desk: Desk) -> str:
    return make.school(desk)


def test_resources_keep_her_order(desk: Desk, school_id: str) -> None:
    a, b, c = (makers.resource(desk, school_id) for _ in range(3))
    id = makers.collection(desk, school_id, resource_ids=[c, a, b, a], template="subject-spotlight", grades=["6"])
    card = collection(desk, school_id, id)
    assert [each.id for each in card.resources] == [c, a, b]
    assert (card.template, card.grades) == ("subject-spotlight", ("6",))


def test_a_change_replaces_words_resources_and_order(desk: Desk, school_id: str) -> None:
    a, b = (makers.resource(desk, school_id) for _ in range(2))
    id = makers.collection(desk, school_id, resource_ids=[a, b], description="Old")
    change_collection(desk, school_id, id, NewCollection(title="Food webs", resource_ids=[b, a]))
    card = collection(desk, school_id, id)
    assert (card.title, card.description, [each.id for each in card.resources]) == ("Food webs", "", [b, a])


def test_a_resource_that_is_not_on_the_shelf_leaves_nothing_half_made(desk: Desk, school_id: str) -> None:
    theirs = makers.resource(desk, make.school(desk))
    with pytest.raises(Invalid) as caught:
        makers.collection(desk, school_id, resource_ids=[theirs])
    assert set(caught.value.fields) == {"resource_ids"}
    assert collections(desk, school_id) == []


def test_a_change_that_names_a_missing_resource_leaves_the_old_ones(desk: Desk, school_id: str) -> None:
    a = makers.resource(desk, school_id)
    id = makers.collection(desk, school_id, resource_ids=[a])
    with pytest.raises(Invalid):
        change_collection(desk, school_id, id, NewCollection(title="Other", resource_ids=["nothing"]))
    card = collection(desk, school_id, id)
    assert (card.title, [each.id for each in card.resources]) == ("Ecosystems", [a])


@pytest.mark.parametrize(("given", "field"), [
    ({"title": ""}, "title"), ({"title": "a\u2066b"}, "title"), ({"template": "quilting"}, "template"),
    ({"template": "flip-event"}, "template"), ({"resource_ids": ["x"] * 201}, "resource_ids"),
    ({"description": "x" * 30_001}, "description"), ({"grades": ["sixth"]}, "grades"),
])
def test_what_cannot_be_used_is_said_beside_its_field(desk: Desk, school_id: str, given: dict[str, object], field: str) -> None:
    with pytest.raises(Invalid) as caught:
        makers.collection(desk, school_id, **given)
    assert set(caught.value.fields) == {field}


def test_a_collection_put_away_is_gone_and_its_resources_stay(desk: Desk, school_id: str) -> None:
    a = makers.resource(desk, school_id)
    id = makers.collection(desk, school_id, resource_ids=[a])
    remove_collection(desk, school_id, id)
    assert collections(desk, school_id) == []
    assert resource(desk, school_id, a).id == a
    with pytest.raises(NotFound):
        collection(desk, school_id, id)


def test_another_school_sees_and_changes_nothing(desk: Desk, school_id: str) -> None:
    id, other = makers.collection(desk, school_id), make.school(desk)
    assert collections(desk, other) == []
    with pytest.raises(NotFound):
        collection(desk, other, id)
    with pytest.raises(NotFound):
        change_collection(desk, other, id, NewCollection(title="Mine now"))
    with pytest.raises(NotFound):
        remove_collection(desk, other, id)


def test_a_page_of_collections_begins_where_the_last_one_ended(desk: Desk, school_id: str) -> None:
    first, second = (makers.collection(desk, school_id) for _ in range(2))
    assert [each.id for each in collections(desk, school_id, at_most=1)] == [second]
    assert [each.id for each in collections(desk, school_id, after=second)] == [first]
