"""The demo's story: a librarian connects, her classes are read, and one collection goes to grade 6 and becomes a workshop."""

from collections import Counter
from collections.abc import Callable, Sequence
from zoneinfo import ZoneInfo

from integration.accounts.schools import AccountCard, account_by_email, school
from integration.courses.shelf import GRADES, CourseCard, courses, grade_name
from integration.courses.sync import request_sync
from integration.courses.syncs import SyncReport, latest_sync
from integration.curation.collect import NewCollection, collect
from integration.curation.resources import NewResource, add_resource
from integration.delivery.accept import accept
from integration.delivery.agree import agree_in_person
from integration.delivery.ledger import DeliveryCard, deliveries
from integration.delivery.plan import NewPlan, Rule, plan
from integration.delivery.plans import PlanCard, plan_card
from integration.desk import Desk
from integration.errors import Busy
from integration.reach.count import ReachRow, total
from integration.sandbox.schools import MAYA
from integration.workshops.make import NewKit, make_kit
from integration.workshops.shelf import kit
from web.commands.browser import connect
from web.commands.outcome import Outcome, Reached
from web.commands.stack import Stack

GRADE = "6"
UNDER_WAY = frozenset({"ready", "sending", "checking"})
COLLECTION = "Start your research here"
RESOURCES = (
    NewResource(kind="link", title="Library of Congress: primary sources", url="https://www.loc.gov/programs/teachers/",
                description="Begin with one photograph and three questions.", grades=(GRADE,), subjects=("social-studies",)),
    NewResource(kind="link", title="NASA Climate Kids", url="https://climatekids.nasa.gov/",
                description="Short articles to read before you search.", grades=(GRADE,), subjects=("science",)),
    NewResource(kind="book", title="The Boy Who Harnessed the Wind", isbn="9780803740808",
                description="On the shelf in the library, under K.", grades=(GRADE,)),
    NewResource(kind="note", title="Ask the library", text="Come by with your question, or write to the librarian.",
                grades=(GRADE,)),
)


class Story:
    """Tells the main job at `desk`, one sentence a step; the processes of `stack` do the work."""

    def __init__(self, desk: Desk, stack: Stack, say: Callable[[str], None]) -> None:
        self._desk = desk
        self._stack = stack
        self._say = say

    def tell(self) -> Outcome:
        """Connect, sync, grades, one collection to grade 6, reach."""
        maya = self._connect()
        self._sync(maya)
        found = courses(self._desk, maya.school_id)
        by_grade = self._tell_grades(found)
        planned = self._plan(maya)
        self._accept(maya, planned)
        self._make_kit(maya, planned)
        sent = self._send(maya, planned.id)
        row = self._reach(maya, sent)
        going = sum(count for action, count in planned.counts.items() if action != "skip")
        return Outcome(len(found), by_grade, going, sum(card.published_at is not None for card in sent), row.standing,
                       Reached(row.classes, row.teachers, row.students or 0))

    def _connect(self) -> AccountCard:
        connect(self._desk.settings.origin, MAYA)
        maya = account_by_email(self._desk, MAYA)
        name = school(self._desk, maya.school_id).name
        self._say(f"Connected as {maya.name} ({name}), through the pretend Google's consent page.")
        return maya

    def _sync(self, maya: AccountCard) -> None:
        request_sync(self._desk, maya.school_id, maya.id, by_person=True)
        self._stack.wait_until(lambda: self._latest(maya).ended_at is not None, "Reading the classes", seconds=240, pause=0.1)
        report = self._latest(maya)
        self._say(f"Read {report.classes_seen} classes and {report.posts_seen} posts with {report.calls} calls: "
                  f"{report.state.value}.")
        for error in report.errors:
            self._say(f"  {error['sentence']}")

    def _latest(self, maya: AccountCard) -> SyncReport:
        report = latest_sync(self._desk, maya.school_id)
        if report is None:
            raise Busy("The sync that was asked for is not there. Start the demo again.")
        return report

    def _tell_grades(self, found: Sequence[CourseCard]) -> dict[str, int]:
        count = Counter(grade for card in found for grade in card.grades)
        by_grade = {grade: count[grade] for grade in GRADES if count[grade]}
        self._say("  " + ", ".join(f"{grade_name(grade)}: {number}" for grade, number in by_grade.items()))
        self._say(f"  {sum(card.is_doubtful for card in found)} are doubtful; the page asks her about them.")
        return by_grade

    def _plan(self, maya: AccountCard) -> PlanCard:
        made = [add_resource(self._desk, maya.school_id, resource) for resource in RESOURCES]
        collection_id = collect(self._desk, maya.school_id, NewCollection(
            title=COLLECTION, description="Four good places to begin.", resource_ids=made, grades=(GRADE,)))
        plan_id = plan(self._desk, maya.school_id, maya.id, NewPlan(collection_id, Rule(grades=(GRADE,))))
        planned = plan_card(self._desk, maya.school_id, plan_id)
        self._say(f"Planned “{planned.title}” for {grade_name(GRADE)}; nothing is written yet:")
        for item in planned.items:
            self._say(f"  {item.action:<7} {item.course_name}  {item.reason}")
        return planned

    def _accept(self, maya: AccountCard, planned: PlanCard) -> None:
        accept(self._desk, maya.school_id, planned.id, maya.id)
        waiting = deliveries(self._desk, maya.school_id, plan_id=planned.id, state="waiting")
        owners = {card.id: next((each.called for each in card.teachers if each.is_owner), "the teacher")
                  for card in courses(self._desk, maya.school_id)}
        today = self._desk.now().astimezone(ZoneInfo(school(self._desk, maya.school_id).timezone)).date()
        for card in waiting:
            agree_in_person(self._desk, maya.school_id, card.id, by=owners[card.course_id], on=today, account_id=maya.id)
        self._say(f"Accepted. In this story the teachers of {len(waiting)} co-taught classes said yes at lunch, so Maya records "
                  "“agreed in person” for each; otherwise they would wait.")

    def _make_kit(self, maya: AccountCard, planned: PlanCard) -> None:
        """While the posts go out: a workshop of the same sources, made and not planned, for her to find."""
        kit_id = make_kit(self._desk, maya.school_id, NewKit(
            GRADE, collection_id=planned.collection_id, doses=("before", "after"), title="Citing our research sources"))
        card = kit(self._desk, maya.school_id, kit_id)
        self._say(f"Made a citation workshop for {grade_name(GRADE)} of the collection’s {len(card.sources)} sources; "
                  f"nothing of it is posted: {self._desk.settings.origin}/kits/{kit_id}")

    def _send(self, maya: AccountCard, plan_id: str) -> list[DeliveryCard]:
        def rows() -> list[DeliveryCard]:
            return deliveries(self._desk, maya.school_id, plan_id=plan_id)

        self._stack.wait_until(lambda: not any(card.state in UNDER_WAY for card in rows()), "Posting", seconds=240, pause=0.1)
        sent = rows()
        self._say("What stands where:")
        for card in sent:
            self._say(f"  {card.state:<9} {card.course_name}  {card.link or card.reason}")
        return sent

    def _reach(self, maya: AccountCard, sent: Sequence[DeliveryCard]) -> ReachRow:
        published = sum(card.state == "published" for card in sent)
        self._stack.wait_until(lambda: total(self._desk, maya.school_id).standing >= published, "Counting whom it reached",
                               seconds=30, pause=0.1)
        return total(self._desk, maya.school_id)
