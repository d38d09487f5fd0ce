"""The same stack as the demo, against Google, for one school on one machine."""

from pathlib import Path

import click

from config.settings import given_settings
from web.commands import embedded
from web.commands.redis_server import start_queue
from web.commands.stack import Stack, StopAsked, stop_on_signals


@click.command()
@click.option("--port", type=click.IntRange(1, 65535), help="The port of the web page; 8000 when it is left out.")
@click.option("--data", type=click.Path(file_okay=False, path_type=Path), default=Path("var"), show_default=True,
              help="The folder that keeps the database and the secret key.")
def up(port: int | None, data: Path) -> None:
    """Run the whole of Throughline on this machine until Ctrl-C."""
    stop_on_signals()
    try:
        with embedded.folder_for(data) as folder, embedded.run_folder() as run:
            _run(embedded.free_port(port, 8000), folder, run)
    except StopAsked:
        click.echo("Stopped. What is kept is in the data folder.", err=True)


def _run(port: int, folder: Path, run: Path) -> None:
    environ = embedded.environment(folder, port, given_settings())
    settings, queue = embedded.prepare(environ, run)
    if not settings.google_client_id or not settings.google_client_secret.get_secret_value():
        raise click.ClickException("THROUGHLINE_GOOGLE_CLIENT_ID and THROUGHLINE_GOOGLE_CLIENT_SECRET are needed to sign in with "
                                   "Google, so nothing was started. The README says how to get them; `demo` needs neither.")
    with Stack(environ) as stack:
        start_queue(stack, queue, run, folder)
        embedded.start_ours(stack, queue, port)
        click.echo(f"Throughline is at {settings.origin} (queue: {queue.sentence}). Ctrl-C stops it.", err=True)
        stack.serve()
