import threading
from urllib.parse import parse_qs, urlsplit

import pytest
from sqlalchemy import Engine, func, select

from integration.accounts.authorize import begin, finish
from integration.accounts.models import Account, Health, Revocation, SignIn
from integration.accounts.schools import account, school
from integration.desk import Desk
from integration.errors import Busy, NotAllowed, Refused, ThroughlineError
from integration.google import scopes
from integration.sandbox.app import Sandbox
from integration.sandbox.keys import Tamper
from integration.sandbox.world import Person, World
from tests.conftest import Clock
from tests.rooms.accounts.connecting import BROWSER, another_desk, connect, query, row


def accounts(desk: Desk) -> int:
    with desk.transaction() as session:
        return session.scalar(select(func.count()).select_from(Account)) or 0


def test_a_librarian_connects_and_has_a_school_of_her_own(desk: Desk, sandbox: Sandbox, maya: Person) -> None:
    arrived = connect(desk, sandbox, maya)
    card = account(desk, arrived.account_id)
    assert (card.email, card.name, card.google_id) == (maya.email, maya.name, maya.google_id)
    assert card.health is Health.VALID
    assert card.scopes == set(scopes.NAMES)
    assert (arrived.missing, arrived.return_to) == ((), "/classes")
    assert school(desk, arrived.school_id).name == "School of Maya Okafor"


def test_connecting_twice_keeps_one_account_and_its_school(desk: Desk, sandbox: Sandbox, maya: Person) -> None:
    first, second = connect(desk, sandbox, maya), connect(desk, sandbox, maya)
    assert (first.account_id, first.school_id) == (second.account_id, second.school_id)


def test_two_librarians_of_one_district_do_not_share_a_school(desk: Desk, sandbox: Sandbox, world: World,
                                                               maya: Person) -> None:
    noor = world.add_person("noor@juniper.example", "Noor Haddad", domain="juniper.example")
    assert connect(desk, sandbox, maya).school_id != connect(desk, sandbox, noor).school_id


def test_an_address_given_to_somebody_else_does_not_give_her_account(desk: Desk, sandbox: Sandbox, world: World,
                                                                     maya: Person) -> None:
    first = connect(desk, sandbox, maya)
    successor = world.add_person(maya.email, "Somebody Else", domain="juniper.example")
    assert connect(desk, sandbox, successor).account_id != first.account_id


def test_the_refresh_token_is_stored_sealed(desk: Desk, sandbox: Sandbox, maya: Person) -> None:
    kept = row(desk, connect(desk, sandbox, maya).account_id)
    assert kept.sealed_refresh_token
    assert "1//" not in kept.sealed_refresh_token


def test_the_way_to_google_asks_for_every_scope_with_pkce(desk: Desk) -> None:
    url = urlsplit(begin(desk, browser=BROWSER))
    asked = {name: values[0] for name, values in parse_qs(url.query).items()}
    assert url.path == "/o/oauth2/v2/auth"
    assert url.netloc == "google.test"
    assert asked["scope"].split() == list(scopes.NAMES)
    assert (asked["code_challenge_method"], asked["access_type"]) == ("S256", "offline")
    assert asked["redirect_uri"] == "http://localhost:8000/oauth/callback"
    assert asked["nonce"]
    assert asked["state"]


def asked_for(url: str) -> set[str]:
    return set(query(url)["scope"].split())


def test_sending_mail_is_asked_only_of_her_who_chose_it_and_then_again(desk: Desk, sandbox: Sandbox, maya: Person) -> None:
    assert scopes.SEND not in asked_for(begin(desk, browser=BROWSER, also="mail"))
    id = connect(desk, sandbox, maya).account_id
    assert scopes.SEND not in asked_for(begin(desk, browser=BROWSER, reconnect=id))
    url = begin(desk, browser=BROWSER, reconnect=id, also="mail")
    assert asked_for(url) == {*scopes.NAMES, scopes.SEND}
    finish(desk, browser=BROWSER, query=query(sandbox.sign_in.approve(url, maya)))
    assert scopes.SEND in account(desk, id).scopes
    url = begin(desk, browser=BROWSER, reconnect=id)
    assert scopes.SEND in asked_for(url)
    finish(desk, browser=BROWSER, query=query(sandbox.sign_in.approve(url, maya, untick=[scopes.SEND])))
    assert scopes.SEND not in account(desk, id).scopes


