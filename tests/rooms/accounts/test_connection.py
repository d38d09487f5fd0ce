import threading

import pytest
from sqlalchemy import Engine

from integration.accounts.connection import note_trouble, open_classroom
from integration.accounts.models import Health
from integration.accounts.schools import account
from integration.desk import Desk
from integration.errors import Busy, Refused, SignInNeeded
from integration.google import scopes
from integration.sandbox.app import Sandbox
from integration.sandbox.world import Person, World
from tests import make
from tests.conftest import Clock
from tests.rooms.accounts.connecting import another_desk


def asked_for_tokens(sandbox: Sandbox) -> int:
    return len(sandbox.journal.named("oauth.token"))


def test_classroom_opens_with_a_fresh_token_that_is_used_again(desk: Desk, sandbox: Sandbox, maya: Person) -> None:
    id = make.account(desk, sandbox.world, maya).id
    assert list(open_classroom(desk, id).list_courses()) in ([], [()])
    open_classroom(desk, id)
    assert asked_for_tokens(sandbox) == 1


def test_a_token_near_its_end_is_replaced(desk: Desk, sandbox: Sandbox, maya: Person, clock: Clock) -> None:
    id = make.account(desk, sandbox.world, maya).id
    open_classroom(desk, id)
    clock.forward(minutes=59)
    open_classroom(desk, id)
    assert asked_for_tokens(sandbox) == 2


def test_a_token_that_google_dropped_is_renewed_in_the_middle(desk: Desk, sandbox: Sandbox, maya: Person) -> None:
    classroom = open_classroom(desk, make.account(desk, sandbox.world, maya).id)
    sandbox.world.expire(maya)
    list(classroom.list_courses())
    assert asked_for_tokens(sandbox) == 2


def test_threads_ask_google_once(desk: Desk, sandbox: Sandbox, maya: Person) -> None:
    id = make.account(desk, sandbox.world, maya).id
    threads = [threading.Thread(target=open_classroom, args=(desk, id)) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert asked_for_tokens(sandbox) == 1


def test_a_withdrawn_grant_is_written_down_and_not_tried_again(desk: Desk, sandbox: Sandbox, maya: Person) -> None:
    id = make.account(desk, sandbox.world, maya).id
    sandbox.world.revoke(maya)
    for _ in range(3):
        with pytest.raises(SignInNeeded, match="Connect again"):
            open_classroom(desk, id)
    assert account(desk, id).health is Health.REVOKED
    assert asked_for_tokens(sandbox) == 1


def test_a_block_by_the_administrator_is_written_down(desk: Desk, sandbox: Sandbox, maya: Person) -> None:
    id = make.account(desk, sandbox.world, maya).id
    sandbox.world.block(maya)
    with pytest.raises(SignInNeeded, match="administrator"):
        open_classroom(desk, id)
    assert account(desk, id).health is Health.BLOCKED


@pytest.mark.parametrize("kind", ["refused", "cut_before", "error_before", "busy"])
def test_a_google_that_is_away_says_nothing_about_the_connection(desk: Desk, sandbox: Sandbox, maya: Person,
                                                                 kind: str) -> None:
    id = make.account(desk, sandbox.world, maya).id
    sandbox.trouble.order(kind, on="oauth.token")
    with pytest.raises(Busy):
        open_classroom(desk, id)
    assert account(desk, id).health is Health.VALID
    assert open_classroom(desk, id)


def test_an_account_that_is_gone_needs_a_sign_in(desk: Desk) -> None:
    with pytest.raises(SignInNeeded, match="not connected"):
        open_classroom(desk, "gone")


def test_a_lost_key_means_connecting_again(desk: Desk, engine: Engine, sandbox: Sandbox, maya: Person) -> None:
    id = make.account(desk, sandbox.world, maya).id
    other = another_desk(desk, engine, sandbox, secret_keys="b3RoZXJvdGhlcm90aGVyb3RoZXJvdGhlcm90aGVyb3Q=")
    with pytest.raises(SignInNeeded, match="SECRET_KEYS"):
        open_classroom(other, id)
    assert account(desk, id).health is Health.REVOKED


def test_with_writes_switched_off_the_token_is_still_fetched(desk: Desk, engine: Engine, sandbox: Sandbox,
                                                             maya: Person) -> None:
    id = make.account(desk, sandbox.world, maya).id
    assert open_classroom(another_desk(desk, engine, sandbox, writes="off"), id)


def test_most_errors_say_nothing_about_the_connection(desk: Desk, world: World, maya: Person) -> None:
    id = make.account(desk, world, maya).id
    note_trouble(desk, id, Refused("No.", reason="PERMISSION_DENIED", status=403))
    note_trouble(desk, id, SignInNeeded("Tick it.", reason="ACCESS_TOKEN_SCOPE_INSUFFICIENT", status=403))
    note_trouble(desk, id, Busy("Wait.", status=503))
    assert account(desk, id).health is Health.VALID


def test_a_permission_taken_back_is_noticed_with_the_next_token(desk: Desk, world: World, maya: Person) -> None:
    fewer = tuple(name for name in make.ALL_SCOPES if name != scopes.TOPICS)
    row = make.account(desk, world, maya, granted=fewer)
    with desk.transaction() as session:
        again = session.get(type(row), row.id)
        assert again is not None
        again.scopes = list(make.ALL_SCOPES)
    assert scopes.TOPICS not in open_classroom(desk, row.id).grant.scopes
    assert scopes.TOPICS not in account(desk, row.id).scopes
