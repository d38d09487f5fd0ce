"""Reach is counted from what really stands, and every figure has its list."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select

from integration.accounts.models import Account
from integration.accounts.schools import school
from integration.courses.models import Course
from integration.delivery.agree import agree_in_person
from integration.delivery.ledger import deliveries
from integration.delivery.models import Delivery, DeliveryState
from integration.delivery.plan import Rule
from integration.delivery.send import send_due
from integration.desk import Desk
from integration.errors import Invalid
from integration.partnerships.shelf import entries
from integration.reach.count import By, count, ids_behind, students_beside, total
from integration.reach.quilt import Stitch, quilt
from integration.reach.record import record_reach
from integration.reach.tally import Fate, listed
from integration.records.base import new_id
from integration.sandbox.world import World
from integration.streams.models import Post, PostKind, PostState
from tests import make
from tests.rooms.delivery.makers import Library
from tests.rooms.reports.years import a_year


@pytest.fixture
def library(desk: Desk, world: World) -> Library:
    """The librarian, connected."""
    person = world.add_person("lena@juniper.example", "Lena Ortiz", domain="juniper.example")
    account: Account = make.account(desk, world, person)
    return Library(desk, world, person, account)


def delivered(library: Library) -> tuple[Course, Course]:
    """A post in an own class, and one in a teacher's class of two grades."""
    own = library.own_class(students=20)
    theirs = library.teachers_class(grades=["5", "6"], students=None)
    library.accepted()
    for card in deliveries(library.desk, library.school_id, state="waiting"):
        agree_in_person(library.desk, library.school_id, card.id, by="Rosa", on=date(2026, 11, 23),
                        account_id=library.account.id)
    send_due(library.desk, library.school_id)
    return own, theirs


def seen(library: Library, course: Course, **given: object) -> None:
    """What the next sync of the streams would keep."""
    [card] = deliveries(library.desk, library.school_id, course_id=course.id)
    values = {"title": card.title, "text": card.text, "state": PostState.PUBLISHED,
              "links": [post["materials"][0]["link"]["url"] for post in library.posts(course)], **given}
    with library.desk.transaction() as session:
        session.add(Post(id=new_id(), school_id=library.school_id, course_id=course.id, google_id=card.google_id,
                         kind=PostKind.MATERIAL, google_updated_at=library.desk.now(), seen_at=library.desk.now(), **values))


def test_the_log_writes_itself_once_for_a_teacher_and_a_collection(library: Library) -> None:
    _, theirs = delivered(library)
    assert [record_reach(library.desk, library.school_id) for _ in range(2)] == [1, 1]
    [entry] = entries(library.desk, library.school_id)
    assert [each.id for each in entry.classes] == [theirs.id] and entry.activity == "Volcanoes"


def test_every_way_of_counting_has_the_list_behind_it(library: Library) -> None:
    own, theirs = delivered(library)
    record_reach(library.desk, library.school_id)
    rows = {by: count(library.desk, library.school_id, by=by) for by in By}
    assert [(row.key, row.classes) for row in rows[By.GRADE]] == [("5", 1), ("6", 2)]
    assert {row.key for row in rows[By.CLASS]} == {own.id, theirs.id}
    assert [row.label for row in rows[By.TEACHER]] == [row.label for row in rows[By.PARTNERSHIP]] == ["Rosa Gomez"]
    assert [row.key for row in rows[By.MONTH]] == ["2026-11"]
    everything = total(library.desk, library.school_id)
    assert (everything.classes, everything.teachers, everything.students, everything.standing) == (2, 1, 20, 2)
    assert everything.uncounted_ids == (theirs.id,)


def test_each_rows_posts_are_listed_by_what_became_of_them(desk: Desk, world: World) -> None:
    year, first, last = a_year(desk, world, 5), date(2025, 9, 10), date(2026, 11, 20)
    card = school(desk, year.school_id)
    for by in By:
        rows = count(desk, year.school_id, by=by, start=first, end=last)
        for row, ids in zip(rows, ids_behind(desk, year.school_id, rows), strict=True):
            counted = {Fate.SEEN: row.deliveries, Fate.STANDING: row.standing, Fate.EDITED: row.edited, Fate.REMOVED: row.removed}
            assert {fate: len(found) for fate, found in ids.items()} == counted, (by, row.key)
            assert ids == {fate: [one.id for one in listed(desk, card, replace(row.posts, fate=fate))] for fate in Fate}


