"""Check what she typed, field by field, and gather one sentence for each that cannot be used. Pure."""

from collections.abc import Callable, Sequence

from integration.courses.shelf import GRADES
from integration.curation.codes import known_code, known_subject
from integration.errors import Invalid
from integration.records import plain

LONGEST_TITLE = 300
LONGEST_TEXT = 30_000


class Typed:
    """The fields of one form: each method answers the value fit to keep and remembers what is wrong with it."""

    def __init__(self) -> None:
        self.faults: dict[str, str] = {}

    def wrong(self, field: str, sentence: str) -> None:
        """Remember the first thing that is wrong with `field`."""
        self.faults.setdefault(field, sentence)

    def check(self) -> None:
        """Raise Invalid when anything was wrong."""
        if self.faults:
            raise Invalid(fields=self.faults)

    def title(self, value: str) -> str:
        """A title: one line, not empty."""
        kept = plain.line(value)
        if not kept:
            self.wrong("title", "Give it a title, so that students know what it is.")
        return self._fit("title", kept, LONGEST_TITLE)

    def text(self, field: str, value: str) -> str:
        """Some paragraphs."""
        return self._fit(field, plain.paragraphs(value), LONGEST_TEXT)

    def grades(self, values: Sequence[str]) -> list[str]:
        """Grade codes, youngest first."""
        kept = self._each("grades", values, lambda typed: typed.strip().upper() if typed.strip().upper() in GRADES else "",
                          "is not a grade. Grades are PK, TK, K and 1 to 12.")
        return sorted(kept, key=GRADES.index)

    def subjects(self, values: Sequence[str]) -> list[str]:
        """Codes of subjects."""
        return self._each("subjects", values, known_subject, "is not a subject we know. Choose one from the list.")

    def codes(self, values: Sequence[str]) -> list[str]:
        """Codes of standards."""
        return self._each("codes", values, known_code,
                          "is not a code of the AASL, Future Ready or ISTE standards we know. Choose one from the list.")

    def _fit(self, field: str, kept: str, longest: int) -> str:
        if len(kept) > longest:
            self.wrong(field, f"This has {len(kept):,} characters; at most {longest:,} fit. Shorten it.")
        if found := plain.fault(kept):
            self.wrong(field, f"This has {found}. Type it anew, or paste it as plain text.")
        return kept

    def _each(self, field: str, values: Sequence[str], known: Callable[[str], str], otherwise: str) -> list[str]:
        kept = {value: known(value) for value in values}
        for value, code in kept.items():
            if not code:
                self.wrong(field, f"“{value[:60]}” {otherwise}")
        return list(dict.fromkeys(filter(None, kept.values())))
