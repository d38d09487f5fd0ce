"""Signing in with Google: the address to send a browser to, the code for tokens, who she is, refreshing, and revoking.

google-auth-oauthlib's Flow writes the requests; our own wire carries them, so that the sandbox answers in tests and the
egress stays in one place. https://developers.google.com/identity/protocols/oauth2/web-server
"""

import json
import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from urllib.parse import urlencode, urlsplit

import requests
from google_auth_oauthlib.flow import Flow
from oauthlib.oauth2.rfc6749.errors import OAuth2Error
from requests.adapters import BaseAdapter

from integration.errors import Busy, GoogleError, Refused, SignInNeeded
from integration.google import id_tokens, scopes
from integration.google.id_tokens import Identity
from integration.google.wire import CutOff, Reply, Wire

AUTHORIZE = "https://accounts.google.com/o/oauth2/v2/auth"
TOKEN = "https://oauth2.googleapis.com/token"  # noqa: S105 - an address
REVOKE = "https://oauth2.googleapis.com/revoke"
SECONDS_A_CALL = 20.0
FORM = {"content-type": "application/x-www-form-urlencoded", "accept": "application/json"}

AWAY = "Google’s sign-in could not be reached. Nothing was changed; try again in a minute."
STALE_CODE = "Google did not accept this sign-in: it was too old or was used before. Nobody was signed in; connect again."
SENTENCES = {
    "access_denied": "You pressed Cancel, so Throughline was given nothing. You can connect whenever you like.",
    "admin_policy_enforced": "The administrator of your district has not allowed Throughline for your account. Nothing was "
                             "connected. Send the letter below to your district’s IT.",
    "org_internal": "This Throughline admits only people of the organization that runs it. Nothing was connected.",
    "access_not_configured": "Google does not know this Throughline yet. Whoever runs it must enter its client id and secret; "
                             "until then nobody can connect.",
    "invalid_grant": "Google no longer accepts this permission: it was withdrawn or has ended. Nothing was done. "
                     "Connect again to go on.",
    "invalid_client": "Google does not accept this Throughline’s client id and secret. Nothing was done. Whoever runs it must "
                      "correct them.",
}
BLOCKED = frozenset({"admin_policy_enforced", "org_internal", "access_not_configured"})

for _name in ("requests_oauthlib", "oauthlib"):
    # Both write whole tokens to the log at level DEBUG.
    logging.getLogger(_name).setLevel(logging.WARNING)


@dataclass(frozen=True)
class Client:
    """This Throughline as Google knows it; `root` stands in for all of Google's hosts when it is set."""

    id: str
    secret: str = field(repr=False)
    redirect_uri: str = ""
    root: str = ""


@dataclass(frozen=True)
class Tokens:
    """What Google gave: tokens, the scopes really granted, and how many seconds each token lasts."""

    access_token: str = field(repr=False)
    refresh_token: str = field(repr=False)
    id_token: str = field(repr=False)
    scopes: frozenset[str]
    seconds: float
    refresh_seconds: float | None = None
    """Only when Google ends the grant by itself: a time-limited permission, or an app still in testing."""


@dataclass(frozen=True)
class Departure:
    """Where to send the browser, and the verifier to keep until it comes back."""

    url: str
    verifier: str = field(repr=False)


def depart(client: Client, *, state: str, nonce: str, login_hint: str = "", hosted_domain: str = "", also: Sequence[str] = ()
           ) -> Departure:
    """The address of Google's consent page, asking for every scope of ours and `also` those she chose, with PKCE (S256)."""
    if not client.id:
        raise Refused(SENTENCES["access_not_configured"], reason="access_not_configured")
    flow = _flow(client, [*scopes.NAMES, *also])
    hints = {"login_hint": login_hint, "hd": hosted_domain}
    url, _ = flow.authorization_url(
        access_type="offline", prompt="consent" if login_hint else "select_account consent", state=state, nonce=nonce,
        **{name: value for name, value in hints.items() if value})
    return Departure(f"{_at(client.root, AUTHORIZE)}?{urlsplit(url).query}", flow.code_verifier)


def redeem(wire: Wire, client: Client, *, code: str, verifier: str) -> Tokens:
    """Exchange the code that came back for tokens. Raises Refused or Busy."""
    if not code:
        raise Refused(STALE_CODE, reason="invalid_request")
    flow = _flow(client, None)
    flow.code_verifier = verifier
    # The Flow is told Google's own https address; the adapter carries its request to wherever the settings say.
    flow.oauth2session.mount("https://", OverTheWire(wire, _at(client.root, TOKEN)))
    try:
        answer = flow.fetch_token(code=code, include_client_id=True, timeout=SECONDS_A_CALL)
    except OAuth2Error as error:
        raise Refused(SENTENCES["invalid_client"] if error.error == "invalid_client" else STALE_CODE,
                      reason=str(error.error or "")) from error
    return _tokens(dict(answer))


