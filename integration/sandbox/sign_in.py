"""Google's side of signing in: the account and consent pages, the token endpoint, and what OpenID Connect publishes.

An independent opinion, written from Google's pages:
https://developers.google.com/identity/protocols/oauth2/web-server and
https://developers.google.com/identity/openid-connect/openid-connect
"""

import json
from collections.abc import Callable, Collection
from typing import Any

from werkzeug import Request, Response

from integration.sandbox import sign_in_page
from integration.sandbox.asked import Stopped, local_or_secure
from integration.sandbox.exchange import Codes, TokenError, check_client, needed, person_claims, redeem, refresh
from integration.sandbox.front_door import AUTHORIZE, CONSENT, FrontDoor
from integration.sandbox.keys import Tamper, key_set
from integration.sandbox.world import Person, World


class SignIn:
    """Signing in at the pretend Google.

    `handle` answers a request to one of Google's sign-in paths. Tests without a browser use `approve` and `refuse`,
    which press the same buttons, and may set `tamper` so that the following id_tokens are forged. `only_for` makes the
    app an Internal one of that Workspace domain.
    """

    def __init__(self, world: World, *, client_id: str, client_secret: str, app: str = "Throughline",
                 redirects: Callable[[str], bool] = local_or_secure, only_for: str = "") -> None:
        self.world = world
        self.tamper: Tamper | str | None = None
        self._codes = Codes()
        self.door = FrontDoor(world, self._codes, client_id=client_id, redirects=redirects, app=app, only_for=only_for)
        self._client_id = client_id
        self._client_secret = client_secret
        self._paths: dict[str, Callable[[Request], Response]] = {
            AUTHORIZE: self.door.authorize, CONSENT: self.door.consent, "/token": self._token, "/revoke": self._revoke,
            "/oauth2/v3/certs": self._certs, "/oauth2/v3/userinfo": self._userinfo, "/v1/userinfo": self._userinfo,
            "/.well-known/openid-configuration": self._configuration, sign_in_page.STYLE: self._style,
        }

    def handle(self, request: Request) -> Response | None:
        """Answer a request of the sign-in; None when its path belongs to another part of Google."""
        answer = self._paths.get(request.path)
        if answer is None:
            return None
        try:
            return answer(request)
        except Stopped as stopped:
            return sign_in_page.error_page(self.door.app, stopped)
        except TokenError as error:
            return _json(error.body, error.status)

    def approve(self, url: str, person: Person, *, untick: Collection[str] = ()) -> str:
        """Choose `person`, untick some scopes (whole names or their last words), allow; gives the callback address.

        Raises Stopped when Google would show an error page without a way back.
        """
        return self.door.approve(url, person, untick)

    def refuse(self, url: str) -> str:
        """Press Cancel; gives the callback address."""
        return self.door.refuse(url)

    def _token(self, request: Request) -> Response:
        _only_post(request)
        check_client(request, self._client_id, self._client_secret)
        kind = needed(request.form, "grant_type")
        if kind == "authorization_code":
            tamper = Tamper(self.tamper) if self.tamper else None
            return _json(redeem(request.form, self._codes, self.world, client_id=self._client_id, issuer=_root(request),
                                tamper=tamper))
        if kind == "refresh_token":
            return _json(refresh(request.form, self.world, client_id=self._client_id))
        raise TokenError("unsupported_grant_type", f"Invalid grant_type: {kind}")

    def _revoke(self, request: Request) -> Response:
        """https://developers.google.com/identity/protocols/oauth2/web-server#tokenrevoke"""
        if not self.world.revoke_token(needed(request.values, "token")):
            raise TokenError("invalid_token", "Token expired or revoked")
        return _json({})

    def _userinfo(self, request: Request) -> Response:
        scheme, _, access = request.headers.get("Authorization", "").partition(" ")
        known = self.world.token(access) if scheme == "Bearer" else None
        if known is None:
            raise TokenError("invalid_request", "Invalid Credentials", 401)
        return _json(person_claims(known.person, known.scopes))

    def _certs(self, _: Request) -> Response:
        answer = _json(key_set())
        answer.headers["Cache-Control"] = "public, max-age=20000, must-revalidate, no-transform"
        return answer

    def _style(self, _: Request) -> Response:
        return sign_in_page.style_sheet()

    def _configuration(self, request: Request) -> Response:
        """https://accounts.google.com/.well-known/openid-configuration, with this very root in place of Google's."""
        root = _root(request)
        return _json({
            "issuer": root,
            "authorization_endpoint": root + AUTHORIZE,
            "token_endpoint": f"{root}/token",
            "userinfo_endpoint": f"{root}/v1/userinfo",
            "revocation_endpoint": f"{root}/revoke",
            "jwks_uri": f"{root}/oauth2/v3/certs",
            "response_types_supported": ["code"],
            "response_modes_supported": ["query"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["RS256"],
            "scopes_supported": ["openid", "email", "profile"],
            "token_endpoint_auth_methods_supported": ["client_secret_post", "client_secret_basic"],
            "claims_supported": ["aud", "email", "email_verified", "exp", "family_name", "given_name", "iat", "iss",
                                 "name", "picture", "sub"],
            "code_challenge_methods_supported": ["plain", "S256"],
            "grant_types_supported": ["authorization_code", "refresh_token"],
        })


def _root(request: Request) -> str:
    return request.host_url.rstrip("/")


def _only_post(request: Request) -> None:
    if request.method != "POST":
        raise TokenError("invalid_request", "The token endpoint takes POST only.", 405)


def _json(body: dict[str, Any], status: int = 200) -> Response:
    return Response(json.dumps(body), status, content_type="application/json; charset=utf-8",
                    headers={"Cache-Control": "no-store", "Pragma": "no-cache"})
