"""Everything that can go wrong, as one tree.

    ThroughlineError
    ├── NotFound          404  there is no such thing, or it is not yours to see
    ├── NotAllowed        403  you may not do this
    ├── SignInRequired    401  nobody is signed in
    ├── Invalid           422  what was sent cannot be used; field → sentence
    ├── AlreadyDone       409  it was done before, or something else is in its place
    └── GoogleError            Google answered no, or did not answer
        ├── SignInNeeded       the librarian must connect again; nothing happened
        ├── Refused            no for good; nothing happened
        ├── Busy               wait and ask again; nothing happened
        └── Unsure             a write was cut short; look before trying again

`str(error)` is a sentence fit for a person: what happened, what did not, and what to do next.
"""

from collections.abc import Mapping


class ThroughlineError(Exception):
    """The root of the tree; never raised itself."""


class NotFound(ThroughlineError):
    """There is no such thing, or it belongs to another school."""


class NotAllowed(ThroughlineError):
    """The person is known and may not do this."""


class SignInRequired(ThroughlineError):
    """Nobody is signed in, or the session has ended."""


class Invalid(ThroughlineError):
    """What was sent cannot be used. `fields` maps each field to one sentence."""

    def __init__(self, message: str = "", *, fields: Mapping[str, str] | None = None) -> None:
        self.fields = dict(fields or {})
        super().__init__(message or " ".join(self.fields.values()))


class AlreadyDone(ThroughlineError):
    """It was done before, or something else stands in its place."""


class GoogleError(ThroughlineError):
    """Google answered no, or did not answer.

    `reason` is Google's own word for it (`@CourseNotModifiable` without the at-sign, an RPC status such as
    `PERMISSION_DENIED`, or an OAuth error such as `invalid_grant`); empty when nothing was said.
    """

    def __init__(self, message: str, *, reason: str = "", status: int = 0) -> None:
        self.reason = reason
        self.status = status
        super().__init__(message)


class SignInNeeded(GoogleError):
    """The grant is gone or too small; she must connect again. Nothing happened."""


class Refused(GoogleError):
    """No for good. Nothing happened, and asking again changes nothing."""


class Busy(GoogleError):
    """Not now. Nothing happened; ask again after `retry_after` seconds. `of_everybody`: the limit is the whole project's."""

    def __init__(self, message: str, *, reason: str = "", status: int = 0, retry_after: float = 0.0,
                 of_everybody: bool = False) -> None:
        self.retry_after = retry_after
        self.of_everybody = of_everybody
        super().__init__(message, reason=reason, status=status)


class Unsure(GoogleError):
    """A write was cut short. It may have happened; look before trying again."""
