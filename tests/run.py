"""The tests, all of them: style, types, layers, then pytest on three processes, because a third of the time one waits.

What is given after it goes to pytest.
"""

import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
BEFORE = (
    ("style", [str(BIN / "ruff"), "check", "."]),
    ("types", [sys.executable, "-m", "mypy"]),
    ("layers", [str(BIN / "lint-imports"), "--no-cache"]),
)


def main(words: list[str]) -> int:
    """Run every step even when one fails; answer 0 when all passed, else 1."""
    failed = [name for name, command in BEFORE if not passed(name, command)]
    if not passed("tests", [sys.executable, "-m", "pytest", "-n", "3", *words]):
        failed.append("tests")
    print(f"Failed: {', '.join(failed)}." if failed else "All passed.", flush=True)
    return 1 if failed else 0


def passed(name: str, command: list[str]) -> bool:
    """Whether this step passed; its output is shown as it comes."""
    print(f"── {name}", flush=True)
    return subprocess.run(command, cwd=HERE).returncode == 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
