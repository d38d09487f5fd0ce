"""Multipart uploads: what a file is called and what is in it, in one request.

https://developers.google.com/workspace/drive/api/guides/manage-uploads#multipart
"""

import json
from email import message_from_bytes
from typing import Any

from integration.sandbox.files import Media
from integration.sandbox.refusal import not_in_the_document


def parts(content_type: str, data: bytes) -> tuple[Any, Media]:
    """The description and the bytes. Raises Refusal (400)."""
    head = message_from_bytes(f"Content-Type: {content_type}\n\n".encode())
    boundary = head.get_boundary()
    if head.get_content_type() != "multipart/related" or not boundary:
        raise not_in_the_document("Bad multipart request: the body is not multipart/related.")
    pieces = [_part(piece) for piece in data.split(f"--{boundary}".encode())[1:-1]]
    if len(pieces) != 2 or pieces[0].type != "application/json":
        raise not_in_the_document("Bad multipart request: a description and one file are wanted.")
    try:
        return json.loads(pieces[0].data), pieces[1]
    except ValueError as error:
        raise not_in_the_document(f"Parsing error: {error}") from error


def _part(piece: bytes) -> Media:
    newline = b"\r\n" if piece.startswith(b"\r\n") else b"\n"
    headers, _, body = piece.removeprefix(newline).partition(newline * 2)
    return Media(body.removesuffix(newline), message_from_bytes(headers + newline * 2).get_content_type())
