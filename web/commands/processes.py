"""The processes, each apart, for docker compose or any process manager."""

import signal
import sys
import threading
from collections.abc import Callable

import click
from flask import Flask

from web.commands.desks import desk_that_rings, desk_that_sweeps, settings_here

PATIENCE_WITH_REDIS = 60.0
"""Seconds a row may wait before the sweep does it: the workers come first."""
PATIENCE_WITH_A_REDIS_THAT_IS_AWAY = 5.0
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
    from workers.app import app, ear
    from workers.hearing import LEFT_DEAF

    # One job at a time needs no second process beside the one that listens.
    pool = "solo" if concurrency == 1 else "prefork"
    app.worker_main(["--quiet", "worker", f"--pool={pool}", f"--concurrency={concurrency}", "--without-mingle",
                     "--without-gossip", "--loglevel=WARNING"])
    if ear.has_left:
        # Celery keeps its exit status to itself.
        sys.exit(LEFT_DEAF)


@click.command()
def clock() -> None:
    """Keep the timetable and sweep up what was forgotten; without Redis, do every job."""
    from workers.clock import TICK_SECONDS, run_clock

    settings = settings_here()
    desk, basket = desk_that_sweeps(settings)
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    if settings.redis_url:
        from workers.bell import CeleryBell
        from workers.queue import make_celery

        bell = CeleryBell(make_celery(settings.redis_url))
        run_clock(desk, basket, stop, patience=patience_with(settings.redis_url), tick=TICK_SECONDS, ring=bell.ring)
    else:
        run_clock(desk, basket, stop, patience=lambda: 0.0, tick=TICK_WITHOUT_REDIS)


def patience_with(redis_url: str) -> Callable[[], float]:
    """How long to leave a row to the workers, who hear of it only while Redis answers."""
    from workers.bell import answers
    from workers.queue import make_celery

    app = make_celery(redis_url)
    return lambda: PATIENCE_WITH_REDIS if answers(app) else PATIENCE_WITH_A_REDIS_THAT_IS_AWAY
