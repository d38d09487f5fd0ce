"""The pretend Google, over HTTP, in a process of its own."""

from datetime import UTC, datetime
from typing import Any

import click

from integration.sandbox.app import Sandbox, open_sandbox
from integration.sandbox.schools import demo_school, district
from integration.sandbox.trouble import Trouble
from web.commands.serving import serve


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", default=8001, show_default=True, type=click.IntRange(1, 65535))
@click.option("--school", "size", flag_value="school", default=True, help="The demo school of about sixty classes (the default).")
@click.option("--district", "size", flag_value="district", help="A district of 5,000 classes and 100 librarians.")
@click.option("--seed", default=1, show_default=True, help="The same number makes the same district.")
@click.option("--trouble", multiple=True, metavar="KIND,NAME=VALUE,…", callback=lambda _context, _option, words: _orders(words),
              help="Bad weather from the start, such as `busy,on=writes,times=3`; may be given several times.")
def sandbox(host: str, port: int, size: str, seed: int, trouble: tuple[dict[str, Any], ...]) -> None:
    """Serve only the pretend Google, until Ctrl-C."""
    click.echo(f"The pretend Google is at http://{host}:{port}; what was asked of it, at http://{host}:{port}/_sandbox/journal",
               err=True)
    # One process: the pretend world lives in its memory.
    serve(lambda: _pretend_google(size, seed, trouble), host, port)


def _orders(words: tuple[str, ...]) -> tuple[dict[str, Any], ...]:
    """Each order of trouble, tried out before anything is started."""
    orders = tuple(_order(word) for word in words)
    try:
        for order in orders:
            Trouble().order(**order)
    except ValueError as error:
        raise click.BadParameter(str(error)) from error
    return orders


def _order(word: str) -> dict[str, Any]:
    kind, *options = word.split(",")
    pairs = (option.partition("=") for option in options)
    return {"kind": kind, **{name: float(value) if value.replace(".", "", 1).isdigit() else value for name, _, value in pairs}}


def _pretend_google(size: str, seed: int, trouble: tuple[dict[str, Any], ...]) -> Sandbox:
    at = open_sandbox(district(seed, _now) if size == "district" else demo_school(_now))
    for order in trouble:
        at.trouble.order(**order)
    return at


def _now() -> datetime:
    return datetime.now(UTC)
