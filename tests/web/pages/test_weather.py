"""What a visitor sees while something is down: a calm page or problem+json, and nothing half-written."""

from pathlib import Path

from flask.testing import FlaskClient
from sqlalchemy import Engine, create_engine

from config.settings import Settings
from integration.accounts.personal_tokens import create_token
from integration.courses.syncs import latest_sync
from integration.delivery.generations import begin_anew
from integration.desk import Desk, open_desk
from integration.google.breaker import Breaker
from integration.google.wire import WsgiWire
from integration.later import silence
from integration.records.session import open_engine
from integration.sandbox.app import Sandbox
from tests.conftest import SETTINGS
from tests.databases import on_postgres
from tests.web.pages.conftest import Browser
from web import create_app


def without_database(folder: Path, sandbox: Sandbox) -> FlaskClient:
    url = f"sqlite:///{folder}/nowhere/gone.db"
    settings = Settings(database_url=url, **SETTINGS)  # type: ignore[arg-type]
    return create_app(open_desk(settings, ring=silence, wire=WsgiWire(sandbox), engine=open_engine(url))).test_client()


def test_without_a_database_a_page_says_so_and_when_to_come_back(tmp_path: Path, sandbox: Sandbox) -> None:
    client = without_database(tmp_path, sandbox)
    with client.session_transaction() as cookie:
        cookie["session"] = "whoever"
    answer = client.get("/plans")
    assert answer.status_code == 503 and int(answer.headers["Retry-After"]) <= 60
    assert '<html lang="en">' in answer.text and answer.text.count("<h1") == 1 and "Nothing was changed" in answer.text
    assert len(sandbox.journal) == 0


def test_without_a_database_a_script_gets_problem_json(tmp_path: Path, sandbox: Sandbox) -> None:
    answer = without_database(tmp_path, sandbox).get("/api/v1/plans", headers={"Authorization": "Bearer whoever"})
    assert answer.status_code == 503 and answer.headers["Retry-After"]
    assert answer.content_type == "application/problem+json" and answer.json and "Traceback" not in answer.text


def test_the_process_says_that_it_is_up_but_not_ready(tmp_path: Path, sandbox: Sandbox) -> None:
    client = without_database(tmp_path, sandbox)
    assert (client.get("/healthz").status_code, client.get("/readyz").status_code) == (200, 503)


def only_readable(desk: Desk) -> Engine:
    url = desk.settings.database_url
    if on_postgres():
        return create_engine(url, connect_args={"options": "-c default_transaction_read_only=on"})
    return open_engine(f"{url.replace('sqlite:///', 'sqlite:///file:')}?mode=ro&uri=true")


def test_a_database_that_takes_no_writes_changes_nothing_and_calls_nobody(empty: Browser, sandbox: Sandbox) -> None:
    token = create_token(empty.desk, empty.account.id)
    engine = only_readable(empty.desk)
    client = create_app(open_desk(empty.desk.settings, ring=silence, wire=WsgiWire(sandbox), engine=engine)).test_client()
    answer = client.post("/api/v1/syncs", json={}, headers={"Authorization": f"Bearer {token}"})
    assert answer.status_code == 503 and answer.content_type == "application/problem+json"
    assert len(sandbox.journal) == 0 and latest_sync(empty.desk, empty.account.school_id) is None
    engine.dispose()


def test_while_posts_are_verified_every_page_says_so(empty: Browser) -> None:
    assert "Verifying posts" not in empty.get("/plans").text
    with empty.desk.transaction() as session:
        begin_anew(session, "sqlite", empty.desk.now(), lost_from=empty.desk.now())
    assert "Verifying posts" in empty.get("/plans").text


def break_google(desk: Desk) -> None:
    breaker = Breaker(desk.transaction)
    for _ in range(20):
        breaker.note(True)


def test_while_google_is_away_every_page_says_so_and_asks_nothing_of_it(empty: Browser, sandbox: Sandbox) -> None:
    assert "Delayed by Google" not in empty.get("/deliveries").text
    break_google(empty.desk)
    assert "Delayed by Google" in empty.get("/deliveries").text
    assert len(sandbox.journal) == 0
