import pytest

from web.forms import local

AWAY = (
    "//evil.example", "///evil.example", "/\\evil.example", "\\\\evil.example", "\\/evil.example", "https://evil.example",
    "http:evil.example", "https:evil.example", "javascript:alert(1)", "data:text/html,x", "evil.example", "", " /classes",
    "/\tevil", "/\t/evil.example", "/\n/evil.example", "/classes\r\nSet-Cookie: a=b", "/\r//evil.example", "//[", "/a\x00b",
    "/" + "a" * 600, "?next=//evil", "#//evil", "@evil.example", ".//evil.example", "/\u2028/evil.example",
)


@pytest.mark.parametrize("address", AWAY)
def test_an_address_elsewhere_is_never_followed(address: str) -> None:
    assert local(address, "/classes") == "/classes"


@pytest.mark.parametrize("address", ("/", "/classes", "/classes?grade=6#grade-6", "/plans/new?collection=0192"))
def test_a_path_of_ours_is_followed(address: str) -> None:
    assert local(address, "/other") == address
