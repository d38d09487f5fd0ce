"""The weekly round as a command."""

from sqlalchemy import Engine

from integration.desk import Desk
from tests.conftest import SETTINGS
from tests.web.commands.test_administer import filled, fresh, run

__all__ = ["filled", "fresh"]


def test_without_a_connected_account_the_command_says_so(fresh: Engine) -> None:
    done = run("week", THROUGHLINE_DATABASE_URL=str(fresh.url), THROUGHLINE_SECRET_KEYS=SETTINGS["secret_keys"])
    assert done.returncode == 1 and "No account is connected" in done.stderr


def test_an_unknown_librarian_is_said_to_be_unknown(filled: tuple[Engine, Desk]) -> None:
    done = run("week", "--json", "--account", "nobody@juniper.example", THROUGHLINE_DATABASE_URL=str(filled[0].url),
               THROUGHLINE_SECRET_KEYS=SETTINGS["secret_keys"])
    assert done.returncode == 1 and "no connected accounts" in done.stderr
