import pytest
from sqlalchemy import Engine, func, select

from integration.accounts.connection import open_classroom
from integration.accounts.disconnect import disconnect, finish_revocations
from integration.accounts.models import Account, District, Revocation, School
from integration.accounts.personal_tokens import create_token, read_token
from integration.accounts.rotate import rotate
from integration.accounts.sessions import open_session, read_session
from integration.courses.models import Course
from integration.desk import Desk
from integration.errors import NotFound, SignInNeeded
from integration.records.base import Base
from integration.sandbox.app import Sandbox
from integration.sandbox.world import Person, World
from tests import make
from tests.conftest import Clock
from tests.rooms.accounts.connecting import another_desk, connect, row

KEPT_UNTIL_SETTLED = {"revocations", "quota_slices", "sign_ins"}


def count(desk: Desk, table: type[Base]) -> int:
    with desk.transaction() as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


def test_disconnecting_tells_google_and_leaves_no_row_behind(desk: Desk, sandbox: Sandbox, maya: Person) -> None:
    arrived = connect(desk, sandbox, maya)
    account = row(desk, arrived.account_id)
    make.course(desk, account, teachers=(make.teacher(desk, arrived.school_id),))
    secret, token = open_session(desk, account.id), create_token(desk, account.id)
    receipt = disconnect(desk, account.id)
    assert "Google has forgotten the permission." in receipt.lines
    assert sandbox.world.granted(maya) == frozenset()
    assert read_session(desk, secret) is None
    assert read_token(desk, token) is None
    with desk.transaction() as session:
        left = {table.name: session.scalar(select(func.count()).select_from(table))
                for table in Base.metadata.sorted_tables if table.name not in KEPT_UNTIL_SETTLED}
        assert session.scalar(select(Revocation.sealed_token)) == ""
    assert not any(left.values()), left


def test_the_receipt_says_who_left_what_was_deleted_and_what_stays(desk: Desk, world: World, maya: Person) -> None:
    account = make.account(desk, world, maya)
    make.course(desk, account)
    make.course(desk, account)
    text = "\n".join(disconnect(desk, account.id).lines)
    assert "Maya Okafor (maya.okafor@juniper.example)" in text
    assert "2 classes" in text
    assert "stays there" in text


def test_a_colleague_in_the_same_school_keeps_hers(desk: Desk, world: World, maya: Person) -> None:
    noor = world.add_person("noor@juniper.example", "Noor Haddad", domain="juniper.example")
    mine = make.account(desk, world, maya)
    hers = make.account(desk, world, noor, school_id=mine.school_id)
    make.course(desk, mine)
    make.course(desk, hers)
    disconnect(desk, mine.id)
    assert (count(desk, School), count(desk, District), count(desk, Account), count(desk, Course)) == (1, 1, 1, 1)
    assert open_classroom(desk, hers.id)


def test_nothing_can_be_asked_of_google_afterwards(desk: Desk, world: World, maya: Person) -> None:
    account = make.account(desk, world, maya)
    open_classroom(desk, account.id)
    disconnect(desk, account.id)
    with pytest.raises(SignInNeeded):
        open_classroom(desk, account.id)


def test_disconnecting_twice_says_so(desk: Desk, world: World, maya: Person) -> None:
    account = make.account(desk, world, maya)
    disconnect(desk, account.id)
    with pytest.raises(NotFound, match="already"):
        disconnect(desk, account.id)


@pytest.mark.parametrize("kind", ["refused", "cut_before", "error_before"])
def test_when_google_is_away_the_rows_go_and_the_grant_is_revoked_later(desk: Desk, sandbox: Sandbox, maya: Person,
                                                                        clock: Clock, kind: str) -> None:
    account = make.account(desk, sandbox.world, maya)
    sandbox.trouble.order(kind, on="oauth.revoke", times=2)
    receipt = disconnect(desk, account.id)
    assert any("for a day" in line for line in receipt.lines)
    assert count(desk, Account) == 0
    clock.forward(minutes=6)
    assert finish_revocations(desk) == 0
    assert sandbox.world.granted(maya)
    clock.forward(minutes=6)
    assert finish_revocations(desk) == 1
    assert not sandbox.world.granted(maya)
    assert finish_revocations(desk) == 0


def test_after_a_day_it_is_given_up_and_the_token_dropped(desk: Desk, sandbox: Sandbox, maya: Person, clock: Clock) -> None:
    account = make.account(desk, sandbox.world, maya)
    sandbox.trouble.order("refused", on="oauth.revoke", times=0)
    disconnect(desk, account.id)
    clock.forward(hours=25)
    assert finish_revocations(desk) == 1
    with desk.transaction() as session:
        kept = session.scalars(select(Revocation)).one()
    assert (kept.sealed_token, "for a day" in kept.result) == ("", True)


def test_a_grant_withdrawn_before_is_as_good_as_revoked(desk: Desk, world: World, maya: Person) -> None:
    account = make.account(desk, world, maya)
    world.revoke(maya)
    assert "Google has forgotten the permission." in disconnect(desk, account.id).lines


def test_keys_are_rotated_while_the_connection_goes_on(desk: Desk, engine: Engine, sandbox: Sandbox, maya: Person) -> None:
    account = make.account(desk, sandbox.world, maya)
    old = desk.settings.secret_keys.get_secret_value()
    new = "bmV3bmV3bmV3bmV3bmV3bmV3bmV3bmV3bmV3bmV3bmU="
    both = another_desk(desk, engine, sandbox, secret_keys=f"{new},{old}")
    assert rotate(both) == 1
    assert rotate(both) == 0
    assert open_classroom(another_desk(desk, engine, sandbox, secret_keys=new), account.id)
    assert account.key_id != row(desk, account.id).key_id
