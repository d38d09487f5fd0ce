from datetime import UTC, datetime

import pytest
from sqlalchemy import update

from integration.accounts.connection import standing
from integration.accounts.health import WORDS, check, look
from integration.accounts.models import Account, Health
from integration.desk import Desk
from integration.errors import Busy, NotFound, Refused
from integration.google import scopes
from integration.google.sign_in import Tokens
from integration.sandbox.app import Sandbox
from integration.sandbox.world import Person, World
from tests import make
from tests.rooms.accounts.connecting import connect


def test_a_standing_connection_reports_every_permission(desk: Desk, world: World, maya: Person) -> None:
    report = check(desk, make.account(desk, world, maya).id)
    assert (report.health, report.next_step, report.link, report.letter) == (Health.VALID, "", "", "")
    assert report.checked_at == desk.now()
    assert [each.scope for each in report.scopes] == list(scopes.SCOPES)
    assert all(each.is_granted for each in report.scopes)


def test_a_missing_permission_shows_and_a_missing_view_of_classes_has_a_next_step(desk: Desk, world: World,
                                                                                   maya: Person) -> None:
    few = (scopes.OPENID, scopes.EMAIL, scopes.PROFILE)
    report = check(desk, make.account(desk, world, maya, granted=few).id)
    assert report.health is Health.VALID
    assert [each.scope.name for each in report.scopes if each.is_granted] == list(few)
    assert "Allow more" in report.next_step


def test_a_withdrawn_grant_leads_back_to_google(desk: Desk, world: World, maya: Person) -> None:
    id = make.account(desk, world, maya).id
    world.revoke(maya)
    report = check(desk, id)
    assert report.health is Health.REVOKED
    assert report.link.startswith("/connect?again=yes")


def test_a_blocked_account_gets_a_letter_with_client_id_and_scopes(desk: Desk, world: World, maya: Person) -> None:
    id = make.account(desk, world, maya).id
    world.block(maya)
    report = check(desk, id)
    assert report.health is Health.BLOCKED
    assert "sandbox-client" in report.letter
    assert all(name in report.letter for name in scopes.NAMES)


def test_a_block_that_was_lifted_is_noticed(desk: Desk, world: World, maya: Person) -> None:
    id = make.account(desk, world, maya).id
    world.block(maya)
    check(desk, id)
    maya.is_blocked = False
    assert check(desk, id).health is Health.VALID


def test_classroom_switched_off_is_told_apart(desk: Desk, world: World, maya: Person) -> None:
    id = make.account(desk, world, maya).id
    maya.is_classroom_on = False
    report = check(desk, id)
    assert report.health is Health.CLASSROOM_OFF
    assert "switched off" in report.sentence
    assert report.next_step
    maya.is_classroom_on = True
    assert check(desk, id).health is Health.VALID


def test_the_wrong_account_is_said_with_the_one_that_came(desk: Desk, sandbox: Sandbox, maya: Person) -> None:
    id = connect(desk, sandbox, maya).account_id
    sandbox.world.revoke(maya)
    check(desk, id)
    other = sandbox.world.add_person("maya@mail.example", "Maya at home")
    with pytest.raises(Refused, match="You chose"):
        connect(desk, sandbox, other, reconnect=id)
    report = look(desk, id)
    assert report.health is Health.WRONG_ACCOUNT
    assert "maya@mail.example" in report.sentence
    assert connect(desk, sandbox, maya, reconnect=id).account_id == id
    assert look(desk, id).health is Health.VALID


def test_a_grant_that_google_ends_soon_is_expiring_and_one_that_lasts_is_not() -> None:
    now = datetime(2026, 11, 24, 15, 0, tzinfo=UTC)
    week = Tokens("a", "r", "", frozenset(), 3600, refresh_seconds=604799)
    health, reason = standing(week, now)
    assert health is Health.EXPIRING
    assert "December 1, 2026" in reason
    assert standing(Tokens("a", "r", "", frozenset(), 3600, refresh_seconds=90 * 86400), now)[0] is Health.VALID
    assert standing(Tokens("a", "r", "", frozenset(), 3600), now) == (Health.VALID, "")


def test_an_expiring_connection_says_so_after_a_check(desk: Desk, world: World, maya: Person) -> None:
    id = make.account(desk, world, maya).id
    with desk.transaction() as session:
        session.execute(update(Account).values(health=Health.EXPIRING, health_reason="Google ends it on December 1."))
    report = check(desk, id)
    assert report.health.is_usable
    assert (report.sentence, report.link != "") == ("Google ends it on December 1.", True)


def test_when_google_is_away_nothing_is_written(desk: Desk, sandbox: Sandbox, maya: Person) -> None:
    id = make.account(desk, sandbox.world, maya).id
    sandbox.trouble.order("refused", on="oauth.token", times=0)
    with pytest.raises(Busy):
        check(desk, id)
    assert look(desk, id).health is Health.VALID


def test_every_state_has_words_and_all_but_a_good_one_a_next_step() -> None:
    assert set(WORDS) == set(Health)
    assert all(words.next_step for health, words in WORDS.items() if health is not Health.VALID)


def test_an_account_that_is_gone_has_no_health(desk: Desk) -> None:
    with pytest.raises(NotFound):
        look(desk, "gone")
    with pytest.raises(NotFound):
        check(desk, "gone")
