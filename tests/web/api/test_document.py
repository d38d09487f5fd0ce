from typing import Any

from openapi_spec_validator import validate
from openapi_spec_validator.validation.validators import OpenAPIV31SpecValidator

from integration.desk import Desk
from tests.web.api.asking import ROOT
from web import create_app


def described(desk: Desk) -> dict[str, Any]:
    said: dict[str, Any] | None = create_app(desk).test_client().get(f"{ROOT}/openapi.json").json
    assert said is not None
    return said


def test_the_description_is_valid_openapi_3_1(desk: Desk) -> None:
    said = described(desk)
    validate(said, cls=OpenAPIV31SpecValidator)
    assert str(said["openapi"]).startswith("3.1")


def test_the_description_holds_every_path_there_is(desk: Desk) -> None:
    app = create_app(desk)
    routes = {rule.rule.replace("<", "{").replace(">", "}") for rule in app.url_map.iter_rules()
              if rule.rule.startswith(ROOT)} - {f"{ROOT}/openapi.json"}
    assert set(described(desk)["paths"]) == routes


def test_every_post_takes_an_idempotency_key_and_every_operation_says_how_to_sign_in(desk: Desk) -> None:
    operations = [(method, each) for path in described(desk)["paths"].values() for method, each in path.items()]
    assert [each["summary"] for method, each in operations if method == "post"
            and "Idempotency-Key" not in {parameter["name"] for parameter in each["parameters"]}] == []
    assert [each["summary"] for _, each in operations if each["security"] != [{"token": []}, {"session": [], "csrf": []}]] == []
