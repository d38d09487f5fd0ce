"""The pretend Sheets: an app reads the tabs of a spreadsheet it made, and writes into them all it asks for at once or nothing.

https://developers.google.com/workspace/sheets/api/reference/rest/v4/spreadsheets
"""

from collections.abc import Callable, Mapping
from copy import deepcopy
from typing import Any

from integration.sandbox.asking import Ask
from integration.sandbox.files import SPREADSHEET, DriveFile, Tab
from integration.sandbox.refusal import Refusal

Tabs = dict[int, Tab]
WRITABLE = {"stringValue", "numberValue", "boolValue", "formulaValue"}


def get(ask: Ask) -> dict[str, Any]:
    """Show a spreadsheet of the app's own: its name and its tabs."""
    file = _own(ask)
    return {"spreadsheetId": file.id, "spreadsheetUrl": file.link, "properties": {"title": file.name},
            "sheets": [{"properties": _properties(tab, at)} for at, tab in enumerate(file.tabs.values())]}


def batch_update(ask: Ask) -> dict[str, Any]:
    """Do each request in order; when one is not valid, nothing is applied.

    https://developers.google.com/workspace/sheets/api/reference/rest/v4/spreadsheets/batchUpdate
    """
    file, replies = _own(ask), []
    tabs = deepcopy(file.tabs)
    for at, request in enumerate(ask.body.get("requests", ())):
        [(kind, said)] = request.items()
        if kind not in _KINDS:
            raise Refusal("UNIMPLEMENTED")
        replies.append(_KINDS[kind](tabs, said, f"Invalid requests[{at}].{kind}: "))
    file.tabs = tabs
    return {"spreadsheetId": file.id, "replies": replies}


def _own(ask: Ask) -> DriveFile:
    """With `drive.file` an app sees what it made, also in the bin; of every other there is only this answer."""
    file = ask.world.files.get(ask.path["spreadsheetId"])
    if file is None or file.type != SPREADSHEET or (file.app, file.owner) != (ask.project, ask.person.google_id):
        raise Refusal("NOT_FOUND", "Requested entity was not found.")
    return file


def _properties(tab: Tab, index: int) -> dict[str, Any]:
    return {"sheetId": tab.id, "title": tab.title, "index": index, "sheetType": "GRID",
            "gridProperties": {"rowCount": tab.rows, "columnCount": tab.columns}}


def _add(tabs: Tabs, said: Mapping[str, Any], where: str) -> dict[str, Any]:
    told = said.get("properties", {})
    grid, id = told.get("gridProperties", {}), told.get("sheetId", max(tabs, default=0) + 7919)
    if id in tabs:
        raise _wrong(f"{where}A sheet with the ID {id} already exists.")
    title = told.get("title") or f"Sheet{len(tabs) + 1}"
    if title.casefold() in {tab.title.casefold() for tab in tabs.values()}:
        raise _wrong(f"{where}A sheet with the name \"{title}\" already exists. Please enter another name.")
    tabs[id] = Tab(id, title, grid.get("rowCount", 1000), grid.get("columnCount", 26))
    return {"addSheet": {"properties": _properties(tabs[id], len(tabs) - 1)}}


def _set(tabs: Tabs, said: Mapping[str, Any], where: str) -> dict[str, Any]:
    tab = _tab(tabs, said["properties"].get("sheetId", 0), where)
    if said.get("fields") != "gridProperties(rowCount,columnCount)":
        raise Refusal("UNIMPLEMENTED")
    grid = said["properties"]["gridProperties"]
    tab.rows, tab.columns = grid["rowCount"], grid["columnCount"]
    tab.cells = {at: value for at, value in tab.cells.items() if at[0] < tab.rows and at[1] < tab.columns}
    return {}


def _cells(tabs: Tabs, said: Mapping[str, Any], where: str) -> dict[str, Any]:
    """Write the rows; what of the range they do not cover is cleared."""
    whole = said.get("range", {})
    tab = _tab(tabs, whole.get("sheetId", 0), where)
    if said.get("fields") != "userEnteredValue" or set(whole) - {"sheetId"}:
        raise Refusal("UNIMPLEMENTED")
    rows = [row.get("values", []) for row in said.get("rows", ())]
    if len(rows) > tab.rows or any(len(row) > tab.columns for row in rows):
        raise _wrong(f"{where}Attempting to write outside the grid of the sheet.")
    tab.cells = {(down, across): _value(cell, where) for down, row in enumerate(rows) for across, cell in enumerate(row)
                 if "userEnteredValue" in cell}
    return {}


def _value(cell: Mapping[str, Any], where: str) -> dict[str, Any]:
    value = dict(cell["userEnteredValue"])
    if len(value) != 1 or not set(value) <= WRITABLE:
        raise _wrong(f"{where}A cell has one value.")
    if len(str(value.get("stringValue", ""))) > 50_000:
        raise _wrong(f"{where}Your input contains more than the maximum of 50000 characters in a single cell.")
    return value


def _tab(tabs: Tabs, id: int, where: str) -> Tab:
    if id not in tabs:
        raise _wrong(f"{where}No grid with id: {id}")
    return tabs[id]


def _wrong(message: str) -> Refusal:
    return Refusal("INVALID_ARGUMENT", message)


_KINDS: dict[str, Callable[[Tabs, Mapping[str, Any], str], dict[str, Any]]] = {
    "addSheet": _add, "updateSheetProperties": _set, "updateCells": _cells,
}
