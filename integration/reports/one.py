"""One figure of a report without the rest of it, for whoever opens the list behind it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from integration.accounts.schools import SchoolCard, school
from integration.desk import Desk
from integration.errors import NotFound
from integration.reach.classes import reach_classes
from integration.reach.coverage import cover
from integration.reach.tally import Tally, tally
from integration.reports.figures import Figure
from integration.reports.level_mix import level_mixes
from integration.reports.period import Period, a_year_before, period
from integration.reports.report import cell_figures, month_figures, reach_figures
from integration.reports.together import log_figures, pd_figures


@dataclass(frozen=True)
class Opened:
    """A figure, and whose it is of what time."""

    school: SchoolCard
    period: Period
    figure: Figure


Part = Callable[[Desk, SchoolCard, Period], Iterable[Figure]]


def one_figure(desk: Desk, school_id: str, said: str, key: str) -> Opened:
    """The figure of this key on the report of `2026-11` or `2026`. Raises NotFound."""
    card = school(desk, school_id)
    of = period(said, card.year_starts_month)
    part = next((part for begins, part in _PARTS.items() if key.startswith(begins)), _reach)
    figure = next((each for each in part(desk, card, of) if each.key == key), None)
    if figure is None:
        raise NotFound("There is no such figure on this report. The report names them: open one from its page.")
    return Opened(card, of, figure)


def _goals(desk: Desk, card: SchoolCard, of: Period) -> Iterable[Figure]:
    return (figure for line in log_figures(desk, card.id, of)[1] for figure in line.figures)


def _log(desk: Desk, card: SchoolCard, of: Period) -> Iterable[Figure]:
    return log_figures(desk, card.id, of)[0]


def _pd(desk: Desk, card: SchoolCard, of: Period) -> Iterable[Figure]:
    return pd_figures(desk, card.id, of)


def _levels(desk: Desk, card: SchoolCard, of: Period) -> Iterable[Figure]:
    return (figure for mix in level_mixes(desk, card.id, of.start, of.end) for figure in mix.figures)


def _months(desk: Desk, card: SchoolCard, of: Period) -> Iterable[Figure]:
    return month_figures(of, _tally(desk, card, of.first_drawn, of.end), card.today(desk.now()))


def _cells(desk: Desk, card: SchoolCard, of: Period) -> Iterable[Figure]:
    found = reach_classes(desk, card.id)
    return cell_figures(cover(found, tally(desk, card, found, of.start, of.end)))


def _before(desk: Desk, card: SchoolCard, of: Period) -> Iterable[Figure]:
    then = a_year_before(of, card.year_starts_month, card.today(desk.now()))
    found = _tally(desk, card, then.start, then.end)
    return reach_figures(found, then, "before-") if found else ()


def _reach(desk: Desk, card: SchoolCard, of: Period) -> Iterable[Figure]:
    return reach_figures(_tally(desk, card, of.start, of.end), of)


def _tally(desk: Desk, card: SchoolCard, first: date, last: date) -> list[Tally]:
    return tally(desk, card, reach_classes(desk, card.id), first, last)


_PARTS: dict[str, Part] = {
    "goal-": _goals, "log-": _log, "pd-": _pd, "level-": _levels, "month-": _months, "cell-": _cells, "before-": _before,
}
"""How a figure's key begins → the part of the report it is in; the others are of its reach."""
