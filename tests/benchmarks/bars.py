"""What a measurement is held to: the bar, what was found, and whether it holds."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Bar:
    """One line of the last table. Where a bar depends on the machine, `wanted` says so and only a person judges."""

    what: str
    wanted: str
    found: str
    holds: bool


def at_most(what: str, limit: float, found: float, unit: str = "") -> Bar:
    """A bar that is held from below."""
    return Bar(what, f"≤ {limit:,g}{unit}", f"{found:,.4g}{unit}", found <= limit)


def at_least(what: str, limit: float, found: float, unit: str = "") -> Bar:
    """A bar that is held from above."""
    return Bar(what, f"≥ {limit:,g}{unit}", f"{found:,.4g}{unit}", found >= limit)


def print_bars(bars: Iterable[Bar]) -> None:
    """The last table; it stays honest about what does not hold."""
    print(f"\n{'what':<72} {'bar':>12} {'found':>12}  holds")
    for bar in bars:
        print(f"{bar.what:<72} {bar.wanted:>12} {bar.found:>12}  {'yes' if bar.holds else 'NO'}", flush=True)
