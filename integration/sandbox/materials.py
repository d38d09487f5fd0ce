"""What is attached to a post: checked and rewritten as Classroom does it.

https://developers.google.com/workspace/classroom/reference/rest/v1/Material
"""

import re
from collections.abc import Collection, Mapping, Sequence
from typing import Any
from urllib.parse import parse_qs, urlsplit

from integration.sandbox.files import DriveFile
from integration.sandbox.refusal import Refusal

MOST = 20
LONGEST_URL = 2024
WRITABLE = {"driveFile", "youtubeVideo", "link"}
VIDEO = re.compile(r"[\w-]{11}")
FILE = re.compile(r"/(?:file|document|spreadsheets|presentation|forms)/d/([\w-]{10,})")


def taken(materials: Sequence[Mapping[str, Any]], unseen: Collection[str], files: Mapping[str, DriveFile]) -> list[dict[str, Any]]:
    """What Classroom keeps of `materials`; raises Refusal when one is wrong, and then none is kept."""
    if len(materials) > MOST:
        raise Refusal("INVALID_ARGUMENT")
    return [_one(each, unseen, files) for each in materials]


def _one(material: Mapping[str, Any], unseen: Collection[str], files: Mapping[str, DriveFile]) -> dict[str, Any]:
    kinds = [name for name, value in material.items() if value is not None]
    if len(kinds) != 1 or kinds[0] not in WRITABLE:
        raise Refusal("INVALID_ARGUMENT")
    if kinds[0] == "link":
        return _link(str(material["link"].get("url", "")), unseen, files)
    if kinds[0] == "youtubeVideo":
        return _video(str(material["youtubeVideo"].get("id", "")))
    return _file(material["driveFile"], unseen, files)


def _link(url: str, unseen: Collection[str], files: Mapping[str, DriveFile]) -> dict[str, Any]:
    if not 1 <= len(url) <= LONGEST_URL or urlsplit(url).scheme not in {"http", "https"} or not urlsplit(url).hostname:
        raise Refusal("INVALID_ARGUMENT")
    if video := _video_in(url):
        return _video(video)
    match = FILE.search(urlsplit(url).path) if _host(url) in {"drive.google.com", "docs.google.com"} else None
    if match:
        return _file({"driveFile": {"id": match[1]}}, unseen, files)
    return {"link": {"url": url, "title": urlsplit(url).hostname}}


def _video_in(url: str) -> str:
    """The video a recognised YouTube address shows; such a link comes back as a video."""
    parts = urlsplit(url)
    if _host(url) == "youtu.be":
        found = parts.path.strip("/")
    elif _host(url) in {"youtube.com", "m.youtube.com"} and parts.path == "/watch":
        found = parse_qs(parts.query).get("v", [""])[0]
    else:
        return ""
    return found if VIDEO.fullmatch(found) else ""


def _host(url: str) -> str:
    return (urlsplit(url).hostname or "").removeprefix("www.")


def _video(id: str) -> dict[str, Any]:
    if not VIDEO.fullmatch(id):
        raise _not_visible()
    return {"youtubeVideo": {"id": id, "title": f"Video {id}", "alternateLink": f"https://www.youtube.com/watch?v={id}"}}


def _file(shared: Mapping[str, Any], unseen: Collection[str], files: Mapping[str, DriveFile]) -> dict[str, Any]:
    id = str((shared.get("driveFile") or {}).get("id", ""))
    if shared.get("shareMode") in {"EDIT", "STUDENT_COPY"} or not id:
        raise Refusal("INVALID_ARGUMENT")
    if id in unseen:
        raise _not_visible()
    known = files.get(id)
    title, link = (known.name, known.link) if known else (f"File {id}", f"https://drive.google.com/file/d/{id}/view")
    return {"driveFile": {"driveFile": {"id": id, "title": title, "alternateLink": link}, "shareMode": "VIEW"}}


def _not_visible() -> Refusal:
    return Refusal("FAILED_PRECONDITION", "An attachment cannot be seen by the user.", at="AttachmentNotVisible")
