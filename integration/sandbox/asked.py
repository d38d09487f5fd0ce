"""What an app asks of Google's authorization page, read and checked as strictly as Google does.

https://developers.google.com/identity/protocols/oauth2/web-server#creatingclient
"""

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass
from urllib.parse import urlencode, urlsplit

from werkzeug.datastructures import MultiDict

from integration.sandbox import permissions

PROMPTS = {"none", "consent", "select_account"}
CHALLENGE = re.compile(r"[A-Za-z0-9._~-]{43,128}")


class Stopped(Exception):
    """Google shows an error page and the app hears nothing."""

    def __init__(self, error: str, sentence: str, *, status: int = 400, back: str = "") -> None:
        self.error = error
        self.sentence = sentence
        self.status = status
        self.back = back
        super().__init__(f"{error}: {sentence}")


@dataclass(frozen=True)
class Asked:
    """One authorization request that Google would accept."""

    redirect_uri: str
    scopes: tuple[str, ...]
    state: str | None
    challenge: str
    is_challenge_hashed: bool
    nonce: str
    is_offline: bool
    prompts: frozenset[str]
    login_hint: str
    hosted_domain: str
    joins_granted: bool

    @property
    def tickable(self) -> tuple[str, ...]:
        """The scopes she may leave unticked: all but the sign-in ones."""
        return tuple(name for name in self.scopes if not permissions.is_sign_in(name))

    def back(self, **answer: str) -> str:
        """The callback address carrying `answer` and the app's own state."""
        state = {} if self.state is None else {"state": self.state}
        joint = "&" if "?" in self.redirect_uri else "?"
        return f"{self.redirect_uri}{joint}{urlencode({**state, **answer})}"


def read(query: MultiDict[str, str], client_id: str, redirects: Callable[[str], bool]) -> Asked:
    """Check the query of /o/oauth2/v2/auth; raises Stopped with Google's error where it would show a page."""
    _each_once(query)
    _client(query, client_id, redirects)
    if _needed(query, "response_type") != "code":
        raise Stopped("unsupported_response_type", f"Invalid response_type: {query['response_type']}")
    challenge, is_hashed = _challenge(query)
    return Asked(
        redirect_uri=query["redirect_uri"], scopes=_scopes(query), state=query.get("state"), challenge=challenge,
        is_challenge_hashed=is_hashed, nonce=query.get("nonce", ""), prompts=_prompts(query),
        is_offline=_one_of(query, "access_type", ("online", "offline")) == "offline",
        login_hint=query.get("login_hint", ""), hosted_domain=query.get("hd", ""),
        joins_granted=_one_of(query, "include_granted_scopes", ("false", "true")) == "true",
    )


def local_or_secure(redirect_uri: str) -> bool:
    """Accept what a new OAuth client would register: https anywhere, plain http only for this machine's callback."""
    parts = urlsplit(redirect_uri)
    if parts.fragment or not parts.hostname:
        return False
    is_local = parts.hostname in {"localhost", "127.0.0.1"} and parts.path == "/oauth/callback"
    return parts.scheme == "https" or (parts.scheme == "http" and is_local and not parts.query)


def registered(*addresses: str) -> Callable[[str], bool]:
    """Accept exactly these redirect URIs, letter for letter, as the Cloud console does."""
    return frozenset(addresses).__contains__


def _each_once(query: MultiDict[str, str]) -> None:
    for name, values in query.lists():
        if len(values) > 1:
            raise Stopped("invalid_request", f"OAuth 2 parameters can only have a single value: {name}")


def _client(query: MultiDict[str, str], client_id: str, redirects: Callable[[str], bool]) -> None:
    if _needed(query, "client_id") != client_id:
        raise Stopped("invalid_client", "The OAuth client was not found.", status=401)
    if not redirects(_needed(query, "redirect_uri")):
        raise Stopped("redirect_uri_mismatch", "This app gave a way back that is not on its list. If you develop it, "
                      f"register it in the Google Cloud console: redirect_uri={query['redirect_uri']}")


def _needed(query: MultiDict[str, str], name: str) -> str:
    value = query.get(name, "")
    if not value:
        raise Stopped("invalid_request", f"Missing required parameter: {name}")
    return value


def _one_of(query: MultiDict[str, str], name: str, allowed: Collection[str]) -> str:
    value = query.get(name, next(iter(allowed)))
    if value not in allowed:
        raise Stopped("invalid_request", f"Invalid parameter value for {name}: {value}")
    return value


def _scopes(query: MultiDict[str, str]) -> tuple[str, ...]:
    asked = permissions.spelled(_needed(query, "scope").split())
    wrong = [name for name in asked if name not in permissions.titles()]
    if wrong:
        raise Stopped("invalid_scope", f"Some requested scopes were invalid. {{invalid=[{', '.join(wrong)}]}}")
    return asked


def _prompts(query: MultiDict[str, str]) -> frozenset[str]:
    prompts = frozenset(query.get("prompt", "").split())
    if not prompts <= PROMPTS or (len(prompts) > 1 and "none" in prompts):
        raise Stopped("invalid_request", f"Invalid parameter value for prompt: {query['prompt']}")
    return prompts


def _challenge(query: MultiDict[str, str]) -> tuple[str, bool]:
    challenge = query.get("code_challenge", "")
    method = query.get("code_challenge_method", "plain")
    if challenge and not CHALLENGE.fullmatch(challenge):
        raise Stopped("invalid_request", "Invalid code challenge.")
    if method not in {"S256", "plain"} or ("code_challenge_method" in query and not challenge):
        raise Stopped("invalid_request", f"Invalid parameter value for code_challenge_method: {method}")
    return challenge, method == "S256"
