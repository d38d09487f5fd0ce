"""What happens to machines: the database or Google goes away, workers are deaf or replaced, writing is switched off."""

from collections.abc import Callable
from functools import partial

from tests.simulation.crew import Crew
from tests.simulation.town import Town
from tests.simulation.weather import LATEST, LONGEST_STOP

FORGETS = 20.0
"""Seconds of commits that a failover loses at most."""


class Mishaps:
    """Whatever befalls machines and those who run them."""

    def __init__(self, town: Town, crew: Crew) -> None:
        self.town = town
        self.crew = crew
        self.forgotten: list[tuple[float, float]] = []
        """From when until when the database forgot what it had committed."""
        self._standby = (0.0, town.database.picture())
        """What a standby knows, and since when it has heard no more."""
        town.onlookers.append(self.notice)

    def deeds(self) -> list[Callable[[], None]]:
        """What may happen meanwhile."""
        return [self.database_away, self.outage, self.switch_off, self.deafen, self.deploy, self.failover, self.crew.look]

    def be_well(self) -> None:
        """Everything works again."""
        self.town.weather.is_calm, self.town.weather.is_out, self.town.database.is_down = True, False, False
        self.crew.writes = "on"
        self.town.tell("weather", "it is calm")

    def database_away(self) -> None:
        self.town.note(22, "database", "goes away")
        self.town.note(29, "database", "takes no intent")
        self.town.database.is_down = True
        self.town.soon(self._database_back, 1.0, 60.0)

    def _database_back(self) -> None:
        self.town.database.is_down = False

    def outage(self) -> None:
        self.town.tell("Google", "is away")
        self.town.weather.is_out = True
        self.town.soon(self._outage_over, 10.0, 200.0)

    def _outage_over(self) -> None:
        self.town.weather.is_out = False

    def switch_off(self) -> None:
        self.town.tell("administrator", "switches writing off")
        self.crew.writes = "off"
        self.town.soon(self._switch_on, 20.0, 100.0)

    def _switch_on(self) -> None:
        self.crew.writes = "on"

    def deafen(self) -> None:
        self.town.note(20, "workers", "do not hear the bell")
        for worker in self.crew.workers:
            worker.deaf_until = self.town.loop.seconds + self.town.chance.uniform(20.0, 150.0)

    def deploy(self) -> None:
        """Each worker finishes what it has in hand and is replaced."""
        self.town.note(30, "administrator", "starts new workers")
        for worker in self.crew.workers:
            worker.deaf_until = self.town.loop.seconds + 5.0
            if not worker.is_busy:
                worker.process = self.crew.new_process(worker.name)

    def notice(self, _verb: str, _path: str) -> None:
        """The database is lost just when a write has gone out, and the standby lags behind by up to some twenty seconds."""
        since, picture = self._standby
        now = self.town.loop.seconds
        if now - since <= FORGETS and self.town.weather.fails_over():
            self.town.loop.after(self.town.more.uniform(0.0, 2.0), partial(self._promote, picture, since))
        elif now - since > FORGETS / 2:
            self._standby = (now, self.town.database.picture())

    def failover(self) -> None:
        """The database is lost; a standby takes its place that has not heard of the last seconds."""
        self.town.soon(partial(self._promote, self.town.database.picture(), self.town.loop.seconds), 1.0, FORGETS)

    def _promote(self, picture: bytes, at: float) -> None:
        self.town.note(23, "database", f"forgets everything since {at:.3f}")
        self.town.database.restore(picture)
        self.town.database.life += 1
        self.forgotten.append((at, self.town.loop.seconds))

    def is_forgotten(self, at: float) -> bool:
        """Whether what was asked of Google about then may be forgotten, however late it was done."""
        return any(since <= at <= until + LONGEST_STOP + LATEST for since, until in self.forgotten)
