"""What the librarian does: plans, accepts, writes down a teacher's yes, takes back, tries again, and loses her connection."""

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial

from integration.curation.collect import NewCollection, change_collection
from integration.curation.resources import NewResource, add_resource
from integration.delivery.accept import accept
from integration.delivery.agree import agree_in_person
from integration.delivery.leave_to_her import leave_to_her
from integration.delivery.plan import NewPlan, Rule, plan
from integration.delivery.retract import retract
from integration.delivery.retry import retry
from integration.delivery.take_back import take_back
from integration.delivery.update import update
from integration.desk import Desk
from tests import make
from tests.simulation.crew import Crew
from tests.simulation.town import WHEN, Act, Town

YESTERDAY = date(2026, 11, 23)


class Librarian:
    """June Park, who may press any button at any time, also twice."""

    def __init__(self, town: Town, crew: Crew) -> None:
        self.town = town
        self.crew = crew
        self.plans: list[str] = []
        self.agreed: dict[tuple[str, str], float] = {}
        """When a teacher's yes was given: (Google's class, key) → seconds."""
        self.insisted: set[tuple[str, str]] = set()
        """What she took back although its teacher may have changed it: (Google's class, key)."""
        self.reworded: set[str] = set()
        """The keys of plans whose posts she changed."""
        self.relinked: set[str] = set()
        """Those of them that were given other links, for which a post may take another's place."""
        self.taken_back: set[str] = set()
        """The keys of plans she took back."""
        town.when_late.append(self.regret)
        town.onlookers.append(self.notice)

    def deeds(self) -> list[Callable[[], None]]:
        """What she may do meanwhile; what stands here twice is done twice as often."""
        return [self.agree, self.agree, self.agree, self.accept_again, self.retract, self.insist, self.leave, self.retry,
                self.retry, self.reword, self.reword, self.relink, self.relink, self.hurry, self.revoke, self.drop_scope]

    def notice(self, _verb: str, _path: str) -> None:
        """She changes her mind while something is on its way."""
        if self.town.weather.races():
            self.town.soon(self.town.chance.choice((self.retract, self.retract, self.reword, self.relink)), 0.0,
                           self.town.chance.choice((0.3, 2.0, 60.0)))

    def regret(self) -> None:
        """She takes back what was cut off on its way."""
        if self.town.weather.regrets():
            self.town.loop.after(self.town.more.uniform(0.0, 3.0), self.retract)

    def plan(self) -> None:
        """A few plans for some of her classes; now and then for a little later."""
        chance, courses = self.town.chance, list(self.town.school.course_ids.values())
        for number in chance.sample(range(4), chance.choice((1, 1, 2, 2, 3))):
            chosen = chance.sample(courses, chance.choice((1, 2, 3, 4)))
            later = self.town.loop.now() + timedelta(seconds=chance.uniform(30, 300)) if chance.random() < 0.2 else None
            self._press(partial(self._plan, new=NewPlan(
                self.town.school.collections[number], Rule(class_ids=chosen), publish_at=later,
                kind=chance.choice(("material", "announcement")), topic=chance.choice(("Library", "")))))

    def _plan(self, desk: Desk, new: NewPlan) -> None:
        self.plans.append(plan(desk, self.town.school.school_id, self.town.school.account_id, new))

    def accept(self, plan_id: str) -> None:
        """Accept a plan; when the page does not come, press again a little later."""
        school = self.town.school
        if not self._press(lambda desk: accept(desk, school.school_id, plan_id, school.account_id)):
            self.town.loop.after(self.town.chance.uniform(2.0, 20.0), partial(self.accept, plan_id))

    def accept_again(self) -> None:
        for plan_id in self.plans:
            self.town.note(16, "librarian", "accepts a second time")
            self.accept(plan_id)

    def agree(self) -> None:
        for id, course, key in self.town.database.ask(WAITING):
            if self.town.chance.random() < 0.7:
                self.agreed.setdefault((course, key), self.town.loop.seconds)
                self._press(partial(agree_in_person, school_id=self.town.school.school_id, delivery_id=id, by="Rosa Gomez",
                                    on=YESTERDAY, account_id=self.town.school.account_id))

    def retract(self) -> None:
        plan_id = self.town.chance.choice(self.plans) if self.plans else ""
        if self.town.database.ask("select 1 from deliveries where plan_id = ? and state in ('publishing', 'drafted')", plan_id):
            self.town.note(26, "librarian", "takes back while it is published")
        self.taken_back |= {key for (key,) in self.town.database.ask("select title from plans where id = ?", plan_id)}
        self._press(lambda desk: retract(desk, self.town.school.school_id, plan_id, self.town.school.account_id))

    def insist(self) -> None:
        """Take one post back, whatever its teacher did to it."""
        for id, course, key in self._one_that_stands():
            self.insisted.add((course, key))
            self._press(partial(take_back, school_id=self.town.school.school_id, delivery_id=id,
                                account_id=self.town.school.account_id))

    def leave(self) -> None:
        """Leave one post to its teacher."""
        for id, _, _ in self._one_that_stands():
            self._press(partial(leave_to_her, school_id=self.town.school.school_id, delivery_id=id,
                                account_id=self.town.school.account_id))

    def _one_that_stands(self) -> list[tuple[str, ...]]:
        found = self.town.database.ask(STANDING)
        return [self.town.chance.choice(found)] if found else []

    def reword(self) -> None:
        """Write other words, and bring them wherever her posts are."""
        self._change(self.town.chance.choice(range(len(self.town.school.collections))), "")

    def relink(self) -> None:
        """Put another link in, which takes a new post to bring."""
        number = self.town.chance.choice(range(len(self.town.school.collections)))
        self._change(number, f"https://volcano.example/edition/{self.town.loop.seconds:.0f}")

    def make_another_edition(self) -> None:
        """Change a collection once more, mostly its link."""
        self.town.chance.choice((self.relink, self.relink, self.reword))()

    def _change(self, number: int, link: str) -> None:
        collection_id, key = self.town.school.collections[number], f"Volcanoes-{number}"
        plans = [id for (id,) in self.town.database.ask("select id from plans where collection_id = ? order by id", collection_id)]
        if not plans:
            return
        self.reworded.add(key)
        self.relinked |= {key} if link else set()
        if self.town.database.ask(IN_HAND, plans[0]):
            self.town.note(27, "librarian", f"changes {key} while it is a draft")
        self._press(partial(self._write_anew, collection_id=collection_id, key=key, link=link))
        for plan_id in plans:
            self._press(partial(update, school_id=self.town.school.school_id, plan_id=plan_id,
                                account_id=self.town.school.account_id))

    def _write_anew(self, desk: Desk, collection_id: str, key: str, link: str) -> None:
        school_id = self.town.school.school_id
        ids = [id for (id,) in self.town.database.ask(RESOURCES, collection_id)]
        if link:
            ids = [*ids[:1], add_resource(desk, school_id, NewResource(kind="link", title="Volcanoes", url=link))]
        change_collection(desk, school_id, collection_id, NewCollection(
            title=key, description=f"Edition of {self.town.loop.seconds:.0f}.", resource_ids=ids))

    def retry(self) -> None:
        for (id,) in self.town.database.ask(ENDED):
            self._press(partial(retry, school_id=self.town.school.school_id, delivery_id=id))

    def hurry(self) -> None:
        """Her schedule allows a post to be late by minutes only."""
        self.town.note(28, "librarian", "lets a plan be late by minutes only")
        self.town.database.ask("update deliveries set expires_at = min(expires_at, ?) where plan_id = ?", (
            self.town.loop.now() + timedelta(seconds=120)).strftime(WHEN), self.town.chance.choice([*self.plans, ""]))

    def revoke(self) -> None:
        self.town.note(9, "librarian", "takes her permission back")
        self.town.world.revoke(self.town.librarian)
        if self.town.chance.random() < 0.8:
            self.town.soon(self.town.connect, 5.0, 200.0)

    def drop_scope(self) -> None:
        self.town.note(9, "librarian", "connects with less")
        self.town.world.revoke(self.town.librarian)
        self.town.connect(tuple(each for each in make.ALL_SCOPES if not each.endswith("materials")))
        self.town.soon(self.town.connect, 20.0, 200.0)

    def _press(self, act: Act) -> bool:
        """Somebody presses a button: a process of its own for one request."""
        return self.crew.do(self.crew.new_process("web"), act)


WAITING = """select deliveries.id, course_google_id, plans.title from deliveries join plans on plans.id = plan_id
             where deliveries.state = 'waiting' order by deliveries.id"""
STANDING = """select deliveries.id, course_google_id, plans.title from deliveries join plans on plans.id = plan_id
              where deliveries.state in ('published', 'drafted') order by deliveries.id"""
IN_HAND = "select 1 from deliveries where plan_id = ? and state in ('drafting', 'drafted', 'publishing')"
RESOURCES = "select resource_id from collection_items where collection_id = ? order by position"
ENDED = "select id from deliveries where state in ('failed', 'skipped', 'expired', 'needs_human') order by id"
