"""A librarian's browser before the whole application, at an empty school and at the demo school."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine
from werkzeug.test import TestResponse

from config.settings import Settings
from integration.accounts.keys import seal
from integration.accounts.models import Account
from integration.accounts.sessions import open_session
from integration.courses.sync import request_sync, sync_courses
from integration.desk import Desk, open_desk
from integration.google.wire import WsgiWire
from integration.sandbox.schools import MAYA
from integration.sandbox.world import World
from integration.streams.sync import sync_streams
from tests import make
from tests.apps import app_at
from tests.conftest import Bell, Clock
from tests.databases import on_postgres, picture, put
from tests.watching import open_watched

TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')


@dataclass
class Browser:
    """A signed-in librarian's browser."""

    desk: Desk
    account: Account
    client: FlaskClient

    def get(self, address: str) -> TestResponse:
        return self.client.get(address)

    def send(self, address: str, data: Mapping[str, object] | None = None) -> TestResponse:
        token = TOKEN.search(self.get("/account").text)
        assert token is not None
        return self.client.post(address, data={"csrf_token": token[1], **(data or {})})


def browser(desk: Desk, account: Account) -> Browser:
    """The browser of `account`, already let in."""
    client = app_at(desk).test_client()
    with client.session_transaction() as cookie:
        cookie["session"] = open_session(desk, account.id)
    return Browser(desk, account, client)


@pytest.fixture
def empty(desk: Desk, world: World) -> Browser:
    return browser(desk, make.account(desk, world, world.add_person("nora@juniper.example", "Nora Empty")))


@pytest.fixture
def maya(settings: Settings, engine: Engine, clock: Clock, bell: Bell, school_world: World) -> Browser:
    desk = open_desk(settings, ring=bell, wire=WsgiWire(open_watched(school_world)), engine=engine, now=clock)
    return browser(desk, _synced(desk, engine, school_world))


_as_synced: list[tuple[bytes, str]] = []
"""The database after a librarian of the demo school has connected and all was read, and her account's id."""


def _synced(desk: Desk, engine: Engine, world: World) -> Account:
    """The account of Maya, who has connected and whose classes have been read; the reading itself is done once a process."""
    person = world.person(MAYA)
    assert person is not None
    if not _as_synced:
        account = make.account(desk, world, person)
        sync_id = request_sync(desk, account.school_id, account.id)
        sync_courses(desk, sync_id)
        sync_streams(desk, sync_id)
        if not on_postgres():
            _as_synced.append((picture(engine), account.id))
        return account
    before, account_id = _as_synced[0]
    put(engine, before)
    sealed, key_id = seal(desk.settings.keys, world.grant(person, make.ALL_SCOPES).refresh_token, bound_to=account_id)
    with desk.transaction() as session:
        account = session.get_one(Account, account_id)
        account.sealed_refresh_token, account.key_id = sealed, key_id
    return account
