"""Google's own client library signs in at the pretend Google: google-auth-oauthlib's Flow, carried in-process."""

import io
from typing import Any

import pytest
import requests
from google_auth_oauthlib.flow import Flow
from requests.adapters import BaseAdapter
from werkzeug.test import EnvironBuilder, run_wsgi_app

from integration.sandbox.app import Sandbox
from integration.sandbox.world import Person, World

ROOT = "https://google.test"
CALLBACK = "https://library.example/oauth/callback"
SCOPES = [
    "openid", "https://www.googleapis.com/auth/userinfo.email", "https://www.googleapis.com/auth/userinfo.profile",
    "https://www.googleapis.com/auth/classroom.courses.readonly",
]


class InProcess(BaseAdapter):
    """Carries what requests would send to a WSGI app."""

    def __init__(self, app: Any) -> None:
        super().__init__()
        self._app = app

    def send(self, request: Any, *_: Any, **__: Any) -> requests.Response:
        builder = EnvironBuilder.from_environ(_environ(request))
        body, status, headers = run_wsgi_app(self._app, builder.get_environ(), buffered=True)
        answer = requests.Response()
        answer.status_code, answer.request, answer.url = int(status.split()[0]), request, request.url
        answer.headers.update(dict(headers))
        answer.raw = io.BytesIO(b"".join(body))
        return answer

    def close(self) -> None:
        """Nothing was opened."""


def _environ(request: Any) -> Any:
    path, _, query = request.path_url.partition("?")
    return EnvironBuilder(path=path, query_string=query, base_url=ROOT, method=request.method, data=request.body or b"",
                          headers=dict(request.headers)).get_environ()


@pytest.fixture
def maya(world: World) -> Person:
    return world.add_person("maya.okafor@juniper.example", "Maya Okafor", domain="juniper.example")


@pytest.fixture
def flow(sandbox: Sandbox) -> Flow:
    client = {"client_id": "sandbox-client", "client_secret": "sandbox-secret", "auth_uri": f"{ROOT}/o/oauth2/v2/auth",
              "token_uri": f"{ROOT}/token", "redirect_uris": [CALLBACK]}
    flow = Flow.from_client_config({"web": client}, scopes=SCOPES, redirect_uri=CALLBACK)
    flow.oauth2session.mount(ROOT, InProcess(sandbox))
    return flow


def test_the_whole_flow_ends_with_usable_credentials(flow: Flow, sandbox: Sandbox, maya: Person) -> None:
    url, _ = flow.authorization_url(access_type="offline", prompt="consent", nonce="a-nonce")
    flow.fetch_token(authorization_response=sandbox.sign_in.approve(url, maya))
    credentials = flow.credentials
    assert credentials.refresh_token
    assert credentials.id_token
    known = sandbox.world.token(credentials.token)
    assert known is not None
    assert known.person == maya


def test_the_flow_sends_a_challenge_and_its_verifier(flow: Flow, sandbox: Sandbox, maya: Person) -> None:
    url, _ = flow.authorization_url()
    assert "code_challenge_method=S256" in url
    back = sandbox.sign_in.approve(url, maya)
    flow.code_verifier = "x" * 60
    with pytest.raises(Exception, match="Invalid code verifier"):
        flow.fetch_token(authorization_response=back)


def test_a_smaller_grant_shows_in_the_scope(flow: Flow, sandbox: Sandbox, maya: Person) -> None:
    url, _ = flow.authorization_url()
    back = sandbox.sign_in.approve(url, maya, untick=["classroom.courses.readonly"])
    with pytest.raises(Warning, match="Scope has changed"):
        flow.fetch_token(authorization_response=back)


def test_a_refusal_is_told_to_the_library(flow: Flow, sandbox: Sandbox) -> None:
    url, _ = flow.authorization_url()
    with pytest.raises(Exception, match="access_denied"):
        flow.fetch_token(authorization_response=sandbox.sign_in.refuse(url))
