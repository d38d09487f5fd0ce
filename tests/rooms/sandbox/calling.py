"""An app that calls the pretend Classroom, for these tests only."""

import json
from dataclasses import dataclass, field
from typing import Any

from werkzeug.test import Client, TestResponse

from integration.sandbox.app import Sandbox
from integration.sandbox.world import Person

SCOPES = tuple(f"https://www.googleapis.com/auth/classroom.{name}" for name in (
    "courses.readonly", "announcements", "courseworkmaterials", "topics", "rosters.readonly", "profile.emails"))


@dataclass
class Caller:
    """One person's app; `call` sends JSON to a path below /v1/ and gives the status with what came back."""

    sandbox: Sandbox
    person: Person
    scopes: tuple[str, ...] = SCOPES
    client_id: str = "sandbox-client"
    client: Client = field(init=False)
    access: str = field(init=False)

    def __post_init__(self) -> None:
        self.client = Client(self.sandbox)
        self.access = self.sandbox.world.grant(self.person, self.scopes, client_id=self.client_id).access_token

    def send(self, verb: str, path: str, body: Any = None, **query: Any) -> TestResponse:
        data = b"" if body is None else json.dumps(body).encode()
        return self.client.open(f"/v1/{path}", method=verb, query_string=query, data=data,
                                headers={"Authorization": f"Bearer {self.access}"})

    def call(self, verb: str, path: str, body: Any = None, **query: Any) -> tuple[int, dict[str, Any]]:
        answer = self.send(verb, path, body, **query)
        return answer.status_code, answer.get_json()

    def make(self, course: str, kind: str = "announcements", **body: Any) -> dict[str, Any]:
        """Create a post, which must go well."""
        wording = {"text": "Hello"} if kind == "announcements" else {"title": "Hello"}
        status, made = self.call("POST", f"courses/{course}/{kind}", {**wording, **body})
        assert status == 200, made
        return made
