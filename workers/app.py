"""The Celery app: limits, queues and the desk of each worker process. Every line has its reason.

The queue is only a bell: the database remembers what is to be done, so a message lost, doubled or late does no harm.
"""

from celery import Celery
from celery.signals import setup_logging, worker_process_init

from config.logging import set_up_logging
from config.settings import Settings, load_settings
from integration.desk import Desk, open_desk
from workers.bell import CeleryBell

HARD_LIMIT_SECONDS = 120
SOFT_LIMIT_SECONDS = 90


def make_celery(redis_url: str) -> Celery:
    """A Celery app on this Redis. It connects only when first used."""
    app = Celery("throughline", broker=redis_url, include=["workers.tasks"])
    app.conf.update(
        # A worker that dies half-way leaves its message in the queue; every job looks at its rows first, so twice is harmless.
        task_acks_late=True,
        # One message at a time: a worker with a long job must not sit on others.
        worker_prefetch_multiplier=1,
        # Nobody reads results; the rows say what happened.
        task_ignore_result=True,
        result_backend=None,
        # JSON cannot run code; pickle can.
        task_serializer="json",
        accept_content=["json"],
        # A job is a short slice of work. The hard limit must stay below the visibility timeout, or it would run twice at once.
        task_time_limit=HARD_LIMIT_SECONDS,
        task_soft_time_limit=SOFT_LIMIT_SECONDS,
        broker_transport_options={
            "visibility_timeout": 300,
            # How soon a dead worker's message is seen again; the defaults take minutes.
            "unacked_restore_interval": 5,
            "unacked_restore_throttle": 5,
            # A web page rings the bell, so a Redis that is away may cost it a second at most.
            "socket_timeout": 10,
            "socket_connect_timeout": 1,
        },
        broker_connection_retry_on_startup=True,
        # On SIGTERM finish the one call under way rather than cut it.
        worker_soft_shutdown_timeout=30,
        worker_enable_soft_shutdown_on_idle=True,
        # The sweep, not Celery, brings back what a lost worker held; redelivering a job that kills workers would loop.
        task_reject_on_worker_lost=False,
        worker_hijack_root_logger=False,
        worker_send_task_events=False,
        enable_utc=True,
        broker_pool_limit=4,
    )
    return app


class Bench:
    """The place a worker process works at: its desk, opened once the process has been forked."""

    desk: Desk

    @classmethod
    def open(cls, settings: Settings) -> None:
        """Open the desk of this process."""
        cls.desk = open_desk(settings, ring=CeleryBell(app))


settings = load_settings()
app = make_celery(settings.redis_url)


@setup_logging.connect
def _keep_our_log_lines(**_: object) -> None:
    set_up_logging(settings.log_level)


@worker_process_init.connect
def _open_bench(**_: object) -> None:
    Bench.open(settings)
