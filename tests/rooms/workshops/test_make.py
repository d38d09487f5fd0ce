"""A kit is made of the unit's own sources and becomes collections like any other."""

import pytest

from integration.curation.shelf import collection, collections
from integration.desk import Desk
from integration.errors import Invalid, NotFound
from integration.workshops.make import NewKit, make_kit
from integration.workshops.models import Dose
from integration.workshops.paper import print_sheets
from integration.workshops.practice import paper_of
from integration.workshops.sheets import for_class, sheets
from integration.workshops.shelf import collection_of, kit, kits, sources
from integration.workshops.sources import change_source
from tests import make
from tests.rooms.curation import makers as curation
from tests.rooms.workshops import makers
from tests.rooms.workshops.makers import BOOK


@pytest.fixture
def school_id(desk: Desk) -> str:
    return make.school(desk)


def test_each_part_is_a_collection_with_handout_practice_and_a_model(desk: Desk, school_id: str) -> None:
    card = kit(desk, school_id, makers.kit(desk, school_id, doses=["after", "before"]))
    assert list(card.doses) == [Dose.BEFORE, Dose.AFTER]
    part = collection(desk, school_id, collection_of(desk, school_id, card.id, "after"))
    assert part.title == "Citing our ocean unit: check your list"
    assert [each.url.split("/")[3] for each in part.resources] == ["handout", "practice"]
    assert "Cole, Joanna. The Magic School Bus: Lost in the Solar System. Scholastic, 2001." in part.description


@pytest.mark.parametrize(("grade", "model"), (
    ("4", "Cole, Joanna. The Magic School Bus: Lost in the Solar System. Scholastic. 2001."),
    ("9", "Cole, Joanna. The Magic School Bus: Lost in the Solar System. Scholastic, 2001.")))
def test_a_class_reads_the_form_of_its_grade(desk: Desk, school_id: str, grade: str, model: str) -> None:
    id = makers.kit(desk, school_id, grade=grade)
    assert model in collection(desk, school_id, collection_of(desk, school_id, id)).description


def test_a_collections_links_and_books_become_sources_and_its_notes_do_not(desk: Desk, school_id: str) -> None:
    held = [curation.resource(desk, school_id), curation.resource(desk, school_id, kind="note", url="", text="Look closely."),
            curation.resource(desk, school_id, kind="book", url="", title="Coral reefs", isbn="9780439023528")]
    id = makers.kit(desk, school_id, collection_id=curation.collection(desk, school_id, resource_ids=held))
    assert [each["title"] for each in kit(desk, school_id, id).sources] == ["Food webs", "Coral reefs"]
    assert {card.resource_id for card in sources(desk, school_id)} == {held[0], held[2]}


def test_a_resources_id_stands_for_its_source(desk: Desk, school_id: str) -> None:
    id = makers.kit(desk, school_id, source_ids=[curation.resource(desk, school_id)])
    assert [each["title"] for each in kit(desk, school_id, id).sources] == ["Food webs"]


def test_what_is_corrected_later_changes_no_kit_made_before(desk: Desk, school_id: str) -> None:
    id = makers.kit(desk, school_id)
    change_source(desk, school_id, sources(desk, school_id)[-1].id, {**BOOK, "title": "Another title"})
    assert kit(desk, school_id, id).sources[0]["title"] == BOOK["title"]


@pytest.mark.parametrize(("given", "field"), (
    ({"grade": "13"}, "grade"), ({"style": "harvard"}, "style"), ({"doses": ["later"]}, "doses"), ({"doses": []}, "doses"),
    ({"minutes": 31}, "minutes"), ({"source_ids": []}, "source_ids"), ({"source_ids": ["none"]}, "source_ids"),
    ({"source_ids": ["x"] * 13}, "source_ids")))
def test_a_wrong_field_is_said_beside_it_and_nothing_is_made(desk: Desk, school_id: str, given: dict[str, object],
                                                             field: str) -> None:
    with pytest.raises(Invalid) as caught:
        make_kit(desk, school_id, NewKit(**{"grade": "7", "source_ids": ["none"], **given}))  # type: ignore[arg-type]
    assert field in caught.value.fields
    assert (kits(desk, school_id), collections(desk, school_id)) == ([], [])


def test_another_schools_kit_is_not_there(desk: Desk, school_id: str) -> None:
    id = makers.kit(desk, school_id)
    with pytest.raises(NotFound):
        kit(desk, make.school(desk), id)


@pytest.mark.parametrize("grade", ("2", "5", "7", "11"))
def test_the_answer_key_is_never_among_the_classs_sheets(desk: Desk, school_id: str, grade: str) -> None:
    card = kit(desk, school_id, makers.kit(desk, school_id, grade=grade))
    everything, shown = sheets(card, paper_of(card)), for_class(card, paper_of(card))
    assert {each.key for each in everything} - {each.key for each in shown} == {"plan", "slides", "key"}


@pytest.mark.parametrize("minutes", (20, 30, 45))
def test_the_steps_of_a_lesson_fill_its_minutes(desk: Desk, school_id: str, minutes: int) -> None:
    card = kit(desk, school_id, makers.kit(desk, school_id, minutes=minutes, doses=["before", "during", "after"]))
    table = next(block for block in sheets(card, paper_of(card))[0].blocks if block.kind == "table")
    assert sum(int(row[0].split()[0]) for row in table.rows) == minutes


@pytest.mark.parametrize("title", ("Citing our ocean unit", "Ozean 李白"))
def test_the_pdf_is_tagged_and_has_a_title_and_a_language(desk: Desk, school_id: str, title: str) -> None:
    card = kit(desk, school_id, makers.kit(desk, school_id, title=title))
    told = print_sheets(card, sheets(card, paper_of(card)))
    assert told.startswith(b"%PDF-")
    assert b"/MarkInfo" in told
    assert b"/Lang" in told
    assert b"/StructTreeRoot" in told
