"""An access token that is renewed once when Google does not take it; then nothing was done, so it is asked again."""

from collections.abc import Callable
from typing import TypeVar

from integration.errors import SignInNeeded
from integration.google.call import Carriage
from integration.google.wire import Wire

T = TypeVar("T")


class Renewed:
    """Asks in somebody's name. `renew` gives a fresh access token when Google does not take the present one."""

    def __init__(self, wire: Wire, access_token: str, *, renew: Callable[[str], str]) -> None:
        self._wire = wire
        self._access_token = access_token
        self._renew = renew

    @property
    def _carriage(self) -> Carriage:
        return Carriage(self._wire, self._access_token)

    def _renewed(self, ask: Callable[[], T]) -> T:
        """Do it, once more when Google did not take the token: then nothing was done."""
        try:
            return ask()
        except SignInNeeded as error:
            if error.status != 401:
                raise
            self._access_token = self._renew(self._access_token)
            return ask()
