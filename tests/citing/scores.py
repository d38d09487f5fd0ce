"""How well the checker did on a bank."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from integration.citations.faults import SOFT, Code, Fault
from tests.citing.bank import Case


@dataclass
class Scores:
    """Counts of true, false and missed codes, punctuation apart, and of whole entries."""

    true: Counter[Code] = field(default_factory=Counter)
    false: Counter[Code] = field(default_factory=Counter)
    missed: Counter[Code] = field(default_factory=Counter)
    exactly: int = 0
    entries: int = 0
    flagged: int = 0
    softly: int = 0
    spans: int = 0
    spans_right: int = 0

    def add(self, case: Case, faults: Sequence[Fault]) -> bool:
        """Count one case; whether it was judged exactly right."""
        told = {fault.code for fault in faults}
        wanted = min(case.wanted, key=lambda codes: len((codes ^ told) - SOFT) * 100 + len(codes ^ told))
        self.true.update(wanted & told)
        self.false.update(told - wanted)
        self.missed.update(wanted - told)
        self.entries += 1
        self.flagged += not wanted and bool(told - SOFT)
        self.softly += not wanted and bool(told)
        exactly = told - SOFT == wanted - SOFT and (told == wanted or bool(wanted))
        self.exactly += exactly
        if case.start >= 0 and not case.markup and wanted == told:
            self.spans += 1
            self.spans_right += all(fault.start <= case.end + 3 and fault.end >= case.start - 3 for fault in faults)
        return exactly

    def line(self) -> str:
        """The figures in one line."""
        true, false, missed = (sum(count for code, count in counts.items() if code not in SOFT)
                               for counts in (self.true, self.false, self.missed))
        soft = Code.PUNCTUATION
        softly = [self.true[soft] / max(1, self.true[soft] + other[soft]) for other in (self.false, self.missed)]
        precision, recall = true / max(1, true + false), true / max(1, true + missed)
        exactly = self.exactly / max(1, self.entries)
        return (f"{self.entries:5} entries  precision {precision:.3f}  recall {recall:.3f}  exactly right {exactly:.3f}  "
                f"flagged {self.flagged} ({self.softly} with punctuation)  "
                f"punctuation {softly[0]:.2f}/{softly[1]:.2f}  spans {self.spans_right}/{self.spans}")

    def codes(self) -> str:
        """A line a code."""
        seen = sorted(set(self.true) | set(self.false) | set(self.missed))
        return "\n".join(f"  {code:26} true {self.true[code]:4}  false {self.false[code]:4}  missed {self.missed[code]:4}"
                         for code in seen)
