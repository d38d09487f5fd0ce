"""What tests and demonstrations may ask of the pretend Google over HTTP, under /_sandbox/."""

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict
from typing import Any

from werkzeug import Request, Response

from integration.sandbox.journal import Journal
from integration.sandbox.trouble import Trouble
from integration.sandbox.world import World

ACTS = frozenset({"archive", "change_course", "edit_post", "delete_post", "publish_post"})
"""What a teacher can be made to do in Classroom."""


class Backstage:
    """/_sandbox/journal, /state, /trouble and /act."""

    def __init__(self, world: World, journal: Journal, trouble: Trouble) -> None:
        self.world = world
        self.journal = journal
        self.trouble = trouble
        self._paths: Mapping[str, Callable[[Request], Any]] = {
            "/_sandbox/journal": self._journal, "/_sandbox/state": self._state, "/_sandbox/trouble": self._trouble,
            "/_sandbox/act": self._act}

    def handle(self, request: Request) -> Response | None:
        """Answer what is asked here; None when it is for another part of Google."""
        answer = self._paths.get(request.path)
        if answer is None:
            return None
        try:
            return _json(answer(request))
        except (KeyError, TypeError, ValueError) as error:
            return _json({"error": f"The pretend Google cannot do this; nothing changed. {error}"}, 400)

    def _journal(self, request: Request) -> Any:
        """The calls, all or after number `after`, of one method with `name`; DELETE forgets them."""
        if request.method == "DELETE":
            self.journal.clear()
        after, name = int(request.args.get("after", "0")), request.args.get("name", "")
        return {"calls": [asdict(call) for call in self.journal if call.number > after and name in ("", call.name)]}

    def _state(self, request: Request) -> Any:
        """What stands in each class, or in `course`."""
        chosen = request.args.getlist("course") or list(self.world.courses)
        with self.world.lock:
            return {"courses": {id: {"name": self.world.course(id)["name"], "state": self.world.course(id)["courseState"],
                                     "posts": self.world.posts(id)} for id in chosen}}

    def _trouble(self, request: Request) -> Any:
        """POST one order or a list of them, DELETE takes all back."""
        if request.method == "DELETE":
            self.trouble.clear()
        if request.method == "POST":
            asked = request.get_json()
            for order in asked if isinstance(asked, list) else [asked]:
                self.trouble.order(**order)
        return {"orders": self.trouble.listed()}

    def _act(self, request: Request) -> Any:
        """Make a teacher do something: {"act": "edit_post", "course": ..., "id": ..., "text": ...}."""
        asked = dict(request.get_json()) if request.method == "POST" else {}
        act = asked.pop("act", "")
        if act not in ACTS:
            raise ValueError(f"There is no act “{act}”; there are {', '.join(sorted(ACTS))}.")
        getattr(self.world, act)(**asked)
        return {}


def _json(body: Any, status: int = 200) -> Response:
    return Response(json.dumps(body, ensure_ascii=False), status, content_type="application/json; charset=utf-8")
