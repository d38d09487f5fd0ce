"""What calls are for: a person who waits, a bulk job, or a repair; each is counted apart, so that each gets its part."""

import pytest
from sqlalchemy import select, update

from integration.accounts.health import check
from integration.courses.preview import preview
from integration.courses.sync import request_sync, sync_courses
from integration.delivery.generations import begin_anew, is_quiet, latest
from integration.delivery.janitor import clean
from integration.delivery.models import Attempt
from integration.delivery.reconcile import reconcile
from integration.delivery.send import send_due
from integration.desk import Desk
from integration.google.counts import QuotaSlice
from integration.sandbox.world import World
from integration.streams.sync import sync_streams
from tests import make
from tests.conftest import Clock
from tests.rooms.delivery.makers import Library


@pytest.fixture
def library(desk: Desk, world: World) -> Library:
    person = world.add_person("lena@juniper.example", "Lena Ortiz", domain="juniper.example")
    return Library(desk, world, person, make.account(desk, world, person))


def counted(desk: Desk) -> tuple[int, int, int]:
    """Calls taken for persons, for repair, and altogether."""
    with desk.transaction() as session:
        rows = session.execute(select(QuotaSlice.key, QuotaSlice.used)).all()
    persons, repair, every = (sum(used for key, used in rows if key == name)
                              for name in ("project:interactive", "project:repair", "project"))
    return persons, repair, every


def test_a_check_of_the_connection_goes_as_a_person_s(library: Library) -> None:
    check(library.desk, library.account.id)
    persons, _, every = counted(library.desk)
    assert persons == every > 0


def test_a_preview_goes_as_a_person_s(library: Library) -> None:
    preview(library.desk, library.account.id)
    persons, _, every = counted(library.desk)
    assert persons == every > 0


def synced(library: Library, **asked: bool) -> tuple[int, int, int]:
    library.own_class()
    sync_id = request_sync(library.desk, library.school_id, library.account.id, **asked)
    sync_courses(library.desk, sync_id)
    before = counted(library.desk)[2]
    sync_streams(library.desk, sync_id)
    assert 0 < before < counted(library.desk)[2]
    return counted(library.desk)


def test_a_sync_that_a_person_asked_for_goes_as_hers_to_its_end(library: Library) -> None:
    persons, _, every = synced(library, by_person=True)
    assert persons == every


def test_a_sync_of_the_timetable_goes_in_bulk(library: Library) -> None:
    persons, repair, every = synced(library)
    assert (persons, repair) == (0, 0) and every > 0


def test_a_sync_of_the_timetable_that_a_person_asks_for_meanwhile_becomes_hers(library: Library) -> None:
    first = request_sync(library.desk, library.school_id, library.account.id)
    assert request_sync(library.desk, library.school_id, library.account.id, by_person=True) == first
    sync_courses(library.desk, first)
    persons, _, every = counted(library.desk)
    assert persons == every > 0


def test_the_janitor_looks_as_repair(library: Library, clock: Clock) -> None:
    library.own_class()
    library.accepted()
    send_due(library.desk, library.school_id)
    with library.desk.transaction() as session:
        session.execute(update(Attempt).values(finished_at=None))
    clock.forward(minutes=11)
    assert counted(library.desk)[1] == 0
    clean(library.desk)
    assert counted(library.desk)[1] > 0


def test_looking_up_after_a_restore_goes_as_repair(library: Library, clock: Clock) -> None:
    library.own_class()
    library.accepted()
    with library.desk.transaction() as session:
        is_quiet(session)
    clock.forward(minutes=1)
    with library.desk.transaction() as session:
        life = latest(session)
        assert life is not None
        begin_anew(session, life.timeline, clock(), lost_from=clock())
    clock.forward(minutes=11)
    reconcile(library.desk)
    persons, repair, every = counted(library.desk)
    assert repair == every > 0 == persons
