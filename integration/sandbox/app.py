"""The pretend Google as one WSGI app: sign-in, Classroom, and what tests may ask and order of it."""

from collections.abc import Iterable
from typing import Any

from werkzeug import Request, Response

from integration.sandbox.journal import Journal
from integration.sandbox.sign_in import SignIn
from integration.sandbox.world import World


class Sandbox:
    """A WSGI app."""

    def __init__(self, world: World, sign_in: SignIn) -> None:
        self.world = world
        self.sign_in = sign_in
        self.journal = Journal()

    def __call__(self, environ: Any, start_response: Any) -> Iterable[bytes]:
        request = Request(environ)
        answer = self.sign_in.handle(request) or Response("Not Found", 404)
        return answer(environ, start_response)


def open_sandbox(world: World, *, client_id: str = "sandbox-client", client_secret: str = "sandbox-secret") -> Sandbox:
    """A pretend Google around `world`, with one OAuth client."""
    return Sandbox(world, SignIn(world, client_id=client_id, client_secret=client_secret))
