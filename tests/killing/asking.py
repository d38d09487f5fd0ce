"""A librarian's script: makes plans through the JSON API and agrees for the teachers, whatever is down just then."""

import http.client
import json
import threading
import time
import urllib.error
import urllib.request
import uuid
from collections import Counter
from dataclasses import dataclass, field
from random import Random
from typing import Any

OVER = frozenset({"published", "removed", "skipped", "failed", "cancelled", "retracted", "expired"})
PAUSE = 0.5
PATIENCE = 600.0
ONE_IN = 8
"""Of so many plans one is taken back again."""


@dataclass
class Plan:
    """A plan this script has accepted: `number` is in its one link's address, so that Google's side can be read without us."""

    id: str
    number: str
    classes: dict[str, str]
    """Google's id of each class that is to get it, by ours."""
    is_taken_back: bool = False


@dataclass
class Script:
    """Speaks for one librarian. What answers 5xx or not at all is asked again with the same key until it is done."""

    origin: str
    token: str
    number: int
    browser: urllib.request.OpenerDirector
    """In which she is signed in."""
    plans: list[Plan] = field(default_factory=list)
    statuses: Counter[int] = field(default_factory=Counter)
    """What the API answered; 0 for no answer."""
    is_done: bool = True
    _thread: threading.Thread | None = None

    def begin(self, plans: int, seconds: float, seed: int) -> None:
        """Make and accept so many plans in a thread, spread over so many seconds."""
        self.is_done = False
        self._thread = threading.Thread(target=self._work, args=(plans, seconds, Random(seed * 1000 + self.number)), daemon=True)
        self._thread.start()

    def ask(self, method: str, path: str, body: object = None) -> Any:
        """One call of the API, to its end. Raises HTTPError for what she did wrong."""
        address = path if path.startswith("http") else f"{self.origin}/api/v1{path}"
        key, until = uuid.uuid4().hex, time.monotonic() + PATIENCE
        while True:
            try:
                return self._once(address, method, body, key)
            except urllib.error.HTTPError as error:
                self.statuses[error.code] += 1
                if _is_under_way(error):
                    # Whoever worked on it may have been killed; each of our requests may be done twice without harm.
                    key = uuid.uuid4().hex
                elif error.code < 500 or time.monotonic() > until:
                    raise
            except (OSError, http.client.HTTPException):
                self.statuses[0] += 1
                if time.monotonic() > until:
                    raise
            time.sleep(PAUSE)

    def every(self, path: str) -> list[dict[str, Any]]:
        """A list of the API, all its pages."""
        found, address = [], path
        while address:
            page = self.ask("GET", address)
            found += page["items"]
            address = page["next"]
        return found

    def sync(self) -> str:
        """Ask for a look at Google."""
        return str(self.ask("POST", "/syncs", {})["id"])

    def is_all_over(self) -> bool:
        """Whether every delivery has come to an end."""
        return all(set(plan["counts"]) <= OVER for plan in self.every("/plans?limit=500") if plan["state"] != "planned")

    def plan_one(self, number: str, kind: str) -> Plan:
        """A collection of its own, planned for every class."""
        resource = self.ask("POST", "/resources", {"kind": "link", "title": f"Source {number}",
                                                   "url": f"https://library.example/{number}/"})
        gathered = self.ask("POST", "/collections", {"title": f"Collection {number}", "resource_ids": [resource["id"]]})
        ids = [each["id"] for each in self.every("/classes?limit=500")]
        made = self.ask("POST", "/plans", {"collection_id": gathered["id"], "rule": {"class_ids": ids}, "as": kind})
        going = {each["class_id"]: each["google_id"] for each in made["items"] if each["action"] != "skip"}
        return Plan(made["id"], number, going)

    def accept(self, plan: Plan) -> None:
        """Accept, and write down that each teacher agreed."""
        self.plans.append(plan)
        self.ask("POST", f"/plans/{plan.id}/accept", {})
        for row in self.every(f"/deliveries?plan={plan.id}&state=waiting&limit=500"):
            self.ask("POST", f"/deliveries/{row['id']}/agree", {"by": "The teacher", "on": row["created_at"][:10]})

    def _work(self, plans: int, seconds: float, chance: Random) -> None:
        for each in range(plans):
            kind = "announcement" if each % 3 == 2 else "material"
            self.accept(self.plan_one(f"{self.number}-{each}", kind))
            time.sleep(seconds / plans * chance.random())
            if (each + self.number) % ONE_IN == ONE_IN - 1:
                self.take_back(self.plans[-1])
            elif each % 3 == 1:
                self.sync()
        self.is_done = True

    def take_back(self, plan: Plan) -> None:
        """Retract a plan, wherever its deliveries are."""
        plan.is_taken_back = True
        self.ask("POST", f"/plans/{plan.id}/retract", {})

    def _once(self, address: str, method: str, body: object, key: str) -> Any:
        sent = None if body is None else json.dumps(body).encode()
        headers = {"Authorization": f"Bearer {self.token}", "Content-Type": "application/json", "Idempotency-Key": key}
        request = urllib.request.Request(address, sent, headers, method=method)
        with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(request, timeout=30) as answer:
            self.statuses[answer.status] += 1
            return json.load(answer)


def _is_under_way(error: urllib.error.HTTPError) -> bool:
    """The same request is still being worked on, or the process that did was killed."""
    return error.code == 409 and b"under way" in error.read()
