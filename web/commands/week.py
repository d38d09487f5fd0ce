"""The weekly round by hand: run it now in this very process, or only say what it would do."""

import json
import time
from dataclasses import asdict

import click

from integration.accounts.schools import AccountCard
from integration.courses.preview import preview
from integration.desk import Desk
from integration.week.foresee import foresee_week
from integration.week.run import go_on, run_now
from integration.week.shelf import WeekCard
from integration.week.shelf import week as read_week
from integration.week.when import place_of
from web.commands.desks import desk_that_sweeps, settings_here
from web.commands.jobs import accounts
from workers.sweep import Basket, empty

PAUSE = 0.5


@click.command()
@click.option("--account", "email", help="Only this librarian's; without it everybody's.")
@click.option("--dry-run", is_flag=True, help="Only say what it would do; nothing is written, here or to Google.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a round.")
def week(email: str | None, dry_run: bool, as_json: bool) -> None:
    """Run the weekly round now, in this very process, and wait until it is done."""
    desk, basket = desk_that_sweeps(settings_here())
    if dry_run:
        for who in accounts(desk, email):
            _foresee(desk, who, as_json=as_json)
        return
    cards = [_run(desk, basket, who) for who in accounts(desk, email)]
    for card in cards:
        _say(card, as_json=as_json)
    if any(card.sentences for card in cards):
        raise click.exceptions.Exit(1)


def _run(desk: Desk, basket: Basket, who: AccountCard) -> WeekCard:
    week_id = run_now(desk, who.school_id, who.id)
    while True:
        empty(desk, basket)
        card = read_week(desk, who.school_id, week_id)
        if card.is_over:
            return card
        go_on(desk, week_id)
        time.sleep(0 if basket.jobs else PAUSE)


def _say(card: WeekCard, *, as_json: bool) -> None:
    if as_json:
        shown = {**asdict(card), "counts": card.counts, "calls": card.calls, "seconds": card.seconds}
        click.echo(json.dumps(shown, default=str, ensure_ascii=False))
        return
    for step in card.steps:
        counts = ", ".join(f"{number} {name.replace('_', ' ')}" for name, number in step.counts.items())
        click.echo(f"{step.step.replace('_', ' ')}: {step.state}{f' ({counts})' if counts else ''}")
    click.echo(f"Week {card.week}: {card.state}, {card.calls} calls, {card.seconds or 0:.1f} seconds.")
    for sentence in card.sentences:
        click.echo(sentence, err=True)


def _foresee(desk: Desk, who: AccountCard, *, as_json: bool) -> None:
    """What a round would find and do."""
    seen, due = preview(desk, who.id), foresee_week(desk, who.school_id, who.id, place_of(desk, who.school_id).week)
    if as_json:
        click.echo(json.dumps({**asdict(seen), "due": [asdict(each) for each in due]}, default=str, ensure_ascii=False))
        return
    for found in seen.differences:
        click.echo(f"{found.name}: {found.sentence}")
    for each in due:
        counts = ", ".join(f"{number} {action}" for action, number in each.actions.items())
        click.echo(f"{each.series}: {each.sentence or f'{each.title} at {each.at:%Y-%m-%d %H:%M}: {counts}'}")
    click.echo(f"{seen.classes_seen} classes seen in {seen.calls} calls, {len(seen.differences)} differences. Nothing was written.")
