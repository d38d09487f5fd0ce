"""The pretend Google as one WSGI app: sign-in, Classroom with Drive and mail, and what tests may ask and order of it."""

import json
from collections.abc import Iterable
from typing import Any
from urllib.parse import parse_qsl

from werkzeug import Request, Response
from werkzeug.datastructures import MultiDict

from integration.sandbox import batch, catalogue, trouble
from integration.sandbox.backstage import Backstage
from integration.sandbox.classroom import Classroom, Sent
from integration.sandbox.journal import Journal
from integration.sandbox.quota import Window
from integration.sandbox.refusal import Refusal
from integration.sandbox.sign_in import SignIn
from integration.sandbox.trouble import Kind, Trouble
from integration.sandbox.world import World


class Sandbox:
    """A WSGI app. A broken connection is raised as ConnectionError; a server has to close the socket then."""

    def __init__(self, world: World, sign_in: SignIn, *, quota: Window | None = None) -> None:
        self.world = world
        self.sign_in = sign_in
        self.journal = Journal()
        self.trouble = Trouble()
        self.quota = quota or Window()
        self._classroom = Classroom(world, self.journal, self.trouble, self.quota)
        self._backstage = Backstage(world, self.journal, self.trouble)

    def __call__(self, environ: Any, start_response: Any) -> Iterable[bytes]:
        return self.answer(Request(environ))(environ, start_response)

    def answer(self, request: Request) -> Response:
        """Whichever part of Google the path belongs to."""
        answer = self._backstage.handle(request) or catalogue.handle(request) or self._signed_in(request)
        if answer is not None:
            return answer
        if request.path in batch.PATHS:
            return self._batch(request)
        return self._classroom.answer(_sent(request))

    def _batch(self, request: Request) -> Response:
        try:
            return batch.answer(request, self._classroom.answer)
        except Refusal as refusal:
            return _no(refusal)

    def _signed_in(self, request: Request) -> Response | None:
        """Sign-in, with the weather ordered for `oauth.token` and the like; only paths are written down, no secrets."""
        name = f"oauth.{request.path.strip('/').replace('/', '.')}"
        status = 0
        order = self.trouble.pick(name, request.method, None, "") if request.path in {"/token", "/revoke"} else None
        try:
            trouble.before(order)
            answer = self.sign_in.handle(request)
            if answer is None:
                return None
            trouble.after(order)
            status = answer.status_code
        except Refusal as refusal:
            answer, status = _no(refusal), refusal.status
        finally:
            if status or order:
                self._write_down(request, name, status, order.kind if order else None)
        return answer

    def _write_down(self, request: Request, name: str, status: int, kind: Kind | None) -> None:
        self.journal.write(at=self.world.now().isoformat(), method=request.method, path=request.path, query=(),
                           status=status, account="", name=name, verdict="ok", trouble=kind.value if kind else "")


def open_sandbox(world: World, *, client_id: str = "sandbox-client", client_secret: str = "sandbox-secret",
                 quota: Window | None = None) -> Sandbox:
    """A pretend Google around `world`, with one OAuth client."""
    return Sandbox(world, SignIn(world, client_id=client_id, client_secret=client_secret), quota=quota)


def _sent(request: Request) -> Sent:
    """One call; a GET too long for a URL arrives as a POST with its query as the body."""
    verb = request.headers.get("X-HTTP-Method-Override", request.method)
    if verb == request.method:
        return Sent(verb, request.path, MultiDict(request.args), request.headers.get("Authorization", ""), request.get_data(),
                    request.headers.get("Content-Type", ""))
    query = parse_qsl(request.get_data(as_text=True), keep_blank_values=True)
    return Sent(verb, request.path, MultiDict([*request.args.items(multi=True), *query]),
                request.headers.get("Authorization", ""))


def _no(refusal: Refusal) -> Response:
    return Response(json.dumps(refusal.body), refusal.status, content_type="application/json; charset=UTF-8")
