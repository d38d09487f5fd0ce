"""The token endpoint of the pretend Google and what OpenID Connect publishes."""

import jwt
import pytest

from integration.sandbox.app import Sandbox
from integration.sandbox.keys import Tamper
from integration.sandbox.world import Person, World
from tests.conftest import Clock
from tests.rooms.sandbox.visiting import CALLBACK, CLASSES, ROOT, ROSTERS, Visit


@pytest.fixture
def maya(world: World) -> Person:
    return world.add_person("maya.okafor@juniper.example", "Maya Okafor", domain="juniper.example")


@pytest.fixture
def visit(sandbox: Sandbox, maya: Person) -> Visit:
    return Visit(sandbox)


@pytest.fixture
def back(visit: Visit, sandbox: Sandbox, maya: Person) -> str:
    return sandbox.sign_in.approve(visit.address(), maya, untick=[ROSTERS])


def read(visit: Visit, token: str) -> dict[str, object]:
    """The claims of an id_token, once its signature holds. The test's clock is not the wall's: no times."""
    keys = jwt.PyJWKSet.from_dict(visit.get(f"{ROOT}/oauth2/v3/certs").get_json())
    key = keys[jwt.get_unverified_header(token)["kid"]]
    return dict(jwt.decode(token, key, algorithms=["RS256"], audience="sandbox-client",
                           options={"verify_exp": False, "verify_iat": False, "verify_nbf": False}))


def test_a_code_is_exchanged_for_tokens(visit: Visit, back: str) -> None:
    given = visit.redeem(back)
    assert given.status_code == 200
    assert given.get_json()["token_type"] == "Bearer"
    assert given.get_json()["expires_in"] > 3000
    assert given.headers["Cache-Control"] == "no-store"


def test_the_scope_is_spelled_like_google_and_holds_only_what_was_ticked(visit: Visit, back: str) -> None:
    scopes = visit.redeem(back).get_json()["scope"].split()
    assert {"openid", "https://www.googleapis.com/auth/userinfo.email", CLASSES} <= set(scopes)
    assert "email" not in scopes
    assert ROSTERS not in scopes


def test_the_id_token_says_who_for_whom_and_how_long(visit: Visit, back: str, maya: Person, clock: Clock) -> None:
    claims = read(visit, visit.redeem(back).get_json()["id_token"])
    now = int(clock().timestamp())
    assert claims.pop("at_hash")
    assert claims.pop("picture")
    assert claims == {
        "iss": ROOT, "aud": "sandbox-client", "azp": "sandbox-client", "sub": maya.google_id, "email": maya.email,
        "email_verified": True, "hd": "juniper.example", "name": "Maya Okafor", "given_name": "Maya",
        "family_name": "Okafor", "nonce": "a-nonce", "iat": now, "exp": now + 3600,
    }


def test_a_personal_account_has_no_hosted_domain(visit: Visit, sandbox: Sandbox, world: World) -> None:
    sam = world.add_person("sam@mail.example", "Sam Rivera")
    given = visit.redeem(sandbox.sign_in.approve(visit.address(), sam)).get_json()
    assert "hd" not in read(visit, given["id_token"])


def test_without_a_sign_in_scope_there_is_no_id_token(visit: Visit, sandbox: Sandbox, maya: Person) -> None:
    back = sandbox.sign_in.approve(visit.address(scope=CLASSES), maya)
    assert "id_token" not in visit.redeem(back).get_json()


def test_a_refresh_token_comes_with_the_first_consent_only(visit: Visit, sandbox: Sandbox, maya: Person) -> None:
    first = visit.redeem(sandbox.sign_in.approve(visit.address(), maya)).get_json()
    second = visit.redeem(sandbox.sign_in.approve(visit.address(), maya)).get_json()
    forced = visit.redeem(sandbox.sign_in.approve(visit.address(prompt="consent"), maya)).get_json()
    assert "refresh_token" in first
    assert "refresh_token" not in second
    assert "refresh_token" in forced


def test_online_access_gets_no_refresh_token(visit: Visit, sandbox: Sandbox, maya: Person) -> None:
    back = sandbox.sign_in.approve(visit.address(access_type="online"), maya)
    assert "refresh_token" not in visit.redeem(back).get_json()


def test_a_refresh_token_gives_new_access_tokens_again_and_again(visit: Visit, back: str) -> None:
    token = visit.redeem(back).get_json()["refresh_token"]
    first, second = visit.refresh(token).get_json(), visit.refresh(token).get_json()
    assert first["access_token"] != second["access_token"]
    assert "refresh_token" not in first


def test_a_code_works_once_and_its_second_use_ends_the_tokens(visit: Visit, back: str) -> None:
    token = visit.redeem(back).get_json()["refresh_token"]
    again = visit.redeem(back)
    assert again.status_code == 400
    assert again.get_json()["error"] == "invalid_grant"
    assert visit.refresh(token).get_json()["error"] == "invalid_grant"


def test_a_code_lives_ten_minutes(visit: Visit, back: str, clock: Clock) -> None:
    clock.forward(minutes=11)
    assert visit.redeem(back).get_json()["error"] == "invalid_grant"


@pytest.mark.parametrize(("verifier", "description"), [
    ("", "Missing code verifier."), ("another-verifier-of-forty-three-characters-0123", "Invalid code verifier."),
])
def test_the_code_verifier_must_fit(visit: Visit, back: str, verifier: str, description: str) -> None:
    refused = visit.redeem(back, code_verifier=verifier)
    assert refused.status_code == 400
    assert refused.get_json() == {"error": "invalid_grant", "error_description": description}


