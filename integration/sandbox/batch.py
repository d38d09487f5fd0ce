"""Batches: up to fifty calls in one multipart request, each answered with its own status.

https://developers.google.com/workspace/classroom/best-practices/batch
"""

import secrets
from collections.abc import Callable
from email import message_from_bytes
from email.message import Message
from urllib.parse import parse_qsl, urlsplit

from werkzeug import Request, Response
from werkzeug.datastructures import MultiDict

from integration.sandbox.classroom import Sent
from integration.sandbox.refusal import Refusal

PATHS = frozenset({"/batch", "/batch/classroom/v1"})
MOST = 50


def answer(request: Request, one: Callable[[Sent], Response]) -> Response:
    """Answer every part in the order they came. Raises Refusal (400) when it is no batch, or too long a one."""
    envelope = f"Content-Type: {request.content_type}\r\n\r\n".encode() + request.get_data()
    parts = message_from_bytes(envelope).get_payload()
    if request.method != "POST" or request.mimetype != "multipart/mixed" or not isinstance(parts, list):
        raise Refusal("INVALID_ARGUMENT", "Failed to parse batch request, error: Your batch is not multipart/mixed.")
    if len(parts) > MOST:
        raise Refusal("INVALID_ARGUMENT", f"The batch request exceeds the limit of {MOST} calls.")
    outer = request.headers.get("Authorization", "")
    pieces = [_piece(part, one(_sent(part, outer))) for part in parts if isinstance(part, Message)]
    boundary = f"batch_{secrets.token_hex(12)}"
    body = "".join(f"--{boundary}\r\n{piece}\r\n" for piece in pieces) + f"--{boundary}--\r\n"
    return Response(body, content_type=f"multipart/mixed; boundary={boundary}")


def _sent(part: Message, outer: str) -> Sent:
    """A part's own request: a line, headers, body. Only paths, no addresses."""
    raw = part.get_payload(decode=True)
    text = raw if isinstance(raw, bytes) else b""
    line, _, rest = text.lstrip().partition(b"\n")
    words = line.decode().split()
    if len(words) < 2 or not words[1].startswith("/"):
        raise Refusal("INVALID_ARGUMENT", "Failed to parse batch request, error: a part is not a request for a path.")
    inner = message_from_bytes(rest)
    payload = inner.get_payload(decode=True)
    target = urlsplit(words[1])
    return Sent(words[0], target.path, MultiDict(parse_qsl(target.query, keep_blank_values=True)),
                inner.get("Authorization", outer), payload.strip() if isinstance(payload, bytes) else b"")


def _piece(part: Message, answer: Response) -> str:
    id = part.get("Content-ID", "")
    back = f"Content-ID: <response-{id.strip('<>')}>\r\n" if id else ""
    body = answer.get_data(as_text=True)
    headers = "".join(f"{name}: {value}\r\n" for name, value in answer.headers.items())
    return f"Content-Type: application/http\r\n{back}\r\nHTTP/1.1 {answer.status}\r\n{headers}\r\n{body}"
