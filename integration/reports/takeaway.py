"""Everything a school has here, to take away: each table as JSON and as CSV in one archive, without any secret.

What is left out is what opens something (tokens, sessions, links, and the hashes of them) and what each librarian wrote for
herself alone.
"""

import csv
import io
import json
import zipfile
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from enum import Enum
from typing import IO, Any

from sqlalchemy import MetaData, Table, select

from integration.accounts.schools import school
from integration.desk import Desk
from integration.partnerships.private import PRIVATE_TABLES
from integration.reports.cells import safe

SECRET_TABLES = frozenset({"letter_links", "personal_tokens", "sessions", "replies"})
SECRET_COLUMNS = frozenset({"sealed_refresh_token", "key_id", "lease_token", "marker", "next_marker", "request_hash",
                            "content_hash", "fingerprint"})
ROWS_AT_ONCE = 500
README = """Everything Throughline keeps for {name}, as of {at}.

Each table is here twice: as JSON, one array of objects, and as CSV for a spreadsheet, where an apostrophe before = + - @ keeps
text from being run as a formula. Moments are in UTC. Ids join the tables: entries.partnership_id is partnerships.id, and so on.
No student is named in any of them, and nothing that opens an account is here. Nor is what each librarian wrote for herself alone,
her journal and how she sees a partnership; the journal is hers to take from its own page.
"""


def take_away(desk: Desk, school_id: str, out: IO[bytes], every: MetaData) -> dict[str, int]:
    """Write the archive into `out`; answer how many rows each table gave. `every` is every room's tables."""
    counts = {}
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("README.txt", README.format(name=school(desk, school_id).name, at=f"{desk.now():%Y-%m-%d %H:%M} UTC"))
        for table in tables(every):
            counts[table.name] = _write(desk, school_id, archive, table)
    return counts


def tables(every: MetaData) -> list[Table]:
    """Every table that holds something of a school's, those with secrets and those of one librarian alone left out."""
    return [table for table in every.sorted_tables if "school_id" in table.c and table.name not in SECRET_TABLES | PRIVATE_TABLES]


def _write(desk: Desk, school_id: str, archive: zipfile.ZipFile, table: Table) -> int:
    names = [column.name for column in table.c if column.name not in SECRET_COLUMNS]
    count = 0
    with archive.open(f"{table.name}.json", "w", force_zip64=True) as raw, io.TextIOWrapper(raw, "utf-8") as text:
        text.write("[")
        for count, row in enumerate(_rows(desk, school_id, table, names), start=1):
            text.write(("\n" if count == 1 else ",\n") + json.dumps(row, default=_plain, ensure_ascii=False))
        text.write("\n]\n")
    with archive.open(f"{table.name}.csv", "w", force_zip64=True) as raw, io.TextIOWrapper(raw, "utf-8-sig", newline="") as text:
        writer = csv.writer(text)
        writer.writerow(names)
        writer.writerows([_cell(row[name]) for name in names] for row in _rows(desk, school_id, table, names))
    return count


def _rows(desk: Desk, school_id: str, table: Table, names: list[str]) -> Iterator[Mapping[str, Any]]:
    """The table's rows in the order of their ids, a few hundred at a time."""
    last = ""
    while True:
        query = (select(*(table.c[name] for name in names)).where(table.c.school_id == school_id, table.c.id > last)
                 .order_by(table.c.id).limit(ROWS_AT_ONCE))
        with desk.transaction() as session:
            found = [dict(row._mapping) for row in session.execute(query)]
        yield from found
        if len(found) < ROWS_AT_ONCE:
            return
        last = found[-1]["id"]


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, (date, datetime)) else value.value if isinstance(value, Enum) else str(value)


def _cell(value: Any) -> Any:
    if isinstance(value, (list, dict)):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, (date, datetime, Enum)):
        return _plain(value)
    return safe(value)
