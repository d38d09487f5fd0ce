"""Drive, for one thing: to make Docs, Slides and Sheets in the librarian's own Drive and to find those again. With this permission
nobody sees any other file of hers.

Google takes no id from us for a file it converts, so each carries a mark that only this app can see, and whoever is not sure
whether a file was made looks for its mark.
https://developers.google.com/workspace/drive/api/guides/create-file#generate-ids
https://developers.google.com/workspace/drive/api/guides/properties
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, partial
from typing import Any

from googleapiclient.discovery import build_from_document
from googleapiclient.discovery_cache import get_static_doc
from googleapiclient.http import MediaInMemoryUpload

from integration.errors import Refused
from integration.google.call import Call, Carriage, read, understood, write
from integration.google.classroom import Unplugged
from integration.google.renewed import Renewed
from integration.google.wire import Wire

SET, PART = "throughlineSet", "throughlinePart"
"""The two halves of a file's mark; only the app that wrote them can read them."""
PAGE = 1000
ELSE = "Google did not make the file. Nothing was made; look into your Drive, then try again."
SENTENCES = {
    "SERVICE_DISABLED": "The Drive API is not switched on in the Google project. Nothing was made; whoever runs Throughline can "
                        "switch it on.",
    "accessNotConfigured": "The Drive API is not switched on in the Google project. Nothing was made; whoever runs Throughline can "
                           "switch it on.",
    "storageQuotaExceeded": "Your Drive is full. Nothing was made; make room there, then try again.",
    "domainPolicy": "Your district does not let apps use Drive. Nothing was made; its administrator can allow it.",
}


class Form(StrEnum):
    """What Google makes of a file."""

    DOCUMENT = "application/vnd.google-apps.document"
    SLIDES = "application/vnd.google-apps.presentation"
    SHEETS = "application/vnd.google-apps.spreadsheet"


@dataclass(frozen=True)
class NewFile:
    """A file to make: its name, what it is made of (or of nothing), what it becomes, and the mark by which it is known again."""

    name: str
    content: bytes
    type: str
    form: Form
    of_set: str
    part: str


class Drive(Renewed):
    """One librarian's Drive."""

    def __init__(self, wire: Wire, access_token: str, *, root: str, renew: Callable[[str], str]) -> None:
        super().__init__(wire, access_token, renew=renew)
        self._files = files(root)

    def make(self, new: NewFile) -> str:
        """Make a file, once; gives its id. Raises SignInNeeded, Refused or Busy when it surely was not made, else Unsure.

        https://developers.google.com/workspace/drive/api/guides/manage-uploads#import-docs
        """
        return self._renewed(partial(self._make, new))

    def find(self, of_set: str) -> dict[str, str]:
        """The files of a set that are there, bin excepted, by their part: of two with one mark the older. Raises GoogleError.

        https://developers.google.com/workspace/drive/api/guides/search-files
        """
        return self._renewed(partial(self._find, of_set))

    def _make(self, new: NewFile) -> str:
        body = {"name": new.name, "mimeType": new.form.value, "appProperties": {SET: new.of_set, PART: new.part}}
        media = MediaInMemoryUpload(new.content, new.type) if new.content else None
        request = self._files.create(body=body, media_body=media, fields="id")
        try:
            answer = write(request, self._carriage)
        except Refused as error:
            raise Refused(SENTENCES.get(error.reason, ELSE), reason=error.reason, status=error.status) from error
        return understood(Call(request, True, _id), answer)

    def _find(self, of_set: str) -> dict[str, str]:
        request = self._files.list(q=f"appProperties has {{ key='{SET}' and value='{of_set}' }} and trashed = false",
                                   orderBy="createdTime", pageSize=PAGE, fields="nextPageToken,files(id,appProperties)")
        found: dict[str, str] = {}
        while request is not None:
            answer = read(request, self._carriage)
            found = {**understood(Call(request, False, _parts), answer), **found}
            request = self._files.list_next(request, answer)
        return found


@cache
def files(root: str) -> Any:
    """The client of Drive's files for `root` (empty: Google itself)."""
    document = json.loads(get_static_doc("drive", "v3"))
    if root:
        document.update(rootUrl=f"{root}/", baseUrl=f"{root}/{document['servicePath']}")
    document.pop("mtlsRootUrl", None)
    return build_from_document(document, http=Carriage(Unplugged(), "")).files()


def _id(answer: Any) -> str:
    return str(answer["id"])


def _parts(answer: Any) -> dict[str, str]:
    told = [(str(each["appProperties"][PART]), str(each["id"])) for each in answer.get("files", ())]
    return dict(reversed(told))