def test_filing_in_drive_is_asked_only_of_her_who_chose_it_beside_what_she_chose_before(desk: Desk, sandbox: Sandbox,
                                                                                        maya: Person) -> None:
    id = connect(desk, sandbox, maya).account_id
    assert asked_for(begin(desk, browser=BROWSER, reconnect=id, also="everything")) == set(scopes.NAMES)
    for word, wanted in (("mail", {scopes.SEND}), ("documents", {scopes.SEND, scopes.FILES})):
        url = begin(desk, browser=BROWSER, reconnect=id, also=word)
        assert asked_for(url) == {*scopes.NAMES, *wanted}
        finish(desk, browser=BROWSER, query=query(sandbox.sign_in.approve(url, maya)))
    assert {scopes.SEND, scopes.FILES} <= set(account(desk, id).scopes)


@pytest.mark.parametrize("left_out", [scope for scope in scopes.SCOPES if "classroom" in scope.name], ids=lambda s: s.title)
def test_each_permission_left_out_is_named_with_what_stops(desk: Desk, sandbox: Sandbox, maya: Person,
                                                           left_out: scopes.Scope) -> None:
    arrived = connect(desk, sandbox, maya, untick=[left_out.name])
    assert arrived.missing == (left_out,)
    assert left_out.without
    assert left_out.name not in account(desk, arrived.account_id).scopes


def test_a_librarian_who_ticks_nothing_is_connected_all_the_same(desk: Desk, sandbox: Sandbox, maya: Person) -> None:
    every = [scope.name for scope in scopes.SCOPES if "classroom" in scope.name]
    arrived = connect(desk, sandbox, maya, untick=every)
    assert [scope.name for scope in arrived.missing] == every


@pytest.mark.parametrize("tamper", list(Tamper))
def test_a_forged_id_token_lets_nobody_in(desk: Desk, sandbox: Sandbox, maya: Person, tamper: Tamper) -> None:
    sandbox.sign_in.tamper = tamper
    with pytest.raises(Refused, match="nobody was signed in"):
        connect(desk, sandbox, maya)
    assert accounts(desk) == 0


def test_an_answer_is_good_once(desk: Desk, sandbox: Sandbox, maya: Person) -> None:
    back = query(sandbox.sign_in.approve(begin(desk, browser=BROWSER), maya))
    finish(desk, browser=BROWSER, query=back)
    with pytest.raises(NotAllowed, match="used before"):
        finish(desk, browser=BROWSER, query=back)


