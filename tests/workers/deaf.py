"""A worker that never takes a message, though it is connected to Redis and well: `python -m tests.workers.deaf`."""

import threading
from typing import Any

from celery.signals import worker_ready

from integration.desk import open_desk
from integration.later import silence
from web.commands.processes import worker
from workers.app import app, ear, settings
from workers.hearing import watch


def turn_deaf(sender: Any, **_: object) -> None:
    """Take no message of the queue, as after celery/celery#8030; and be told so sooner than in earnest."""
    sender.cancel_task_queue(app.conf.task_default_queue)
    ear.patience = 1.0
    threading.Thread(target=watch, args=(app, open_desk(settings, ring=silence), ear), kwargs={"every": 0.2}, daemon=True).start()


if __name__ == "__main__":
    worker_ready.connect(turn_deaf, weak=False)
    worker.main(["--concurrency", "1"])
