"""The report as a tab of a spreadsheet in her Drive: the spreadsheet is made once, the tab overwritten whole, nothing else touched.

Google takes no id from us for a spreadsheet, so the file carries our mark: the intent is written down before Google is asked,
whoever is not sure whether it was made looks for the mark, and makes it anew only when it was missing for longer than an upload
or a list of Google's lags behind. Writing the tab again says the same again, so a lost answer there costs nothing.
https://developers.google.com/workspace/drive/api/guides/api-specific-auth
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import or_, select, update

from integration.accounts.connection import note_trouble, open_drive, open_sheets
from integration.accounts.models import Account
from integration.accounts.schools import school
from integration.desk import Desk
from integration.errors import GoogleError, Invalid, NotAllowed, SignInNeeded, Unsure
from integration.google.drive import Drive, Form, NewFile
from integration.google.scopes import FILES
from integration.google.sheets import Sheets, Tab
from integration.records.base import new_id
from integration.records.clock import database_now
from integration.records.upsert import insert_missing
from integration.reports.models import ReportSheet
from integration.reports.report import Report, report
from integration.reports.sheet import rows_of

PART = "reports"
SETTLED = timedelta(minutes=10)
"""After so long a file that was tried and is not listed was not made."""
EMPTY_ROWS, COLUMNS = 200, 4
NOT_GIVEN = ("Google has not been told that Throughline may make files in your Drive. Nothing was written; allow it on the "
             "report’s page, then press again.")
GONE = ("The spreadsheet is no longer in your Drive, or lies in the bin there. Nothing was written. Take it out of the bin, or "
        "have a new one made.")
IN_DOUBT = ("Google did not say whether it made the spreadsheet. Press again in ten minutes: Throughline then looks for it and "
            "makes it only if it is not there.")


@dataclass(frozen=True)
class SheetCard:
    """Her spreadsheet, as far as there is one."""

    is_granted: bool
    file_id: str = ""
    said: str = ""
    """The period written last."""
    written_at: datetime | None = None

    @property
    def link(self) -> str:
        """Where it opens; empty until it is made."""
        return f"https://docs.google.com/spreadsheets/d/{self.file_id}/edit" if self.file_id else ""


def sheet_of(desk: Desk, account_id: str) -> SheetCard:
    """Whether there is a spreadsheet of hers, and what was written last."""
    with desk.transaction() as session:
        account = session.get_one(Account, account_id)
        row = session.scalar(select(ReportSheet).where(ReportSheet.account_id == account_id))
    is_granted = FILES in account.scopes
    return SheetCard(is_granted, row.file_id, row.said, row.written_at) if row else SheetCard(is_granted)


def write_sheet(desk: Desk, school_id: str, account_id: str, said: str, *, anew: bool = False) -> SheetCard:
    """Write the report of `2026-11` or `2026` into its tab, in her spreadsheet; make that first when there is none, or it is gone
    and she wants it `anew`. Raises NotFound, NotAllowed, Invalid, GoogleError.
    """
    of = report(desk, school_id, said)
    if not sheet_of(desk, account_id).is_granted:
        raise NotAllowed(NOT_GIVEN)
    try:
        file_id = _file(desk, school_id, account_id, open_drive(desk, account_id), anew=anew)
        _overwrite(open_sheets(desk, account_id), file_id, of, rows_of(desk, of))
    except SignInNeeded as error:
        note_trouble(desk, account_id, error)
        raise
    _note(desk, account_id, said=said, written_at=desk.now())
    return sheet_of(desk, account_id)


def tab_of(said: str) -> int:
    """The number of a report’s tab, the same whenever it is written. Google’s are long, but for the first, which is 0."""
    year, _, month = said.partition("-")
    return int(year) * 100 + int(month or 0)


def _file(desk: Desk, school_id: str, account_id: str, drive: Drive, *, anew: bool) -> str:
    """The spreadsheet that is there, or a new one."""
    kept, there = sheet_of(desk, account_id).file_id, drive.find(_mark(account_id)).get(PART, "")
    if there:
        _begin(desk, school_id, account_id)
        _note(desk, account_id, file_id=there, tried_at=None)
        return there
    if kept and not anew:
        raise Invalid(fields={"sheet": GONE})
    return _made(desk, school_id, account_id, drive, kept)


def _made(desk: Desk, school_id: str, account_id: str, drive: Drive, instead_of: str) -> str:
    name = f"{school(desk, school_id).name or 'Our school'}: the library"
    if not _intend(desk, school_id, account_id, instead_of):
        raise Unsure(IN_DOUBT)
    try:
        made = drive.make(NewFile(name, b"", "", Form.SHEETS, _mark(account_id), PART))
    except Unsure as error:
        raise Unsure(IN_DOUBT, reason=error.reason, status=error.status) from error
    except (GoogleError, NotAllowed):
        _note(desk, account_id, tried_at=None)
        raise
    _note(desk, account_id, file_id=made, tried_at=None)
    return made


def _overwrite(sheets: Sheets, file_id: str, of: Report, rows: Sequence[Sequence[str | int | float | None]]) -> None:
    tabs = {tab.id: tab for tab in sheets.tabs(file_id)}
    number, taken = tab_of(of.period.said), {tab.title.casefold() for tab in tabs.values()}
    named = f"Library, {of.period.label}"
    names = (named, *(f"{named} ({count})" for count in range(2, len(taken) + 3)))
    title = next(each for each in names if each.casefold() not in taken)
    sheets.overwrite(file_id, tabs.get(number), Tab(number, title, EMPTY_ROWS, COLUMNS), rows)


def _mark(account_id: str) -> str:
    return f"account:{account_id}"


def _begin(desk: Desk, school_id: str, account_id: str) -> None:
    with desk.transaction() as session:
        insert_missing(session, ReportSheet, [{"id": new_id(), "school_id": school_id, "account_id": account_id, "file_id": "",
                                               "said": ""}], key=("account_id",))


def _intend(desk: Desk, school_id: str, account_id: str, instead_of: str) -> bool:
    """Write the intent down; False when it was tried a moment ago, or another has made one since we looked."""
    _begin(desk, school_id, account_id)
    with desk.transaction() as session:
        now = database_now(session)
        is_settled = or_(ReportSheet.tried_at.is_(None), ReportSheet.tried_at <= now - SETTLED)
        return session.scalar(update(ReportSheet).where(ReportSheet.account_id == account_id, is_settled,
                                                         ReportSheet.file_id == instead_of)
                              .values(tried_at=now, file_id="").returning(ReportSheet.id)) is not None


def _note(desk: Desk, account_id: str, **values: object) -> None:
    with desk.transaction() as session:
        session.execute(update(ReportSheet).where(ReportSheet.account_id == account_id).values(**values))
