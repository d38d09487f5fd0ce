"""Google's token endpoint: a code for tokens, a refresh token for a new access token; and the codes themselves.

https://developers.google.com/identity/protocols/oauth2/web-server#exchange-authorization-code
"""

import hashlib
import hmac
import secrets
from base64 import b64decode, urlsafe_b64encode
from binascii import Error as NotBase64
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Lock
from typing import Any

from werkzeug import Request

from integration.sandbox import permissions
from integration.sandbox.asked import Asked
from integration.sandbox.keys import Tamper, at_hash, id_token
from integration.sandbox.world import Person, Tokens, World

CODE_LIVES = timedelta(minutes=10)


class TokenError(Exception):
    """The token endpoint says no, in OAuth's own JSON."""

    def __init__(self, error: str, description: str, status: int = 400) -> None:
        self.status = status
        self.body = {"error": error, "error_description": description}
        super().__init__(f"{error}: {description}")


@dataclass(frozen=True)
class Consent:
    """What one person allowed one app, once."""

    person: Person
    asked: Asked
    scopes: frozenset[str]
    was_asked: bool
    given_at: datetime


@dataclass
class Codes:
    """The authorization codes in circulation. A second use of one ends the tokens of the first."""

    _fresh: dict[str, Consent] = field(default_factory=dict)
    _spent: dict[str, str] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def give(self, consent: Consent) -> str:
        code = f"4/0A{secrets.token_urlsafe(40)}"
        with self._lock:
            self._fresh[code] = consent
        return code

    def take(self, code: str, world: World) -> Consent:
        with self._lock:
            consent = self._fresh.pop(code, None)
            issued = self._spent.get(code, "")
        if issued:
            world.revoke_token(issued)
        if consent is None or world.now() - consent.given_at > CODE_LIVES:
            raise TokenError("invalid_grant", "Bad Request" if code.startswith("4/") else "Malformed auth code.")
        return consent

    def spent(self, code: str, tokens: Tokens) -> None:
        with self._lock:
            self._spent[code] = tokens.access_token


def check_client(request: Request, client_id: str, client_secret: str) -> None:
    """Read who is asking from the form or from HTTP Basic; raises TokenError (401) for a stranger."""
    given_id, given_secret = request.form.get("client_id", ""), request.form.get("client_secret", "")
    if request.headers.get("Authorization", "").startswith("Basic "):
        given_id, given_secret = _basic(request.headers["Authorization"])
    if not given_id:
        raise TokenError("invalid_request", "Could not determine client ID from request.")
    if given_id != client_id:
        raise TokenError("invalid_client", "The OAuth client was not found.", 401)
    if not given_secret:
        raise TokenError("invalid_request", "client_secret is missing.")
    if not hmac.compare_digest(given_secret.encode(), client_secret.encode()):
        raise TokenError("invalid_client", "The provided client secret is invalid.", 401)


def redeem(form: Mapping[str, str], codes: Codes, world: World, *, client_id: str, issuer: str,
           tamper: Tamper | None) -> dict[str, Any]:
    """Exchange a code for tokens. Whatever is wrong with the request, the code is used up by it."""
    code = needed(form, "code")
    redirect_uri = needed(form, "redirect_uri")
    consent = codes.take(code, world)
    if redirect_uri != consent.asked.redirect_uri:
        raise TokenError("redirect_uri_mismatch", "Bad Request")
    _check_verifier(consent.asked, form.get("code_verifier", ""))
    is_durable = consent.asked.is_offline and consent.was_asked
    tokens = world.grant(consent.person, consent.scopes, client_id=client_id, offline=is_durable)
    codes.spent(code, tokens)
    return _answer(tokens, consent, world, client_id=client_id, issuer=issuer, tamper=tamper)


def refresh(form: Mapping[str, str], world: World, *, client_id: str) -> dict[str, Any]:
    """Give a new access token for a refresh token. The refresh token stays the same and is not repeated."""
    token = needed(form, "refresh_token")
    if world.is_blocked_token(token):
        raise TokenError("admin_policy_enforced", "Your organization's policies restrict access to your account data.")
    tokens = world.refresh(token, client_id=client_id)
    if tokens is None:
        raise TokenError("invalid_grant", "Token has been expired or revoked.")
    return _plain(tokens, world)


def needed(form: Mapping[str, str], name: str) -> str:
    """A parameter that may not be missing."""
    value = form.get(name, "")
    if not value:
        raise TokenError("invalid_request", f"Missing required parameter: {name}")
    return value


def person_claims(person: Person, scopes: frozenset[str]) -> dict[str, Any]:
    """What Google says of a person to an app with `scopes`: in id_tokens and at userinfo alike."""
    claims: dict[str, Any] = {"sub": person.google_id}
    if permissions.EMAIL in scopes:
        claims |= {"email": person.email, "email_verified": True}
    if permissions.PROFILE in scopes:
        first, _, last = person.name.partition(" ")
        claims |= {"name": person.name, "given_name": first, "picture": f"https://lh3.example/a/{person.google_id}"}
        claims |= {"family_name": last} if last else {}
    return claims | ({"hd": person.domain} if person.domain else {})


def _answer(tokens: Tokens, consent: Consent, world: World, *, client_id: str, issuer: str,
            tamper: Tamper | None) -> dict[str, Any]:
    answer = _plain(tokens, world)
    if tokens.refresh_token:
        answer["refresh_token"] = tokens.refresh_token
    if tokens.scopes & set(permissions.SIGN_IN):
        issued = int(world.now().timestamp())
        claims = {"iss": issuer, "azp": client_id, "aud": client_id, **person_claims(consent.person, tokens.scopes),
                  "at_hash": at_hash(tokens.access_token), "iat": issued, "exp": issued + 3600}
        nonce = {"nonce": consent.asked.nonce} if consent.asked.nonce else {}
        answer["id_token"] = id_token(claims | nonce, tamper)
    return answer


def _plain(tokens: Tokens, world: World) -> dict[str, Any]:
    seconds = int((tokens.expires_at - world.now()).total_seconds())
    return {"access_token": tokens.access_token, "expires_in": seconds, "scope": permissions.answered(tokens.scopes),
            "token_type": "Bearer"}


def _check_verifier(asked: Asked, verifier: str) -> None:
    if not asked.challenge:
        if verifier:
            raise TokenError("invalid_grant", "code_verifier or verifier is not needed.")
        return
    if not verifier:
        raise TokenError("invalid_grant", "Missing code verifier.")
    digest = urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()
    if not hmac.compare_digest((digest if asked.is_challenge_hashed else verifier).encode(), asked.challenge.encode()):
        raise TokenError("invalid_grant", "Invalid code verifier.")


def _basic(header: str) -> tuple[str, str]:
    try:
        name, _, secret = b64decode(header.removeprefix("Basic "), validate=True).decode().partition(":")
    except (NotBase64, UnicodeDecodeError):
        return "", ""
    return name, secret
