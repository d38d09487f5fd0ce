"""What happens in one seed: she plans and accepts, people and weather interfere, then it is calm and all must come to its end."""

from collections.abc import Callable
from datetime import date, timedelta

from integration.delivery.accept import accept
from integration.delivery.agree import agree_in_person
from integration.delivery.plan import NewPlan, Rule, plan
from integration.delivery.retract import retract
from integration.delivery.retry import retry
from tests import make
from tests.simulation.crew import Crew
from tests.simulation.town import Act, Town
from tests.simulation.weather import LATEST, LONGEST_STOP

SETTLED = LATEST + LONGEST_STOP + 10.0
AFTERWARDS = (1.0, 60.0, 150.0, 240.0, 330.0, 420.0, 540.0, 660.0)
CLEANED = (780.0, 800.0, 1500.0, 1520.0)
"""Seconds of calm after which the sweep comes by: until all must be final, and until the janitor must have been."""


class Story:
    """One seed, from its first plan to its last sweep."""

    def __init__(self, town: Town) -> None:
        self.town = town
        self.crew = Crew(town)
        self.plans: list[str] = []
        self.agreed: dict[tuple[str, str], float] = {}
        """When a teacher's yes was given: (Google's class, key) → seconds."""
        self.edits: list[tuple[float, str, str]] = []
        """When a person edited which post."""
        self.still_waits: set[str] = set()
        self.calm_at = town.chance.uniform(60.0, 600.0)

    def play(self) -> None:
        """Let it all happen."""
        self.town.loop.after(0.0, self._plan)
        self.town.loop.run(5.0)
        self._storm()
        self._calm()

    def _plan(self) -> None:
        chance, courses = self.town.chance, list(self.town.school.course_ids.values())
        for number in chance.sample(range(4), chance.choice((1, 1, 2))):
            chosen = chance.sample(courses, chance.choice((1, 1, 2, 3)))
            later = self.town.loop.now() + timedelta(seconds=chance.uniform(30, 300)) if chance.random() < 0.2 else None
            new = NewPlan(self.town.school.collections[number], Rule(class_ids=chosen), publish_at=later,
                          kind=chance.choice(("material", "announcement")), topic=chance.choice(("Library", "")))
            school = self.town.school
            self._web(lambda desk, new=new: self.plans.append(plan(desk, school.school_id, school.account_id, new)))

    def _storm(self) -> None:
        self.town.weather.is_calm = False
        for plan_id in self.plans:
            self._soon(lambda plan_id=plan_id: self._accept(plan_id), 0.0, 20.0)
        for act in self._acts():
            self._soon(act, 3.0, self.calm_at - 5.0)
        self.town.loop.at(10.0, self._tick)
        self.town.loop.run(self.calm_at)

    def _tick(self) -> None:
        """The clock strikes; it is left out when nothing waits, because nothing would come of it."""
        if self.town.loop.seconds >= self.calm_at:
            return
        self.town.loop.after(self.town.chance.uniform(20.0, 120.0), self._tick)
        if self.town.database.ask(OPEN):
            self.crew.sweep()

    def _acts(self) -> list[Callable[[], None]]:
        """A few of the things people and machines do meanwhile."""
        every = (self._agree, self._agree, self._agree, self._accept_again, self._retract, self._retry, self._retry, self._revoke,
                 self._drop_scope, self._archive, self._remove, self._edit, self._edit, self._delete, self._publish_by_hand,
                 self._database_away, self._outage, self._hurry, self._switch_off, self._deafen, self._deploy, self._look)
        share = self.town.chance.choice((0.05, 0.15, 0.4))
        return [act for act in every if self.town.chance.random() < (0.6 if act == self._agree else share)]

    def _calm(self) -> None:
        """Everything is well again: what is not at its end some minutes later never will be."""
        town = self.town
        town.weather.is_calm, town.weather.is_out, town.database.is_down = True, False, False
        town.tell("weather", "it is calm")
        self.crew.writes = "on"
        for (plan_id,) in town.database.ask("select id from plans where state = 'planned'"):
            town.loop.after(0.5, lambda plan_id=plan_id: self._accept(plan_id))
        for wait in (*AFTERWARDS, *CLEANED):
            self._sweep_at(self.calm_at + wait)
        town.loop.after(1.0, self.crew.look)
        town.loop.run(town.loop.seconds + 60.0)

    def _sweep_at(self, at: float) -> None:
        """Come by unless everything is at its end; not before those who were stopped have woken, and what is late has come."""
        self.town.loop.run(at)
        self.town.google.settle()
        if at < self.calm_at + SETTLED or self.town.database.ask(OPEN):
            self.town.loop.at(at, self.crew.sweep)

    # What she does.

    def _accept(self, plan_id: str) -> None:
        school = self.town.school
        if not self._web(lambda desk: accept(desk, school.school_id, plan_id, school.account_id)):
            self.town.loop.after(self.town.chance.uniform(2.0, 20.0), lambda: self._accept(plan_id))

    def _accept_again(self) -> None:
        for plan_id in self.plans:
            self.town.note(16, "librarian", "accepts a second time")
            self._accept(plan_id)

    def _agree(self) -> None:
        for id, course, key in self.town.database.ask(WAITING):
            if self.town.chance.random() < 0.7:
                self.agreed.setdefault((course, key), self.town.loop.seconds)
                self._web(lambda desk, id=id: agree_in_person(desk, self.town.school.school_id, id, by="Rosa Gomez",
                                                              on=date(2026, 11, 23), account_id=self.town.school.account_id))

    def _retract(self) -> None:
        plan_id = self.town.chance.choice(self.plans)
        if self.town.database.ask("select 1 from deliveries where plan_id = ? and state in ('publishing', 'drafted')", plan_id):
            self.town.note(26, "librarian", "takes back while it is published")
        self._web(lambda desk: retract(desk, self.town.school.school_id, plan_id, self.town.school.account_id))

    def _retry(self) -> None:
        for (id,) in self.town.database.ask("select id from deliveries where state in ('failed', 'skipped', 'expired', 'needs_human')"):
            self._web(lambda desk, id=id: retry(desk, self.town.school.school_id, id))

    # What Google's people do.

    def _revoke(self) -> None:
        self.town.note(9, "librarian", "takes her permission back")
        self.town.world.revoke(self.town.librarian)
        if self.town.chance.random() < 0.8:
            self._soon(self.town.connect, 5.0, 200.0)

    def _drop_scope(self) -> None:
        self.town.note(9, "librarian", "connects with less")
        self.town.world.revoke(self.town.librarian)
        self.town.connect(tuple(each for each in make.ALL_SCOPES if not each.endswith("materials")))
        self._soon(self.town.connect, 20.0, 200.0)

    def _archive(self) -> None:
        course = self._some_class()
        self.town.note(11, "teacher", f"archives {course}")
        self.town.world.archive(course)
        if self.town.chance.random() < 0.5:
            self._soon(lambda: self.town.world.change_course(course, courseState="ACTIVE"), 20.0, 200.0)

    def _remove(self) -> None:
        course = list(self.town.world.courses)[self.town.chance.choice((2, 3))]
        if self.town.librarian.google_id in self.town.world.teachers(course):
            self.town.note(10, "teacher", f"takes the librarian out of {course}")
            self.town.world.remove_teacher(course, self.town.librarian)

    def _edit(self) -> None:
        for course, id in self._posts("DRAFT", "PUBLISHED"):
            self.town.note(12, "teacher", f"edits {id}")
            self.town.world.edit_post(course, id, text=f"In my own words {self.town.loop.seconds:.0f}")
            self.edits.append((self.town.loop.seconds, course, id))
        self.town.witness.look("person")

    def _delete(self) -> None:
        for course, id in self._posts("DRAFT", "PUBLISHED"):
            row = 13 if self.town.world.post(course, id)["state"] == "DRAFT" else 14
            self.town.note(row, "teacher", f"deletes {id}")
            self.town.world.delete_post(course, id)
        self.town.witness.look("person")

    def _publish_by_hand(self) -> None:
        for course, id in self._posts("DRAFT"):
            self.town.note(15, "teacher", f"publishes {id} by hand")
            self.town.world.publish_post(course, id)
        self.town.witness.look("person")

    def _posts(self, *states: str) -> list[tuple[str, str]]:
        """One of our posts in these states, if there is any; the town is brought up to the moment first."""
        self.town.google.settle()
        found = [(course, id) for course, each in self.town.world.courses.items() for id, post in each.posts.items()
                 if post.project and post.body["state"] in states]
        return [self.town.chance.choice(found)] if found else []

    def _some_class(self) -> str:
        return self.town.chance.choice(list(self.town.world.courses))

    # What machines do.

    def _database_away(self) -> None:
        self.town.note(22, "database", "goes away")
        self.town.note(29, "database", "takes no intent")
        self.town.database.is_down = True
        self._soon(self._database_back, 1.0, 60.0)

    def _database_back(self) -> None:
        self.town.database.is_down = False

    def _outage(self) -> None:
        self.town.tell("Google", "is away")
        self.town.weather.is_out = True
        self._soon(self._outage_over, 10.0, 400.0)

    def _outage_over(self) -> None:
        self.town.weather.is_out = False

    def _hurry(self) -> None:
        """Her schedule allows a post to be late by minutes only."""
        self.town.note(28, "librarian", "lets nothing be late by more than a minute")
        self.town.database.ask("update deliveries set expires_at = min(expires_at, ?)",
                               (self.town.loop.now() + timedelta(seconds=60)).strftime("%Y-%m-%d %H:%M:%S.%f"))

    def _switch_off(self) -> None:
        self.town.tell("administrator", "switches writing off")
        self.crew.writes = "off"
        self._soon(self._switch_on, 20.0, 200.0)

    def _switch_on(self) -> None:
        self.crew.writes = "on"

    def _deafen(self) -> None:
        self.town.note(20, "workers", "do not hear the bell")
        for worker in self.crew.workers:
            worker.deaf_until = self.town.loop.seconds + self.town.chance.uniform(20.0, 300.0)

    def _deploy(self) -> None:
        """Each worker finishes what it has in hand and is replaced."""
        self.town.note(30, "administrator", "starts new workers")
        for worker in self.crew.workers:
            worker.deaf_until = self.town.loop.seconds + 5.0
            if not worker.is_busy:
                worker.process = self.crew.new_process(worker.name)

    def _look(self) -> None:
        self.crew.look()

    def _web(self, act: Act) -> bool:
        """Somebody presses a button: a process of its own for one request."""
        return self.crew.do(self.crew.new_process("web"), act)

    def _soon(self, act: Callable[[], None], least: float, most: float) -> None:
        self.town.loop.after(self.town.chance.uniform(least, max(least, most)), act)


OPEN = """select 1 from deliveries where state in ('ready', 'drafting', 'drafted', 'publishing', 'cancelling', 'updating',
          'replacing', 'paused_auth') union all
          select 1 from delivery_attempts where kind = 'create' and finished_at is null union all
          select 1 from plans where state = 'planned' limit 1"""
WAITING = """select deliveries.id, course_google_id, plans.title from deliveries join plans on plans.id = plan_id
             where deliveries.state = 'waiting'"""
