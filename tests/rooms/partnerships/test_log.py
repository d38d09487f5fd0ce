"""The log writes itself, and keeps what she writes by hand."""

from datetime import date
from typing import Any

import pytest

from integration.accounts.models import Account
from integration.courses.models import Course, Teacher
from integration.desk import Desk
from integration.errors import Invalid, NotFound
from integration.partnerships.log import HandEntry, Happened, begin, change, record, record_all, write
from integration.partnerships.models import Source
from integration.partnerships.shelf import entries, entry, partnership, partnerships
from integration.sandbox.world import World
from tests import make

TODAY = date(2026, 11, 24)


@pytest.fixture
def maya(desk: Desk, world: World) -> Account:
    return make.account(desk, world, world.add_person("maya@juniper.example", "Maya Okafor"))


@pytest.fixture
def rosa(desk: Desk, maya: Account) -> Teacher:
    return make.teacher(desk, maya.school_id)


@pytest.fixture
def science(desk: Desk, maya: Account, rosa: Teacher) -> Course:
    return make.course(desk, maya, teachers=(rosa,))


def happened(teacher: Teacher, *classes: Course, **given: Any) -> Happened:
    return Happened(**{"teacher_id": teacher.id, "occasion": "collection:1", "on": TODAY, "activity": "Ecosystems",
                       "course_ids": [each.id for each in classes], **given})


def hand(teacher: Teacher, **given: Any) -> HandEntry:
    return HandEntry(**{"teacher_id": teacher.id, "on": TODAY, "activity": "Taught note-taking", **given})


def test_one_entry_for_a_teacher_and_an_occasion_gathers_her_classes(desk: Desk, maya: Account, rosa: Teacher, science: Course
                                                                     ) -> None:
    math = make.course(desk, maya, name="6th Grade Math", teachers=(rosa,))
    first = record(desk, maya.school_id, happened(rosa, science))
    again = record(desk, maya.school_id, happened(rosa, science, math))
    assert first == again
    card = entry(desk, maya.school_id, first)
    assert [each.name for each in card.classes] == ["6th Grade Math", "6th Grade Science"]
    assert (card.teacher, card.source, card.on) == ("Rosa Gomez", Source.SELF, TODAY)


def test_five_classes_of_three_teachers_are_three_entries(desk: Desk, maya: Account) -> None:
    three = [make.teacher(desk, maya.school_id, name=name) for name in ("Ana", "Ben", "Cleo")]
    five = [make.course(desk, maya, teachers=(three[n % 3],)) for n in range(5)]
    ids = record_all(desk, maya.school_id, [happened(three[n % 3], each) for n, each in enumerate(five)])
    assert ids[0] == ids[3]
    assert len(set(ids)) == len(entries(desk, maya.school_id)) == 3
    assert sorted(card.classes for card in partnerships(desk, maya.school_id)) == [1, 2, 2]


def test_recording_nothing_does_nothing(desk: Desk, maya: Account) -> None:
    assert record_all(desk, maya.school_id, []) == []


def test_a_partnership_begins_once(desk: Desk, maya: Account, rosa: Teacher) -> None:
    assert begin(desk, maya.school_id, rosa.id) == begin(desk, maya.school_id, rosa.id)
    card, = partnerships(desk, maya.school_id)
    assert (card.teacher, card.began_on, card.entries, card.classes, card.minutes, card.last_on) == (
        "Rosa Gomez", TODAY, 0, 0, 0, None)


def test_an_entry_by_hand_counts_in_its_partnership(desk: Desk, maya: Account, rosa: Teacher, science: Course) -> None:
    evidence = [{"url": "https://nature.example/rubric", "text": " Rubric "}]
    id = write(desk, maya.school_id, hand(rosa, minutes=45, class_ids=[science.id], level="B", scheme="tlc", codes=["I.B.1"],
                                          evidence=evidence))
    card = entry(desk, maya.school_id, id)
    assert (card.source, card.minutes, card.level, card.scheme, card.codes) == (Source.HAND, 45, "B", "tlc", ("I.B.1",))
    assert card.evidence == ({"url": "https://nature.example/rubric", "text": "Rubric"},)
    behind = partnership(desk, maya.school_id, card.partnership_id)
    assert (behind.entries, behind.classes, behind.minutes, behind.last_on) == (1, 1, 45, TODAY)


