"""The scopes the pretend Google knows, in Google's own words, read from the discovery documents it publishes.

https://developers.google.com/identity/protocols/oauth2/scopes
"""

import json
from collections.abc import Iterable
from functools import cache
from importlib import resources

PREFIX = "https://www.googleapis.com/auth/"
OPENID = "openid"
EMAIL = f"{PREFIX}userinfo.email"
PROFILE = f"{PREFIX}userinfo.profile"
SIGN_IN = (OPENID, EMAIL, PROFILE)
SHORT = {"email": EMAIL, "profile": PROFILE}
APIS = ("classroom.v1", "drive.v3", "gmail.v1", "sheets.v4", "oauth2.v2")


@cache
def titles() -> dict[str, str]:
    """Each scope of the APIs in use with the sentence Google shows for it."""
    known: dict[str, str] = {}
    for api in APIS:
        document = resources.files("googleapiclient.discovery_cache") / "documents" / f"{api}.json"
        scopes = json.loads(document.read_text("utf-8"))["auth"]["oauth2"]["scopes"]
        known |= {name: about["description"] for name, about in scopes.items()}
    return known


def spelled(scopes: Iterable[str]) -> tuple[str, ...]:
    """The scopes in Google's long spelling, each once, in the order they came."""
    return tuple(dict.fromkeys(SHORT.get(name, name) for name in scopes))


def answered(scopes: Iterable[str]) -> str:
    """The scopes as a token response lists them; `openid` joins whenever who she is was asked for."""
    given = set(scopes)
    if given & set(SIGN_IN):
        given.add(OPENID)
    return " ".join(sorted(given))


def is_sign_in(scope: str) -> bool:
    """Whether the scope only says who she is, so that Google asks for it without a tick box."""
    return scope in SIGN_IN


def full_name(name: str) -> str:
    """The whole scope for its last word, such as `classroom.topics`."""
    return name if name == OPENID or name.startswith("https://") else PREFIX + name
