"""Letters from the librarian's own Gmail, if she chose it: once, and never in two ways."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace

import pytest
from sqlalchemy import Engine, update

from config.settings import Settings
from integration.accounts.models import Account, Health
from integration.desk import open_desk
from integration.google import scopes
from integration.google.wire import WsgiWire
from integration.letters.send import send_letters
from integration.letters.sweep import ring_for_letters
from integration.sandbox.app import Sandbox
from integration.sandbox.world import World
from tests import make
from tests.conftest import SETTINGS, Bell, Clock
from tests.post_office import PostOffice, open_post_office
from tests.rooms.letters.test_send import Killed, Writing, doomed


@pytest.fixture
def office() -> Iterator[PostOffice]:
    with open_post_office() as office:
        yield office


@pytest.fixture
def writing(settings: Settings, engine: Engine, sandbox: Sandbox, world: World, clock: Clock, bell: Bell,
            office: PostOffice) -> Writing:
    given = {**SETTINGS, "database_url": settings.database_url, "smtp_url": office.url, "mail_from": "library@juniper.example"}
    desk = open_desk(Settings(**given), ring=bell, wire=WsgiWire(sandbox), engine=engine, now=clock)  # type: ignore[arg-type]
    lena = world.add_person("lena@juniper.example", "Lena Ortiz")
    return Writing(desk, office, make.account(desk, world, lena, granted=(*make.ALL_SCOPES, scopes.SEND)), clock)


def test_it_goes_from_her_own_address_and_through_nothing_else(writing: Writing, world: World) -> None:
    writing.release(writing.letter())
    assert [writing.go() for _ in range(3)] == [1, 0, 0]
    [taken] = world.mail
    assert (taken["From"], taken["To"], taken["Reply-To"]) == (
        "Lena Ortiz <lena@juniper.example>", "Rosa Gomez <rosa@juniper.example>", None)
    assert (writing.office.taken, writing.card().way) == ([], "gmail")


def test_nothing_goes_before_she_has_looked(writing: Writing, world: World) -> None:
    writing.letter()
    assert (writing.go(), world.mail) == (0, [])


@pytest.mark.parametrize(("trouble", "state", "taken"), [
    ("cut_after", "unsure", 1), ("cut_before", "unsure", 0), ("error_after", "unsure", 1), ("busy", "ready", 0),
    ("refused", "ready", 0)])
def test_a_lost_answer_is_perhaps_and_is_not_sent_again(writing: Writing, world: World, sandbox: Sandbox, trouble: str, state: str,
                                                        taken: int) -> None:
    writing.release(writing.letter())
    sandbox.trouble.order(trouble, on="gmail.users.messages.send")
    writing.go()
    assert (writing.card().state, len(world.mail)) == (state, taken)
    assert state != "unsure" or "may not look into anybody’s mail" in writing.card().reason
    writing.clock.forward(hours=1)
    writing.go()
    assert len(world.mail) == (1 if state == "ready" else taken) and writing.office.taken == []


def test_killed_at_any_step_no_letter_is_doubled_and_none_is_forgotten(writing: Writing, world: World, bell: Bell) -> None:
    for steps in range(12):
        taken = len(world.mail)
        writing.release(writing.letter(occasion=f"kill-{steps}"))
        with suppress(Killed):
            send_letters(doomed(writing.desk, steps), writing.account.school_id)
        writing.clock.forward(minutes=10)
        bell.rung.clear()
        ring_for_letters(writing.desk, patience=0)
        if bell.rung:
            writing.go()
        assert (writing.card().state, len(world.mail) - taken) in {("sent", 1), ("unsure", 0), ("unsure", 1)}
    assert writing.office.taken == []


def test_a_connection_that_does_not_stand_lets_letters_go_by_the_mail_server(writing: Writing, world: World) -> None:
    with writing.desk.transaction() as session:
        session.execute(update(Account).values(health=Health.REVOKED))
    writing.release(writing.letter())
    assert (writing.go(), len(writing.office.taken), world.mail, writing.card().way) == (1, 1, [], "smtp")


def test_a_permission_taken_back_ends_this_way_and_the_letter_still_goes_once(writing: Writing, world: World) -> None:
    world.revoke(next(iter(world.people.values())))
    writing.release(writing.letter())
    assert (writing.go(), writing.card().state) == (0, "ready")
    writing.clock.forward(minutes=6)
    assert (writing.go(), len(writing.office.taken), world.mail) == (1, 1, [])


def test_without_mail_server_and_without_gmail_it_is_kept_to_copy(writing: Writing) -> None:
    settings = writing.desk.settings.model_copy(update={"mail_from": ""})
    here = replace(writing, desk=replace(writing.desk, settings=settings))
    with writing.desk.transaction() as session:
        session.execute(update(Account).values(scopes=list(make.ALL_SCOPES)))
    here.release(here.letter())
    assert (here.go(), here.card().state) == (0, "draft")
