"""Quick wins: small things to offer a colleague, each with a proposal; and the occasions of the school year they fit."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any

from integration.curation.codes import DATA
from integration.curation.collect import NewCollection, collect
from integration.desk import Desk
from integration.errors import Invalid, NotFound

AHEAD = timedelta(weeks=3)
"""An occasion is proposed so long before its day."""


@dataclass(frozen=True)
class QuickWin:
    """One thing to offer. A retired one cannot be prepared and names what took its place."""

    key: str
    name: str
    idea: str
    partner: str
    subjects: tuple[str, ...]
    minutes: int
    codes: tuple[str, ...]
    when: str
    proposal: str
    link: str
    retired_on: date | None
    replaced_by: str

    @property
    def notice(self) -> str:
        """Why a retired one cannot be prepared, in a sentence; empty for the others."""
        if self.retired_on is None:
            return ""
        return f"{self.name} is retired since {self.retired_on:%B} {self.retired_on.year}. Use {self.replaced_by}."


@dataclass(frozen=True)
class Occasion:
    """A day of the school year and the quick win that fits it, if one does."""

    name: str
    on: date
    win: str

    def is_to_be_proposed(self, today: date) -> bool:
        """Whether it is at most three weeks away."""
        return today <= self.on <= today + AHEAD


@cache
def quick_wins() -> tuple[QuickWin, ...]:
    """Every quick win, the retired ones too."""
    return tuple(map(_win, _data()["quick_wins"]))


def quick_win(key: str) -> QuickWin:
    """One quick win. Raises NotFound."""
    if (found := next((each for each in quick_wins() if each.key == key), None)) is None:
        raise NotFound("There is no such quick win. Choose one from the list.")
    return found


def occasions(today: date) -> list[Occasion]:
    """The occasions of the coming twelve months, the next one first."""
    found = [Occasion(each["name"], _school_day(date(year, each["month"], each["day"])), each["win"])
             for each in _data()["occasions"] for year in (today.year, today.year + 1)]
    return sorted((each for each in found if today <= each.on < today + timedelta(days=365)), key=lambda each: (each.on, each.name))


def prepare(desk: Desk, school_id: str, key: str) -> str:
    """Begin a collection for a quick win and answer its id. Raises Invalid for a retired one, NotFound."""
    win = quick_win(key)
    if win.notice:
        raise Invalid(win.notice)
    return collect(desk, school_id, NewCollection(title=win.name, description=win.idea, resource_ids=(), subjects=win.subjects,
                                                  codes=win.codes))


def _school_day(day: date) -> date:
    """The nearest day that is no Saturday or Sunday."""
    return day + timedelta(days={5: -1, 6: 1}.get(day.weekday(), 0))


@cache
def _data() -> Mapping[str, Any]:
    found: Mapping[str, Any] = json.loads((DATA / "quick_wins.json").read_text(encoding="utf-8"))
    return found


def _win(data: Mapping[str, Any]) -> QuickWin:
    retired = data.get("retired_on")
    return QuickWin(data["key"], data["name"], data["idea"], data["partner"], tuple(data["subjects"]), data["minutes"],
                    tuple(data["codes"]), data["when"], data["proposal"], data.get("link", ""),
                    date.fromisoformat(retired) if retired else None, data.get("replaced_by", ""))
