"""A job by hand: look at Google now."""

import json
from dataclasses import asdict

import click

from integration.accounts.schools import AccountCard, account_by_email, accounts_of, school_ids
from integration.courses.preview import Preview, preview
from integration.courses.sync import request_sync
from integration.courses.syncs import SyncReport, sync_report
from integration.desk import Desk
from integration.errors import NotFound
from web.commands.desks import desk_that_sweeps, settings_here
from workers.sweep import Basket, empty


@click.command()
@click.option("--account", "email", help="Only this librarian's; without it everybody's.")
@click.option("--full", is_flag=True, help="Read everything again, not only what changed.")
@click.option("--dry-run", is_flag=True, help="Only say what would change about the classes; nothing is written.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a sync.")
def sync(email: str | None, full: bool, dry_run: bool, as_json: bool) -> None:
    """Look at Google now, in this very process, and wait until it is done."""
    desk, basket = desk_that_sweeps(settings_here())
    if dry_run:
        for who in accounts(desk, email):
            _say(preview(desk, who.id), as_json=as_json)
        return
    reports = [_sync_one(desk, basket, who, full) for who in accounts(desk, email)]
    for report in reports:
        click.echo(json.dumps(_shown(report)) if as_json else
                   f"{report.state.value}: {report.classes_seen} classes and {report.posts_seen} posts, {report.calls} calls.")
        for error in report.errors:
            click.echo(error["sentence"], err=True)
    if any(report.errors for report in reports):
        raise click.exceptions.Exit(1)


def accounts(desk: Desk, email: str | None) -> list[AccountCard]:
    """The librarians a job is for: the one named, else all whose connection works. Raises NotFound."""
    if email is not None:
        return [account_by_email(desk, email)]
    found = [who for school_id in school_ids(desk) for who in accounts_of(desk, school_id) if who.health.is_usable]
    if not found:
        raise NotFound("No account is connected, so there is nothing to look at. Connect one in the browser first.")
    return found


def _say(seen: Preview, *, as_json: bool) -> None:
    """What a sync would change, class by class."""
    if as_json:
        click.echo(json.dumps(asdict(seen), ensure_ascii=False))
        return
    for each in seen.differences:
        click.echo(f"{each.name}: {each.sentence}")
    click.echo(f"{seen.classes_seen} classes seen in {seen.calls} calls, {len(seen.differences)} differences. Nothing was written.")


def _sync_one(desk: Desk, basket: Basket, who: AccountCard, full: bool) -> SyncReport:
    sync_id = request_sync(desk, who.school_id, who.id, full=full, by_person=True)
    empty(desk, basket)
    return sync_report(desk, who.school_id, sync_id)


def _shown(report: SyncReport) -> dict[str, object]:
    return {"id": report.id, "state": report.state.value, "classes_seen": report.classes_seen, "posts_seen": report.posts_seen,
            "calls": report.calls, "errors": [dict(error) for error in report.errors]}
