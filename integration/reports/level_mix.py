"""How closely we worked together: the entries of a time by their level, each scheme for itself."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from integration.partnerships import levels
from integration.partnerships.shelf import EntryCard
from integration.reports.figures import Figure, Of, of_ids


@dataclass(frozen=True)
class LevelMix:
    """One scheme's levels in its order, with the entries at each; schemes are never added up."""

    scheme: str
    name: str
    figures: tuple[Figure, ...]
    meanings: tuple[str, ...]
    """What each level means, in the same order; empty for a district's own."""


def level_mixes(entries: Sequence[EntryCard]) -> tuple[LevelMix, ...]:
    """A mix for each scheme that was used, ours first; entries without a level are in none."""
    held = defaultdict[str, dict[str, list[str]]](lambda: defaultdict(list))
    alike = defaultdict[tuple[str, str], list[str]](list)
    for each in entries:
        alike[each.scheme, each.level].append(each.id)
    for (scheme, level), ids in alike.items():
        known, found = levels.scheme(scheme), levels.level(scheme, level) if level else None
        if level:
            held[known.key if known else scheme][found.code if found else level] += ids
    ours = [scheme.key for scheme in levels.SCHEMES]
    return tuple(_mix(key, held[key]) for key in sorted(held, key=lambda key: (key not in ours, key)))


def _mix(key: str, held: dict[str, list[str]]) -> LevelMix:
    scheme = levels.scheme(key)
    if scheme is None:
        figures = tuple(_figure(key, code, code, held[code]) for code in sorted(held))
        return LevelMix(key, key, figures, ("",) * len(figures))
    return LevelMix(key, scheme.name, tuple(_figure(key, each.code, each.name, held.get(each.code, [])) for each in scheme.levels),
                    tuple(each.meaning for each in scheme.levels))


def _figure(scheme: str, code: str, label: str, ids: Sequence[str]) -> Figure:
    return of_ids(f"level-{scheme}-{code}", label, Of.ENTRIES, ids)
