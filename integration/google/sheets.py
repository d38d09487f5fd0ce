"""Sheets, for one thing: to overwrite one tab of our own in a spreadsheet that we made in the librarian's Drive. The permission is
Drive's for our own files, so no other spreadsheet of hers can be read or written.

A tab is known by its number, which we say when we add it: adding it twice is refused, and she may call it what she likes. Text is
written as text and never as what it would be if somebody typed it, so nothing in it is a formula.
https://developers.google.com/workspace/sheets/api/reference/rest/v4/spreadsheets/batchUpdate
https://developers.google.com/workspace/sheets/api/reference/rest/v4/spreadsheets/other#ExtendedValue
"""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache, partial
from typing import Any

from googleapiclient.discovery import build_from_document
from googleapiclient.discovery_cache import get_static_doc

from integration.errors import Refused
from integration.google.call import Call, Carriage, read, understood, write
from integration.google.classroom import Unplugged
from integration.google.renewed import Renewed
from integration.google.wire import Wire

Value = str | int | float | None
SEEN = "sheets(properties(sheetId,title,gridProperties(rowCount,columnCount)))"
ELSE = "Google did not write the tab. Nothing of it was changed; look into the spreadsheet, then try again."
OFF = "The Sheets API is not switched on in the Google project. Nothing was written; whoever runs Throughline can switch it on."
SENTENCES = {"SERVICE_DISABLED": OFF, "accessNotConfigured": OFF}


@dataclass(frozen=True)
class Tab:
    """A tab of a spreadsheet."""

    id: int
    title: str
    rows: int
    columns: int


class Sheets(Renewed):
    """One librarian's spreadsheets, as far as we made them."""

    def __init__(self, wire: Wire, access_token: str, *, root: str, renew: Callable[[str], str]) -> None:
        super().__init__(wire, access_token, renew=renew)
        self._spreadsheets = spreadsheets(root)

    def tabs(self, file_id: str) -> list[Tab]:
        """The tabs there are. Raises GoogleError.

        https://developers.google.com/workspace/sheets/api/reference/rest/v4/spreadsheets/get
        """
        request = self._spreadsheets.get(spreadsheetId=file_id, fields=SEEN)
        return self._renewed(lambda: understood(Call(request, False, _tabs), read(request, self._carriage)))

    def overwrite(self, file_id: str, there: Tab | None, new: Tab, rows: Sequence[Sequence[Value]]) -> None:
        """Write the whole tab `new.id`, which is added when it is not `there`: all of it or nothing, and no other tab.

        Writing the same again changes nothing. Raises GoogleError.
        """
        self._renewed(partial(self._overwrite, file_id, there, new, rows))

    def _overwrite(self, file_id: str, there: Tab | None, new: Tab, rows: Sequence[Sequence[Value]]) -> None:
        grid = {"rowCount": max(len(rows), new.rows), "columnCount": max([new.columns, *map(len, rows)])}
        first: dict[str, Any] = {"addSheet": {"properties": {"sheetId": new.id, "title": new.title, "gridProperties": grid}}}
        if there is not None:
            grid = {"rowCount": max(grid["rowCount"], there.rows), "columnCount": max(grid["columnCount"], there.columns)}
            first = {"updateSheetProperties": {"properties": {"sheetId": new.id, "gridProperties": grid},
                                               "fields": "gridProperties(rowCount,columnCount)"}}
        cells = {"range": {"sheetId": new.id}, "fields": "userEnteredValue",
                 "rows": [{"values": [_cell(value) for value in row]} for row in rows]}
        request = self._spreadsheets.batchUpdate(spreadsheetId=file_id, body={"requests": [first, {"updateCells": cells}]})
        try:
            write(request, self._carriage)
        except Refused as error:
            raise Refused(SENTENCES.get(error.reason, ELSE), reason=error.reason, status=error.status) from error


def _cell(value: Value) -> dict[str, Any]:
    """A cell as Google takes it: text stays text, whatever it begins with."""
    if value is None or value == "":
        return {}
    return {"userEnteredValue": {"stringValue" if isinstance(value, str) else "numberValue": value}}


def _tabs(answer: Any) -> list[Tab]:
    told = [each["properties"] for each in answer["sheets"]]
    grids = [each.get("gridProperties", {}) for each in told]
    return [Tab(int(each.get("sheetId", 0)), str(each["title"]), int(grid.get("rowCount", 0)), int(grid.get("columnCount", 0)))
            for each, grid in zip(told, grids, strict=True)]


@cache
def spreadsheets(root: str) -> Any:
    """The client of spreadsheets for `root` (empty: Google itself)."""
    document = json.loads(get_static_doc("sheets", "v4"))
    if root:
        document.update(rootUrl=f"{root}/", baseUrl=f"{root}/")
    document.pop("mtlsRootUrl", None)
    return build_from_document(document, http=Carriage(Unplugged(), "")).spreadsheets()
