"""The restore drill: Classroom is ahead of the backup, and nothing is posted twice or unasked."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Table, select, update
from sqlalchemy.orm import Session

from config.settings import Settings
from integration.accounts.models import Account, Health
from integration.delivery.accept import accept
from integration.delivery.generations import is_quiet
from integration.delivery.lease import claim
from integration.delivery.ledger import DeliveryCard, deliveries
from integration.delivery.models import Generation
from integration.delivery.pilot import go_on
from integration.delivery.plan import NewPlan, Rule, plan
from integration.delivery.plans import plan_card
from integration.delivery.retract import retract
from integration.delivery.retry import retry
from integration.delivery.send import send_due
from integration.desk import Desk, open_desk
from integration.errors import AlreadyDone
from integration.google.scopes import ANNOUNCEMENTS, MATERIALS
from integration.google.wire import WsgiWire
from integration.sandbox.app import Sandbox
from integration.sandbox.world import World
from integration.schema import every_table
from tests import make
from tests.conftest import Clock
from tests.databases import fresh_engine
from tests.rooms.delivery.makers import Library
from web.commands import backups
from workers.sweep import Basket, sweep

AHEAD = 60


@pytest.fixture
def library(desk: Desk, world: World, sandbox: Sandbox) -> Library:
    """The librarian, connected, and no quota to wait for while the clock stands still."""
    sandbox.quota.user = sandbox.quota.project = 100_000
    desk = replace(desk, settings=desk.settings.model_copy(update={"user_qpm": 100_000, "project_qpm": 100_000}))
    person = world.add_person("lena@juniper.example", "Lena Ortiz", domain="juniper.example")
    return Library(desk, world, person, make.account(desk, world, person))


@contextmanager
def restored(library: Library, file: Path, sandbox: Sandbox, clock: Clock) -> Iterator[tuple[Library, Basket]]:
    """The library on a fresh database filled from `file`, and the basket of its sweep."""
    folder = file.parent / "fresh"
    folder.mkdir()
    with fresh_engine(folder) as engine:
        backups.read(engine, file, clock())
        settings = Settings(**{**library.desk.settings.model_dump(), "database_url": str(engine.url)})
        basket = Basket()
        desk = open_desk(settings, ring=basket, wire=WsgiWire(sandbox), engine=engine, now=clock)
        yield replace(library, desk=desk), basket


def write_backup(desk: Desk, file: Path, clock: Clock) -> Path:
    with desk.transaction() as session:
        engine = session.get_bind()
    backups.write(engine, file, clock())  # type: ignore[arg-type]
    return file


def work(library: Library, basket: Basket, clock: Clock, rounds: int = 12) -> None:
    for _ in range(rounds):
        sweep(library.desk, basket, patience=0)
        send_due(library.desk, library.school_id)
        clock.forward(minutes=2)


def cards(library: Library) -> list[DeliveryCard]:
    return deliveries(library.desk, library.school_id)


def shown(library: Library, google_ids: list[str]) -> list[int]:
    return [len(library.world.posts(google_id, state="PUBLISHED")) for google_id in google_ids]


def drafts(library: Library, google_ids: list[str]) -> int:
    return sum(len(library.world.posts(google_id, state="DRAFT")) for google_id in google_ids)


def many_classes(library: Library, count: int) -> list[str]:
    return [library.own_class(f"Grade 6 Library {number}").google_id for number in range(count)]


@pytest.mark.parametrize(("count", "with_link"), [(AHEAD, True), (3, False)])
def test_what_classroom_has_is_adopted_and_nothing_is_doubled(library: Library, sandbox: Sandbox, clock: Clock, tmp_path: Path,
                                                              count: int, with_link: bool) -> None:
    classes = many_classes(library, count)
    library.accepted(with_link=with_link)
    file = write_backup(library.desk, tmp_path / "backup", clock)
    send_due(library.desk, library.school_id)
    assert shown(library, classes) == [1] * count
    clock.forward(hours=6)
    with restored(library, file, sandbox, clock) as (back, basket):
        work(back, basket, clock)
        assert shown(back, classes) == [1] * count and drafts(back, classes) == 0
        assert [card.state for card in cards(back)] == ["published"] * count
        assert "brought back" in cards(back)[0].reason and not is_silent(back)


def test_a_forgotten_going_on_from_the_pilot_is_found_in_the_classes(library: Library, sandbox: Sandbox, clock: Clock,
                                                                    tmp_path: Path) -> None:
    classes = many_classes(library, 3)
    plan_id = library.plan()
    pilot = plan_card(library.desk, library.school_id, plan_id).items[0].course_id
    accept(library.desk, library.school_id, plan_id, library.account.id, pilot=pilot)
    send_due(library.desk, library.school_id)
    file = write_backup(library.desk, tmp_path / "backup", clock)
    go_on(library.desk, library.school_id, plan_id, library.account.id)
    send_due(library.desk, library.school_id)
    clock.forward(hours=6)
    with restored(library, file, sandbox, clock) as (back, basket):
        work(back, basket, clock)
        assert [card.state for card in cards(back)] == ["published"] * 3
        go_on(back.desk, back.school_id, plan_id, back.account.id)
        work(back, basket, clock)
        assert shown(back, classes) == [1] * 3 and drafts(back, classes) == 0


def test_what_she_takes_back_before_it_is_looked_up_is_not_called_unseen(library: Library, sandbox: Sandbox, clock: Clock,
                                                                         tmp_path: Path) -> None:
    classes = many_classes(library, 2)
    plan_id = library.accepted()
    file = write_backup(library.desk, tmp_path / "backup", clock)
    send_due(library.desk, library.school_id)
    clock.forward(minutes=5)
    with restored(library, file, sandbox, clock) as (back, basket):
        retract(back.desk, back.school_id, plan_id, back.account.id)
        work(back, basket, clock)
        assert [card.state for card in cards(back)] == ["retracted"] * 2 and shown(back, classes) == [0] * 2


def test_nothing_is_written_into_classroom_before_all_is_looked_up(library: Library, sandbox: Sandbox, clock: Clock,
                                                                   tmp_path: Path) -> None:
    many_classes(library, 3)
    library.accepted()
    file = write_backup(library.desk, tmp_path / "backup", clock)
    with restored(library, file, sandbox, clock) as (back, basket):
        calls = len(sandbox.journal)
        for _ in range(9):
            clock.forward(minutes=1)
            sweep(back.desk, basket, patience=0)
            send_due(back.desk, back.school_id)
        assert len(sandbox.journal) == calls and is_silent(back)


def test_a_worker_that_was_stopped_while_the_records_came_back_takes_nothing_in_hand(
        library: Library, sandbox: Sandbox, clock: Clock, tmp_path: Path) -> None:
    many_classes(library, 1)
    library.accepted()
    file = write_backup(library.desk, tmp_path / "backup", clock)
    with restored(library, file, sandbox, clock) as (back, _):
        assert claim(back.desk, back.school_id, back.account.id, 50) == []
    assert len(claim(library.desk, library.school_id, library.account.id, 50)) == 1


def test_what_was_due_in_the_forgotten_time_and_is_not_there_is_asked_about(library: Library, sandbox: Sandbox, clock: Clock,
                                                                            tmp_path: Path) -> None:
    classes = many_classes(library, 4)
    library.accepted(publish_at=clock() + timedelta(hours=1))
    file = write_backup(library.desk, tmp_path / "backup", clock)
    clock.forward(hours=3)
    with restored(library, file, sandbox, clock) as (back, basket):
        work(back, basket, clock)
        assert {card.state for card in cards(back)} == {"parked"} and shown(back, classes) == [0] * 4
        assert "not known" in cards(back)[0].reason
        for card in cards(back):
            retry(back.desk, back.school_id, card.id)
        work(back, basket, clock)
        assert shown(back, classes) == [1] * 4


def test_what_is_due_later_goes_out_at_its_hour(library: Library, sandbox: Sandbox, clock: Clock, tmp_path: Path) -> None:
    classes = many_classes(library, 2)
    library.accepted(publish_at=clock() + timedelta(days=2))
    file = write_backup(library.desk, tmp_path / "backup", clock)
    clock.forward(hours=3)
    with restored(library, file, sandbox, clock) as (back, basket):
        work(back, basket, clock)
        assert shown(back, classes) == [0, 0]
        clock.forward(days=2)
        work(back, basket, clock)
        assert shown(back, classes) == [1, 1]


def test_a_plan_whose_acceptance_is_forgotten_cannot_be_accepted_again(library: Library, sandbox: Sandbox, clock: Clock,
                                                                       tmp_path: Path) -> None:
    classes = many_classes(library, 5)
    plan_id = library.plan()
    file = write_backup(library.desk, tmp_path / "backup", clock)
    accept(library.desk, library.school_id, plan_id, library.account.id)
    send_due(library.desk, library.school_id)
    clock.forward(hours=2)
    with restored(library, file, sandbox, clock) as (back, basket):
        work(back, basket, clock)
        with pytest.raises(AlreadyDone, match="Make the plan anew"):
            accept(back.desk, back.school_id, plan_id, back.account.id)
        assert shown(back, classes) == [1] * 5


def test_who_is_quicker_than_the_clock_cannot_accept_again_what_a_failover_forgot(library: Library, clock: Clock) -> None:
    many_classes(library, 2)
    plan_id = library.plan()
    clock.forward(seconds=1)
    fail_over(library)
    with pytest.raises(AlreadyDone, match="Make the plan anew"):
        accept(library.desk, library.school_id, plan_id, library.account.id)
    assert cards(library) == []


def test_nothing_is_planned_before_it_is_known_what_stands_in_the_classes(library: Library, sandbox: Sandbox, clock: Clock,
                                                                          tmp_path: Path) -> None:
    classes = many_classes(library, 2)
    new = NewPlan(library.collection(), Rule(grades=["6"]))
    file = write_backup(library.desk, tmp_path / "backup", clock)
    accept(library.desk, library.school_id, plan(library.desk, library.school_id, library.account.id, new), library.account.id)
    send_due(library.desk, library.school_id)
    clock.forward(minutes=1)
    with restored(library, file, sandbox, clock) as (back, basket):
        with pytest.raises(AlreadyDone, match="Nothing was planned"):
            plan(back.desk, back.school_id, back.account.id, new)
        work(back, basket, clock)
        accept(back.desk, back.school_id, plan(back.desk, back.school_id, back.account.id, new), back.account.id)
        work(back, basket, clock)
        assert shown(back, classes) == [1] * 2


def fail_over(library: Library) -> None:
    """Another server has taken the database's place, and nobody has noticed yet."""
    with library.desk.transaction() as session:
        is_quiet(session)
        session.execute(update(Generation).values(timeline="of another server"))


