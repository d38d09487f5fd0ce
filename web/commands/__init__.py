"""The `throughline` command: one file a subject, all collected here."""

import sys

import click
from sqlalchemy.exc import OperationalError

from config.settings import SettingsError, adopt
from integration.errors import ThroughlineError
from web.commands.administer import administer
from web.commands.demo import demo
from web.commands.jobs import jobs
from web.commands.processes import processes
from web.commands.up import up

GROUPS = (processes, administer, jobs)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--env-file", type=click.Path(exists=True, dir_okay=False),
              help="A file of settings, one NAME=value a line; the environment comes first.")
def throughline(env_file: str | None) -> None:
    """Puts a school librarian's resources into the right Google Classroom classes, with each teacher's consent, once."""
    if env_file is not None:
        adopt(env_file)


for group in GROUPS:
    for command in group:
        throughline.add_command(command)
throughline.add_command(demo)
throughline.add_command(up)


def main() -> None:
    """Run the command. Exit status 0 done, 1 something is wrong and the text says what, 2 wrong usage."""
    try:
        throughline(prog_name="throughline")
    except (ThroughlineError, SettingsError) as error:
        click.echo(str(error), err=True)
        sys.exit(1)
    except OperationalError as error:
        click.echo(f"The database did not answer, or does not have its tables yet: {error.orig}. Nothing was done. "
                   "See THROUGHLINE_DATABASE_URL, and run `throughline migrate`.", err=True)
        sys.exit(1)
