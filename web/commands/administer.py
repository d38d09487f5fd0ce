"""An administrator's commands: migrate, doctor, backup, restore, keys, token."""

from pathlib import Path

import click

from integration.accounts.personal_tokens import create_token
from integration.accounts.rotate import rotate as rotate_keys
from integration.accounts.schools import account_by_email
from integration.records.clock import utc_now
from integration.records.session import open_engine
from integration.schema import bring_up_to_date
from web.commands import backups
from web.commands.checks import look_at_everything
from web.commands.desks import desk_that_rings, settings_here
from web.commands.embedded import new_key

FORGOTTEN = (
    "Start web, worker and clock. For ten minutes nothing is sent; then every post in question is looked up in Classroom, and the "
    "pages say “verifying posts” until that is done.\n"
    "What cannot be known: plans accepted or taken back since then, teachers’ answers, and corrections of grades. Posts of such "
    "plans stay in their classes; the next plan sees them, but they no longer belong to the ledger. A post that was planned for "
    "later and taken back since then would go out at its time: look through Deliveries before.\n"
    "Make sure that no worker still runs on the old database.")


@click.command()
def migrate() -> None:
    """Bring the database up to date; running it twice changes nothing."""
    engine = open_engine(settings_here().database_url)
    bring_up_to_date(engine)
    click.echo("The database is up to date.")


@click.command()
def doctor() -> None:
    """Check settings, database, Redis, clock and Google client, and say what to do."""
    findings = look_at_everything(settings_here())
    for finding in findings:
        click.echo(f"{'ok  ' if finding.is_well else 'BAD '} {finding.what}: {finding.sentence}")
    if not all(finding.is_well for finding in findings):
        raise click.exceptions.Exit(1)


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def backup(file: Path) -> None:
    """Write everything the database holds into FILE, which must not exist yet."""
    engine = open_engine(settings_here().database_url)
    rows = backups.write(engine, file, utc_now())
    click.echo(f"{rows:,} rows are in {file}. The secret keys are not: keep them apart, without them no account opens.")


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def restore(file: Path) -> None:
    """Fill an empty database from FILE."""
    engine = open_engine(settings_here().database_url)
    bring_up_to_date(engine)
    back = backups.read(engine, file, utc_now())
    click.echo(f"{back.rows:,} rows are back, as of {back.made_at:%B %d, %Y, %H:%M} UTC.\n{FORGOTTEN}")


@click.group()
def keys() -> None:
    """The secret keys that seal what Google gave us."""


@keys.command()
def new() -> None:
    """Print a fresh key; put it first in THROUGHLINE_SECRET_KEYS."""
    click.echo(new_key())


@keys.command()
def rotate() -> None:
    """Seal everything with the newest key; afterwards the older ones may go."""
    sealed = rotate_keys(desk_that_rings(settings_here()))
    click.echo(f"{sealed} stored secrets are sealed with the newest key now. The older keys may be taken out of the settings.")


@click.group()
def token() -> None:
    """Personal access tokens for the JSON API."""


@token.command()
@click.option("--account", "email", required=True, metavar="EMAIL", help="The connected account it speaks for.")
def create(email: str) -> None:
    """Print a new token, this once."""
    desk = desk_that_rings(settings_here())
    click.echo(create_token(desk, account_by_email(desk, email).id))
