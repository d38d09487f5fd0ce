"""Ringing the bell: a job put into Celery's queue in at most a second, or not at all."""

import time
from collections.abc import Mapping

import structlog
from celery import Celery
from kombu.exceptions import OperationalError

from integration.later import Job

log = structlog.get_logger(__name__)

SECONDS_TO_LEAVE_IT = 10.0


class CeleryBell:
    """Rings by putting a message into the queue. When Redis is away it gives up at once; the sweep finds the row.

    After a failure it does not try again for ten seconds, so that pages stay quick while Redis is down.
    """

    def __init__(self, app: Celery) -> None:
        self._app = app
        self._silent_until = 0.0

    def __call__(self, job: Job, ids: Mapping[str, str]) -> None:
        self.ring(job, ids)

    def ring(self, job: Job, ids: Mapping[str, str]) -> bool:
        """Ring; whether Redis took it."""
        if time.monotonic() < self._silent_until:
            return False
        try:
            self._app.send_task(job.value, kwargs=dict(ids), retry=False, ignore_result=True)
        except (OperationalError, OSError) as error:
            self._silent_until = time.monotonic() + SECONDS_TO_LEAVE_IT
            log.warning("the bell could not be rung; the sweep will find the row", job=job.value, error=type(error).__name__)
            return False
        return True


def answers(app: Celery) -> bool:
    """Whether the Redis of `app` answers within a second or so."""
    try:
        with app.connection_for_write() as connection:
            connection.ensure_connection(max_retries=1, timeout=2)
    except (OperationalError, OSError):
        return False
    return True
