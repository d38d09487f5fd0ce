"""Every benchmark of delivery in one run, and one last table of what each is held to.

    python -m tests.benchmarks [--only NAME ...] [--classes 5000] [--window 20] [--rows 2000000] [--posts 50000]

`delivery`: a post to every class, its update and taking it back, clean and with faults. `claim`: claiming among two million
deliveries. `peers`: the table of the design page on quality with our own column. `fairness`: one school queues fifty thousand, and
twenty small ones beside it twenty each, through real workers. Others are measured by themselves: `python -m tests.benchmarks.NAME`
with NAME one of sync, governor, practice, living, and hours, the fairness of the quota on a virtual clock.
"""

import argparse
import os
from collections.abc import Callable

from tests.benchmarks.bars import Bar, print_bars
from tests.benchmarks.claim import claims
from tests.benchmarks.delivery import pushes
from tests.benchmarks.fairness import fairness
from tests.benchmarks.peers import beside_the_peers


def main() -> None:
    """Run them one after the other."""
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("--only", nargs="+", choices=("claim", "peers", "fairness", "delivery"), default=[])
    words.add_argument("--classes", type=int, default=5000)
    words.add_argument("--window", type=float, default=20.0)
    words.add_argument("--rows", type=int, default=2_000_000)
    words.add_argument("--posts", type=int, default=50_000)
    asked = words.parse_args()
    each: dict[str, Callable[[], list[Bar]]] = {
        "delivery": lambda: pushes(asked.classes, asked.window),
        "claim": lambda: claims(asked.rows, asked.rows // 4, 1200, 500),
        "peers": lambda: beside_the_peers(1000, asked.window),
        "fairness": lambda: fairness(asked.posts, asked.window),
    }
    bars: list[Bar] = []
    for name, measure in each.items():
        if not asked.only or name in asked.only:
            print(f"\n{name}; the machine's load before: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores", flush=True)
            bars += measure()
    print_bars(bars)


if __name__ == "__main__":
    main()
