"""One sender of letters that dies, as by SIGKILL, just before its n-th step; its steps are those of `tests.killing.worker`."""

from typing import Any

from config.settings import Settings
from integration.letters.send import send_letters
from tests.killing.worker import Fate, doomed


def main(given: dict[str, Any], school_id: str, dies_at: int, ahead: float) -> None:
    """Send once what may go, `ahead` seconds in the future; with `dies_at` 0 live to the end."""
    send_letters(doomed(Settings(**given), Fate(dies_at), ahead), school_id)
