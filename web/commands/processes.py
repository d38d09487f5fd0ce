"""The processes, each apart, for docker compose or any process manager."""

import signal
import threading
from typing import Any

import click
from flask import Flask

from integration.sandbox.app import Sandbox
from integration.sandbox.trouble import Trouble
from web.commands.desks import desk_that_rings, desk_that_sweeps, settings_here

PATIENCE_WITH_REDIS = 60.0
"""Seconds a row may wait before the sweep does it: the workers come first."""
TICK_WITHOUT_REDIS = 0.5
PORT = click.IntRange(1, 65535)


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", default=8000, show_default=True, type=PORT)
@click.option("--processes", default=1, show_default=True, type=click.IntRange(1, 64))
@click.option("--threads", default=32, show_default=True, type=click.IntRange(1, 256))
def web(host: str, port: int, processes: int, threads: int) -> None:
    """Serve the pages and the API."""
    from web.commands.serving import serve

    settings = settings_here()

    def make() -> Flask:
        from web import create_app

        return create_app(desk_that_rings(settings))

    serve(make, host, port, processes=processes, threads=threads)


@click.command()
@click.option("--concurrency", default=2, show_default=True, type=click.IntRange(1, 32), help="How many jobs at once.")
def worker(concurrency: int) -> None:
    """Do the jobs the bell rings for; needs Redis."""
    if not settings_here().redis_url:
        raise click.ClickException("A worker needs THROUGHLINE_REDIS_URL. Without Redis start only the clock: it does every job.")
    from workers.app import app

    app.worker_main(["--quiet", "worker", f"--concurrency={concurrency}", "--without-mingle", "--without-gossip",
                     "--loglevel=WARNING"])


@click.command()
def clock() -> None:
    """Keep the timetable and sweep up what was forgotten; without Redis, do every job."""
    from workers.clock import TICK_SECONDS, run_clock

    settings = settings_here()
    desk, basket = desk_that_sweeps(settings)
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    has_redis = bool(settings.redis_url)
    run_clock(desk, basket, stop, patience=PATIENCE_WITH_REDIS if has_redis else 0.0,
              tick=TICK_SECONDS if has_redis else TICK_WITHOUT_REDIS)


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", default=8001, show_default=True, type=PORT)
@click.option("--school", "size", flag_value="school", default=True, help="The demo school of about sixty classes (the default).")
@click.option("--district", "size", flag_value="district", help="A district of 5,000 classes and 100 librarians.")
@click.option("--seed", default=1, show_default=True, help="The same number makes the same district.")
@click.option("--trouble", multiple=True, metavar="KIND,NAME=VALUE,…", callback=lambda _context, _option, words: _orders(words),
              help="Bad weather from the start, such as `busy,on=writes,times=3`; may be given several times.")
def sandbox(host: str, port: int, size: str, seed: int, trouble: tuple[dict[str, Any], ...]) -> None:
    """Serve only the pretend Google, until Ctrl-C."""
    from web.commands.serving import serve

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
    from integration.desk import utc_now
    from integration.sandbox.app import open_sandbox
    from integration.sandbox.schools import demo_school, district

    at = open_sandbox(district(seed, utc_now) if size == "district" else demo_school(utc_now))
    for order in trouble:
        at.trouble.order(**order)
    return at


processes = (web, worker, clock, sandbox)