def identify(wire: Wire, client: Client, token: str, *, nonce: str, now: datetime) -> Identity:
    """Who the id_token says she is, once everything about it is verified. Raises Refused or Busy."""
    return id_tokens.verify(token, keys=id_tokens.keys(wire, client.root), issuers=id_tokens.issuers(wire, client.root),
                            client_id=client.id, nonce=nonce, now=now)


def refresh(wire: Wire, client: Client, refresh_token: str) -> Tokens:
    """A fresh access token. Raises SignInNeeded when the grant is gone or blocked, Busy when Google is away."""
    reply = _post(wire, _at(client.root, TOKEN), {
        "grant_type": "refresh_token", "refresh_token": refresh_token, "client_id": client.id, "client_secret": client.secret})
    said = _json(reply)
    if reply.status == 200 and "access_token" in said:
        return _tokens(said)
    raise _refusal(str(said.get("error", "")), reply.status)


def revoke(wire: Wire, client: Client, token: str) -> None:
    """Tell Google to forget the whole grant behind `token`. Forgotten already is as good. Raises Refused or Busy.

    https://developers.google.com/identity/protocols/oauth2/web-server#tokenrevoke
    """
    reply = _post(wire, _at(client.root, REVOKE), {"token": token})
    reason = str(_json(reply).get("error", ""))
    if reply.status != 200 and reason not in {"invalid_token", "invalid_grant"}:
        raise Refused("Google did not take the permission back when asked. You can remove it yourself under "
                      "myaccount.google.com/connections.", reason=reason, status=reply.status)


def why_stopped(error: str) -> GoogleError:
    """What Google's `error` on the way back means."""
    sentence = SENTENCES.get(error, "Google stopped the sign-in. Nothing was connected; try again.")
    return Refused(sentence, reason=error)


class OverTheWire(BaseAdapter):
    """Lets the requests library, inside google-auth-oauthlib, send to one address through our wire."""

    def __init__(self, wire: Wire, address: str) -> None:
        super().__init__()
        self._wire = wire
        self._address = address

    def send(self, request: requests.PreparedRequest, *_given: Any, **_named: Any) -> requests.Response:
        form = request.body
        assert isinstance(form, str)
        reply = _carry(self._wire, "POST", self._address, FORM, form.encode())
        answer = requests.Response()
        answer.status_code, answer.url, answer.encoding, answer.request = reply.status, self._address, "utf-8", request
        answer._content = reply.body
        return answer

    def close(self) -> None:
        """Nothing was opened."""


def _flow(client: Client, asked: list[str] | None) -> Flow:
    config = {"client_id": client.id, "client_secret": client.secret, "auth_uri": AUTHORIZE, "token_uri": TOKEN}
    return Flow.from_client_config({"web": config}, scopes=asked, redirect_uri=client.redirect_uri)


def _at(root: str, address: str) -> str:
    """Google's address, or the same path under the one root of the settings."""
    return root + urlsplit(address).path if root else address


def _post(wire: Wire, address: str, form: Mapping[str, str]) -> Reply:
    return _carry(wire, "POST", address, FORM, urlencode(form).encode())


def _carry(wire: Wire, method: str, address: str, headers: Mapping[str, str], body: bytes | None) -> Reply:
    try:
        reply = wire.carry(method, address, headers, body, SECONDS_A_CALL)
    except CutOff as error:
        raise Busy(AWAY, reason="cut") from error
    if reply.status == 429 or reply.status >= 500:
        raise Busy(AWAY, status=reply.status)
    return reply


def _json(reply: Reply) -> dict[str, Any]:
    try:
        said = json.loads(reply.body)
    except ValueError:
        return {}
    return said if isinstance(said, dict) else {}


def _tokens(said: Mapping[str, Any]) -> Tokens:
    scope, ends = said.get("scope", ""), said.get("refresh_token_expires_in")
    return Tokens(
        access_token=str(said["access_token"]), refresh_token=str(said.get("refresh_token", "")),
        id_token=str(said.get("id_token", "")), seconds=float(said.get("expires_in", 0)),
        scopes=scopes.spelled(scope if isinstance(scope, str) else " ".join(scope)),
        refresh_seconds=None if ends is None else float(ends))


def _refusal(reason: str, status: int) -> GoogleError:
    if reason == "invalid_grant" or reason in BLOCKED:
        return SignInNeeded(SENTENCES[reason], reason=reason, status=status)
    # A wrong client secret is the installation's fault, not hers: what waits goes on waiting.
    return Busy(SENTENCES.get(reason, AWAY), reason=reason, status=status, retry_after=300.0)
