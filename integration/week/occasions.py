"""Which quick win fits a week: one for an occasion three weeks ahead, else one that fits a class nothing has reached yet. Pure.

Each occasion is proposed in exactly one Monday's brief.
"""

from collections.abc import Sequence
from datetime import date

from integration.courses.shelf import CourseCard
from integration.curation.wins import Occasion, QuickWin, occasions, quick_win, quick_wins

AHEAD = range(21, 28)
"""So many days before its day an occasion is proposed: of seven days exactly one is a Monday."""


def occasions_due(monday: date) -> list[Occasion]:
    """The occasions to be proposed in the brief of a Monday."""
    return [each for each in occasions(monday) if (each.on - monday).days in AHEAD]


def suggestion(monday: date, unreached: Sequence[CourseCard]) -> str:
    """One quick win that fits the calendar and, where it can, a class the library has not reached yet."""
    due = occasions_due(monday)
    days = " and ".join(f"{each.name} ({each.on:%B} {each.on.day})" for each in due)
    key = next((each.win for each in due if each.win), "")
    if due and not key:
        return f"{days} is three weeks away."
    win = quick_win(key) if key else _at_any_time(monday, unreached)
    what = f"{win.name}{_for(unreached, win)}. {win.idea}"
    return f"{days} is three weeks away. Offer: {what}" if due else f"Offer: {what}"


def _at_any_time(monday: date, unreached: Sequence[CourseCard]) -> QuickWin:
    """Another one each week; those of a season and retired ones are left out."""
    wins = [each for each in quick_wins() if each.retired_on is None and each.key not in {"dot-day", "seasonal-craft"}]
    first = monday.isocalendar().week % len(wins)
    ordered = wins[first:] + wins[:first]
    return next((win for win in ordered if _fitting(unreached, win)), ordered[0])


def _for(cards: Sequence[CourseCard], win: QuickWin) -> str:
    card = _fitting(cards, win)
    if card is None:
        return ""
    teacher = next((each.called for each in card.teachers if not each.is_librarian and each.name), "")
    return f" — perhaps with {teacher}, for {card.name}" if teacher else f" — perhaps for {card.name}"


def _fitting(cards: Sequence[CourseCard], win: QuickWin) -> CourseCard | None:
    return next((card for card in cards if not win.subjects or card.subject in win.subjects), None)