@pytest.mark.parametrize(("given", "field"), [
    ({"activity": " "}, "activity"), ({"activity": "x" * 501}, "activity"), ({"activity": "a\u202eb"}, "activity"),
    ({"minutes": 0}, "minutes"), ({"minutes": 1441}, "minutes"), ({"level": "B"}, "level"), ({"on": date(2026, 11, 25)}, "on"),
    ({"codes": ["x" * 61]}, "codes"), ({"evidence": [{"url": "javascript:alert(1)"}]}, "evidence"),
    ({"evidence": [{"picture": "x"}]}, "evidence"), ({"evidence": [{}]}, "evidence"), ({"scheme": "x" * 21}, "scheme"),
    ({"evidence": [{"text": "x"}] * 21}, "evidence"),
])
def test_what_cannot_be_used_is_said_beside_its_field(desk: Desk, maya: Account, rosa: Teacher, given: dict[str, object],
                                                      field: str) -> None:
    with pytest.raises(Invalid) as caught:
        write(desk, maya.school_id, hand(rosa, **given))
    assert set(caught.value.fields) == {field}
    assert entries(desk, maya.school_id) == []
    assert partnerships(desk, maya.school_id) == []


def test_what_she_set_is_never_overwritten(desk: Desk, maya: Account, rosa: Teacher, science: Course) -> None:
    math = make.course(desk, maya, teachers=(rosa,), name="6th Grade Math")
    id = record(desk, maya.school_id, happened(rosa, science))
    change(desk, maya.school_id, id, hand(rosa, activity="Food webs together", minutes=30, class_ids=[science.id]))
    record(desk, maya.school_id, happened(rosa, science, math, activity="Ecosystems", codes=["I.A"]))
    card = entry(desk, maya.school_id, id)
    assert (card.activity, card.minutes, card.codes, card.source) == ("Food webs together", 30, (), Source.SELF)
    assert len(card.classes) == 2


def test_a_class_she_took_out_stays_out(desk: Desk, maya: Account, rosa: Teacher, science: Course) -> None:
    id = record(desk, maya.school_id, happened(rosa, science))
    change(desk, maya.school_id, id, hand(rosa))
    assert record(desk, maya.school_id, happened(rosa, science)) == id
    card = entry(desk, maya.school_id, id)
    assert (card.classes, card.source) == ((), Source.HAND)


def test_an_entry_moves_to_the_teacher_it_was_with(desk: Desk, maya: Account, rosa: Teacher) -> None:
    ines = make.teacher(desk, maya.school_id, name="Ines Novak")
    id = write(desk, maya.school_id, hand(rosa))
    change(desk, maya.school_id, id, hand(ines))
    assert entry(desk, maya.school_id, id).teacher == "Ines Novak"


def test_a_teacher_without_a_name_is_called_after_her_class(desk: Desk, maya: Account) -> None:
    nameless = make.teacher(desk, maya.school_id, name="")
    make.course(desk, maya, name="6th Grade ELA", teachers=(nameless,))
    begin(desk, maya.school_id, nameless.id)
    assert [card.teacher for card in partnerships(desk, maya.school_id)] == ["the teacher of 6th Grade ELA"]


def test_teachers_and_classes_of_another_school_are_not_found(desk: Desk, maya: Account, rosa: Teacher, science: Course) -> None:
    other, id = make.school(desk), write(desk, maya.school_id, hand(rosa))
    stranger = make.teacher(desk, other)
    for forbidden in (lambda: begin(desk, other, rosa.id), lambda: write(desk, other, hand(rosa)), lambda: entry(desk, other, id),
                      lambda: write(desk, other, hand(stranger, class_ids=[science.id])),
                      lambda: change(desk, other, id, hand(stranger)), lambda: record(desk, other, happened(rosa, science))):
        with pytest.raises(NotFound):
            forbidden()
    assert entries(desk, other) == []
    assert partnerships(desk, other) == []


def test_the_log_is_read_newest_first_a_page_at_a_time(desk: Desk, maya: Account, rosa: Teacher) -> None:
    old, new = (write(desk, maya.school_id, hand(rosa, on=date(2026, 11, day))) for day in (2, 20))
    middle = write(desk, maya.school_id, hand(rosa, on=date(2026, 11, 9)))
    page = [card.id for card in entries(desk, maya.school_id, at_most=2)]
    assert page == [new, middle]
    assert [card.id for card in entries(desk, maya.school_id, after=page[-1])] == [old]


def test_partnerships_come_in_the_order_they_began(desk: Desk, maya: Account, rosa: Teacher) -> None:
    ines = make.teacher(desk, maya.school_id, name="Ines Novak")
    write(desk, maya.school_id, hand(rosa))
    write(desk, maya.school_id, hand(ines, on=date(2026, 9, 1)))
    first, second = partnerships(desk, maya.school_id)
    assert (first.teacher, second.teacher) == ("Ines Novak", "Rosa Gomez")
    assert partnerships(desk, maya.school_id, after=first.id, at_most=5) == [second]
