"""What carries bytes, and what refuses to."""

from collections.abc import Callable, Iterable
from typing import Any

import pytest

from integration.errors import NotAllowed
from integration.google.wire import CutOff, OnlyReading, WsgiWire

Start = Callable[[str, list[tuple[str, str]]], Any]


def echo(environ: dict[str, Any], start: Start) -> Iterable[bytes]:
    start("200 OK", [("X-Method", environ["REQUEST_METHOD"])])
    return [environ["wsgi.input"].read()]


@pytest.mark.parametrize("method", ["POST", "PATCH", "PUT", "DELETE"])
def test_with_writing_switched_off_no_write_is_carried(method: str) -> None:
    with pytest.raises(NotAllowed, match="switched off"):
        OnlyReading(WsgiWire(echo)).carry(method, "http://google.test/v1/courses/1/topics", {}, b"{}", 1)


def test_with_writing_switched_off_reads_and_sign_in_go_on() -> None:
    wire = OnlyReading(WsgiWire(echo))
    assert wire.carry("GET", "http://google.test/v1/courses", {}, None, 1).status == 200
    assert wire.carry("POST", "http://google.test/token", {}, b"a=b", 1).body == b"a=b"


@pytest.mark.parametrize(("trouble", "was_sent"), [
    (ConnectionRefusedError, False), (ConnectionResetError, True), (TimeoutError, True),
])
def test_a_broken_connection_tells_whether_google_may_have_heard(trouble: type[OSError], was_sent: bool) -> None:
    def broken(_environ: dict[str, Any], _start: Start) -> Iterable[bytes]:
        raise trouble("gone")

    with pytest.raises(CutOff) as cut:
        WsgiWire(broken).carry("POST", "http://google.test/v1/courses", {}, b"{}", 1)
    assert cut.value.sent is was_sent
