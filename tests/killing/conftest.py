"""What the tests that kill one process share: a clock that runs, the pretend Google over HTTP, and a librarian."""

import threading
from collections.abc import Callable, Iterator
from datetime import datetime

import pytest
from werkzeug.serving import make_server

from integration.accounts.models import Account
from integration.desk import Desk
from integration.google import scopes
from integration.records.clock import utc_now
from integration.sandbox.app import Sandbox
from integration.sandbox.world import World
from tests import make


@pytest.fixture
def clock() -> Callable[[], datetime]:
    """A clock that runs, because the worker's does."""
    return utc_now


@pytest.fixture
def root(sandbox: Sandbox) -> Iterator[str]:
    """Where the pretend Google answers."""
    server = make_server("127.0.0.1", 0, sandbox, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def librarian(desk: Desk, world: World) -> Account:
    """Maya, who allowed everything, her own Gmail too."""
    return make.account(desk, world, world.add_person("maya@juniper.example", "Maya Okafor", domain="juniper.example"),
                        granted=(*make.ALL_SCOPES, scopes.SEND))
