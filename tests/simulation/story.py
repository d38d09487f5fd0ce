"""What happens in one seed: she plans and accepts, people and weather interfere, then it is calm and all must come to its end."""

from collections.abc import Callable
from functools import partial

from integration.delivery.janitor import OLD_ENOUGH
from tests.simulation.crew import Crew
from tests.simulation.librarian import Librarian
from tests.simulation.mishaps import Mishaps
from tests.simulation.teachers import Teachers
from tests.simulation.town import Town
from tests.simulation.weather import UNAWARE

AFTERWARDS = (1.0, 60.0, 150.0, 240.0, 330.0, 420.0, 540.0, 660.0)
EDITIONS = 8
AN_AFTERNOON = 700.0
CLEANED = (780.0, 800.0, 1500.0, 1520.0, 2200.0, 2220.0)
"""Seconds of calm after which the sweep comes by: until all must be final, and until the janitor must have been.

Between the two lies an afternoon on which people go on.
"""


class Story:
    """One seed, from its first plan to its last sweep."""

    def __init__(self, town: Town) -> None:
        self.town = town
        self.crew = Crew(town)
        self.librarian = Librarian(town, self.crew)
        self.teachers = Teachers(town)
        self.mishaps = Mishaps(town, self.crew)
        self.calm_at = town.chance.uniform(60.0, 600.0)

    def play(self) -> None:
        """Let it all happen."""
        self.town.loop.after(0.0, self.librarian.plan)
        self.town.loop.run(5.0)
        self._storm()
        self._calm()

    def _storm(self) -> None:
        self.town.weather.is_calm = False
        for plan_id in self.librarian.plans:
            self.town.soon(partial(self.librarian.accept, plan_id), 0.0, 20.0)
        if self.town.chance.random() < 0.7:
            self.town.soon(self.librarian.agree, 10.0, 60.0)
        # Now and then all of it comes at once, while most posts are on their way.
        until = 40.0 if not self.town.as_once and self.town.more.random() < 0.25 else self.calm_at - 5.0
        for act in self._deeds():
            self.town.soon(act, 3.0, until)
        if self.town.weather.brings_editions():
            for _ in range(EDITIONS):
                self.town.soon(self.librarian.make_another_edition, 15.0, until)
        self.town.loop.at(10.0, self._tick)
        self.town.loop.run(self.calm_at)

    def _deeds(self) -> list[Callable[[], None]]:
        """A few of the things people and machines do meanwhile."""
        every = (*self.librarian.deeds(), *self.teachers.deeds(), *self.mishaps.deeds())
        share = self.town.chance.choice((0.05, 0.15, 0.4))
        return [act for act in every if self.town.chance.random() < (0.6 if act == self.librarian.agree else share)]

    def _tick(self) -> None:
        """The clock strikes; it is left out when nothing is due, because nothing would come of it."""
        if self.town.loop.seconds >= self.calm_at:
            return
        self.town.loop.after(self.town.chance.uniform(15.0, 60.0), self._tick)
        if self._is_open():
            self.crew.sweep()

    def _calm(self) -> None:
        """Everything is well again: what is not at its end some minutes later never will be."""
        self.mishaps.be_well()
        for (plan_id,) in self.town.database.ask("select id from plans where state = 'planned' order by id"):
            self.town.loop.after(0.5, partial(self.librarian.accept, plan_id))
        if self.town.chance.random() < 0.4:
            self.town.loop.after(1.0, self.crew.look)
        for wait in AFTERWARDS:
            self._sweep_at(self.calm_at + wait)
        if self.town.chance.random() < 0.3:
            self._afternoon()
        for wait in CLEANED:
            self._sweep_at(self.calm_at + wait)
        self.town.loop.run(self.town.loop.seconds + 60.0)

    def _afternoon(self) -> None:
        """Teachers edit and delete; so long after that nobody can be unaware of it, she takes back a plan or words it anew."""
        at = self.calm_at + AN_AFTERNOON
        for act in (self.teachers.edit, self.teachers.edit, self.teachers.delete):
            self.town.loop.at(at, act)
        self.town.loop.at(at + UNAWARE + 1.0, self.town.chance.choice((self.librarian.retract, self.librarian.reword)))

    def _sweep_at(self, at: float) -> None:
        """Come by unless everything is at its end. Until all who were stopped have woken, it may not stay so."""
        self.town.loop.run(at)
        self.town.google.settle()
        if self._is_open():
            self.town.loop.at(at, self.crew.sweep)

    def _is_open(self) -> bool:
        """Whether something is to be done now, be it only to notice that the database has begun a new life."""
        database = self.town.database
        is_noticed = database.ask("select 1 from generations where timeline = ?", f"life {database.life}")
        if self.mishaps.forgotten and not is_noticed:
            return True
        now = self.town.loop.seconds
        return bool(database.ask(OPEN, self.town.when(now), self.town.when(now), self.town.when(now - OLD), self.town.when(now)))


OLD = OLD_ENOUGH.total_seconds()
OPEN = """select 1 from deliveries where state in ('ready', 'drafting', 'drafted', 'publishing', 'cancelling', 'updating',
          'replacing', 'paused_auth', 'paused_google') and next_at <= ? and (lease_until is null or lease_until < ?) union all
          select 1 from delivery_attempts where kind = 'create' and finished_at is null and started_at < ? union all
          select 1 from generations where reconciled_at is null and quiet_until <= ? limit 1"""
