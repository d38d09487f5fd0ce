"""One call to Google: built and checked by google-api-python-client, carried by the wire, its failures said in our own words.

Reads may be repeated here; writes never are. A read cut short is Busy, a write cut short is Unsure. google-api-python-client's
own `num_retries` stays 0, because it repeats writes as readily as reads.
https://developers.google.com/workspace/classroom/troubleshooting/common-errors
"""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from typing import Any, Generic, TypeVar

import httplib2
from googleapiclient.errors import HttpError
from googleapiclient.http import HttpRequest
from tenacity import RetryCallState, Retrying, retry_if_exception, stop_after_attempt

from integration import nature
from integration.errors import Busy, GoogleError, NotAllowed, Refused, SignInNeeded, Unsure
from integration.google.wire import CutOff, Wire

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)
No = GoogleError | NotAllowed
"""Any answer but the one hoped for; NotAllowed is the kill switch's."""
SECONDS_A_CALL = 20.0
READ_TRIES = 4
LONGEST_PAUSE = 4.0
CUT_SHORT = frozenset({500, 502, 503, 504})
"""Answers after which a write may have happened all the same."""
TOO_FAST = frozenset({"userRateLimitExceeded", "rateLimitExceeded"})
"""How Drive and Gmail ask to slow down: with 403 (https://developers.google.com/workspace/drive/api/guides/handle-errors)."""
_LIMIT = re.compile(r"limit '([^']+)'")

SENTENCES = {
    "CourseNotModifiable": "The class is archived, so nothing can be posted there. Restore it in Classroom first.",
    "CourseStateDenied": "The class is not in a state that lets your account post there. Restore it in Classroom first.",
    "ProjectPermissionDenied": "This post was not made by Throughline, so Google does not let Throughline change it.",
    "ClassroomDisabled": "Google Classroom is switched off for this account. The district's administrator can switch it on.",
    "ClassroomApiDisabled": "Apps may not use Classroom for this account. The district's administrator can allow it.",
    "AttachmentNotVisible": "A file or video of this collection cannot be seen with your account. Share it, or take it out.",
    "CourseTopicLimitReached": "The class has as many topics as Google allows. Remove one in Classroom.",
    "SERVICE_DISABLED": "The Classroom API is not switched on in the Google project. Whoever runs Throughline can switch it on.",
    "PERMISSION_DENIED": "Google says your account may not do this in this class. Ask the teacher to make you a co-teacher again.",
    "NOT_FOUND": "Google does not find it any more; it may have been deleted.",
    "ALREADY_EXISTS": "It is there already.",
    "INVALID_ARGUMENT": "Google did not accept what was sent. Nothing was written.",
    "FAILED_PRECONDITION": "Google says the class or post is not in a state that allows this.",
}


@dataclass(frozen=True)
class Call(Generic[T_co]):
    """A call not yet made, and how its answer is understood."""

    request: HttpRequest
    is_write: bool
    understand: Callable[[Any], T_co]


@dataclass(frozen=True)
class Answer:
    """What Google's error body says."""

    status: int
    reason: str
    message: str


class Carriage:
    """The shape of httplib2.Http that google-api-python-client sends through, over our own wire."""

    def __init__(self, wire: Wire, access_token: str) -> None:
        self._wire = wire
        self._access_token = access_token

    def request(self, uri: str, method: str = "GET", body: str | bytes | None = None,
                headers: Mapping[str, str] | None = None, **_ignored: Any) -> tuple[httplib2.Response, bytes]:
        sent = {**(headers or {}), "authorization": f"Bearer {self._access_token}"}
        reply = self._wire.carry(method, uri, sent, body.encode() if isinstance(body, str) else body, SECONDS_A_CALL)
        return httplib2.Response({"status": str(reply.status), **reply.headers}), reply.body


def read(request: HttpRequest, carriage: Carriage) -> Any:
    """Do a read; repeat it with full jitter when Google stumbles. Raises SignInNeeded, Refused or Busy."""
    retrying = Retrying(stop=stop_after_attempt(READ_TRIES), wait=_full_jitter, sleep=nature.sleep,
                        retry=retry_if_exception(_is_stumble), reraise=True)
    return retrying(_once, request, carriage, False)


def write(request: HttpRequest, carriage: Carriage) -> Any:
    """Do a write, once. Raises SignInNeeded, Refused, Busy (429 only, or never sent) or Unsure."""
    return _once(request, carriage, True)


def _full_jitter(tried: RetryCallState) -> float:
    """Any time up to a bound that doubles, so that many who stumbled together do not come back together.

    https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/
    """
    return nature.fraction() * min(LONGEST_PAUSE, 0.1 * 2.0 ** tried.attempt_number)


