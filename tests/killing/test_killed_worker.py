"""Whatever a worker was doing when it died, one post stands in each class, and the ledger says so."""

from collections import Counter

from integration.accounts.models import Account
from integration.courses.models import Course, Mode
from integration.curation.collect import NewCollection, collect
from integration.curation.resources import NewResource, add_resource
from integration.delivery.accept import accept
from integration.delivery.ledger import deliveries
from integration.delivery.plan import NewPlan, Rule, plan
from integration.desk import Desk
from integration.sandbox.world import World
from tests import make
from tests.killing import worker as a_worker
from tests.killing.mortals import let_work
from tests.strides import stride

AN_HOUR = 3600
STEPS_AT_MOST = 400
FEWEST_STEPS = 12
"""Fewer than this would mean that the worker was never killed where it matters."""


def a_class(desk: Desk, world: World, librarian: Account) -> Course:
    owner = world.people_by_email[librarian.email]
    google_id = world.add_course(owner, "6th Grade Library")
    return make.course(desk, librarian, google_id=google_id, mode=Mode.OWN, owner_google_id=owner.google_id)


def accepted_plan(desk: Desk, librarian: Account, course_id: str, number: int) -> str:
    """A new collection for one class, accepted."""
    school = librarian.school_id
    link = add_resource(desk, school, NewResource(kind="link", title=f"Site {number}", url=f"https://nature.example/{number}"))
    gathered = collect(desk, school, NewCollection(title=f"Ecosystems {number}", resource_ids=[link]))
    plan_id = plan(desk, school, librarian.id, NewPlan(gathered, Rule(class_ids=(course_id,))))
    accept(desk, school, plan_id, librarian.id)
    return plan_id


def work(desk: Desk, root: str, school_id: str, *, dies_at: int, ahead: float = 0) -> bool:
    """Let a worker work in a process of its own; whether it lived."""
    return let_work(a_worker.main, desk.settings.database_url, root, school_id, dies_at, ahead)


def visible(world: World, course: str) -> Counter[str]:
    """How often each title stands before students."""
    return Counter(post["title"] for post in world.posts(course, state="PUBLISHED"))


def test_a_worker_killed_before_any_of_its_steps_leaves_exactly_one_post(
        desk: Desk, world: World, librarian: Account, root: str) -> None:
    card = a_class(desk, world, librarian)
    for step in range(1, STEPS_AT_MOST, stride(4)):
        plan_id = accepted_plan(desk, librarian, card.id, step)
        lived = work(desk, root, librarian.school_id, dies_at=step)
        assert work(desk, root, librarian.school_id, dies_at=0, ahead=AN_HOUR)
        assert [row.state for row in deliveries(desk, librarian.school_id, plan_id=plan_id)] == ["published"], step
        assert visible(world, card.google_id)[f"Ecosystems {step}"] == 1, step
        if lived:
            break
    assert step > FEWEST_STEPS
    assert set(visible(world, card.google_id).values()) == {1}
    assert world.posts(card.google_id, state="DRAFT") == []
