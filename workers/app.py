"""The Celery app of a worker process, and its desk."""

import threading

from celery.signals import setup_logging, task_received, worker_process_init, worker_ready

from config.logging import set_up_logging
from config.settings import Settings, load_settings
from integration.desk import Desk, open_desk
from integration.later import silence
from workers.bell import CeleryBell
from workers.hearing import Ear, watch
from workers.queue import make_celery


class Bench:
    """The place a worker process works at: its desk, opened once the process has been forked."""

    desk: Desk

    @classmethod
    def open(cls, settings: Settings) -> None:
        """Open the desk of this process."""
        cls.desk = open_desk(settings, ring=CeleryBell(app))


settings = load_settings()
app = make_celery(settings.redis_url)
ear = Ear()


@setup_logging.connect  # type: ignore[untyped-decorator]
def _keep_our_log_lines(**_: object) -> None:
    set_up_logging(settings.log_level)


@worker_process_init.connect  # type: ignore[untyped-decorator]
def _open_bench(**_: object) -> None:
    Bench.open(settings)


@worker_ready.connect  # type: ignore[untyped-decorator]
def _listen(**_: object) -> None:
    # The process that takes messages needs a desk of its own: the forks that do the work opened theirs.
    threading.Thread(target=watch, args=(app, open_desk(settings, ring=silence), ear), daemon=True, name="hearing").start()


@task_received.connect  # type: ignore[untyped-decorator]
def _hear(**_: object) -> None:
    ear.hear()
