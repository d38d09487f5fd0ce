"""Every task: one a job, one call each. Whether it still needs doing is the use case's business; its rows know."""

from collections.abc import Callable

import structlog

from integration.errors import GoogleError, NotFound
from integration.later import Job
from integration.records.session import DATABASE_AWAY
from workers.app import Bench, app
from workers.jobs import DOERS

log = structlog.get_logger(__name__)


def make_task(job: Job) -> Callable[..., None]:
    """The task of one job. What Google refuses stays in the job's rows, where the sweep finds it again."""

    def task(**ids: str) -> None:
        try:
            DOERS[job](Bench.desk, **ids)
        except (GoogleError, NotFound) as error:
            log.warning("a job could not be done now", job=job.value, error=type(error).__name__)
        except DATABASE_AWAY as error:
            log.warning("the database is away; the sweep finds the job when it is back", job=job.value, error=type(error).__name__)

    task.__doc__ = DOERS[job].__doc__
    return task


TASKS = {job: app.task(name=job.value)(make_task(job)) for job in Job}
