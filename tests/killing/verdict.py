"""The verdict from Google's side: what stands in the classes, and what was asked of Google, against the ledger by the API."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from tests.killing.asking import OVER, Plan
from tests.killing.stage import Stage

HAPPENED = ("error_after", "cut_after")
"""Trouble after which it had happened although the answer was spoilt; a late one may or may not."""
NEVER_SHOWN = frozenset({"cancelled", "skipped", "failed", "expired"})
ENDS = {False: frozenset({"published"}), True: frozenset({"cancelled", "retracted"})}
"""How a delivery must end when nobody but us touches its class, by whether its plan was taken back."""


@dataclass(frozen=True)
class Mark:
    """What a delivery can be known by in Google's world: a class, and the number in the link of its plan."""

    course: str
    number: str


@dataclass
class Classes:
    """What Google has of each mark, by the posts' ids."""

    standing: dict[Mark, set[str]] = field(default_factory=lambda: defaultdict(set))
    drafts: dict[Mark, set[str]] = field(default_factory=lambda: defaultdict(set))
    shown: dict[Mark, set[str]] = field(default_factory=lambda: defaultdict(set))
    """Those that students could see at some time, for sure."""


@dataclass
class Verdict:
    """Each broken promise with its deliveries; all must be empty."""

    duplicates: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    stuck: list[str] = field(default_factory=list)
    orphans: list[str] = field(default_factory=list)
    lies: list[str] = field(default_factory=list)
    deliveries: int = 0
    forgotten: int = 0
    """Those of which a promotion forgot everything: their post stands and the plan made anew left it alone, or they were taken back
    and nothing is promised but that there are no two."""

    @property
    def counts(self) -> dict[str, int]:
        """How many of each."""
        return {name: len(getattr(self, name)) for name in ("duplicates", "lost", "stuck", "orphans", "lies")}

    @property
    def is_good(self) -> bool:
        """Whether every promise was kept."""
        return not any(self.counts.values())


def look(stage: Stage) -> Verdict:
    """Read Google's classes and journal and the whole ledger, and judge."""
    ledger = [(plan, [] if plan.is_forgotten else script.every(f"/deliveries?plan={plan.id}&limit=500"))
              for script in stage.scripts for plan in script.plans]
    return judge(stage.courses(), stage.journal(), ledger)


def judge(courses: Mapping[str, Any], journal: Sequence[Mapping[str, Any]],
          ledger: Sequence[tuple[Plan, Sequence[dict[str, Any]]]]) -> Verdict:
    """Hold Google's classes and journal against every row of the ledger, and against every class that was promised a post."""
    verdict, classes = Verdict(), _classes(courses, journal)
    for plan, found in ledger:
        rows = {row["class_id"]: row for row in found}
        for class_id, course in plan.classes.items():
            _judge_one(verdict, classes, plan, class_id, rows.get(class_id), Mark(course, plan.number))
    verdict.orphans += [f"{mark}: {sorted(ids)}" for mark, ids in classes.drafts.items() if ids]
    return verdict


def _judge_one(verdict: Verdict, classes: Classes, plan: Plan, class_id: str, row: dict[str, Any] | None, mark: Mark) -> None:
    verdict.deliveries += 1
    standing, shown = classes.standing[mark], classes.shown[mark]
    if len(standing | shown) > 1:
        verdict.duplicates.append(f"{mark}: {sorted(standing | shown)} {_said(row)}")
    if plan.is_forgotten or (row is None and class_id in plan.stands and len(standing) == 1):
        verdict.forgotten += 1
    elif row is None:
        verdict.lost.append(f"{mark}: no row of the ledger")
    elif row["state"] not in OVER:
        verdict.stuck.append(f"{mark}: {_said(row)}")
    elif row["state"] not in ENDS[plan.is_taken_back]:
        verdict.lost.append(f"{mark}: stands {sorted(standing)}, was shown {sorted(shown)}, {_said(row)}")
    elif _is_lie(row, standing, shown):
        verdict.lies.append(f"{mark}: stands {sorted(standing)}, was shown {sorted(shown)}, {_said(row)}")


def _is_lie(row: dict[str, Any], standing: set[str], shown: set[str]) -> bool:
    """Published and nothing stands or another, taken back and something stands, never shown and it was."""
    expected = {row["google_id"]} if row["state"] == "published" else set()
    return standing != expected or (row["state"] in NEVER_SHOWN and bool(shown))


def _said(row: dict[str, Any] | None) -> str:
    if row is None:
        return "nothing in the ledger"
    steps = " | ".join(f"{step['at'][11:23]} {step['state']} {step['sentence']}" for step in row["history"])
    return f"ledger {row['id']} says {row['state']} {row['google_id']} “{row['reason']}”: {steps}"


def _classes(courses: Mapping[str, Any], journal: Sequence[Mapping[str, Any]]) -> Classes:
    found, whose = Classes(), dict[tuple[str, str], Mark]()
    for course, its in courses.items():
        for post in its["posts"]:
            mark = _mark(course, post)
            if mark is None:
                continue
            whose[course, post["id"]] = mark
            if post["state"] == "PUBLISHED":
                found.standing[mark].add(post["id"])
            elif post["state"] == "DRAFT":
                found.drafts[mark].add(post["id"])
    for where in _published_by_us(journal) & set(whose):
        found.shown[whose[where]].add(where[1])
    return found


def _mark(course: str, post: dict[str, Any]) -> Mark | None:
    links = [each["link"]["url"] for each in post.get("materials", ()) if "link" in each]
    numbers = [link.removeprefix("https://library.example/").partition("/")[0] for link in links]
    return Mark(course, numbers[0]) if numbers and post["project"] else None


def _published_by_us(calls: Sequence[Mapping[str, Any]]) -> set[tuple[str, str]]:
    """Class and id of each post that a call of ours showed to students; an id alone may come again in another class."""
    return {(call["path"].split("/")[3], call["path"].rpartition("/")[2]) for call in calls
            if call["name"].endswith(".patch") and (call["body"] or {}).get("state") == "PUBLISHED"
            and (call["status"] == 200 or call["trouble"] in HAPPENED)}