def _is_stumble(error: BaseException) -> bool:
    return isinstance(error, Busy) and error.status != 429


def _once(request: HttpRequest, carriage: Carriage, is_write: bool) -> Any:
    try:
        return request.execute(http=carriage, num_retries=0)
    except HttpError as error:
        raise translate(error, is_write=is_write) from error
    except CutOff as error:
        raise cut_off(error, is_write=is_write) from error


def cut_off(error: CutOff, *, is_write: bool) -> GoogleError:
    """A connection that broke: a write that had left may have happened, anything else did nothing."""
    if is_write and error.sent:
        return Unsure("The connection to Google broke before it answered. Throughline will look before trying again.",
                      reason="cut")
    return Busy("Google could not be reached. Nothing was written; Throughline will try again by itself.", reason="cut")


def understood(call: Call[T], answer: Any) -> T:
    """What an answer says. One that cannot be read is a proxy's page of its own, and a write may have happened all the same."""
    try:
        return call.understand(answer)
    except (ValueError, KeyError, TypeError) as error:
        raise garbled(is_write=call.is_write) from error


def garbled(*, is_write: bool) -> GoogleError:
    """That there is no answer that can be read."""
    if is_write:
        return Unsure("What came back from Google could not be read. Throughline will look before trying again.", reason="garbled")
    return Busy("What came back from Google could not be read. Nothing was written; Throughline will try again by itself.",
                reason="garbled")


def translate(error: HttpError, *, is_write: bool) -> GoogleError:
    """Google's answer in our own words: which of the four kinds of GoogleError it is."""
    answer = understand(error.resp.status, error.content)
    if answer.status == 401 or answer.reason == "ACCESS_TOKEN_SCOPE_INSUFFICIENT":
        return SignInNeeded(_sign_in_sentence(answer), reason=answer.reason, status=answer.status)
    if answer.status == 429 or answer.reason in TOO_FAST:
        return Busy("Google asked to slow down. Nothing was written; Throughline will go on by itself.",
                    reason=answer.reason, status=429, retry_after=_retry_after(error.resp),
                    of_everybody=_names_the_project(answer.message))
    if answer.status in CUT_SHORT:
        if is_write:
            return Unsure("Google stumbled while writing. Throughline will look before trying again.",
                          reason=answer.reason, status=answer.status)
        return Busy("Google is not answering properly just now. Nothing was written; Throughline will try again by itself.",
                    reason=answer.reason, status=answer.status, retry_after=_retry_after(error.resp))
    sentence = SENTENCES.get(answer.reason) or f"Google refused: {answer.message or answer.reason or answer.status}"
    return Refused(sentence, reason=answer.reason, status=answer.status)


def understand(status: int, body: bytes) -> Answer:
    """Read Google's error body: a Classroom `@Name ` at the head of the message, else the reason of a detail or (Drive) an error.

    https://developers.google.com/workspace/classroom/troubleshooting/error-structure
    """
    try:
        error = json.loads(body)["error"]
        message, rpc = str(error.get("message", "")), str(error.get("status", ""))
        told = [*error.get("details", []), *error.get("errors", [])]
        details = [str(detail["reason"]) for detail in told if "reason" in detail]
    except (ValueError, KeyError, TypeError, AttributeError):
        return Answer(status, "", "")
    if message.startswith("@"):
        name, _, rest = message[1:].partition(" ")
        return Answer(status, name, rest)
    return Answer(status, details[0] if details else rpc, message)


def _sign_in_sentence(answer: Answer) -> str:
    if answer.reason == "ACCESS_TOKEN_SCOPE_INSUFFICIENT":
        return "Google says a permission this needs was not given. Connect again and tick it; nothing was written."
    return "Google no longer accepts this connection. Connect your account again; nothing was written."


def _names_the_project(message: str) -> bool:
    """Whether a 429 names a limit, and not the one of a single user.

    https://cloud.google.com/docs/quotas/troubleshoot
    """
    limit = _LIMIT.search(message)
    return limit is not None and "user" not in limit[1].lower()


def _retry_after(response: Mapping[str, str]) -> float:
    """Seconds to wait as the Retry-After header says, in either of its two forms; 0 when it says nothing (RFC 9110, 10.2.3)."""
    value = response.get("retry-after", "").strip()
    if value.isdigit():
        return float(value)
    try:
        now = parsedate_to_datetime(response.get("date", ""))
        return max(0.0, (parsedate_to_datetime(value) - now).total_seconds())
    except (TypeError, ValueError):
        return 0.0
