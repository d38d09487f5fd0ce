"""The Celery app of a worker process, and its desk."""

from celery.signals import setup_logging, worker_process_init

from config.logging import set_up_logging
from config.settings import Settings, load_settings
from integration.desk import Desk, open_desk
from workers.bell import CeleryBell
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


@setup_logging.connect  # type: ignore[untyped-decorator]
def _keep_our_log_lines(**_: object) -> None:
    set_up_logging(settings.log_level)


@worker_process_init.connect  # type: ignore[untyped-decorator]
def _open_bench(**_: object) -> None:
    Bench.open(settings)
