"""Precision, recall, exactly right and correct ones flagged, on one bank.

    python -m tests.citing open [--show 40] [--code wrong_date]
    python -m tests.citing shut

The shut bank has other seeds and sources, and its failures are not to be read while the checker is tuned.
"""

import argparse
import time

from integration.citations.check import Asked, check
from integration.citations.faults import Fault
from integration.citations.known import Known, learn
from integration.citations.styles import Style
from tests.citing.bank import SEEDS, Case, cases, sources
from tests.citing.scores import Scores


def main() -> None:
    """Print the figures."""
    asked = _arguments()
    known_at = time.perf_counter()
    known = learn(sources(asked.bank), list(Style))
    bank = cases(asked.bank)
    began = time.perf_counter()
    done = [(case, check(known, Asked(case.source, case.style, case.entry, case.markup)).faults) for case in bank]
    took = time.perf_counter() - began
    everything, by_sort = Scores(), {"right": Scores(), "right way": Scores(), "planted": Scores(), "student": Scores()}
    for case, faults in done:
        everything.add(case, faults)
        exactly = by_sort[case.sort].add(case, faults)
        if not exactly and asked.show > 0 and _is_wanted(asked.code, case, faults):
            asked.show -= 1
            print(_told(known, case, faults))
    for sort, scores in by_sort.items():
        print(f"{sort:10}", scores.line())
    print(f"{'all':10}", everything.line())
    print(by_sort["planted"].codes() if asked.codes else "")
    print(f"learned in {began - known_at:.1f} s, {len(bank) / took:.0f} entries a second")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    parser.add_argument("bank", choices=SEEDS)
    parser.add_argument("--show", type=int, default=0)
    parser.add_argument("--code", default="")
    parser.add_argument("--codes", action="store_true")
    return parser.parse_args()


def _is_wanted(word: str, case: Case, faults: tuple[Fault, ...]) -> bool:
    words = {case.sort, case.told, *(code for codes in case.wanted for code in codes), *(fault.code for fault in faults)}
    return not word or word in words


def _told(known: Known, case: Case, faults: tuple[Fault, ...]) -> str:
    wanted = " or ".join(",".join(sorted(codes)) or "nothing" for codes in case.wanted)
    told = "; ".join(f"{fault.code} [{case.entry[fault.start:fault.end]}]" for fault in faults) or "nothing"
    right = known.right(case.source, case.style)
    printed = right[0].written.text if right else None
    return (f"{case.sort} {case.told} {case.source} {case.style}\n  wrote {case.entry}\n  right {printed}\n"
            f"  wanted {wanted}\n  told   {told}\n")


if __name__ == "__main__":
    main()
