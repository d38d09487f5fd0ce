"""How closely two people worked together: the levels of each scheme, with our own definitions.

Authors use “cooperation” and “coordination” for different things, so a level is kept with its scheme and never turned into
another's. P. Montiel-Overall, Toward a theory of collaboration for teachers and librarians (2005); T. Buzzeo, Collaborating to
meet standards (2002).
"""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Level:
    """One level; `code` is what an entry keeps."""

    code: str
    name: str
    meaning: str


@dataclass(frozen=True)
class Scheme:
    """One author's levels, loosest first."""

    key: str
    name: str
    levels: tuple[Level, ...]


SCHEMES = (
    Scheme("tlc", "TLC", (
        Level("A", "A Coordination", "Time or resources were shared; something of the library’s was there for the class."),
        Level("B", "B Cooperation", "The work was divided; the librarian taught or prepared a part."),
        Level("C", "C Integrated instruction", "Planned, taught and judged together."),
        Level("D", "D Integrated curriculum", "Across a grade or department, for longer, and judged by results."))),
    Scheme("buzzeo", "Buzzeo", (
        Level("cooperation", "Cooperation", "Helping each other out, each with work of her own."),
        Level("coordination", "Coordination", "Timing and topics were agreed; each taught her part."),
        Level("collaboration", "Collaboration", "One unit, planned and taught together."),
        Level("data-driven", "Data-driven collaboration", "Together, with students’ results to decide what comes next."))),
)


def scheme(key: str) -> Scheme | None:
    """A scheme by its key or name in any case; None for one that is not among ours."""
    return next((each for each in SCHEMES if key.strip().casefold() in {each.key, each.name.casefold()}), None)


def level(scheme_key: str, code: str) -> Level | None:
    """A level by its code or name in any case; None when its scheme is not ours or has no such level."""
    found, wanted = scheme(scheme_key), code.strip().casefold()
    levels: Sequence[Level] = found.levels if found else ()
    return next((each for each in levels if wanted in {each.code.casefold(), each.name.casefold()}), None)


def fault(scheme_key: str, code: str) -> str:
    """What is wrong with a level of a scheme of ours, in a sentence; a district's own scheme is kept as it was written."""
    found = scheme(scheme_key)
    if not code or found is None or level(scheme_key, code):
        return ""
    return f"{found.name} has the levels {', '.join(each.code for each in found.levels)}; “{code[:40]}” is none of these."


def called(scheme_key: str, code: str) -> str:
    """A level in words, with its scheme: `TLC B Cooperation`; as written when it is not ours."""
    found, known = scheme(scheme_key), level(scheme_key, code)
    return f"{found.name} {known.name}" if found and known else f"{scheme_key} {code}".strip()
