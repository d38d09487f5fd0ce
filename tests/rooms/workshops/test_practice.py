"""A class practises by its own link; what is kept are counts, and small ones are never told."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import func, select

from integration.courses.models import Course
from integration.desk import Desk
from integration.errors import Invalid, NotFound
from integration.sandbox.world import World
from integration.workshops.links import for_class, handout_address, practice_address
from integration.workshops.make import remove_kit
from integration.workshops.models import PracticeCount
from integration.workshops.practice import Bench, answer, bench, hand_in, handout_of, paper_of
from integration.workshops.results import results
from integration.workshops.shelf import kit
from tests import make
from tests.rooms.workshops import makers


@pytest.fixture
def course(desk: Desk, world: World) -> Course:
    return make.course(desk, make.account(desk, world, world.add_person("lee@juniper.example", "Lee Marsh")))


@pytest.fixture
def kit_id(desk: Desk, course: Course) -> str:
    return makers.kit(desk, course.school_id)


@pytest.fixture
def at(desk: Desk, kit_id: str, course: Course) -> Bench:
    return bench(desk, _secret(practice_address(desk.settings, kit_id, course.id)))


def _secret(address: str) -> str:
    return address.rpartition("/")[2]


def _answers(at: Bench, right: int) -> dict[str, str]:
    return {each.key: each.right if number < right else str((int(each.right) + 1) % len(each.choices))
            for number, each in enumerate(at.paper.after)}


def test_a_link_opens_its_class_and_kit(at: Bench, kit_id: str, course: Course) -> None:
    assert (at.kit.id, at.course_id, at.class_name) == (kit_id, course.id, course.name)


@pytest.mark.parametrize("change", (lambda secret: secret[:-1] + ("A" if secret[-1] != "A" else "B"), lambda secret: secret[:-4],
                                    lambda _secret: "x" * 64, lambda _secret: "é", lambda _secret: ""))
def test_a_link_that_was_changed_guessed_or_cut_opens_nothing(desk: Desk, kit_id: str, course: Course, change: object) -> None:
    secret = _secret(practice_address(desk.settings, kit_id, course.id))
    assert callable(change)
    with pytest.raises(NotFound):
        bench(desk, change(secret))


def test_a_handouts_link_opens_no_practice_and_the_other_way_round(desk: Desk, kit_id: str) -> None:
    with pytest.raises(NotFound):
        bench(desk, _secret(handout_address(desk.settings, kit_id)))
    with pytest.raises(NotFound):
        handout_of(desk, _secret(practice_address(desk.settings, kit_id)))


def test_the_pages_of_a_kit_put_away_open_no_longer(desk: Desk, kit_id: str, course: Course) -> None:
    remove_kit(desk, course.school_id, kit_id)
    with pytest.raises(NotFound):
        bench(desk, _secret(practice_address(desk.settings, kit_id, course.id)))


def test_only_the_practice_link_becomes_the_classs_own(desk: Desk, kit_id: str, course: Course) -> None:
    theirs = [{"link": {"url": "https://nature.example"}}, {"link": {"url": handout_address(desk.settings, kit_id)}},
              {"link": {"url": practice_address(desk.settings, kit_id)}}, {"youtubeVideo": {"id": "x"}}]
    assert for_class(desk.settings, theirs, course.id) == [
        *theirs[:2], {"link": {"url": practice_address(desk.settings, kit_id, course.id)}}, theirs[3]]


def test_tries_and_faults_are_counted_for_the_class(desk: Desk, at: Bench) -> None:
    answer(desk, at, "write-0", "Joanna Cole. The Magic School Bus: Lost in the Solar System. Scholastic, 2001.")
    answer(desk, at, "write-0", "Cole, Joanna. The Magic School Bus: Lost in the Solar System. Scholastic, 2001.")
    assert _counts(desk) == {("write-0", "tries"): 2, ("write-0", "right"): 1, ("write-0", "author_not_inverted"): 1}


def test_a_librarians_own_look_is_not_counted(desk: Desk, kit_id: str) -> None:
    own = bench(desk, _secret(practice_address(desk.settings, kit_id)))
    answer(desk, own, "part-0", "0")
    hand_in(desk, own, "after", _answers(own, 4))
    assert _counts(desk) == {}


def test_a_ticket_with_a_question_left_out_comes_back_and_is_not_counted(desk: Desk, at: Bench) -> None:
    with pytest.raises(Invalid) as caught:
        hand_in(desk, at, "after", {at.paper.after[0].key: "0"})
    assert set(caught.value.fields) == {each.key for each in at.paper.after[1:]}
    assert _counts(desk) == {}


def test_fewer_than_ten_are_never_told(desk: Desk, at: Bench, course: Course, kit_id: str) -> None:
    for _ in range(9):
        hand_in(desk, at, "after", _answers(at, 3))
    told = results(desk, course.school_id, kit_id)[0]
    assert (told.after.average, told.after.shown_n, told.before.shown_n) == (None, "< 10", "0")


def test_ten_of_each_are_laid_side_by_side_without_claiming_a_cause(desk: Desk, at: Bench, course: Course, kit_id: str) -> None:
    for _ in range(10):
        hand_in(desk, at, "before", {each.key: str((int(each.right) + 1) % len(each.choices)) for each in at.paper.before})
        hand_in(desk, at, "after", _answers(at, 3))
    told = results(desk, course.school_id, kit_id)[0]
    assert (told.before.average, told.after.average) == (0.0, 3.0)
    assert told.sentence.startswith("The average rose from 0.0 to 3.0 of 4 (n = 10 before, 10 after).")


def test_another_school_sees_no_results(desk: Desk, kit_id: str) -> None:
    with pytest.raises(NotFound):
        results(desk, make.school(desk), kit_id)


def _counts(desk: Desk) -> dict[tuple[str, str], int]:
    with desk.transaction() as session:
        rows = session.execute(select(PracticeCount.question, PracticeCount.what, func.sum(PracticeCount.count))
                               .group_by(PracticeCount.question, PracticeCount.what))
        return {(question, what): count for question, what, count in rows}


def test_a_class_that_opens_its_page_at_once_has_its_questions_made_once(desk: Desk, course: Course) -> None:
    card = kit(desk, course.school_id, makers.kit(desk, course.school_id))
    with ThreadPoolExecutor(6) as students:
        assert len({id(paper) for paper in students.map(lambda _number: paper_of(card), range(6))}) == 1


def test_a_class_that_presses_at_once_is_counted_to_the_last_try(desk: Desk, at: Bench) -> None:
    with ThreadPoolExecutor(6) as students:
        list(students.map(lambda _number: answer(desk, at, "part-0", at.paper.practice[0].right), range(30)))
    with desk.transaction() as session:
        told = {row.what: row.count for row in session.scalars(select(PracticeCount))}
    assert told == {"tries": 30, "right": 30}


def test_a_kit_put_away_opens_no_practice_though_it_was_open_before(desk: Desk, at: Bench, kit_id: str, course: Course) -> None:
    secret = _secret(practice_address(desk.settings, kit_id, course.id))
    assert bench(desk, secret) == at
    remove_kit(desk, course.school_id, kit_id)
    with pytest.raises(NotFound):
        bench(desk, secret)
