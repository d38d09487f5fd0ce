"""What a plan's collection would say in each of its classes today, in the same words as when it was planned."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from config.settings import Settings
from integration.accounts.schools import account
from integration.courses.shelf import courses
from integration.curation.contents import Contents, contents
from integration.curation.preflight import preflight
from integration.curation.shelf import collection
from integration.delivery.merge import Words, words_sent
from integration.delivery.models import Delivery
from integration.delivery.plans import plan_row
from integration.delivery.wording import wording
from integration.desk import Desk
from integration.errors import Invalid
from integration.workshops.links import for_class


@dataclass(frozen=True)
class Present:
    """The present words: `texts` holds the exact text for each class."""

    what: Contents
    texts: Mapping[str, str]
    settings: Settings

    def materials(self, course_id: str) -> list[dict[str, Any]]:
        """Google's Material objects for this class."""
        return for_class(self.settings, self.what.materials, course_id)

    def words(self, course_id: str) -> Words:
        """The post as it should stand in this class."""
        return words_sent(self.what.title, self.texts[course_id], self.materials(course_id))


def present(desk: Desk, school_id: str, plan_id: str) -> Present:
    """Read what the plan's collection says now. Raises NotFound."""
    with desk.transaction() as session:
        plan = plan_row(session, school_id, plan_id)
    what, who = contents(collection(desk, school_id, plan.collection_id)), account(desk, plan.account_id)
    return Present(what, {card.id: wording(plan.kind, what, librarian=who.name or who.email, course=card.name)
                          for card in courses(desk, school_id)}, desk.settings)


def check(new: Present, course_ids: Iterable[str]) -> None:
    """Raise Invalid when Classroom would not take the present words in one of these classes."""
    for course_id in course_ids:
        problems = preflight(new.what, new.texts[course_id])
        if problems:
            raise Invalid(fields={"collection": f"Nothing was updated. {problems[0].sentence}"})


def is_up_to_date(row: Delivery, new: Words) -> bool:
    """Whether an update would bring nothing: it stands so already, or what differs is the teacher's and was suggested to her."""
    was = words_sent(row.title, row.text, row.materials)
    differs = [name for name in ("title", "text", "links") if getattr(was, name) != getattr(new, name)]
    suggested = row.suggested or {}
    return all(name in row.kept and suggested.get(name) == _plain(getattr(new, name)) for name in differs)


def _plain(value: str | frozenset[str]) -> str | list[str]:
    return value if isinstance(value, str) else sorted(value)
