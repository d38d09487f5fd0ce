"""Pandoc, run as a program of its own: what it is given goes in by its input alone, and no shell and no file of ours is touched.

Pandoc is free software under the GPL; it is called, never linked (https://pandoc.org/MANUAL.html).
"""

import subprocess
from pathlib import Path

from integration.citations.styles import folder_of
from integration.errors import ThroughlineError

SECONDS = 60


class DidNotAnswer(ThroughlineError):
    """Pandoc could not be started, took too long, or could not read what it was given."""


def pandoc(arguments: list[str], text: str) -> str:
    """What pandoc makes of `text`. Raises DidNotAnswer."""
    return pandoc_file(arguments, text).decode()


def pandoc_file(arguments: list[str], text: str) -> bytes:
    """The same where a file comes out that is no text. Raises DidNotAnswer."""
    command = [str(Path(folder_of("pypandoc")) / "files" / "pandoc"), "--sandbox", *arguments]
    try:
        done = subprocess.run(  # noqa: S603 — the installed pandoc, no shell
            command, input=text.encode(), capture_output=True, timeout=SECONDS, check=True)
    except (OSError, subprocess.SubprocessError) as error:
        raise DidNotAnswer(str(error)) from error
    return done.stdout
