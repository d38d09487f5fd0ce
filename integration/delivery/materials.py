"""The mark by which we know our own post again: a parameter in one of its links.

Google keeps the address of a plain link as it is given, and its API cannot change the materials of a post afterwards. An address
of YouTube or Drive is turned into a video or a file and loses the mark, so such a link never carries it.
"""

import hashlib
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit

PARAMETER = "tl"
TURNED = ("youtube.com", "youtu.be", "google.com")
MOST_IN_A_ROW = 20
_MARK = re.compile(rf"(#|[?&]){PARAMETER}=(?P<mark>[0-9a-f]{{32}})(?P<more>&?)")


def marked(materials: Sequence[Mapping[str, Any]], marker: str) -> list[dict[str, Any]]:
    """`materials` with the mark in the first link that can carry it; without such a link just as they are."""
    at = next((index for index, each in enumerate(materials) if _can_carry(each)), None)
    return [_mark(each, marker) if index == at else dict(each) for index, each in enumerate(materials)]


def carries_mark(materials: Sequence[Mapping[str, Any]]) -> bool:
    """Whether a post with these materials can be known by its mark."""
    return any(_can_carry(each) for each in materials)


def has_mark(links: Iterable[str], marker: str) -> bool:
    """Whether one of `links` carries this very mark; no link carries an empty one."""
    return bool(marker) and any(f"{PARAMETER}={marker}" in link for link in links)


def marks_in(links: Iterable[str]) -> tuple[str, ...]:
    """Every mark of ours that `links` carry."""
    return tuple(found["mark"] for link in links for found in _MARK.finditer(link))


def next_mark(marker: str) -> str:
    """The mark of the post that takes the place of one with `marker`: always the same, so that it is known when forgotten."""
    return hashlib.sha256(f"next {marker}".encode()).hexdigest()[:len(marker)]


def marks_to_come(marker: str) -> list[str]:
    """The marks of the posts that would take its place one after the other, as many as can be made while a standby lags behind."""
    marks = [next_mark(marker)]
    while len(marks) < MOST_IN_A_ROW:
        marks.append(next_mark(marks[-1]))
    return marks


def unmarked(link: str) -> str:
    """A link as it was before any mark of ours."""
    return _MARK.sub(lambda found: found[1] if found["more"] else "", link)


def material_of(address: str) -> dict[str, Any]:
    """The material that `google.seen.address` tells in one word, without any mark of ours."""
    kind, _, id = address.partition(":")
    if kind == "youtube":
        return {"youtubeVideo": {"id": id}}
    if kind == "drive":
        return {"driveFile": {"driveFile": {"id": id}}}
    return {"link": {"url": unmarked(address)}}


def content_hash(kind: str, title: str, text: str, materials: Sequence[Mapping[str, Any]]) -> str:
    """A fingerprint of what a post says, without its mark."""
    return hashlib.sha256(json.dumps([kind, title, text, list(materials)], sort_keys=True).encode()).hexdigest()


def _can_carry(material: Mapping[str, Any]) -> bool:
    host = urlsplit(str(material.get("link", {}).get("url", ""))).hostname or ""
    return bool(host) and not any(host == each or host.endswith(f".{each}") for each in TURNED)


def _mark(material: Mapping[str, Any], marker: str) -> dict[str, Any]:
    """A fragment never reaches the site's server; only where the address has one already, a query parameter is used."""
    parts = urlsplit(str(material["link"]["url"]))
    if parts.fragment:
        parts = parts._replace(query="&".join(filter(None, [parts.query, f"{PARAMETER}={marker}"])))
    else:
        parts = parts._replace(fragment=f"{PARAMETER}={marker}")
    return {**material, "link": {**material["link"], "url": parts.geturl()}}
