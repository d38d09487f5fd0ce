"""How closely we worked together: the entries of a time by their level, each scheme for itself; the database counts them."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from integration.desk import Desk
from integration.partnerships import levels
from integration.reports.figures import Figure, Of, of_entries
from integration.reports.log import Entries, by_level

Written = tuple[str, str, int]
"""A scheme and a level as they were written, and how many entries have them."""


@dataclass(frozen=True)
class LevelMix:
    """One scheme's levels in its order, with the entries at each; schemes are never added up."""

    scheme: str
    name: str
    figures: tuple[Figure, ...]
    meanings: tuple[str, ...]
    """What each level means, in the same order; empty for a district's own."""


def level_mixes(desk: Desk, school_id: str, first: date, last: date) -> tuple[LevelMix, ...]:
    """A mix for each scheme that was used, ours first; entries without a level are in none."""
    held = defaultdict[str, dict[str, list[Written]]](lambda: defaultdict(list))
    for scheme, level, many in by_level(desk, school_id, first, last):
        known, found = levels.scheme(scheme), levels.level(scheme, level)
        held[known.key if known else scheme][found.code if found else level].append((scheme, level, many))
    ours, days = [scheme.key for scheme in levels.SCHEMES], Entries(first, last)
    return tuple(_mix(days, key, held[key]) for key in sorted(held, key=lambda key: (key not in ours, key)))


def _mix(days: Entries, key: str, held: dict[str, list[Written]]) -> LevelMix:
    scheme = levels.scheme(key)
    if scheme is None:
        figures = tuple(_figure(days, key, code, code, held[code]) for code in sorted(held))
        return LevelMix(key, key, figures, ("",) * len(figures))
    return LevelMix(key, scheme.name, tuple(_figure(days, key, each.code, each.name, held.get(each.code, []))
                                            for each in scheme.levels), tuple(each.meaning for each in scheme.levels))


def _figure(days: Entries, scheme: str, code: str, label: str, written: Sequence[Written]) -> Figure:
    these = replace(days, levels=tuple((scheme, level) for scheme, level, _ in written))
    return of_entries(f"level-{scheme}-{code}", label, Of.ENTRIES, these, sum(many for *_, many in written))
