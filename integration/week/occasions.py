"""The school year's occasions and the quick wins for collaboration, and which one fits a week. Pure.

Occasions are proposed three weeks ahead, each in exactly one Monday's brief. Their days move from year to year, so each is a rule.
The quick wins are those of Emily Jenkins-Reed's talk; Flip Events are left out, because Flip was retired on 30 September 2024.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from integration.courses.shelf import CourseCard

AHEAD = range(15, 22)
"""So many days before its day an occasion is proposed: of seven days exactly one is a Monday."""


@dataclass(frozen=True)
class Occasion:
    """A day or month worth a quick win. `subjects`: whose classes it fits best; none means all."""

    name: str
    month: int
    day: int
    idea: str
    subjects: tuple[str, ...] = ()

    def on(self, year: int) -> date:
        """Its day in a year, moved to the nearest school day."""
        day = date(year, self.month, self.day)
        return day + timedelta(days={5: -1, 6: 1}.get(day.weekday(), 0))


@dataclass(frozen=True)
class QuickWin:
    """A small thing to offer at any time of the year."""

    idea: str
    subjects: tuple[str, ...] = ()


OCCASIONS = (
    Occasion("Dot Day", 9, 15, "read “The Dot” and make dots together, in the library or in art", ("art",)),
    Occasion("Banned Books Week", 10, 5, "a display and a lesson on who decides what may be read", ("ela", "social-studies")),
    Occasion("Winter craft week", 12, 14, "a seasonal craft with technology, such as a card in augmented reality", ("art",)),
    Occasion("Black History Month", 2, 1, "a collection of primary sources for the month", ("social-studies", "ela")),
    Occasion("Read Across America", 3, 2, "a read-aloud in class by you or a guest", ("ela",)),
    Occasion("Women’s History Month", 3, 12, "a collection of short biographies and primary sources", ("social-studies",)),
    Occasion("School Library Month", 4, 1, "one lesson you have always wanted to teach together"),
)
QUICK_WINS = (
    QuickWin("a citation workshop in a unit that ends in a project", ("ela", "social-studies", "science")),
    QuickWin("a musical storytime: two picture books paired with songs", ("music",)),
    QuickWin("research planned along the next unit of her curriculum map", ("science", "social-studies")),
    QuickWin("a maker activity that belongs to the unit", ("science", "math", "technology")),
    QuickWin("a mystery geography call with a class somewhere else", ("social-studies",)),
    QuickWin("a short book club on a theme of social and emotional learning, with the counselor"),
)


def occasion_for(on: date) -> tuple[Occasion, date] | None:
    """The occasion to be proposed in the brief of a Monday, with its day."""
    found = ((each, each.on(year)) for each in OCCASIONS for year in (on.year, on.year + 1))
    return next(((each, day) for each, day in found if (day - on).days in AHEAD), None)


def suggestion(on: date, unreached: Sequence[CourseCard]) -> str:
    """One quick win that fits the calendar and, where it can, a class the library has not reached yet."""
    if (due := occasion_for(on)) is not None:
        occasion, day = due
        return f"{occasion.name} is on {day:%B} {day.day}: {occasion.idea}{_for(unreached, occasion.subjects)}."
    first = on.isocalendar().week % len(QUICK_WINS)
    ordered = QUICK_WINS[first:] + QUICK_WINS[:first]
    fits = next((win for win in ordered if _fitting(unreached, win.subjects)), ordered[0])
    return f"Offer {fits.idea}{_for(unreached, fits.subjects)}."


def _for(cards: Sequence[CourseCard], subjects: Sequence[str]) -> str:
    card = _fitting(cards, subjects)
    if card is None:
        return ""
    teacher = next((each.called for each in card.teachers if not each.is_librarian and each.name), "")
    return f" — perhaps with {teacher}, for {card.name}" if teacher else f" — perhaps for {card.name}"


def _fitting(cards: Sequence[CourseCard], subjects: Sequence[str]) -> CourseCard | None:
    return next((card for card in cards if not subjects or card.subject in subjects), None)
