"""The Monday brief tells which plans ask her something: a pilot to look at, a class that came later."""

from integration.courses.sync import request_sync, sync_courses
from integration.delivery.accept import accept
from integration.delivery.plan import NewPlan, Rule, plan
from integration.delivery.plans import plan_card
from integration.delivery.send import send_due
from integration.streams.sync import sync_streams
from integration.week.asking_plans import asking_plans
from tests.rooms.week.makers import Library


def reads_classes(library: Library) -> None:
    sync_id = request_sync(library.desk, library.school_id, library.account.id)
    sync_courses(library.desk, sync_id)
    sync_streams(library.desk, sync_id)


def planned(library: Library) -> str:
    new = NewPlan(library.collection("Volcanoes"), Rule(grades=["6"]))
    return plan(library.desk, library.school_id, library.account.id, new)


def test_a_pilot_that_stands_asks_her_to_go_on(library: Library) -> None:
    library.world.add_course(library.maya, "6th Grade Advisory")
    reads_classes(library)
    plan_id = planned(library)
    pilot = next(item for item in plan_card(library.desk, library.school_id, plan_id).items if item.action == "create")
    accept(library.desk, library.school_id, plan_id, library.account.id, pilot=pilot.course_id)
    assert asking_plans(library.desk, library.school_id, library.account.id) == [], "it does not stand yet"
    send_due(library.desk, library.school_id)
    sentence = f"The pilot of “Volcanoes” stands in {pilot.course_name}; 1 other class waits for you to go on."
    assert asking_plans(library.desk, library.school_id, library.account.id) == [(sentence, f"/plans/{plan_id}#pilot")]


def test_a_class_that_a_sync_found_later_is_offered(library: Library) -> None:
    reads_classes(library)
    plan_id = planned(library)
    accept(library.desk, library.school_id, plan_id, library.account.id)
    send_due(library.desk, library.school_id)
    assert asking_plans(library.desk, library.school_id, library.account.id) == []
    library.world.add_course(library.maya, "6th Grade Advisory")
    reads_classes(library)
    assert asking_plans(library.desk, library.school_id, library.account.id) == [
        ("“Volcanoes” fits a class that was not there when you accepted it. Shall it go there too?", f"/plans/{plan_id}#offers")]
    assert asking_plans(library.desk, library.school_id, "another") == []
