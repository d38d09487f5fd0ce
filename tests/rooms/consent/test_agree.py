"""A teacher's word is written down once and kept."""

from datetime import date

import pytest

from integration.accounts.models import Account
from integration.consent.agree import agree
from integration.consent.allowed import agreement, needs_teacher
from integration.courses.models import Mode
from integration.courses.shelf import course
from integration.desk import Desk
from integration.errors import AlreadyDone, Invalid, NotFound
from integration.records import audit
from integration.sandbox.world import World
from tests import make

TODAY = date(2026, 11, 24)


@pytest.fixture
def maya(desk: Desk, world: World) -> Account:
    return make.account(desk, world, world.add_person("maya@juniper.example", "Maya Okafor"))


def say(desk: Desk, account: Account, course_id: str, *, by: str = "Rosa Gomez", on: date = TODAY) -> None:
    agree(desk, account.school_id, course_id, occasion="delivery:7", by=by, on=on, account_id=account.id)


def test_what_was_agreed_is_kept_with_name_day_and_hour(desk: Desk, maya: Account) -> None:
    id = make.course(desk, maya).id
    say(desk, maya, id, by="  Rosa   Gomez ")
    kept = agreement(desk, maya.school_id, id, "delivery:7")
    assert kept is not None
    assert (kept.by, kept.on, kept.written_at) == ("Rosa Gomez", TODAY, desk.now())


def test_an_agreement_stands_in_the_audit_log(desk: Desk, maya: Account) -> None:
    say(desk, maya, make.course(desk, maya).id)
    with desk.transaction() as session:
        line, = audit.lines(session, maya.school_id)
    assert (line.actor, line.verb, line.object) == (f"account:{maya.id}", "agree", "delivery:7")


def test_silence_is_not_consent(desk: Desk, maya: Account) -> None:
    id = make.course(desk, maya).id
    assert agreement(desk, maya.school_id, id, "delivery:7") is None


def test_a_word_for_one_thing_is_none_for_another(desk: Desk, maya: Account) -> None:
    id, other = make.course(desk, maya).id, make.course(desk, maya).id
    say(desk, maya, id)
    assert agreement(desk, maya.school_id, id, "delivery:8") is None
    assert agreement(desk, maya.school_id, other, "delivery:7") is None
    assert agreement(desk, make.school(desk), id, "delivery:7") is None


def test_the_same_again_does_nothing(desk: Desk, maya: Account) -> None:
    id = make.course(desk, maya).id
    say(desk, maya, id)
    say(desk, maya, id)
    with desk.transaction() as session:
        assert len(audit.lines(session, maya.school_id)) == 1


def test_another_word_on_the_same_thing_changes_nothing(desk: Desk, maya: Account) -> None:
    id = make.course(desk, maya).id
    say(desk, maya, id)
    with pytest.raises(AlreadyDone, match="Rosa Gomez agreed on November 24, 2026"):
        say(desk, maya, id, by="Ines Novak")
    kept = agreement(desk, maya.school_id, id, "delivery:7")
    assert kept is not None
    assert kept.by == "Rosa Gomez"


@pytest.mark.parametrize(("by", "on", "field"), [
    (" ", TODAY, "by"), ("x" * 201, TODAY, "by"), ("Rosa\u202e", TODAY, "by"), ("Rosa", date(2026, 11, 25), "on"),
])
def test_an_empty_name_or_a_day_to_come_is_refused(desk: Desk, maya: Account, by: str, on: date, field: str) -> None:
    id = make.course(desk, maya).id
    with pytest.raises(Invalid) as caught:
        say(desk, maya, id, by=by, on=on)
    assert set(caught.value.fields) == {field}
    assert agreement(desk, maya.school_id, id, "delivery:7") is None


def test_a_class_of_another_school_is_not_found(desk: Desk, maya: Account) -> None:
    id = make.course(desk, maya).id
    with pytest.raises(NotFound):
        agree(desk, make.school(desk), id, occasion="delivery:7", by="Rosa", on=TODAY, account_id=maya.id)


@pytest.mark.parametrize(("mode", "is_needed"), [(Mode.OWN, False), (Mode.CO_TAUGHT, True)])
def test_only_her_own_class_needs_no_teacher(desk: Desk, maya: Account, mode: Mode, is_needed: bool) -> None:
    row = make.course(desk, maya, mode=mode)
    assert needs_teacher(course(desk, maya.school_id, row.id)) is is_needed