def test_a_new_plan_sees_the_posts_that_no_record_knows(library: Library, sandbox: Sandbox, clock: Clock, tmp_path: Path) -> None:
    classes = many_classes(library, 5)
    collection_id = library.collection()
    file = write_backup(library.desk, tmp_path / "backup", clock)
    plan_id = plan(library.desk, library.school_id, library.account.id, NewPlan(collection_id, Rule(grades=["6"])))
    accept(library.desk, library.school_id, plan_id, library.account.id)
    send_due(library.desk, library.school_id)
    clock.forward(hours=2)
    with restored(library, file, sandbox, clock) as (back, basket):
        work(back, basket, clock)
        again = plan(back.desk, back.school_id, back.account.id, NewPlan(collection_id, Rule(grades=["6"])))
        assert [(item.action, "same content" in item.reason) for item in plan_card(back.desk, back.school_id, again).items] == [
            ("skip", True)] * 5
        accept(back.desk, back.school_id, again, back.account.id)
        work(back, basket, clock)
        assert shown(back, classes) == [1] * 5


def test_a_draft_of_a_delivery_that_is_forgotten_altogether_does_not_stay_in_the_class(
        library: Library, sandbox: Sandbox, clock: Clock, tmp_path: Path) -> None:
    classes = many_classes(library, 2)
    new = NewPlan(library.collection(), Rule(grades=["6"]))
    file = write_backup(library.desk, tmp_path / "backup", clock)
    accept(library.desk, library.school_id, plan(library.desk, library.school_id, library.account.id, new), library.account.id)
    sandbox.trouble.order("error_before", on="courses.courseWorkMaterials.patch", times=0)
    send_due(library.desk, library.school_id)
    sandbox.trouble.clear()
    assert drafts(library, classes) == 2
    clock.forward(minutes=1)
    with restored(library, file, sandbox, clock) as (back, basket):
        work(back, basket, clock, rounds=30)
        assert drafts(back, classes) == 0


