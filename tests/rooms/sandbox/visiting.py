"""A browser and an app that visit the pretend Google's sign-in, for these tests only."""

import base64
import hashlib
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from werkzeug.test import Client, TestResponse

from integration.sandbox.app import Sandbox

ROOT = "http://google.test"
CALLBACK = "http://localhost:8000/oauth/callback"
CLASSES = "https://www.googleapis.com/auth/classroom.courses.readonly"
ROSTERS = "https://www.googleapis.com/auth/classroom.rosters.readonly"
TOPICS = "https://www.googleapis.com/auth/classroom.topics"
VERIFIER = "a-verifier-of-at-least-forty-three-characters-0123"
CHALLENGE = base64.urlsafe_b64encode(hashlib.sha256(VERIFIER.encode()).digest()).rstrip(b"=").decode()


@dataclass
class Visit:
    """An app that sends people to Google and exchanges what comes back."""

    sandbox: Sandbox
    client: Client = field(init=False)

    def __post_init__(self) -> None:
        self.client = Client(self.sandbox)

    def address(self, **given: str) -> str:
        asked = {"client_id": "sandbox-client", "redirect_uri": CALLBACK, "response_type": "code",
                 "scope": f"openid email profile {CLASSES} {TOPICS} {ROSTERS}", "state": "a-state", "nonce": "a-nonce",
                 "access_type": "offline", "code_challenge": CHALLENGE, "code_challenge_method": "S256", **given}
        return f"{ROOT}/o/oauth2/v2/auth?{urlencode({name: value for name, value in asked.items() if value})}"

    def get(self, url: str) -> TestResponse:
        parts = urlsplit(url)
        return self.client.get(parts.path, query_string=parts.query, base_url=ROOT)

    def press(self, url: str, **form: Any) -> TestResponse:
        parts = urlsplit(url)
        return self.client.post(parts.path, query_string=parts.query, base_url=ROOT, data=form)

    def token(self, **form: str) -> TestResponse:
        known = {"client_id": "sandbox-client", "client_secret": "sandbox-secret"}
        sent = {name: value for name, value in {**known, **form}.items() if value}
        return self.client.post("/token", base_url=ROOT, data=sent)

    def redeem(self, callback: str, **form: str) -> TestResponse:
        sent = {"grant_type": "authorization_code", "code": answer(callback)["code"], "redirect_uri": CALLBACK}
        return self.token(**{**sent, "code_verifier": VERIFIER, **form})

    def refresh(self, token: str) -> TestResponse:
        return self.token(grant_type="refresh_token", refresh_token=token)

    def whoami(self, access: str) -> TestResponse:
        return self.client.get("/oauth2/v3/userinfo", base_url=ROOT, headers={"Authorization": f"Bearer {access}"})


def answer(callback: str) -> dict[str, str]:
    """What a callback address carries."""
    return dict(parse_qsl(urlsplit(callback).query))
