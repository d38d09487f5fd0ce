"""Twenty posts, of which teachers edit three and delete two; then an update and a retract. The table of what happened."""

from collections.abc import Sequence
from dataclasses import dataclass

from integration.courses.models import Course
from integration.delivery.ledger import DeliveryCard, deliveries
from integration.delivery.plan import Rule
from integration.delivery.retract import retract
from integration.delivery.send import send_due
from integration.delivery.update import update
from tests.rooms.delivery.makers import Library

EDITS = {3: {"title": "Mine"}, 9: {"text": "In my own words."}, 14: {"title": "Mine", "text": "In my own words."}}
DELETED = (6, 17)


@dataclass(frozen=True)
class Line:
    """One class at one moment: what students see of it, and what she reads."""

    name: str
    state: str
    kept: str
    title: str
    text: str
    sentence: str


@dataclass(frozen=True)
class Story:
    """What stood in the twenty classes after the update, and after the retract."""

    updated: Sequence[Line]
    retracted: Sequence[Line]


def twenty(library: Library) -> Story:
    """Live through it with a library that has no classes yet."""
    classes = [library.own_class(f"Class {number:02}", subject=f"s{number}") for number in range(20)]
    plan_id = library.accepted(rule=Rule(class_ids=[each.id for each in classes]))
    send_due(library.desk, library.school_id)
    for number, words in EDITS.items():
        library.world.edit_post(classes[number].google_id, library.posts(classes[number])[0]["id"], **words)  # type: ignore[arg-type]
    for number in DELETED:
        library.world.delete_post(classes[number].google_id, library.posts(classes[number])[0]["id"])
    library.look()
    library.change(plan_id, title="Volcanoes and us", description="Anew.")
    update(library.desk, library.school_id, plan_id, library.account.id)
    send_due(library.desk, library.school_id)
    updated = _lines(library, classes)
    retract(library.desk, library.school_id, plan_id, library.account.id)
    send_due(library.desk, library.school_id)
    return Story(updated, _lines(library, classes))


def table(lines: Sequence[Line]) -> str:
    """The lines as a table; what happened alike in many classes is one line."""
    rows: dict[tuple[str, ...], int] = {}
    for line in lines:
        what = (line.state, line.kept or "nothing", line.title or "nothing", line.text or "nothing", line.sentence)
        rows[what] = rows.get(what, 0) + 1
    head = ("classes", "state", "changed by the teacher", "students see the title", "and the text", "she reads")
    found = [head, *((str(many), *what) for what, many in rows.items())]
    widths = [max(len(row[at]) for row in found) for at in range(len(head))]
    return "\n".join("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in found)


def _lines(library: Library, classes: Sequence[Course]) -> list[Line]:
    cards = {card.course_id: card for card in deliveries(library.desk, library.school_id)}
    return [_line(library, each, cards[each.id]) for each in classes]


def _line(library: Library, course: Course, card: DeliveryCard) -> Line:
    post = next(iter(library.posts(course, "PUBLISHED")), None)
    text = "" if post is None else str(post["description"]).split("\n")[0]
    return Line(course.name, card.state, ", ".join(card.kept), "" if post is None else str(post["title"]), text,
                card.reason or card.history[-1].sentence)
