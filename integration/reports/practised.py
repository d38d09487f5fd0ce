"""What the practice page counted, as what came of the workshop's entry in the log. It is read each time, never written down."""

from collections.abc import Sequence

from integration.desk import Desk
from integration.partnerships.shelf import EntryCard
from integration.reports.models import Outcome, OutcomeKind
from integration.workshops.results import ClassResult, results_of, together
from integration.workshops.shelf import KitCard, kits_by_part, kits_ending_in

OCCASION = "collection:"


def workshops_ends(desk: Desk, school_id: str) -> list[str]:
    """What an entry is for that is the last part of a workshop."""
    return [f"{OCCASION}{part}" for part in kits_ending_in(desk, school_id, kits_by_part(desk, school_id))]


def practised(desk: Desk, school_id: str, entries: Sequence[EntryCard]) -> list[Outcome]:
    """An average for each entry that is the last part of a workshop, where ten and more of a class handed in both tickets.

    The rows belong to no session; the kit's id stands for their own.
    """
    by_entry = {each.id: each.occasion.removeprefix(OCCASION) for each in entries if each.occasion.startswith(OCCASION)}
    kits = kits_ending_in(desk, school_id, set(by_entry.values()))
    found = {card.id: results_of(desk, card) for card in kits.values()}
    rows = [_row(each, kits[part], found[kits[part].id]) for each in entries if (part := by_entry.get(each.id, "")) in kits]
    return [row for row in rows if row is not None]


def _row(entry: EntryCard, card: KitCard, found: Sequence[ClassResult]) -> Outcome | None:
    told = together(found, {each.id for each in entry.classes})
    if told is None:
        return None
    before, after = told
    return Outcome(id=card.id, school_id=card.school_id, entry_id=entry.id, kind=OutcomeKind.AVERAGE, before=before.average,
                   after=after.average, before_n=before.done, after_n=after.done, unit=f"of {found[0].out_of} points", words="",
                   url="", helps="", benefit="", is_chosen=False)
