"""The migrations: numbered, in one line, and no different from the tables of the code."""

from pathlib import Path

from alembic import command
from alembic.script import ScriptDirectory
from sqlalchemy import inspect

from integration.records.session import open_engine
from integration.schema import alembic_settings, bring_up_to_date, every_table, is_up_to_date
from tests.databases import new_postgres_url, on_postgres


def test_migrations_are_numbered_without_a_gap() -> None:
    line = [step.revision for step in reversed(list(ScriptDirectory.from_config(alembic_settings()).walk_revisions()))]
    assert line == [f"{number:04d}" for number in range(1, len(line) + 1)]


def test_there_is_one_head() -> None:
    assert len(ScriptDirectory.from_config(alembic_settings()).get_heads()) == 1


def test_an_empty_database_is_brought_up_to_date_and_a_second_time_changes_nothing(tmp_path: Path) -> None:
    engine = open_engine(_address(tmp_path))
    bring_up_to_date(engine)
    bring_up_to_date(engine)
    assert is_up_to_date(engine)
    assert set(every_table().tables) <= set(inspect(engine).get_table_names())
    engine.dispose()


def test_the_migrations_make_the_tables_the_code_has(tmp_path: Path) -> None:
    engine = open_engine(_address(tmp_path))
    bring_up_to_date(engine)
    with engine.begin() as connection:
        settings = alembic_settings()
        settings.attributes["connection"] = connection
        command.check(settings)
    engine.dispose()


def _address(folder: Path) -> str:
    return new_postgres_url() if on_postgres() else f"sqlite:///{folder / 'migrated.db'}"
