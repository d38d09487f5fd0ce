"""The pretend Google of a simulation, called in this process, and a witness who writes down what really happened in its classes."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlsplit

from werkzeug import Request, Response
from werkzeug.datastructures import MultiDict
from werkzeug.test import EnvironBuilder

from integration.google.wire import CutOff, Reply
from integration.sandbox import batch
from integration.sandbox.classroom import Classroom, Sent
from integration.sandbox.journal import Journal
from integration.sandbox.quota import Window
from integration.sandbox.refusal import Refusal
from integration.sandbox.sign_in import SignIn
from integration.sandbox.trouble import after, before
from integration.sandbox.world import World
from tests.simulation.weather import Weather


@dataclass(frozen=True)
class Seen:
    """Something that happened to a post: who did it is `app`, or `person`."""

    at: float
    course: str
    post: str
    key: str
    """The one word of ours in it, by which the checker knows what it belongs to without asking our database."""
    was: str
    now: str
    """Google's state before and after; empty for not there."""
    is_reworded: bool
    by: str
    says: str = ""


class Witness:
    """Looks at every class after everything that may have changed one."""

    def __init__(self, world: World, seconds: Callable[[], float]) -> None:
        self.history: list[Seen] = []
        self._world = world
        self._seconds = seconds
        self._known: dict[tuple[str, str], tuple[str, str, str]] = {}

    def look(self, by: str) -> None:
        """Write down what changed since the last look."""
        for course_id, course in self._world.courses.items():
            for post_id, post in course.posts.items():
                if not post.project:
                    continue
                body, at = post.body, (course_id, post_id)
                key, was, words = self._known.get(at, ("", "", ""))
                said = f"{body.get('title', '')}|{body.get('text', '')}|{body.get('description', '')}"
                if (was, words) != (body["state"], said):
                    key = key or self._key(said)
                    self._known[at] = key, body["state"], said
                    self.history.append(Seen(self._seconds(), *at, key, was, body["state"], bool(was) and words != said, by, said))
            self._miss(course_id, set(course.posts), by)

    def key_of(self, course: str, post: str) -> str:
        """The word of ours that was in a post when it first appeared."""
        return self._known[course, post][0]

    def born(self, course: str, post: str) -> float:
        """When a post came into a class."""
        return next(each.at for each in self.history if (each.course, each.post, each.was) == (course, post, ""))

    def _miss(self, course_id: str, there: set[str], by: str) -> None:
        """Write down what is gone without a trace."""
        for at in [at for at in self._known if at[0] == course_id and at[1] not in there]:
            key, was, _ = self._known.pop(at)
            self.history.append(Seen(self._seconds(), *at, key, was, "", False, by))

    def _key(self, said: str) -> str:
        return next((word for word in said.replace("|", " ").split() if word.startswith("Volcanoes-")), "")


class Google:
    """What answers at the other end of the wire."""

    def __init__(self, world: World, weather: Weather, window: Window, witness: Witness) -> None:
        self.world = world
        self.journal = Journal()
        self.witness = witness
        self._weather = weather
        self._classroom = Classroom(world, self.journal, weather, window)
        self._sign_in = SignIn(world, client_id="sandbox-client", client_secret="sandbox-secret")

    def carry(self, method: str, url: str, headers: Mapping[str, str], body: bytes | None, timeout: float) -> Reply:
        """One request, once. Raises CutOff."""
        self.settle()
        self._let_late_ones_in(method, body or b"")
        try:
            answer = self._answer(method, url, headers, body or b"")
        except ConnectionRefusedError as error:
            raise CutOff(str(error), sent=False) from error
        except ConnectionError as error:
            raise CutOff(str(error), sent=True) from error
        finally:
            self.witness.look("app")
            self._let_late_ones_in(method, body or b"")
        return Reply(answer.status_code, {name.lower(): value for name, value in answer.headers.items()}, answer.get_data())

    def settle(self) -> None:
        """Do what was put off until now."""
        self.world.settle()
        self.witness.look("app")

    def _let_late_ones_in(self, method: str, body: bytes) -> None:
        """What is on its way although nobody waits for it any more may come in just before or just after another write.

        Mostly about a deletion, because then it matters most.
        """
        if method != "GET" and self.world.is_behind and self._weather.overtakes(
                is_deletion=method == "DELETE" or b"DELETE /v1/" in body):
            self.world.settle(is_all=True)
            self.witness.look("app")

    def _answer(self, method: str, url: str, headers: Mapping[str, str], body: bytes) -> Response:
        parts = urlsplit(url)
        token = next((value for name, value in headers.items() if name.lower() == "authorization"), "")
        if parts.path.startswith("/v1/") and "x-http-method-override" not in headers:
            return self._classroom.answer(Sent(method, parts.path, MultiDict(parse_qsl(parts.query, keep_blank_values=True)),
                                               token, body))
        request = Request(EnvironBuilder(path=parts.path, query_string=parts.query, method=method, headers=list(headers.items()),
                                         data=body).get_environ())
        return self._by_hand(request)

    def _by_hand(self, request: Request) -> Response:
        is_batch = request.path in batch.PATHS
        order = self._weather.pick("batch" if is_batch else f"oauth.{request.path.strip('/')}", request.method, None, "")
        try:
            before(order)
            answer = self._batch(request) if is_batch else self._sign_in.handle(request)
            after(order)
        except Refusal as refusal:
            return Response(json.dumps(refusal.body), refusal.status, content_type="application/json")
        assert answer is not None, request.path
        return answer

    def _batch(self, request: Request) -> Response:
        """Its calls come on one connection, so that none of them alone is refused one."""
        self._weather.is_connected = True
        try:
            return batch.answer(request, self._classroom.answer)
        finally:
            self._weather.is_connected = False
