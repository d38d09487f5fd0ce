"""The `throughline` command: one file a subject, loaded when it is asked for, so that each process stays small."""

import importlib
import sys

import click

from config.settings import SettingsError, adopt
from integration.errors import ThroughlineError

FILES = {
    "demo": "demo", "up": "up", "web": "processes", "worker": "processes", "clock": "processes", "sandbox": "pretend",
    "migrate": "administer", "doctor": "administer", "backup": "administer", "restore": "administer", "keys": "administer",
    "token": "administer", "sync": "jobs", "week": "week", "export": "reports", "report": "reports", "cite": "cite",
}
"""Each command and the file it is in."""


class Shelf(click.Group):
    """The commands, each taken from its file only when it is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(FILES)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in FILES:
            return None
        found = getattr(importlib.import_module(f"web.commands.{FILES[cmd_name]}"), cmd_name)
        assert isinstance(found, click.Command)
        return found


@click.group(cls=Shelf, context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--env-file", type=click.Path(exists=True, dir_okay=False),
              help="A file of settings, one NAME=value a line; the environment comes first.")
def throughline(env_file: str | None) -> None:
    """Puts a school librarian's resources into the right Google Classroom classes, with each teacher's consent, once."""
    if env_file is not None:
        adopt(env_file)


class DatabaseInWords:
    """Turns a database that does not answer into a sentence; loads SQLAlchemy only when something has gone wrong."""

    def __enter__(self) -> None:
        """Nothing to prepare."""

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> None:
        if not isinstance(error, Exception):
            return
        from sqlalchemy.exc import OperationalError

        if isinstance(error, OperationalError):
            raise SettingsError(f"The database did not answer, or does not have its tables yet: {error.orig}. Nothing was "
                                "done. See THROUGHLINE_DATABASE_URL, and run `throughline migrate`.") from error


def main() -> None:
    """Run the command. Exit status 0 done, 1 something is wrong and the text says what, 2 wrong usage."""
    try:
        with DatabaseInWords():
            throughline(prog_name="throughline")
    except (ThroughlineError, SettingsError) as error:
        click.echo(str(error), err=True)
        sys.exit(1)
