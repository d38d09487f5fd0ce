"""Verifying Google's id_token: signed by Google with RS256, meant for us, of this sign-in, not over.

https://developers.google.com/identity/openid-connect/openid-connect#validatinganidtoken
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import jwt

from integration.errors import Busy, Refused
from integration.google.wire import CutOff, Wire

CERTS = "https://www.googleapis.com/oauth2/v3/certs"
ISSUER = "https://accounts.google.com"
LEEWAY = 60.0
"""Seconds that our clock and Google's may differ."""
SECONDS_A_CALL = 20.0


@dataclass(frozen=True)
class Identity:
    """Who signed in. Issuer and `google_id` are the identity; the address is only shown."""

    issuer: str
    google_id: str
    email: str
    name: str
    domain: str
    """The Workspace domain Google vouches for; empty for a personal account, whatever its address looks like."""


def keys(wire: Wire, root: str) -> dict[str, Any]:
    """Google's public keys by key id, as of now."""
    published = _get(wire, f"{root}/oauth2/v3/certs" if root else CERTS)
    return {key["kid"]: jwt.PyJWK(key, algorithm="RS256").key for key in published.get("keys", ())
            if key.get("kty") == "RSA" and "kid" in key}


def issuers(wire: Wire, root: str) -> tuple[str, ...]:
    """The spellings of the issuer to believe; the first is the one we keep."""
    if not root:
        return ISSUER, ISSUER.removeprefix("https://")
    return (str(_get(wire, f"{root}/.well-known/openid-configuration")["issuer"]),)


def verify(token: str, *, keys: Mapping[str, Any], issuers: tuple[str, ...], client_id: str, nonce: str,
           now: datetime) -> Identity:
    """Read an id_token that must hold in every respect. Raises Refused, and says nothing a forger could use."""
    try:
        claims = _signed_claims(token, keys, issuers, client_id)
    except jwt.PyJWTError as error:
        raise _refused(type(error).__name__) from error
    if not _is_for_us(claims, client_id):
        raise _refused("azp")
    if claims.get("nonce") != nonce:
        raise _refused("nonce")
    if not _is_current(claims, now):
        raise _refused("exp")
    return Identity(issuers[0], str(claims["sub"]), str(claims.get("email", "")).lower(), str(claims.get("name", "")),
                    str(claims.get("hd", "")).lower())


def _signed_claims(token: str, keys: Mapping[str, Any], issuers: tuple[str, ...], client_id: str) -> dict[str, Any]:
    key = keys.get(str(jwt.get_unverified_header(token).get("kid", "")))
    if key is None:
        raise jwt.InvalidKeyError("signed with a key that Google does not publish")
    # The times are judged by the desk's clock, below.
    claims: dict[str, Any] = jwt.decode(
        token, key, algorithms=["RS256"], audience=client_id, issuer=list(issuers),
        options={"require": ["iss", "aud", "exp", "iat", "sub"], "verify_exp": False, "verify_iat": False,
                 "verify_nbf": False})
    return claims


def _is_for_us(claims: Mapping[str, Any], client_id: str) -> bool:
    """`azp` names us; it may be missing only when we are the sole audience."""
    return bool(claims.get("azp", client_id if isinstance(claims["aud"], str) else "") == client_id)


def _is_current(claims: Mapping[str, Any], now: datetime) -> bool:
    try:
        return float(claims["exp"]) + LEEWAY > now.timestamp() >= float(claims["iat"]) - LEEWAY
    except (TypeError, ValueError):
        return False


def _refused(why: str) -> Refused:
    return Refused("What Google’s answer says about who you are could not be verified, so nobody was signed in. Connect again; "
                   "if it happens once more, tell whoever runs Throughline.", reason=f"id_token {why}")


def _get(wire: Wire, address: str) -> dict[str, Any]:
    away = "Google’s sign-in could not be reached, so nobody was signed in. Try again in a minute."
    try:
        reply = wire.carry("GET", address, {"accept": "application/json"}, None, SECONDS_A_CALL)
        said = json.loads(reply.body) if reply.status == 200 else None
    except (CutOff, ValueError) as error:
        raise Busy(away, reason="cut") from error
    if not isinstance(said, dict):
        raise Busy(away, status=reply.status)
    return said
