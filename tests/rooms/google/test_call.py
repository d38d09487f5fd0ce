"""What Google's answers mean, in our own words."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field

import httplib2
import pytest
from googleapiclient.errors import HttpError

from integration.errors import Busy, GoogleError, Refused, SignInNeeded, Unsure
from integration.google.call import Carriage, read, translate, understand, write
from integration.google.classroom import resources
from integration.google.wire import CutOff, Reply


def body(status: int, rpc: str, message: str = "", **more: object) -> bytes:
    return json.dumps({"error": {"code": status, "status": rpc, "message": message, **more}}).encode()


def said(status: int, content: bytes, *, is_write: bool = False, headers: Mapping[str, str] | None = None) -> GoogleError:
    return translate(HttpError(httplib2.Response({"status": str(status), **(headers or {})}), content), is_write=is_write)


@dataclass
class Script:
    """A wire that answers from a script and remembers how often it was asked."""

    answers: list[Reply | CutOff]
    asked: list[str] = field(default_factory=list)

    def carry(self, method: str, url: str, headers: Mapping[str, str], body: bytes | None, timeout: float) -> Reply:
        self.asked.append(method)
        answer = self.answers.pop(0)
        if isinstance(answer, CutOff):
            raise answer
        return answer


def ask(script: Script) -> object:
    return read(resources("http://google.test").courses.get(id="1"), Carriage(script, "token"))


def post(script: Script) -> object:
    return write(resources("http://google.test").topics.create(courseId="1", body={"name": "Library"}),
                 Carriage(script, "token"))


def test_the_word_at_the_head_of_the_message_is_the_reason() -> None:
    answer = understand(400, body(400, "FAILED_PRECONDITION", "@CourseNotModifiable The course is archived."))
    assert answer.reason == "CourseNotModifiable"


def test_a_detail_s_reason_comes_before_the_status() -> None:
    details = [{"reason": "ACCESS_TOKEN_SCOPE_INSUFFICIENT"}]
    answer = understand(403, body(403, "PERMISSION_DENIED", "no", details=details))
    assert answer.reason == "ACCESS_TOKEN_SCOPE_INSUFFICIENT"


@pytest.mark.parametrize("content", [b"", b"<html>", b"[]", b'{"error": "text"}', b"\xff\xfe"])
def test_a_body_that_says_nothing_has_no_reason(content: bytes) -> None:
    assert understand(502, content).reason == ""


@pytest.mark.parametrize(("status", "rpc", "kind"), [
    (400, "INVALID_ARGUMENT", Refused), (403, "PERMISSION_DENIED", Refused), (404, "NOT_FOUND", Refused),
    (409, "ALREADY_EXISTS", Refused), (401, "UNAUTHENTICATED", SignInNeeded), (429, "RESOURCE_EXHAUSTED", Busy),
    (500, "INTERNAL", Unsure), (503, "UNAVAILABLE", Unsure),
])
def test_a_refused_write_is_one_of_four_kinds(status: int, rpc: str, kind: type[GoogleError]) -> None:
    assert type(said(status, body(status, rpc), is_write=True)) is kind


@pytest.mark.parametrize("status", [500, 502, 503, 504])
def test_a_read_that_stumbled_did_nothing(status: int) -> None:
    assert type(said(status, body(status, "INTERNAL"))) is Busy


def test_google_says_how_long_to_wait_in_seconds_or_by_the_clock() -> None:
    first = said(429, b"", headers={"retry-after": "7"})
    second = said(429, b"", headers={"retry-after": "Tue, 24 Nov 2026 15:00:09 GMT", "date": "Tue, 24 Nov 2026 15:00:00 GMT"})
    assert isinstance(first, Busy)
    assert isinstance(second, Busy)
    assert (first.retry_after, second.retry_after) == (7.0, 9.0)


def test_a_read_is_repeated_when_google_stumbles() -> None:
    script = Script([Reply(503), CutOff("reset", sent=True), Reply(200, {}, b'{"id": "1"}')])
    assert ask(script) == {"id": "1"}
    assert script.asked == ["GET", "GET", "GET"]


def test_a_read_is_not_repeated_when_google_asks_to_slow_down() -> None:
    script = Script([Reply(429)])
    with pytest.raises(Busy):
        ask(script)


def test_a_write_whose_answer_is_lost_is_not_sent_again() -> None:
    script = Script([CutOff("reset", sent=True)])
    with pytest.raises(Unsure):
        post(script)
    assert script.asked == ["POST"]


def test_a_write_that_never_left_did_nothing() -> None:
    with pytest.raises(Busy):
        post(Script([CutOff("refused", sent=False)]))


@pytest.mark.parametrize(("limit", "is_everybodys"), [
    ("limit 'Queries per minute'", True), ("limit 'Queries per minute per user'", False), ("too many requests", False)])
def test_a_limit_is_everybodys_only_when_google_names_the_projects(limit: str, is_everybodys: bool) -> None:
    error = said(429, body(429, "RESOURCE_EXHAUSTED", f"Quota exceeded for quota metric 'Queries' and {limit} of service."))
    assert isinstance(error, Busy) and error.of_everybody is is_everybodys
