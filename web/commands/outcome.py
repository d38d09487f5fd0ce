"""What the demo came to; apart from its story, so that the process that prints it need not load the library."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Reached:
    """Whom it reached."""

    classes: int
    teachers: int
    students: int


@dataclass(frozen=True)
class Outcome:
    """What the main job came to, under the names of the contract."""

    classes: int
    classes_by_grade: dict[str, int]
    planned: int
    delivered: int
    standing: int
    reach: Reached
