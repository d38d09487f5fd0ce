"""The queue as Celery sees it: limits and habits, every line with its reason.

The queue is only a bell: the database remembers what is to be done, so a message lost, doubled or late does no harm.
"""

from celery import Celery

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
            "max_retries": 1,
            "interval_start": 0,
            "interval_step": 0,
            "interval_max": 0,
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
