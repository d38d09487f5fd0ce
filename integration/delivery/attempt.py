"""Write an attempt down, make its call, and write down how it ended."""

from collections.abc import Callable
from typing import TypeVar

from integration.delivery.attempts import begin, close
from integration.delivery.lease import Held
from integration.desk import Desk
from integration.errors import GoogleError, NotAllowed, Unsure

Answer = TypeVar("Answer")


def attempt(desk: Desk, held: Held, kind: str, call: Callable[[], Answer], *, post_id: str | None = None) -> Answer:
    """What `call` answers; the delivery stays in its state. Raises what the call raises, and Lost before it is made."""
    attempt_id, _ = begin(desk, held, kind, held.state, post_id=post_id)
    try:
        answer = call()
    except (GoogleError, NotAllowed) as error:
        close(desk, attempt_id, "unknown" if isinstance(error, Unsure) else "definite_error", str(error))
        raise
    close(desk, attempt_id, "ok", post_id=getattr(answer, "google_id", None))
    return answer
