import pytest
from sqlalchemy import select

from integration.accounts.models import PersonalToken, Session
from integration.accounts.personal_tokens import create_token, read_token
from integration.accounts.schools import account_by_email, accounts_of, rename_school, school, school_ids
from integration.accounts.sessions import close_session, open_session, read_session
from integration.desk import Desk
from integration.errors import Invalid, NotFound
from integration.sandbox.world import Person, World
from tests import make
from tests.conftest import Clock


def test_a_session_knows_its_librarian_until_it_is_closed(desk: Desk, world: World, maya: Person) -> None:
    account = make.account(desk, world, maya)
    secret = open_session(desk, account.id)
    visitor = read_session(desk, secret)
    assert visitor is not None
    assert (visitor.account_id, visitor.school_id, visitor.email) == (account.id, account.school_id, maya.email)
    close_session(desk, secret)
    assert read_session(desk, secret) is None


def test_the_secrets_themselves_are_not_kept(desk: Desk, world: World, maya: Person) -> None:
    account = make.account(desk, world, maya)
    secret, token = open_session(desk, account.id), create_token(desk, account.id)
    with desk.transaction() as session:
        assert secret not in session.scalars(select(Session.secret_hash)).all()
        assert token not in session.scalars(select(PersonalToken.secret_hash)).all()


def test_a_session_left_alone_for_two_hours_is_over(desk: Desk, world: World, maya: Person, clock: Clock) -> None:
    secret = open_session(desk, make.account(desk, world, maya).id)
    clock.forward(minutes=119)
    assert read_session(desk, secret)
    clock.forward(minutes=119)
    assert read_session(desk, secret)
    clock.forward(hours=2)
    assert read_session(desk, secret) is None


def test_a_session_in_use_is_over_after_twelve_hours(desk: Desk, world: World, maya: Person, clock: Clock) -> None:
    secret = open_session(desk, make.account(desk, world, maya).id)
    for _ in range(11):
        clock.forward(hours=1)
        assert read_session(desk, secret)
    clock.forward(hours=1)
    assert read_session(desk, secret) is None


def test_a_token_knows_its_librarian_and_a_made_up_one_nobody(desk: Desk, world: World, maya: Person) -> None:
    account = make.account(desk, world, maya)
    visitor = read_token(desk, create_token(desk, account.id))
    assert visitor is not None
    assert visitor.account_id == account.id
    assert read_token(desk, "tl_made_up") is None
    assert read_session(desk, "made up") is None


def test_nobody_gets_in_for_an_account_that_is_gone(desk: Desk) -> None:
    with pytest.raises(NotFound):
        open_session(desk, "gone")
    with pytest.raises(NotFound):
        create_token(desk, "gone")


def test_a_school_gets_its_name_and_its_accounts_are_listed(desk: Desk, world: World, maya: Person) -> None:
    account = make.account(desk, world, maya)
    assert rename_school(desk, account.school_id, "  Juniper   Ridge Middle <b> ").name == "Juniper Ridge Middle <b>"
    assert [card.id for card in accounts_of(desk, account.school_id)] == [account.id]
    assert account_by_email(desk, "Maya.Okafor@juniper.example").id == account.id
    assert school_ids(desk) == [account.school_id]


@pytest.mark.parametrize("name", ["", "   ", "x" * 201, "Juniper\u202egdiR", "Juniper\x00"])
def test_a_name_that_cannot_be_printed_is_not_kept(desk: Desk, name: str) -> None:
    id = make.school(desk)
    with pytest.raises(Invalid) as caught:
        rename_school(desk, id, name)
    assert "nothing was saved" in caught.value.fields["name"]
    assert school(desk, id).name == "Juniper Ridge"
