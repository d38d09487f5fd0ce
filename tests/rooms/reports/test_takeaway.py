"""A school takes everything of its own away, and nothing that opens a door."""

import csv
import io
import json
import zipfile

from integration.accounts.models import Account
from integration.accounts.personal_tokens import create_token
from integration.desk import Desk
from integration.reports.cells import FORMULA
from integration.reports.share import share
from integration.reports.takeaway import SECRET_COLUMNS, SECRET_TABLES, tables, take_away
from integration.sandbox.world import World
from integration.schema import every_table
from tests import make
from tests.rooms.reports.years import a_year


def archive_of(desk: Desk, school_id: str) -> zipfile.ZipFile:
    out = io.BytesIO()
    take_away(desk, school_id, out, every_table())
    return zipfile.ZipFile(out)


def test_everything_of_the_school_is_there_twice_and_nothing_of_another(desk: Desk, world: World) -> None:
    year = a_year(desk, world, 1)
    other = make.account(desk, world, world.add_person("omar@other.example", "Omar"))
    make.course(desk, other, name="Somebody else’s class")
    archive = archive_of(desk, year.school_id)
    entries = json.loads(archive.read("entries.json"))
    rows = list(csv.DictReader(io.StringIO(archive.read("entries.csv").decode("utf-8-sig"))))
    assert len(entries) == len(rows) == 25
    assert [row["id"] for row in rows] == [entry["id"] for entry in entries]
    assert all("Somebody else" not in archive.read(name).decode() for name in archive.namelist())


def test_no_secret_leaves(desk: Desk, world: World) -> None:
    year = a_year(desk, world, 1, posts=2, entries=1)
    token, link = create_token(desk, year.account.id), share(desk, year.school_id, "2026-11", 30)
    with desk.transaction() as session:
        sealed = session.get_one(Account, year.account.id).sealed_refresh_token
    archive = archive_of(desk, year.school_id)
    whole = b"".join(archive.read(name) for name in archive.namelist()).decode()
    assert sealed
    assert [secret for secret in (token, link.rsplit("/", 1)[1], str(sealed)) if secret in whole] == []


def test_a_new_table_with_a_secret_must_be_named_here() -> None:
    """Fails when a column that looks like a secret would leave."""
    looks = ("secret", "token", "salt", "sealed", "key")
    leaving = [f"{table.name}.{column.name}" for table in tables(every_table()) for column in table.c
               if column.name not in SECRET_COLUMNS and any(word in column.name for word in looks)]
    assert leaving == []
    assert {table.name for table in every_table().sorted_tables} >= SECRET_TABLES


def test_no_cell_of_any_table_is_a_formula(desk: Desk, world: World) -> None:
    archive = archive_of(desk, a_year(desk, world, 4).school_id)
    cells = [cell for name in archive.namelist() if name.endswith(".csv")
             for row in csv.reader(io.StringIO(archive.read(name).decode("utf-8-sig"))) for cell in row]
    assert [cell for cell in cells if cell.startswith(FORMULA)] == []
    assert "'=SUM(A1:A9) of sources" in cells
