"""A librarian's classes pulled from the pretend Google by this very process."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from integration.accounts.models import Account
from integration.courses.sync import request_sync
from integration.desk import Desk
from integration.later import Job
from workers.jobs import DOERS


@dataclass
class Basket:
    """A bell whose jobs are done by the benchmark itself."""

    jobs: list[tuple[Job, dict[str, str]]] = field(default_factory=list)

    def __call__(self, job: Job, ids: Mapping[str, str]) -> None:
        if (job, dict(ids)) not in self.jobs:
            self.jobs.append((job, dict(ids)))

    def empty(self, desk: Desk) -> None:
        """Do them, and those they ring for."""
        while self.jobs:
            job, ids = self.jobs.pop(0)
            DOERS[job](desk, **ids)


def pull(desk: Desk, basket: Basket, account: Account) -> None:
    """Bring everything in step, once, to its end."""
    request_sync(desk, account.school_id, account.id)
    basket.empty(desk)
