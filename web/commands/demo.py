"""The main job, from nothing to a printed result, on a pretend Google in a process of its own."""

import json
import sys
import time
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

import click

from config.settings import Settings, given_settings
from integration.sandbox.catalogue import DOIS
from web.commands import embedded
from web.commands.apart import run_apart
from web.commands.outcome import Outcome
from web.commands.redis_server import SETTING, start_queue
from web.commands.stack import Stack, StopAsked, stop_on_signals

Say = Callable[[str], None]


@click.command()
@click.option("--once", is_flag=True, help="Stop after the main job instead of serving the page.")
@click.option("--json", "as_json", is_flag=True, help="Print the result as one JSON object, as the last line.")
@click.option("--port", type=click.IntRange(1, 65535), help="The port of the web page; 8000, or any free one, when left out.")
@click.option("--data", type=click.Path(file_okay=False, path_type=Path),
              help="Keep the data in this folder; without it everything is thrown away at the end.")
def demo(once: bool, as_json: bool, port: int | None, data: Path | None) -> None:
    """Run the main job on a pretend Google and leave the page open until Ctrl-C."""
    began = time.monotonic()
    stop_on_signals()
    say: Say = lambda sentence: click.echo(sentence, err=as_json)  # noqa: E731 — one place decides where words go
    try:
        with embedded.folder_for(data) as folder, embedded.run_folder() as run:
            _run(folder, run, embedded.free_port(port, 8000), began, say, once=once, as_json=as_json)
    except StopAsked:
        click.echo("Stopped.", err=True)


def _run(folder: Path, run: Path, port: int, began: float, say: Say, *, once: bool, as_json: bool) -> None:
    google_port = embedded.free_port(None, 0)
    environ = _environment(folder, port, google_port)
    settings, queue = embedded.prepare(environ, run)
    log = folder / "throughline.log"
    with log.open("ab") as lines, Stack(environ, lines) as stack:
        say(f"Starting a pretend Google, the web page, one worker and the clock (queue: {queue.sentence}).")
        start_queue(stack, queue, run, folder)
        stack.start_ours("sandbox", "--port", str(google_port))
        embedded.start_ours(stack, queue, port)
        stack.wait_until(lambda: embedded.answers(f"{settings.google_root}/_sandbox/journal"), "Starting Google", seconds=60)
        outcome = run_apart(lambda: _tell(settings, environ, say), "The main job", stack=stack, seconds=600)
        _print(outcome, began, settings.origin, say, as_json=as_json)
        if not once:
            say(f"The page is open at {settings.origin} — press Connect and choose Maya Okafor. Ctrl-C stops everything.")
            stack.serve()


def _tell(settings: Settings, environ: dict[str, str], say: Say) -> Outcome:
    from integration.desk import open_desk
    from web.commands.desks import ring_of
    from web.commands.story import Story

    # The process that started the stack watches it; this one only waits.
    return Story(open_desk(settings, ring=ring_of(settings)), Stack(environ), say).tell()


def _environment(folder: Path, port: int, google_port: int) -> dict[str, str]:
    """The stack's settings. Whatever real Google or database the environment names, the demo keeps off it."""
    kept = {name: value for name, value in given_settings().items() if name in {SETTING, "THROUGHLINE_LOG_LEVEL"}}
    google = f"http://{embedded.HERE}:{google_port}"
    ours = {"THROUGHLINE_GOOGLE_CLIENT_ID": "sandbox-client", "THROUGHLINE_GOOGLE_CLIENT_SECRET": "sandbox-secret",
            "THROUGHLINE_GOOGLE_ROOT_URL": google, "THROUGHLINE_OPEN_LIBRARY_URL": google, "THROUGHLINE_DOI_URL": google + DOIS,
            "THROUGHLINE_LOOKUP_NETWORKS": f"{embedded.HERE}/32"}
    return embedded.environment(folder, port, {**kept, **ours})


def _print(outcome: Outcome, began: float, url: str, say: Say, *, as_json: bool) -> None:
    seconds = round(time.monotonic() - began, 1)
    say(f"{outcome.planned} classes were planned, {outcome.delivered} posts delivered, {outcome.standing} stand. They reach "
        f"{outcome.reach.classes} classes, {outcome.reach.teachers} teachers and {outcome.reach.students} students. "
        f"{seconds} seconds.")
    if as_json:
        click.echo(json.dumps({**asdict(outcome), "seconds": seconds, "url": url}))
        sys.stdout.flush()
