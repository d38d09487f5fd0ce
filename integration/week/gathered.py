"""What was done together in some time, naming nobody who did not say yes: what stands in the log, and what it led to."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date

from integration.courses.shelf import teachers
from integration.curation.shelf import CollectionCard, collection
from integration.desk import Desk
from integration.errors import NotFound
from integration.partnerships.shelf import EntryCard, entries_between
from integration.partnerships.shout_outs import agreed_between


@dataclass(frozen=True)
class Gathered:
    """True entries of the log from one day to another. `activities` leaves out whatever holds a teacher's name."""

    entries: int
    teachers: int
    classes: int
    activities: tuple[str, ...]
    collections: tuple[CollectionCard, ...]
    """Those that were posted in that time and are still kept."""
    thanks: tuple[str, ...] = ()
    """Sentences that name a teacher who said yes to these very words, and nobody else."""

    @property
    def in_words(self) -> str:
        """How much it was, in one sentence."""
        things = "1 thing" if self.entries == 1 else f"{self.entries} things"
        who = "1 teacher" if self.teachers == 1 else f"{self.teachers} teachers"
        where = f" in {self.classes} {'class' if self.classes == 1 else 'classes'}" if self.classes else ""
        return f"The library did {things} together with {who}{where}."


def gather(desk: Desk, school_id: str, first: date, last: date) -> Gathered:
    """What the log holds from `first` to `last`, both included."""
    found = entries_between(desk, school_id, first, last)
    by_teacher = {one.id: part.casefold() for one in teachers(desk, school_id) for part in one.name.split()[-1:]}
    names = list(by_teacher.values())
    agreed = [each.words for each in agreed_between(desk, school_id, first, last)
              if not _names_somebody(each.activity, [name for id, name in by_teacher.items() if id != each.teacher_id])]
    return Gathered(
        len(found), len({each.teacher_id for each in found}), len({one.id for each in found for one in each.classes}),
        tuple(dict.fromkeys(each.activity for each in found if not _names_somebody(each.activity, names))),
        _collections(desk, school_id, found), tuple(dict.fromkeys(agreed)))


def _names_somebody(activity: str, names: Sequence[str]) -> bool:
    """Nobody is named to her colleagues who did not say yes to it."""
    words = {word.strip(".,;:!?()“”\"'’").removesuffix("’s").removesuffix("'s") for word in activity.casefold().split()}
    return any(name in words for name in names)


def _collections(desk: Desk, school_id: str, found: Sequence[EntryCard]) -> tuple[CollectionCard, ...]:
    ids = dict.fromkeys(each.occasion.partition(":")[2] for each in found if each.occasion.startswith("collection:"))
    kept = []
    for id in ids:
        # A collection she has put away since is not announced any more.
        with suppress(NotFound):
            kept.append(collection(desk, school_id, id))
    return tuple(kept)
