"""Several calls in one trip: Google's batch, at most fifty calls in one multipart request, each answered by itself.

Written by hand rather than with google-api-python-client's BatchHttpRequest, which repeats by itself what a 401 kept out.
https://developers.google.com/workspace/classroom/best-practices/batch
"""

import re
from collections.abc import Sequence
from typing import Any, TypeVar
from urllib.parse import urlsplit

import httplib2
from googleapiclient.errors import HttpError

from integration import nature
from integration.errors import Busy, GoogleError, Refused
from integration.google.call import Call, Carriage, cut_off, garbled, translate, understood
from integration.google.wire import CutOff

T = TypeVar("T")
MOST = 50
GOOGLE = "https://classroom.googleapis.com"
NOT_HERE = "Google does not take several calls at once here. Nothing was written; Throughline goes on with one at a time."
_BOUNDARY = re.compile(r'boundary="?([^";]+)"?', re.IGNORECASE)
_NUMBER = re.compile(rb"^content-id:\s*<?response-(\d+)", re.IGNORECASE | re.MULTILINE)
_BLANK_LINE = re.compile(rb"\r?\n\r?\n")
_without: set[str] = set()
"""The roots at which a batch was refused as a whole: a proxy or gateway between may not know the address."""


def is_taken(root: str) -> bool:
    """Whether batches may be tried at this root; once refused there, this process does not ask again."""
    return root not in _without


def carry_together(calls: Sequence[Call[T]], carriage: Carriage, root: str) -> list[T | GoogleError]:
    """Make the calls in one trip, once; their answers in the same order, or what became of each instead."""
    boundary = f"batch_{nature.token(16)}"
    headers = {"content-type": f"multipart/mixed; boundary={boundary}"}
    try:
        response, content = carriage.request(f"{root or GOOGLE}/batch", "POST", _pack(calls, boundary), headers)
    except CutOff as error:
        return [cut_off(error, is_write=call.is_write) for call in calls]
    if response.status == 200:
        parts = _unpack(response, content)
        return [_answered(call, parts.get(number)) for number, call in enumerate(calls)]
    return [_all_refused(call, response, content, root) for call in calls]


def _pack(calls: Sequence[Call[Any]], boundary: str) -> bytes:
    parts = [f"--{boundary}\r\nContent-Type: application/http\r\nContent-Transfer-Encoding: binary\r\n"
             f"Content-ID: <{number}>\r\n\r\n".encode() + _part(call) for number, call in enumerate(calls)]
    return b"\r\n".join([*parts, f"--{boundary}--\r\n".encode()])


def _part(call: Call[Any]) -> bytes:
    """One request as it would stand on the wire, with a path instead of a whole address."""
    request, target = call.request, urlsplit(call.request.uri)
    body = request.body.encode() if isinstance(request.body, str) else request.body or b""
    lines = [f"{request.method} {target.path}?{target.query} HTTP/1.1", "Accept: application/json"]
    if body:
        lines += ["Content-Type: application/json", f"Content-Length: {len(body)}"]
    return "\r\n".join([*lines, "\r\n"]).encode() + body


def _unpack(response: httplib2.Response, content: bytes) -> dict[int, tuple[httplib2.Response, bytes]]:
    """Each part's own answer by the number of its call; what is missing or cut off is left out."""
    found = _BOUNDARY.search(response.get("content-type", ""))
    pieces = content.split(f"--{found[1]}".encode())[1:-1] if found else []
    answers = {}
    for place, piece in enumerate(pieces):
        envelope, _, answer = _halves(piece.lstrip())
        number = _NUMBER.search(envelope)
        head, is_whole, body = _halves(answer)
        lines = head.decode("latin-1").splitlines()
        if is_whole and lines and lines[0].split()[1:2]:
            answers[int(number[1]) if number else place] = _answer(lines), body.removesuffix(b"\n").removesuffix(b"\r")
    return answers


def _halves(text: bytes) -> tuple[bytes, bool, bytes]:
    """What stands before the first blank line, whether there is one, and what stands after it."""
    blank = _BLANK_LINE.search(text)
    return (text[:blank.start()], True, text[blank.end():]) if blank else (text, False, b"")


def _answer(lines: Sequence[str]) -> httplib2.Response:
    headers = (line.partition(":") for line in lines[1:])
    return httplib2.Response({"status": lines[0].split()[1], **{name.lower(): value.strip() for name, _, value in headers}})


def _answered(call: Call[T], part: tuple[httplib2.Response, bytes] | None) -> T | GoogleError:
    if part is None:
        return garbled(is_write=call.is_write)
    response, body = part
    if response.status >= 300:
        return translate(HttpError(response, body), is_write=call.is_write)
    try:
        return understood(call, call.request.postproc(response, body))
    except GoogleError as error:
        return error


def _all_refused(call: Call[Any], response: httplib2.Response, content: bytes, root: str) -> GoogleError:
    """The batch as a whole was not taken. A refusal means that nobody knows of batches here; nothing was done then."""
    error = translate(HttpError(response, content), is_write=call.is_write)
    if not isinstance(error, Refused):
        return error
    _without.add(root)
    return Busy(NOT_HERE, reason="batch")