def test_an_edit_and_a_removal_are_seen_and_kept(library: Library) -> None:
    own, theirs = delivered(library)
    seen(library, own, text="Mine now.")
    seen(library, theirs, state=PostState.DELETED)
    record_reach(library.desk, library.school_id)
    row = total(library.desk, library.school_id)
    assert (row.deliveries, row.standing, row.edited, row.removed) == (2, 1, 1, 1)
    stitches = {patch.course_id: patch.state for line in quilt(library.desk, library.school_id).rows for patch in line.patches}
    assert stitches == {own.id: Stitch.EDITED, theirs.id: Stitch.REMOVED}


@pytest.mark.parametrize("state", [DeliveryState.UPDATING, DeliveryState.REPLACING, DeliveryState.NEEDS_HUMAN])
def test_a_post_stands_also_while_it_is_changed(library: Library, state: DeliveryState) -> None:
    delivered(library)
    with library.desk.transaction() as session:
        for row in session.scalars(select(Delivery).where(Delivery.school_id == library.school_id)):
            row.state = state
    counted = total(library.desk, library.school_id)
    assert (counted.deliveries, counted.standing, counted.classes) == (2, 2, 2)


def test_two_collections_in_one_class_count_the_class_once(library: Library) -> None:
    own, _ = delivered(library)
    library.accepted()
    send_due(library.desk, library.school_id)
    [row] = [row for row in count(library.desk, library.school_id, by="class") if row.key == own.id]
    assert (row.classes, row.deliveries, row.students) == (1, 2, 20)


def test_fewer_than_ten_students_are_not_told_apart_nor_by_a_difference(library: Library) -> None:
    library.own_class("Reading corner", students=4, grades=["2"])
    library.own_class("Grade 6 Library", students=57)
    library.accepted(rule=Rule(grades=["2", "6"]))
    send_due(library.desk, library.school_id)
    rows = count(library.desk, library.school_id, by="grade")
    assert [row.students_shown for row in rows] == ["< 10", "57"]
    assert students_beside(total(library.desk, library.school_id), rows) == "about 60"


@pytest.mark.parametrize(("start", "end"), [(date(1, 1, 1), date(9999, 12, 31)), (date(1969, 1, 1), date(9999, 1, 1))])
def test_the_longest_time_there_is_can_be_asked_for(library: Library, start: date, end: date) -> None:
    delivered(library)
    assert total(library.desk, library.school_id, start=start, end=end).deliveries == 2


def test_what_stands_unchanged_is_not_called_edited(library: Library) -> None:
    own, _ = delivered(library)
    seen(library, own)
    record_reach(library.desk, library.school_id)
    assert total(library.desk, library.school_id).edited == 0


def test_the_quilt_shows_each_class_once_by_its_lowest_grade(library: Library) -> None:
    own, theirs = delivered(library)
    library.own_class("Room 12", grades=[])
    picture = quilt(library.desk, library.school_id)
    assert [(row.grade, [patch.course_id for patch in row.patches]) for row in picture.rows][:2] == [
        ("5", [theirs.id]), ("6", [own.id])]
    assert picture.rows[0].patches[0].note == "Grades 5 and 6"
    assert (picture.classes, picture.reached, picture.rows[2].patches[0].state) == (3, 2, Stitch.PLAIN)


def test_an_empty_school_has_an_empty_quilt_and_no_rows(library: Library) -> None:
    assert quilt(library.desk, library.school_id).rows == ()
    assert count(library.desk, library.school_id, by="grade") == [] and total(library.desk, library.school_id).students is None


def test_a_period_that_ends_before_it_begins_and_an_unknown_way_are_refused(library: Library) -> None:
    with pytest.raises(Invalid):
        count(library.desk, library.school_id, by="moon")
    with pytest.raises(Invalid):
        total(library.desk, library.school_id, start=date(2026, 11, 2), end=date(2026, 11, 1))
