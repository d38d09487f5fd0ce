"""What Google does not document, so that code can be seen to be right either way."""

from dataclasses import dataclass
from random import Random


@dataclass(frozen=True)
class Manners:
    """The pretend Google's ways where the real one's are not known; set `world.manners`.

    `refuses_archived_with_403`: a write into an archived class is 403 @CourseStateDenied, not 400 @CourseNotModifiable.
    `forgets_deleted_drafts`: a deleted draft is gone at once, 404, instead of standing as DELETED for a while.
    `hides_teachers_edits`: what a teacher edits in Classroom itself leaves `updateTime` as it was.
    """

    refuses_archived_with_403: bool = False
    forgets_deleted_drafts: bool = False
    hides_teachers_edits: bool = False

    @classmethod
    def drawn(cls, seed: int) -> "Manners":
        """One set of ways, by seed."""
        random = Random(seed)
        return cls(*(random.random() < 0.5 for _ in range(3)))
