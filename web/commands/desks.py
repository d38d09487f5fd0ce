"""The desk of each process: what its bell is, and that its database is up to date."""

from collections.abc import Mapping

from config.logging import set_up_logging
from config.settings import Settings, load_settings
from integration.desk import Desk, open_desk
from integration.later import Job, Ring, silence
from workers.sweep import Basket


def settings_here() -> Settings:
    """This process's settings, with its log lines set up by them."""
    settings = load_settings()
    set_up_logging(settings.log_level)
    return settings


def desk_that_rings(settings: Settings) -> Desk:
    """A desk for a process somebody asks: jobs go to the workers through Redis, or wait for the sweep where there is none."""
    return open_desk(settings, ring=ring_of(settings))


def desk_that_sweeps(settings: Settings) -> tuple[Desk, Basket]:
    """A desk whose jobs are done by the very process that sweeps."""
    basket = Basket()
    return open_desk(settings, ring=basket), basket


def ring_of(settings: Settings) -> Ring:
    """The bell these settings ask for."""
    if not settings.redis_url:
        return leave_it_to_the_sweep
    # Celery takes a third of a second to import; only a process with a Redis needs it.
    from workers.bell import CeleryBell
    from workers.queue import make_celery

    return CeleryBell(make_celery(settings.redis_url))


def leave_it_to_the_sweep(job: Job, ids: Mapping[str, str]) -> None:
    """No Redis: the row is there, and the sweep comes by every half second."""
    silence(job, ids)
