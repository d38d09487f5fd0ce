"""Throughline's processes apart, as an administrator starts them: migrate, web, worker and clock beside Postgres and Redis."""

import json
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from integration.sandbox.journal import Call
from integration.sandbox.schools import MAYA
from tests.databases import new_postgres_url
from tests.watching import faults
from web.commands import embedded
from web.commands.browser import connect
from web.commands.redis_server import start_queue
from web.commands.stack import Stack

OVER = ("done", "partial", "failed")


@dataclass(frozen=True)
class Apart:
    """The processes, where they answer, and a script's token for the API."""

    stack: Stack
    origin: str
    google: str
    token: str

    def ask(self, method: str, path: str, body: object = None) -> Any:
        """One call of the JSON API."""
        return _call(f"{self.origin}/api/v1{path}", method, body, {"Authorization": f"Bearer {self.token}"})

    def every(self, path: str) -> list[dict[str, Any]]:
        """A list of the API, all its pages."""
        found, address = [], f"{self.origin}/api/v1{path}"
        while address:
            page = _call(address, "GET", None, {"Authorization": f"Bearer {self.token}"})
            found += page["items"]
            address = page["next"]
        return found

    def order(self, method: str, body: object = None) -> None:
        """Order trouble from the pretend Google, or take it back."""
        _call(f"{self.google}/_sandbox/trouble", method, body, {})

    def posts(self) -> list[dict[str, Any]]:
        """What we put into Google's classes, each with its class."""
        courses = _call(f"{self.google}/_sandbox/state", "GET", None, {})["courses"]
        return [{**post, "course": id} for id, course in courses.items() for post in course["posts"] if post["project"]]

    def synced(self) -> dict[str, Any]:
        """A sync, to its end."""
        id = self.ask("POST", "/syncs", {})["id"]
        self.stack.wait_until(lambda: self.ask("GET", f"/syncs/{id}")["state"] in OVER, "A sync", seconds=120, pause=0.2)
        return dict(self.ask("GET", f"/syncs/{id}"))

    def planned(self, grade: str) -> str:
        """A collection planned for a grade."""
        resource = self.ask("POST", "/resources", {"kind": "link", "title": "Primary sources", "url": "https://www.loc.gov/"})
        gathered = self.ask("POST", "/collections", {"title": "Start here", "resource_ids": [resource["id"]]})
        plan = {"collection_id": gathered["id"], "rule": {"grades": [grade]}, "as": "material", "topic": "Library"}
        return str(self.ask("POST", "/plans", plan)["id"])

    def agree_to_all(self, plan_id: str) -> None:
        """Every teacher said yes."""
        for row in self.every(f"/deliveries?plan={plan_id}&state=waiting"):
            self.ask("POST", f"/deliveries/{row['id']}/agree", {"by": "The teacher", "on": row["created_at"][:10]})

    def states(self, plan_id: str) -> list[str]:
        """Where each delivery of a plan is."""
        return [row["state"] for row in self.every(f"/deliveries?plan={plan_id}")]


@contextmanager
def apart(data: Path) -> Iterator[Apart]:
    """Start everything, connect Maya, stop everything."""
    port, google_port = embedded.free_port(None, 0), embedded.free_port(None, 0)
    google = f"http://127.0.0.1:{google_port}"
    environ = embedded.environment(data, port, {
        "THROUGHLINE_DATABASE_URL": new_postgres_url(), "THROUGHLINE_GOOGLE_ROOT_URL": google,
        "THROUGHLINE_GOOGLE_CLIENT_ID": "sandbox-client", "THROUGHLINE_GOOGLE_CLIENT_SECRET": "sandbox-secret"})
    with embedded.run_folder() as run, (data / "log").open("ab") as log:
        settings, queue = embedded.prepare(environ, run)
        with Stack(environ, log) as stack:
            start_queue(stack, queue, run, data)
            stack.start_ours("sandbox", "--port", str(google_port))
            embedded.start_ours(stack, queue, port)
            stack.wait_until(lambda: embedded.answers(f"{google}/_sandbox/journal"), "Starting Google", seconds=60)
            connect(settings.origin, MAYA)
            yield Apart(stack, settings.origin, google, _token(environ))
            assert faults(_calls(google)) == []


def _calls(google: str) -> list[Call]:
    """Everything that was asked of the pretend Google."""
    found = _call(f"{google}/_sandbox/journal", "GET", None, {})["calls"]
    return [Call(**{**each, "query": tuple(map(tuple, each["query"]))}) for each in found]


def _token(environ: dict[str, str]) -> str:
    words = [sys.executable, "-m", "web.commands", "token", "create", "--account", MAYA]
    return subprocess.run(words, env=environ, capture_output=True, text=True, check=True).stdout.strip()


def _call(address: str, method: str, body: object, headers: dict[str, str]) -> Any:
    sent = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(address, sent, {**headers, "Content-Type": "application/json"}, method=method)
    with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(request, timeout=30) as answer:
        return json.load(answer)
