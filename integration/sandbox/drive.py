"""The pretend Drive: an app makes files in somebody's Drive, finds its own again, and sees no other.

https://developers.google.com/workspace/drive/api/reference/rest/v3/files
https://developers.google.com/workspace/drive/api/guides/api-specific-auth
"""

import re
from collections.abc import Collection, Mapping
from typing import Any

from integration.sandbox.asking import Ask
from integration.sandbox.course import stamp
from integration.sandbox.files import LINKS, DriveFile, Media, NoSuchConversion, exported, imported
from integration.sandbox.paging import page
from integration.sandbox.refusal import Refusal
from integration.sandbox.world import World

LARGEST_MULTIPART = 5 * 1024 * 1024
_MARKED = re.compile(r"appProperties has \{ ?key='([^']*)' and value='([^']*)' ?\}")
_TRASHED = re.compile(r"trashed ?= ?(true|false)")


class DriveRefusal(Refusal):
    """Drive's no, in the older of Google's two shapes of an error.

    https://developers.google.com/workspace/drive/api/guides/handle-errors
    """

    def __init__(self, rpc: str, reason: str, message: str) -> None:
        self.reason = reason
        super().__init__(rpc, message)

    @property
    def body(self) -> dict[str, Any]:
        about = {"domain": "global", "reason": self.reason, "message": self.message}
        return {"error": {"code": self.status, "message": self.message, "errors": [about]}}


def create(ask: Ask) -> dict[str, Any]:
    """Make a file; one whose type is a Google one is converted from what was uploaded."""
    if ask.media is not None and len(ask.media.data) > LARGEST_MULTIPART:
        raise DriveRefusal("INVALID_ARGUMENT", "uploadTooLarge", "The uploaded data is too large for this way.")
    kind = str(ask.body.get("mimeType") or (ask.media.type if ask.media else "application/octet-stream"))
    if kind in LINKS and ask.body.get("id"):
        raise DriveRefusal("INVALID_ARGUMENT", "invalid", "Pre-generated IDs aren't supported for Google Workspace files.")
    content = ask.media or Media(b"", "")
    if kind in LINKS and ask.media:
        try:
            content = imported(kind, ask.media)
        except NoSuchConversion as error:
            raise DriveRefusal("INVALID_ARGUMENT", "badRequest", "Bad Request: this conversion is not supported.") from error
    made = ask.world.add_file(ask.person, str(ask.body.get("name") or "Untitled"), kind, content, app=ask.project,
                              properties=ask.body.get("appProperties") or {})
    return shown(made)


def get(ask: Ask) -> dict[str, Any]:
    """Show a file of the app's own."""
    return shown(_own(ask))


def list_files(ask: Ask) -> dict[str, Any]:
    """List the app's own files, in the order asked for."""
    query = ask.query.get("q", "")
    unread = [part for part in _parts(query) if not _MARKED.fullmatch(part) and not _TRASHED.fullmatch(part)]
    if unread or ask.query.get("orderBy", "createdTime") != "createdTime":
        raise DriveRefusal("INVALID_ARGUMENT", "invalid", f"Invalid Value: {unread or 'orderBy'} is not played here.")
    found = [file for file in ask.world.files.values()
             if _is_own(ask, file) and (ask.stale is None or file.made_at <= ask.stale)
             and all(_fits(file, part) for part in _parts(query))]
    found.sort(key=lambda file: file.made_at)
    return page("files", [shown(file) for file in found], ask.query, usual=100, most=1000)


def export(ask: Ask) -> Media:
    """Give a Doc or Slides file of the app's own in another form."""
    file = _own(ask)
    if file.type not in LINKS:
        raise DriveRefusal("PERMISSION_DENIED", "fileNotExportable", "Export only supports Docs Editors files.")
    try:
        return exported(file, ask.query.get("mimeType", ""))
    except NoSuchConversion as error:
        raise DriveRefusal("INVALID_ARGUMENT", "badRequest", "The requested conversion is not supported.") from error


def delete(ask: Ask) -> dict[str, Any]:
    """Delete a file of the app's own for good."""
    del ask.world.files[_own(ask).id]
    return {}


def shown(file: DriveFile) -> dict[str, Any]:
    """A file as Google shows it to its app."""
    return {"kind": "drive#file", "id": file.id, "name": file.name, "mimeType": file.type, "trashed": file.is_trashed,
            "appProperties": dict(file.properties), "createdTime": stamp(file.made_at), "webViewLink": file.link}


def readers(world: World, file_id: str) -> set[str]:
    """Whose eyes a file is for: its owner's, and those of each class in whose stream the owner has published it.

    https://developers.google.com/workspace/classroom/reference/rest/v1/Material (ShareMode: VIEW)
    """
    owner = world.files[file_id].owner
    holding = [course for course in world.courses.values() if any(
        (post.body["state"], post.body["creatorUserId"]) == ("PUBLISHED", owner)
        and file_id in files_of(post.body.get("materials", ())) for post in course.posts.values())]
    return {owner, *(person for course in holding for person in (*course.teachers, *course.students))}


def files_of(materials: Collection[Mapping[str, Any]]) -> set[str]:
    """The ids of the Drive files among a post's materials."""
    return {str(each["driveFile"]["driveFile"]["id"]) for each in materials if "driveFile" in each}


def _own(ask: Ask) -> DriveFile:
    id = ask.path["fileId"]
    file = ask.world.files.get(id)
    if file is None or not _is_own(ask, file):
        raise DriveRefusal("NOT_FOUND", "notFound", f"File not found: {id}.")
    return file


def _is_own(ask: Ask, file: DriveFile) -> bool:
    return file.app == ask.project and file.owner == ask.person.google_id


def _parts(query: str) -> list[str]:
    """The terms of a search, at every `and` that stands outside of braces."""
    return [part.strip() for part in re.split(r" and (?![^{]*\})", query) if part.strip()]


def _fits(file: DriveFile, part: str) -> bool:
    if marked := _MARKED.fullmatch(part):
        return file.properties.get(marked[1]) == marked[2]
    return file.is_trashed is (part.endswith("true"))
