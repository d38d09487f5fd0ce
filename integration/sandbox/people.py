"""The people of the pretend Google, and the tokens apps hold for them."""

import secrets
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from integration.sandbox import permissions

ACCESS_LIVES = timedelta(hours=1)


@dataclass(eq=False)
class Person:
    """Somebody with an account. `domain` is empty for a personal account; `kind` is teacher, student or admin."""

    google_id: str
    email: str
    name: str
    domain: str = ""
    kind: str = "teacher"
    is_classroom_on: bool = True
    is_blocked: bool = False


@dataclass(frozen=True)
class Tokens:
    """What one app may do for one person. `refresh_token` is empty without offline access."""

    person: Person
    client_id: str
    scopes: frozenset[str]
    access_token: str = field(repr=False)
    refresh_token: str = field(repr=False)
    expires_at: datetime


class TokenBook:
    """Every token in circulation. Its owner holds the lock."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self._access: dict[str, Tokens] = {}
        self._refresh: dict[str, Tokens] = {}
        self._granted: dict[tuple[str, str], frozenset[str]] = {}

    def grant(self, person: Person, scopes: Iterable[str], client_id: str, offline: bool) -> Tokens:
        scopes = frozenset(permissions.spelled(scopes))
        key = person.google_id, client_id
        self._granted[key] = self._granted.get(key, frozenset()) | scopes
        refresh = f"1//0{secrets.token_urlsafe(40)}" if offline else ""
        tokens = self._issue(Tokens(person, client_id, scopes, "", refresh, self._now()))
        if refresh:
            self._refresh[refresh] = tokens
        return tokens

    def refresh(self, token: str, client_id: str) -> Tokens | None:
        known = self._refresh.get(token)
        return self._issue(known) if known and known.client_id == client_id else None

    def find(self, access: str) -> Tokens | None:
        """The tokens of a living access token; an account whose administrator bars the app has none."""
        known = self._access.get(access)
        return known if known and known.expires_at > self._now() and not known.person.is_blocked else None

    def any(self, token: str) -> Tokens | None:
        return self._refresh.get(token) or self._access.get(token)

    def granted(self, person: Person, client_id: str) -> frozenset[str]:
        return self._granted.get((person.google_id, client_id), frozenset())

    def end(self, person: Person, client_id: str | None = None) -> None:
        """End all tokens of `person`, of one app or of every app."""
        for book in (self._access, self._refresh):
            for token, known in list(book.items()):
                if known.person is person and client_id in (None, known.client_id):
                    del book[token]
        for key in list(self._granted):
            if key[0] == person.google_id and client_id in (None, key[1]):
                del self._granted[key]

    def expire(self, person: Person) -> None:
        """End her access tokens only, as an hour's passing would."""
        for token, known in list(self._access.items()):
            if known.person is person:
                del self._access[token]

    def _issue(self, known: Tokens) -> Tokens:
        tokens = replace(known, access_token=f"ya29.{secrets.token_urlsafe(48)}", expires_at=self._now() + ACCESS_LIVES)
        self._access[tokens.access_token] = tokens
        return tokens