def test_an_account_that_must_connect_again_keeps_nobody_waiting_and_looks_before_it_posts(
        library: Library, sandbox: Sandbox, clock: Clock, tmp_path: Path) -> None:
    classes = many_classes(library, 3)
    library.accepted()
    file = write_backup(library.desk, tmp_path / "backup", clock)
    send_due(library.desk, library.school_id)
    clock.forward(hours=1)
    with restored(library, file, sandbox, clock) as (back, basket):
        break_connection(back, "revoked")
        work(back, basket, clock)
        assert not is_silent(back)
        break_connection(back, "valid")
        work(back, basket, clock)
        assert shown(back, classes) == [1] * 3 and drafts(back, classes) == 0


def test_an_account_that_came_back_with_less_keeps_nobody_waiting_and_looks_before_it_posts(
        library: Library, sandbox: Sandbox, clock: Clock, tmp_path: Path) -> None:
    classes = many_classes(library, 3)
    library.accepted()
    file = write_backup(library.desk, tmp_path / "backup", clock)
    send_due(library.desk, library.school_id)
    clock.forward(hours=1)
    with restored(library, file, sandbox, clock) as (back, basket):
        back.world.revoke(back.person)
        back.connect_again(tuple(scope for scope in make.ALL_SCOPES if scope not in {ANNOUNCEMENTS, MATERIALS}))
        work(back, basket, clock)
        assert not is_silent(back)
        back.connect_again()
        work(back, basket, clock)
        assert shown(back, classes) == [1] * 3 and drafts(back, classes) == 0


def is_silent(library: Library) -> bool:
    with library.desk.transaction() as session:
        return is_quiet(session)


def break_connection(library: Library, health: str) -> None:
    with library.desk.transaction() as session:
        session.execute(update(Account).values(health=Health(health)))


def test_every_row_comes_back(library: Library, sandbox: Sandbox, clock: Clock, tmp_path: Path) -> None:
    many_classes(library, 3)
    library.accepted()
    send_due(library.desk, library.school_id)
    file = write_backup(library.desk, tmp_path / "backup", clock)
    with restored(library, file, sandbox, clock) as (back, _basket), library.desk.transaction() as before, \
            back.desk.transaction() as after:
        for table in every_table().sorted_tables:
            if table.name not in backups.PASSING:
                assert fingerprint(after, table) == fingerprint(before, table), table.name
        assert clock() in after.scalars(select(Generation.lost_from)).all()


def fingerprint(session: Session, table: Table) -> list[str]:
    return sorted(repr(tuple(row)) for row in session.execute(select(table)))
