"""Links that carry their own proof: a class's practice page, and a kit's handout.

A link says which kit and which class, and is signed with one of our keys, so nothing about it is stored and a guessed or changed
one opens nothing. It names no student: a whole class has the same one.
"""

import base64
import binascii
import hashlib
import hmac
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from config.settings import Settings
from integration.errors import NotFound

ID_BYTES = 16
PROOF_BYTES = 16
NOTHING = ("This link does not open anything, or it was copied incompletely. Open it again from your class in Classroom, "
           "or ask your school librarian.")
EVERY_CLASS = "0" * 32
"""Stands for no class in particular: a librarian's own look at the practice page, where nothing is counted."""
PRACTICE, HANDOUT = "practice", "handout"


@dataclass(frozen=True)
class Followed:
    """What a link opens; `course_id` is empty where it is of no class in particular."""

    kit_id: str
    course_id: str


def practice_address(settings: Settings, kit_id: str, course_id: str = EVERY_CLASS) -> str:
    """Where a class practises with a kit."""
    return f"{settings.origin}/{PRACTICE}/{_signed(settings.keys[0], PRACTICE, kit_id, course_id)}"


def handout_address(settings: Settings, kit_id: str) -> str:
    """Where students read a kit's handout, the same in every class."""
    return f"{settings.origin}/{HANDOUT}/{_signed(settings.keys[0], HANDOUT, kit_id, EVERY_CLASS)}"


def for_class(settings: Settings, materials: Sequence[Mapping[str, Any]], course_id: str) -> list[dict[str, Any]]:
    """Google's Material objects with every practice link made this class's own; the rest just as it is."""
    return [_for_class(settings, each, course_id) for each in materials]


def follow(settings: Settings, secret: str, opens: str) -> Followed:
    """What a link opens, if it is of the sort `opens`. Raises NotFound, with one sentence for whatever is wrong with it."""
    told = _told(settings.keys, secret, opens)
    if told is None:
        raise NotFound(NOTHING)
    return told


def _for_class(settings: Settings, material: Mapping[str, Any], course_id: str) -> dict[str, Any]:
    head, url = f"{settings.origin}/{PRACTICE}/", str(material.get("link", {}).get("url", ""))
    told = _told(settings.keys, url.removeprefix(head), PRACTICE) if url.startswith(head) else None
    if told is None:
        return dict(material)
    return {**material, "link": {**material["link"], "url": practice_address(settings, told.kit_id, course_id)}}


def _told(keys: Sequence[bytes], secret: str, opens: str) -> Followed | None:
    try:
        data = base64.b64decode(secret.encode("ascii"), altchars=b"-_", validate=True)
    except (ValueError, binascii.Error):
        return None
    if len(data) != 2 * ID_BYTES + PROOF_BYTES:
        return None
    kit_id, course_id = data[:ID_BYTES].hex(), data[ID_BYTES:2 * ID_BYTES].hex()
    if not any(hmac.compare_digest(_proof(key, opens, kit_id, course_id), data[2 * ID_BYTES:]) for key in keys):
        return None
    return Followed(kit_id, "" if course_id == EVERY_CLASS else course_id)


def _signed(key: bytes, opens: str, kit_id: str, course_id: str) -> str:
    data = bytes.fromhex(kit_id) + bytes.fromhex(course_id) + _proof(key, opens, kit_id, course_id)
    return base64.urlsafe_b64encode(data).decode()


def _proof(key: bytes, opens: str, kit_id: str, course_id: str) -> bytes:
    return hmac.digest(key, f"{opens} link {kit_id} {course_id}".encode(), hashlib.sha256)[:PROOF_BYTES]
