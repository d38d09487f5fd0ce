"""Letters to all teachers: what the library offers in fall and in spring, and what was new in a month. Pure.

Each says only what the log and the offers really hold, and names a colleague only in words she said yes to.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from integration.curation.wins import QuickWin, occasions, quick_wins
from integration.letters.words import Part, Words
from integration.week.gathered import Gathered

MOST_ACTIVITIES = 8
MOST_LINKS = 12
MOST_THANKS = 12
"""The latest; each is a paragraph of its own, so that it can be struck when its teacher takes her yes back."""
OF_A_DAY = frozenset({"dot-day", "seasonal-craft"})
"""Those that belong to a day of the year, which the list of days names."""
ASK = "Answer this letter with one line, such as “yes, the third, in two weeks”, and I come with a plan for your class."

IF_WANTED = "Answer this letter if you want it for your class."


@dataclass(frozen=True)
class From:
    """Who writes, and of which school."""

    librarian: str
    school: str

    @property
    def signature(self) -> Part:
        """The last line of a letter."""
        return Part("say", ", ".join(filter(None, (self.librarian, "school librarian", self.school))))


def august_menu(done: Gathered, days: Sequence[str], by: From) -> Words:
    """What we can do together this year; opens with last year, if there is anything of it."""
    return Words("What the library can do with you this year", (
        Part("say", "Dear colleagues,"), *_done("Last school year", done),
        *_offers("What we can do together", days), Part("say", ASK), by.signature))


def january_menu(done: Gathered, days: Sequence[str], by: From) -> Words:
    """What we did in fall, and what we can do in spring."""
    return Words("What the library can do with you this spring", (
        Part("say", "Dear colleagues,"), *_done("What we did in fall", done),
        *_offers("What we can do in spring", days), Part("say", ASK), by.signature))


def newsletter(done: Gathered, month: date, by: From) -> Words:
    """What was done and posted in a month, and one idea that was in none of the six issues before."""
    win = topic_of(month)
    return Words(f"From the library: {month:%B} {month.year}", (
        Part("say", "Dear colleagues,"), *_done(f"In {month:%B}", done), *_posted(done),
        Part("head", f"One idea: {win.name}"), Part("say", f"{win.idea} It takes about {win.minutes} minutes. {IF_WANTED}"),
        by.signature))


def topic_of(month: date) -> QuickWin:
    """The idea of a month's issue: each in turn, and there are seven, so none comes again within six issues."""
    at_any_time = _at_any_time()
    return at_any_time[(month.year * 12 + month.month) % len(at_any_time)]


def days_between(first: date, last: date) -> list[str]:
    """The occasions from `first` to `last`, both included, as a letter names them."""
    return [f"{each.name}, {each.on:%B} {each.on.day}" for each in occasions(first) if each.on <= last]


def _done(head: str, done: Gathered) -> list[Part]:
    if not done.entries:
        return []
    more = len(done.activities) - MOST_ACTIVITIES
    lines = (*done.activities[:MOST_ACTIVITIES], *((f"and {more} more",) if more > 0 else ()))
    return [Part("head", head), Part("say", done.in_words), *([Part("list", lines=lines)] if lines else []),
            *(Part("say", sentence) for sentence in done.thanks[-MOST_THANKS:])]


def _posted(done: Gathered) -> list[Part]:
    """What was posted, with its links, so that it can be opened without going to a class."""
    links = [Part("also", each.title, url=each.url) for one in done.collections for each in one.resources
             if each.url.startswith(("https://", "http://"))]
    unique = list({part.url: part for part in links}.values())[:MOST_LINKS]
    return [Part("head", "New in our classes"), *unique] if unique else []


def _offers(head: str, days: Sequence[str]) -> list[Part]:
    lines = tuple(f"{win.name}, {win.minutes} minutes. {win.idea}" for win in _at_any_time())
    dated = [Part("head", "Days that are coming"), Part("list", lines=tuple(days))] if days else []
    return [Part("head", head), Part("list", lines=lines), *dated]


def _at_any_time() -> list[QuickWin]:
    return [win for win in quick_wins() if win.retired_on is None and win.key not in OF_A_DAY]
