"""The printed kit of every band is read in the right order by a screen reader: its headings, its questions, its tables."""

import re
from collections.abc import Iterator

import pytest

from integration.desk import Desk
from integration.workshops.paper import print_sheets
from integration.workshops.practice import paper_of
from integration.workshops.sheets import Sheet, sheets
from integration.workshops.shelf import KitCard, kit
from tests import make
from tests.rooms.workshops import makers

Element = tuple[str, str]
"""What it is, and the title it carries."""
GRADES = ("2", "5", "7", "11")


@pytest.fixture(params=GRADES)
def card(desk: Desk, request: pytest.FixtureRequest) -> KitCard:
    school_id = make.school(desk)
    return kit(desk, school_id, makers.kit(desk, school_id, grade=request.param, doses=["before", "during", "after"]))


def test_the_headings_come_in_the_order_of_the_sheets(card: KitCard) -> None:
    made = sheets(card, paper_of(card))
    read = [title for role, title in _read(print_sheets(card, made)) if role in ("H1", "H2")]
    assert read == [title for sheet in made for title in _headings(sheet)]


def test_tables_have_heads_and_lists_have_items(card: KitCard) -> None:
    roles = [role for role, _ in _read(print_sheets(card, sheets(card, paper_of(card))))]
    assert roles.count("Table") == roles.count("THead") > 0
    assert roles.count("LI") == roles.count("LBody") > roles.count("L") > 0


def test_the_key_leans_where_the_answer_leans_and_a_young_class_is_asked_for_no_volume(card: KitCard) -> None:
    made = {sheet.key: sheet for sheet in sheets(card, paper_of(card))}
    answers = [entry for block in made["key"].blocks for entry in block.entries]
    assert any(span.is_italic for entry in answers for span in entry)
    facts = {row[0] for block in made["practice"].blocks if block.kind == "facts" for row in block.rows}
    assert ("Volume" in facts) == (card.grade in ("7", "11")) and {"Made by", "Title"} <= facts


def test_the_slide_that_names_the_parts_says_what_each_letter_means(card: KitCard) -> None:
    [parts] = [block for sheet in sheets(card, paper_of(card)) if sheet.key == "slides" for block in sheet.blocks if block.rows]
    assert {name for name, _ in parts.rows} == {span.field for span in parts.entries[0] if span.field}


def test_the_document_says_its_title_and_its_language(card: KitCard) -> None:
    told = print_sheets(card, sheets(card, paper_of(card)))
    assert [sign for sign in (b"/Lang(en)", b"/DisplayDocTitle true", b"/Marked true", b"pdfuaid") if sign not in told] == []
    assert f"Citing our ocean unit, grade {card.grade}".encode() in told


def _headings(sheet: Sheet) -> list[str]:
    if sheet.key == "slides":
        return [block.text for block in sheet.blocks]
    return [sheet.title, *(block.text for block in sheet.blocks if block.kind == "part")]


def _objects(told: bytes) -> dict[int, bytes]:
    return {int(found[1]): found[2] for found in re.finditer(rb"(\d+) 0 obj\s(.*?)\sendobj", told, re.DOTALL)}


def _read(told: bytes) -> list[Element]:
    """The structure tree in the order in which it is read aloud."""
    objects = _objects(told)
    root = next(each for each in objects.values() if b"/Type/StructTreeRoot" in each)
    return [element for child in _children(root) for element in _walk(objects, child)]


def _walk(objects: dict[int, bytes], number: int) -> Iterator[Element]:
    body = objects[number]
    if b"/Type/StructElem" not in body:
        return
    role, title = re.search(rb"/S/(\w+)", body), re.search(rb"/T\((.*?)\)/", body)
    yield (role[1].decode() if role else "", title[1].decode() if title else "")
    for child in _children(body):
        yield from _walk(objects, child)


def _children(body: bytes) -> list[int]:
    found = re.search(rb"/K\[(.*?)\]", body, re.DOTALL)
    return [int(each) for each in re.findall(rb"(\d+) 0 R", found[1])] if found else []
