"""The page for the principal as a file, and everything of a school's to take away."""

import json
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryFile

import click

from integration.accounts.schools import account_by_email, accounts_of, school_ids
from integration.delivery.ledger import deliveries
from integration.desk import Desk
from integration.errors import Invalid
from integration.reports.forms import FORMS, file_of
from integration.reports.takeaway import take_away
from integration.schema import every_table
from web.commands.desks import desk_that_sweeps, settings_here


@click.command()
@click.argument("period")
@click.option("--account", "email", help="A librarian of the school; needed where there is more than one school.")
@click.option("--form", type=click.Choice(list(FORMS)), help="Else by the file’s name, else JSON.")
@click.option("--out", type=click.Path(dir_okay=False), help="Where to put it; without it, text is printed.")
@click.option("--json", "as_json", is_flag=True, help="The same as --form json.")
@click.option("--dry-run", is_flag=True, help="Only say what would be written where.")
def report(period: str, email: str | None, form: str | None, out: str | None, as_json: bool, dry_run: bool) -> None:
    """Make the report of a month (2026-11) or a school year (2026)."""
    desk, _basket = desk_that_sweeps(settings_here())
    wanted = "json" if as_json else form or (Path(out).suffix[1:] if out else "") or "json"
    content = file_of(desk, _school(desk, email), period, wanted).content
    if out is None and wanted in {"pdf", "xlsx"}:
        raise Invalid(f"A report as {wanted} is not text. Say with --out where to put it.")
    if dry_run:
        click.echo(f"{len(content):,} bytes would be written to {out or 'the terminal'}. Nothing was written.")
    elif out is None:
        click.echo(content.decode())
    else:
        Path(out).write_bytes(content)
        click.echo(f"Written to {out}: {len(content):,} bytes.")


@click.command()
@click.option("--account", "email", help="A librarian of the school; needed where there is more than one school.")
@click.option("--out", type=click.Path(dir_okay=False), help="An archive of everything: each table as JSON and as CSV.")
@click.option("--dry-run", is_flag=True, help="Only say how much it would be; nothing is written.")
def export(email: str | None, out: str | None, dry_run: bool) -> None:
    """Take everything of the school's away with --out; without it, print its ledger as JSON, one delivery a line."""
    desk, _basket = desk_that_sweeps(settings_here())
    school_id = _school(desk, email)
    if out is None and not dry_run:
        for card in deliveries(desk, school_id):
            click.echo(json.dumps(asdict(card), default=str, ensure_ascii=False))
        return
    with TemporaryFile() if dry_run or out is None else Path(out).open("xb") as file:
        counts = take_away(desk, school_id, file, every_table())
    where = "Nothing was written." if dry_run else f"Written to {out}."
    click.echo(f"{sum(counts.values()):,} rows of {len(counts)} tables. {where}")


def _school(desk: Desk, email: str | None) -> str:
    if email is not None:
        return account_by_email(desk, email).school_id
    found = [id for id in school_ids(desk) if accounts_of(desk, id)]
    if len(found) != 1:
        raise Invalid(f"There are {len(found) or 'no'} schools with a connected account. Say with --account which one it is of.")
    return found[0]