def test_an_answer_that_comes_twice_at_once_is_taken_once(desk: Desk, sandbox: Sandbox, maya: Person) -> None:
    back = query(sandbox.sign_in.approve(begin(desk, browser=BROWSER), maya))
    ends: list[str] = []

    def take() -> None:
        try:
            finish(desk, browser=BROWSER, query=back)
            ends.append("in")
        except ThroughlineError as error:
            ends.append(type(error).__name__)

    threads = [threading.Thread(target=take) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(ends) == ["NotAllowed", "NotAllowed", "NotAllowed", "in"]


@pytest.mark.parametrize("browser", ["another browser", ""])
def test_another_browser_may_not_finish(desk: Desk, sandbox: Sandbox, maya: Person, browser: str) -> None:
    back = query(sandbox.sign_in.approve(begin(desk, browser=BROWSER), maya))
    with pytest.raises(NotAllowed, match="this browser"):
        finish(desk, browser=browser, query=back)
    assert accounts(desk) == 0


def test_after_ten_minutes_it_is_too_late(desk: Desk, sandbox: Sandbox, maya: Person, clock: Clock) -> None:
    url = begin(desk, browser=BROWSER)
    clock.forward(minutes=10)
    with pytest.raises(NotAllowed, match="ten minutes"):
        finish(desk, browser=BROWSER, query=query(sandbox.sign_in.approve(url, maya)))


@pytest.mark.parametrize("sent", [{}, {"state": ""}, {"state": "guessed", "code": "4/0A"}, {"code": "4/0A"},
                                  {"error": "access_denied"}, {"state": "guessed", "error": "access_denied"}])
def test_a_made_up_answer_is_turned_away(desk: Desk, sent: dict[str, str]) -> None:
    begin(desk, browser=BROWSER)
    with pytest.raises(NotAllowed):
        finish(desk, browser=BROWSER, query=sent)


@pytest.mark.parametrize("code", ["", "4/0Awrong", "not a code"])
def test_a_wrong_code_connects_nobody(desk: Desk, sandbox: Sandbox, maya: Person, code: str) -> None:
    back = query(sandbox.sign_in.approve(begin(desk, browser=BROWSER), maya))
    with pytest.raises(Refused, match="Nobody was signed in"):
        finish(desk, browser=BROWSER, query={**back, "code": code})


def test_a_code_of_another_sign_in_is_refused(desk: Desk, sandbox: Sandbox, world: World, maya: Person) -> None:
    other = world.add_person("eve@juniper.example", "Eve", domain="juniper.example")
    hers = query(sandbox.sign_in.approve(begin(desk, browser="eve"), other))
    back = query(sandbox.sign_in.approve(begin(desk, browser=BROWSER), maya))
    with pytest.raises(Refused):
        finish(desk, browser=BROWSER, query={**back, "code": hers["code"]})


def test_a_refusal_says_that_nothing_was_given(desk: Desk, sandbox: Sandbox) -> None:
    back = query(sandbox.sign_in.refuse(begin(desk, browser=BROWSER)))
    with pytest.raises(Refused, match="You pressed Cancel") as caught:
        finish(desk, browser=BROWSER, query=back)
    assert caught.value.reason == "access_denied"


def test_a_district_that_blocks_is_named_as_the_reason(desk: Desk, sandbox: Sandbox, world: World, maya: Person) -> None:
    world.block(maya)
    with pytest.raises(Refused, match="administrator") as caught:
        connect(desk, sandbox, maya)
    assert caught.value.reason == "admin_policy_enforced"


def test_only_people_of_the_allowed_domains_come_in(desk: Desk, engine: Engine, sandbox: Sandbox, world: World,
                                                    maya: Person) -> None:
    picky = another_desk(desk, engine, sandbox, allowed_domains="juniper.example")
    # A personal account may carry any address; only Google's word for the domain counts.
    stranger = world.add_person("mallory@juniper.example.org", "Mallory")
    with pytest.raises(Refused, match=r"juniper\.example"):
        connect(picky, sandbox, stranger)
    assert connect(picky, sandbox, maya).account_id


def test_reconnecting_with_another_account_changes_nothing_and_gives_the_grant_back(
        desk: Desk, sandbox: Sandbox, world: World, maya: Person) -> None:
    arrived = connect(desk, sandbox, maya)
    other = world.add_person("maya@mail.example", "Maya at home")
    with pytest.raises(Refused, match=r"You chose maya@mail\.example") as caught:
        connect(desk, sandbox, other, reconnect=arrived.account_id)
    assert caught.value.reason == "wrong_account"
    assert account(desk, arrived.account_id).health is Health.VALID
    assert accounts(desk) == 1
    with desk.transaction() as session:
        assert session.scalar(select(func.count()).select_from(Revocation)) == 1


def test_reconnecting_gives_the_account_its_missing_permission(desk: Desk, sandbox: Sandbox, maya: Person) -> None:
    arrived = connect(desk, sandbox, maya, untick=[scopes.TOPICS])
    again = connect(desk, sandbox, maya, reconnect=arrived.account_id)
    assert again.missing == ()
    assert scopes.TOPICS in account(desk, again.account_id).scopes


def test_without_a_google_client_it_says_who_must_act(desk: Desk, engine: Engine, sandbox: Sandbox) -> None:
    with pytest.raises(Refused, match="client id"):
        begin(another_desk(desk, engine, sandbox, google_client_id=""), browser=BROWSER)


@pytest.mark.parametrize("kind", ["refused", "cut_before", "cut_after", "error_before", "busy"])
def test_when_google_is_away_nobody_is_connected(desk: Desk, sandbox: Sandbox, maya: Person, kind: str) -> None:
    sandbox.trouble.order(kind, on="oauth.token")
    with pytest.raises(Busy, match="try again"):
        connect(desk, sandbox, maya)
    assert accounts(desk) == 0
    assert connect(desk, sandbox, maya).account_id


def test_sign_ins_that_were_left_are_swept_away(desk: Desk, clock: Clock) -> None:
    begin(desk, browser=BROWSER)
    clock.forward(minutes=11)
    begin(desk, browser=BROWSER)
    with desk.transaction() as session:
        assert session.scalar(select(func.count()).select_from(SignIn)) == 1
