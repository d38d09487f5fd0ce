"""The table a run prints at its end, and the exit status it leads to."""

from collections.abc import Mapping

from tests.killing.verdict import Verdict

SHOWN_AT_MOST = 20


def told(counts: Mapping[str, object], verdict: Verdict, *, broken: Mapping[str, object] | None = None) -> int:
    """Print what was done and what came of it; 0 when nothing is broken."""
    for name, value in counts.items():
        print(f"{name:<60} {value!s:>10}")
    print("-" * 71)
    for name, value in {**verdict.counts, **(broken or {})}.items():
        print(f"{name + ' (must be 0)':<60} {value!s:>10}")
    for name in verdict.counts:
        for sentence in getattr(verdict, name)[:SHOWN_AT_MOST]:
            print(f"{name}: {sentence}")
    return 0 if verdict.is_good and not any((broken or {}).values()) else 1
