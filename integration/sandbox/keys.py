"""Google's signing key, and the id_tokens signed with it, honest or forged on order.

https://developers.google.com/identity/openid-connect/openid-connect#an-id-tokens-payload
"""

import hashlib
import hmac
import json
from base64 import urlsafe_b64encode
from enum import StrEnum
from threading import Lock
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

Claims = dict[str, Any]

_keys: dict[str, RSAPrivateKey] = {}
_making = Lock()


class Tamper(StrEnum):
    """The ways an id_token can be forged, so that a client can be seen to refuse each."""

    WRONG_AUD = "wrong_aud"
    WRONG_ISS = "wrong_iss"
    WRONG_NONCE = "wrong_nonce"
    WRONG_AZP = "wrong_azp"
    EXPIRED = "expired"
    ALG_NONE = "alg_none"
    HS256 = "hs256"
    OTHER_KEY = "other_key"


def key_set() -> dict[str, Any]:
    """The public key, as the JSON Web Key Set Google serves under /oauth2/v3/certs."""
    key = jwt.algorithms.RSAAlgorithm.to_jwk(_key("google").public_key(), as_dict=True)
    return {"keys": [{"kty": "RSA", "use": "sig", "alg": "RS256", "kid": _kid(), "n": key["n"], "e": key["e"]}]}


def id_token(claims: Claims, tamper: Tamper | None = None) -> str:
    """Sign `claims` with RS256, or forge them in the way `tamper` says."""
    claims = _bent(claims, tamper)
    if tamper is Tamper.ALG_NONE:
        return jwt.encode(claims, "", algorithm="none", headers={"kid": _kid()})
    if tamper is Tamper.HS256:
        return _signed_with_the_public_key(claims)
    owner = "stranger" if tamper is Tamper.OTHER_KEY else "google"
    return jwt.encode(claims, _key(owner), algorithm="RS256", headers={"kid": _kid()})


def at_hash(access_token: str) -> str:
    """The left half of the access token's SHA-256, which ties the two tokens together."""
    return _base64(hashlib.sha256(access_token.encode()).digest()[:16])


def _bent(claims: Claims, tamper: Tamper | None) -> Claims:
    match tamper:
        case Tamper.WRONG_AUD:
            return {**claims, "aud": "another-client"}
        case Tamper.WRONG_ISS:
            return {**claims, "iss": "https://accounts.example"}
        case Tamper.WRONG_NONCE:
            return {**claims, "nonce": "another-nonce"}
        case Tamper.WRONG_AZP:
            return {**claims, "azp": "another-client"}
        case Tamper.EXPIRED:
            return {**claims, "iat": claims["iat"] - 86400, "exp": claims["exp"] - 86400}
    return claims


def _signed_with_the_public_key(claims: Claims) -> str:
    """The old confusion: the public key, which everybody has, as a shared secret. PyJWT rightly refuses to write it."""
    head = _base64(json.dumps({"alg": "HS256", "typ": "JWT", "kid": _kid()}).encode())
    signed = f"{head}.{_base64(json.dumps(claims).encode())}"
    public = _key("google").public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    return f"{signed}.{_base64(hmac.new(public, signed.encode(), hashlib.sha256).digest())}"


def _key(owner: str) -> RSAPrivateKey:
    """One key for each owner and process: making it takes a tenth of a second, so not before it is asked for."""
    with _making:
        if owner not in _keys:
            _keys[owner] = generate_private_key(public_exponent=65537, key_size=2048)
        return _keys[owner]


def _kid() -> str:
    modulus = _key("google").public_key().public_numbers().n
    return hashlib.sha256(str(modulus).encode()).hexdigest()[:40]


def _base64(data: bytes) -> str:
    return urlsafe_b64encode(data).rstrip(b"=").decode()
