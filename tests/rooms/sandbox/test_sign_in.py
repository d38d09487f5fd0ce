"""The pages of the pretend Google's sign-in, pressed as a person would."""

import pytest

from integration.sandbox.app import Sandbox
from integration.sandbox.asked import Stopped, registered
from integration.sandbox.world import Person, World
from tests.rooms.sandbox.visiting import CALLBACK, CLASSES, ROSTERS, TOPICS, Visit, answer


@pytest.fixture
def maya(world: World) -> Person:
    return world.add_person("maya.okafor@juniper.example", "Maya Okafor", domain="juniper.example")


@pytest.fixture
def visit(sandbox: Sandbox, maya: Person) -> Visit:
    return Visit(sandbox)


def test_the_first_page_offers_each_account_by_its_address(visit: Visit, world: World) -> None:
    world.add_person("sam@mail.example", "Sam Rivera")
    page = visit.get(visit.address()).text
    assert "maya.okafor@juniper.example" in page
    assert "sam@mail.example" in page


def test_students_are_not_offered(visit: Visit, world: World) -> None:
    world.add_person("kid@juniper.example", "Ada Canarychild", domain="juniper.example", kind="student")
    assert "Canarychild" not in visit.get(visit.address()).text


def test_a_hosted_domain_narrows_the_offer(visit: Visit, world: World) -> None:
    world.add_person("sam@mail.example", "Sam Rivera")
    assert "sam@mail.example" not in visit.get(visit.address(hd="juniper.example")).text


def test_every_page_says_it_is_a_pretence_and_allows_no_script(visit: Visit) -> None:
    page = visit.get(visit.address())
    assert "Pretend Google" in page.text
    assert "<script" not in page.text
    assert page.headers["Content-Security-Policy"].startswith("default-src 'none'; style-src 'self'")


def test_choosing_an_account_leads_to_a_box_for_each_scope(visit: Visit, maya: Person) -> None:
    chosen = visit.press(visit.address(), account=maya.google_id)
    page = visit.get(chosen.headers["Location"]).text
    assert page.count('type="checkbox"') == 3
    assert "View your Google Classroom classes." in page


def test_an_unknown_address_is_asked_for_again(visit: Visit) -> None:
    page = visit.press(visit.address(), email="nobody@juniper.example")
    assert page.status_code == 400
    assert "Couldn’t find that account" in page.text


def test_allowing_sends_the_code_state_and_ticked_scopes_back(visit: Visit, maya: Person) -> None:
    consent = visit.press(visit.address(), account=maya.google_id).headers["Location"]
    back = visit.press(consent, decision="allow", scope=[CLASSES, TOPICS])
    told = answer(back.headers["Location"])
    assert back.status_code == 302
    assert back.headers["Location"].startswith(CALLBACK + "?")
    assert told["state"] == "a-state"
    assert told["hd"] == "juniper.example"
    assert CLASSES in told["scope"]
    assert ROSTERS not in told["scope"]


def test_cancel_sends_access_denied_back(visit: Visit, maya: Person) -> None:
    consent = visit.press(visit.address(), account=maya.google_id).headers["Location"]
    back = visit.press(consent, decision="cancel").headers["Location"]
    assert answer(back) == {"error": "access_denied", "state": "a-state"}


def test_refuse_is_the_same_as_cancel(visit: Visit, sandbox: Sandbox) -> None:
    assert answer(sandbox.sign_in.refuse(visit.address())) == {"error": "access_denied", "state": "a-state"}


def test_approve_can_leave_a_scope_unticked(visit: Visit, sandbox: Sandbox, maya: Person) -> None:
    told = answer(sandbox.sign_in.approve(visit.address(), maya, untick=["classroom.rosters.readonly"]))
    assert ROSTERS not in told["scope"]


def test_nothing_but_unticked_scopes_is_a_refusal(visit: Visit, sandbox: Sandbox, maya: Person) -> None:
    back = sandbox.sign_in.approve(visit.address(scope=CLASSES), maya, untick=[CLASSES])
    assert answer(back)["error"] == "access_denied"


def test_a_login_hint_skips_the_choice_of_account(visit: Visit, maya: Person) -> None:
    page = visit.get(visit.address(login_hint=maya.email))
    assert page.headers["Location"].startswith("/signin/oauth/consent?")


def test_who_allowed_everything_before_only_continues(visit: Visit, sandbox: Sandbox, maya: Person) -> None:
    visit.redeem(sandbox.sign_in.approve(visit.address(), maya))
    consent = visit.press(visit.address(), account=maya.google_id).headers["Location"]
    page = visit.get(consent).text
    assert "Continue" in page
    assert "checkbox" not in page


def test_prompt_consent_asks_again(visit: Visit, sandbox: Sandbox, maya: Person) -> None:
    visit.redeem(sandbox.sign_in.approve(visit.address(), maya))
    consent = visit.press(visit.address(prompt="consent"), account=maya.google_id).headers["Location"]
    assert visit.get(consent).text.count('type="checkbox"') == 3