def test_a_verifier_nobody_asked_for_is_refused(visit: Visit, sandbox: Sandbox, maya: Person) -> None:
    back = sandbox.sign_in.approve(visit.address(code_challenge="", code_challenge_method=""), maya)
    assert visit.redeem(back).get_json()["error_description"] == "code_verifier or verifier is not needed."


@pytest.mark.parametrize(("form", "status", "error"), [
    ({"client_secret": "wrong"}, 401, "invalid_client"),
    ({"client_id": "stranger"}, 401, "invalid_client"),
    ({"client_secret": ""}, 400, "invalid_request"),
    ({"client_id": ""}, 400, "invalid_request"),
    ({"grant_type": "password"}, 400, "unsupported_grant_type"),
    ({"grant_type": ""}, 400, "invalid_request"),
    ({"code": "nonsense"}, 400, "invalid_grant"),
    ({"redirect_uri": "http://localhost:9000/oauth/callback"}, 400, "redirect_uri_mismatch"),
    ({"redirect_uri": ""}, 400, "invalid_request"),
])
def test_a_wrong_exchange_is_refused_in_oauth_s_own_words(visit: Visit, back: str, form: dict[str, str], status: int,
                                                         error: str) -> None:
    refused = visit.redeem(back, **form)
    assert refused.status_code == status
    assert refused.get_json()["error"] == error


def test_the_client_may_say_who_it_is_by_http_basic(visit: Visit, back: str) -> None:
    token = visit.redeem(back).get_json()["refresh_token"]
    given = visit.client.post("/token", data={"grant_type": "refresh_token", "refresh_token": token},
                              auth=("sandbox-client", "sandbox-secret"))
    assert given.status_code == 200


def test_the_token_endpoint_takes_no_get(visit: Visit) -> None:
    assert visit.get(f"{ROOT}/token?grant_type=refresh_token").status_code == 405


def test_revoking_ends_every_token(visit: Visit, back: str) -> None:
    given = visit.redeem(back).get_json()
    assert visit.press(f"{ROOT}/revoke", token=given["refresh_token"]).status_code == 200
    assert visit.refresh(given["refresh_token"]).get_json()["error"] == "invalid_grant"
    assert visit.whoami(given["access_token"]).status_code == 401


def test_revoking_twice_says_so(visit: Visit, back: str) -> None:
    token = visit.redeem(back).get_json()["access_token"]
    visit.press(f"{ROOT}/revoke", token=token)
    again = visit.press(f"{ROOT}/revoke", token=token)
    assert (again.status_code, again.get_json()["error"]) == (400, "invalid_token")


def test_a_revoked_person_consents_anew_and_gets_a_refresh_token(visit: Visit, sandbox: Sandbox, maya: Person,
                                                                 back: str) -> None:
    visit.press(f"{ROOT}/revoke", token=visit.redeem(back).get_json()["access_token"])
    assert "refresh_token" in visit.redeem(sandbox.sign_in.approve(visit.address(), maya)).get_json()


def test_a_blocked_account_cannot_refresh(visit: Visit, back: str, world: World, maya: Person) -> None:
    token = visit.redeem(back).get_json()["refresh_token"]
    world.block(maya)
    assert visit.refresh(token).get_json()["error"] == "admin_policy_enforced"


def test_userinfo_tells_the_same_person(visit: Visit, back: str, maya: Person) -> None:
    access = visit.redeem(back).get_json()["access_token"]
    told = visit.whoami(access).get_json()
    assert (told["sub"], told["email"], told["hd"]) == (maya.google_id, maya.email, "juniper.example")


def test_the_configuration_names_the_root_it_is_reached_by(visit: Visit) -> None:
    told = visit.get(f"{ROOT}/.well-known/openid-configuration").get_json()
    assert told["issuer"] == ROOT
    assert told["token_endpoint"] == f"{ROOT}/token"
    assert told["id_token_signing_alg_values_supported"] == ["RS256"]
    assert told["code_challenge_methods_supported"] == ["plain", "S256"]


@pytest.mark.parametrize(("tamper", "claim"), [
    (Tamper.WRONG_AUD, "aud"), (Tamper.WRONG_ISS, "iss"), (Tamper.WRONG_NONCE, "nonce"), (Tamper.WRONG_AZP, "azp"),
])
def test_a_claim_can_be_forged(visit: Visit, sandbox: Sandbox, back: str, tamper: Tamper, claim: str) -> None:
    honest = {"aud": "sandbox-client", "iss": ROOT, "nonce": "a-nonce", "azp": "sandbox-client"}
    sandbox.sign_in.tamper = tamper
    claims = jwt.decode(visit.redeem(back).get_json()["id_token"], options={"verify_signature": False})
    assert {name for name, value in honest.items() if claims[name] != value} == {claim}


def test_an_id_token_can_be_out_of_date(visit: Visit, sandbox: Sandbox, back: str, clock: Clock) -> None:
    sandbox.sign_in.tamper = "expired"
    claims = jwt.decode(visit.redeem(back).get_json()["id_token"], options={"verify_signature": False})
    assert claims["exp"] < clock().timestamp()


@pytest.mark.parametrize("tamper", [Tamper.ALG_NONE, Tamper.HS256, Tamper.OTHER_KEY])
def test_a_signature_can_be_forged(visit: Visit, sandbox: Sandbox, back: str, tamper: Tamper) -> None:
    sandbox.sign_in.tamper = tamper
    token = visit.redeem(back).get_json()["id_token"]
    with pytest.raises(jwt.InvalidTokenError):
        read(visit, token)


def test_the_callback_is_the_one_the_app_registered(back: str) -> None:
    assert back.startswith(CALLBACK)
