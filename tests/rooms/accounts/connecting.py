"""Going to Google and back, for these tests only."""

from collections.abc import Collection
from urllib.parse import parse_qsl, urlsplit

from sqlalchemy import Engine

from config.settings import Settings
from integration.accounts.authorize import Arrived, begin, finish
from integration.accounts.models import Account
from integration.desk import Desk, open_desk
from integration.google.wire import WsgiWire
from integration.sandbox.app import Sandbox
from integration.sandbox.world import Person

BROWSER = "this very browser"


def query(callback: str) -> dict[str, str]:
    """What a callback address carries."""
    return dict(parse_qsl(urlsplit(callback).query))


def connect(desk: Desk, sandbox: Sandbox, person: Person, *, untick: Collection[str] = (),
            reconnect: str | None = None) -> Arrived:
    """`person` connects, leaving `untick` unticked."""
    url = begin(desk, browser=BROWSER, reconnect=reconnect, return_to="/classes")
    return finish(desk, browser=BROWSER, query=query(sandbox.sign_in.approve(url, person, untick=untick)))


def row(desk: Desk, account_id: str) -> Account:
    """The account's row."""
    with desk.transaction() as session:
        found = session.get(Account, account_id)
    assert found is not None
    return found


def another_desk(desk: Desk, engine: Engine, sandbox: Sandbox, **changed: str) -> Desk:
    """A desk like `desk` on the same database, with some settings changed."""
    return open_desk(Settings.model_validate(desk.settings.model_dump() | changed), ring=desk.ring, wire=WsgiWire(sandbox),
                     engine=engine, now=desk.now)