def test_joining_grants_asks_only_for_what_is_new(visit: Visit, sandbox: Sandbox, maya: Person) -> None:
    visit.redeem(sandbox.sign_in.approve(visit.address(), maya, untick=[ROSTERS]))
    address = visit.address(include_granted_scopes="true")
    consent = visit.press(address, account=maya.google_id).headers["Location"]
    page = visit.get(consent).text
    assert page.count('type="checkbox"') == 1
    back = visit.press(consent, decision="allow", scope=[ROSTERS]).headers["Location"]
    assert {CLASSES, TOPICS, ROSTERS} <= set(answer(back)["scope"].split())


def test_prompt_none_answers_at_once_for_a_known_person(visit: Visit, sandbox: Sandbox, maya: Person) -> None:
    visit.redeem(sandbox.sign_in.approve(visit.address(), maya))
    back = visit.get(visit.address(prompt="none", login_hint=maya.email)).headers["Location"]
    assert answer(back)["code"]


@pytest.mark.parametrize(("hint", "error"), [
    ("", "interaction_required"), ("maya.okafor@juniper.example", "consent_required"),
])
def test_prompt_none_says_why_a_page_would_be_needed(visit: Visit, hint: str, error: str) -> None:
    back = visit.get(visit.address(prompt="none", login_hint=hint)).headers["Location"]
    assert answer(back)["error"] == error


@pytest.mark.parametrize(("given", "status", "error"), [
    ({"client_id": "stranger"}, 401, "invalid_client"),
    ({"client_id": ""}, 400, "invalid_request"),
    ({"redirect_uri": "http://evil.example/oauth/callback"}, 400, "redirect_uri_mismatch"),
    ({"redirect_uri": "http://localhost:8000/elsewhere"}, 400, "redirect_uri_mismatch"),
    ({"redirect_uri": ""}, 400, "invalid_request"),
    ({"response_type": "token"}, 400, "unsupported_response_type"),
    ({"scope": ""}, 400, "invalid_request"),
    ({"scope": "openid classroom.everything"}, 400, "invalid_scope"),
    ({"code_challenge": "short"}, 400, "invalid_request"),
    ({"code_challenge_method": "S512"}, 400, "invalid_request"),
    ({"code_challenge": ""}, 400, "invalid_request"),
    ({"access_type": "always"}, 400, "invalid_request"),
    ({"prompt": "none consent"}, 400, "invalid_request"),
    ({"prompt": "maybe"}, 400, "invalid_request"),
])
def test_a_wrong_request_ends_on_an_error_page(visit: Visit, given: dict[str, str], status: int, error: str) -> None:
    page = visit.get(visit.address(**given))
    assert page.status_code == status
    assert f"Error {status}: {error}" in page.text


def test_a_parameter_given_twice_is_refused(visit: Visit) -> None:
    assert "single value: state" in visit.get(visit.address() + "&state=another").text


def test_an_app_may_register_its_callback_exactly(visit: Visit, sandbox: Sandbox) -> None:
    sandbox.sign_in.door.redirects = registered("https://library.example/oauth/callback")
    assert visit.get(visit.address()).status_code == 400
    assert visit.get(visit.address(redirect_uri="https://library.example/oauth/callback")).status_code == 200
    assert visit.get(visit.address(redirect_uri="https://library.example/oauth/callback/")).status_code == 400


def test_an_administrator_s_block_is_a_page_of_google_s(visit: Visit, world: World, maya: Person) -> None:
    world.block(maya)
    consent = visit.press(visit.address(), account=maya.google_id).headers["Location"]
    page = visit.get(consent)
    assert page.status_code == 400
    assert "Error 400: admin_policy_enforced" in page.text


def test_approving_while_blocked_comes_back_as_the_error(visit: Visit, world: World, sandbox: Sandbox,
                                                         maya: Person) -> None:
    world.block(maya)
    assert answer(sandbox.sign_in.approve(visit.address(), maya))["error"] == "admin_policy_enforced"


def test_an_internal_app_turns_strangers_away(visit: Visit, sandbox: Sandbox, world: World) -> None:
    sandbox.sign_in.door.only_for = "juniper.example"
    sam = world.add_person("sam@mail.example", "Sam Rivera")
    with pytest.raises(Stopped, match="org_internal"):
        sandbox.sign_in.approve(visit.address(), sam)


def test_markup_in_what_the_app_sends_is_shown_as_text(visit: Visit) -> None:
    page = visit.get(visit.address(scope="openid <b>bold</b>")).text
    assert "<b>bold</b>" not in page


def test_the_style_sheet_is_served(visit: Visit) -> None:
    assert visit.get("http://google.test/_sandbox/sign-in.css").content_type.startswith("text/css")
