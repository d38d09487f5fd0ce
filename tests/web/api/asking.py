"""A script that asks the API with a librarian's token."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from integration.accounts.models import Account
from integration.accounts.personal_tokens import create_token
from integration.desk import Desk
from integration.sandbox.world import World
from tests import make
from tests.apps import app_at

ROOT = "/api/v1"


@dataclass(frozen=True)
class Script:
    """Asks with a token; paths are below the API's root, or whole addresses from an answer."""

    client: FlaskClient
    token: str
    account: Account
    headers: Mapping[str, str] = field(default_factory=dict)

    def get(self, path: str) -> TestResponse:
        return self.ask("GET", path)

    def post(self, path: str, body: Any = None, *, key: str = "") -> TestResponse:
        return self.ask("POST", path, body, {"Idempotency-Key": key} if key else {})

    def patch(self, path: str, body: Any) -> TestResponse:
        return self.ask("PATCH", path, body)

    def delete(self, path: str) -> TestResponse:
        return self.ask("DELETE", path)

    def ask(self, method: str, path: str, body: Any = None, headers: Mapping[str, str] | None = None) -> TestResponse:
        sent = {} if body is None else {"json": body}
        return self.client.open(path if path.startswith("http") else ROOT + path, method=method,
                                headers={"Authorization": f"Bearer {self.token}", **(headers or {})}, **sent)


def script(desk: Desk, world: World, email: str = "librarian@juniper.test") -> Script:
    """A script with the token of a librarian who has just connected."""
    person = world.people_by_email.get(email) or world.add_person(email, "Lee Marsh")
    account = make.account(desk, world, person)
    return Script(app_at(desk).test_client(), create_token(desk, account.id), account)


def fields(answer: TestResponse) -> dict[str, str]:
    """What a problem says about each field."""
    assert answer.content_type == "application/problem+json"
    assert answer.json is not None
    return {each["field"]: each["detail"] for each in answer.json["errors"]}
