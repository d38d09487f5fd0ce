"""What a class reads above a kit's links. Pure."""

from collections.abc import Sequence

from integration.citations.ladder import Rung
from integration.workshops.models import Dose

HEADS = {Dose.BEFORE: ": before we begin", Dose.DURING: "", Dose.AFTER: ": check your list"}
CODES = ("VI.A.1", "VI.B.1", "VI.B.2")
"""AASL: responsible use, others' work used ethically, authors credited."""
FIRST = {
    Dose.BEFORE: "Before you collect your sources: see what belongs into a citation, and what you can do already.",
    Dose.DURING: "While you work: write down each source as you use it, and practise with our own sources.",
    Dose.AFTER: "Before you hand in: look at your list once more, then show what you can do now.",
}


def words(dose: Dose, step: Rung | None, model: Sequence[str]) -> str:
    """What the class reads: why now, this grade's rule, and one of the unit's own sources cited right."""
    parts = [FIRST[dose], step.says if step else "", *(f"One of our sources, cited:\n{one}" for one in model),
             "On the practice page nobody signs in, and nobody is told who tried what."]
    return "\n\n".join(part for part in parts if part)
