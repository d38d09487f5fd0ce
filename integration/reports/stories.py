"""What came of a year under the nine benefits of partnerships; one that nothing shows is not told."""

from collections.abc import Sequence
from dataclasses import dataclass

from integration.reports.benefits import BENEFITS
from integration.reports.outcomes import OutcomeCard


@dataclass(frozen=True)
class Story:
    """What showed one benefit in a year, the newest first."""

    benefit: str
    label: str
    outcomes: tuple[OutcomeCard, ...]


def stories(found: Sequence[OutcomeCard]) -> tuple[Story, ...]:
    """The outcomes under the benefits she named, in the order of the nine."""
    told = ((key, label, tuple(each for each in found if each.benefit == key)) for key, label in BENEFITS.items())
    return tuple(Story(key, label, held) for key, label, held in told if held)
