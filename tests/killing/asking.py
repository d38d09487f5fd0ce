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
PAUSE_WHILE_VERIFYING = 3.0
PATIENCE = 600.0
FORGOTTEN = frozenset({404, 409})
"""How the API answers about what a failover forgot, and while it is looked up what stands."""
ASKED = ("records were brought back", "records were lost")
"""Of each delivery left to her after a failover the reason says so."""
ONE_IN = 8
"""Of so many plans one is taken back again."""


class Refused(Exception):
    """What she asked for was not done, and asking again would not help."""

    def __init__(self, status: int, said: str) -> None:
        self.status = status
        super().__init__(f"{status}: {said}")


@dataclass
class Plan:
    """A plan this script has accepted: `number` is in its one link's address, so that Google's side can be read without us."""

    id: str
    number: str
    classes: dict[str, str]
    """Google's id of each class that is to get it, by ours."""
    is_taken_back: bool = False
    kind: str = "material"
    stands: set[str] = field(default_factory=set)
    """The classes in which it stood already when she had to make it anew, because its acceptance was forgotten."""
    is_forgotten: bool = False
    """Whether its acceptance was forgotten and she wanted it taken back: nothing of it is asked for any more."""


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
    worst_is_over: threading.Event = field(default_factory=threading.Event)
    """Set once nothing will be forgotten any more: then she goes through all her plans once more."""
    _thread: threading.Thread | None = None

    def begin(self, plans: int, seconds: float, seed: int) -> None:
        """Make and accept so many plans in a thread, spread over so many seconds."""
        self.is_done = False
        self._thread = threading.Thread(target=self._work, args=(plans, seconds, Random(seed * 1000 + self.number)), daemon=True)
        self._thread.start()

    def ask(self, method: str, path: str, body: object = None) -> Any:
        """One call of the API, to its end. Raises Refused for what cannot be done."""
        address = path if path.startswith("http") else f"{self.origin}/api/v1{path}"
        key, until = uuid.uuid4().hex, time.monotonic() + PATIENCE
        while True:
            try:
                return self._once(address, method, body, key)
            except urllib.error.HTTPError as error:
                self.statuses[error.code] += 1
                said = error.read().decode()
                if error.code == 409 and "under way" in said:
                    # Whoever worked on it may have been killed; each of our requests may be done twice without harm.
                    key = uuid.uuid4().hex
                elif error.code < 500 or time.monotonic() > until:
                    raise Refused(error.code, said) from error
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
        """A collection of its own, planned for every class; begun afresh when something of it was forgotten on the way."""
        until = time.monotonic() + PATIENCE
        while True:
            try:
                return self._plan_one(number, kind)
            except Refused as error:
                if error.status not in FORGOTTEN or time.monotonic() > until:
                    raise
                time.sleep(PAUSE_WHILE_VERIFYING)

    def _plan_one(self, number: str, kind: str) -> Plan:
        resource = self.ask("POST", "/resources", {"kind": "link", "title": f"Source {number}",
                                                   "url": f"https://library.example/{number}/"})
        gathered = self.ask("POST", "/collections", {"title": f"Collection {number}", "resource_ids": [resource["id"]]})
        ids = [each["id"] for each in self.every("/classes?limit=500")]
        made = self.ask("POST", "/plans", {"collection_id": gathered["id"], "rule": {"class_ids": ids}, "as": kind})
        going = {each["class_id"]: each["google_id"] for each in made["items"] if each["action"] != "skip"}
        return Plan(made["id"], number, going, kind=kind)

    def accept(self, plan: Plan) -> None:
        """Accept, and write down that each teacher agreed."""
        self.plans.append(plan)
        self._see_through(plan)

    def _see_through(self, plan: Plan) -> None:
        """Accept; a plan of which nobody can say whether it was accepted is made anew, and sees what stands."""
        while True:
            try:
                self.ask("POST", f"/plans/{plan.id}/accept", {})
                return self._agree(plan)
            except Refused as error:
                if error.status not in FORGOTTEN:
                    raise
            anew = self.plan_one(plan.number, plan.kind)
            plan.id, plan.stands = anew.id, set(plan.classes) - set(anew.classes)

    def _agree(self, plan: Plan) -> None:
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
        self.worst_is_over.wait()
        self._go_through()
        self.is_done = True

    def take_back(self, plan: Plan) -> None:
        """Retract a plan, wherever its deliveries are."""
        plan.is_taken_back = True
        try:
            self.ask("POST", f"/plans/{plan.id}/retract", {})
        except Refused as error:
            if error.status not in FORGOTTEN:
                raise
            plan.is_forgotten = True

    def _go_through(self) -> None:
        """As a librarian does once all was verified: accept and take back what was forgotten, and answer what is asked."""
        for plan in self.plans:
            if plan.is_taken_back:
                self.take_back(plan)
            else:
                self._see_through(plan)
        until = time.monotonic() + PATIENCE
        while not self.is_all_over() and time.monotonic() < until:
            for plan in self.plans:
                self._answer(plan)
            time.sleep(PAUSE_WHILE_VERIFYING)

    def _answer(self, plan: Plan) -> None:
        """Try again what was left to her because nobody could know; the verdict finds whatever else is parked."""
        if plan.is_forgotten:
            return
        for row in self.every(f"/deliveries?plan={plan.id}&state=parked&limit=500"):
            if any(words in row["reason"] for words in ASKED):
                self.ask("POST", f"/deliveries/{row['id']}/retry", {})

    def _once(self, address: str, method: str, body: object, key: str) -> Any:
        sent = None if body is None else json.dumps(body).encode()
        headers = {"Authorization": f"Bearer {self.token}", "Content-Type": "application/json", "Idempotency-Key": key}
        request = urllib.request.Request(address, sent, headers, method=method)
        with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(request, timeout=30) as answer:
            self.statuses[answer.status] += 1
            return json.load(answer)
