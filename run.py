"""`python3 run.py ANYTHING` is `throughline ANYTHING`, after installing what it needs into .venv.

Needs nothing but Python 3.11 or newer. `python3 run.py test` installs the test tools as well and runs the tests.
"""

import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

HERE = Path(__file__).resolve().parent
HOME = HERE / ".venv"
PYTHON = HOME / "bin" / "python"
RUNTIME = HERE / "requirements.lock"
TESTING = HERE / "tests" / "requirements.lock"


def main(words: list[str]) -> int:
    """Install if need be, then become the command."""
    is_test = words[:1] == ["test"]
    if not (3, 11) <= sys.version_info[:2] <= (3, 13):
        return fail(f"Throughline needs Python 3.11, 3.12 or 3.13; this is {sys.version.split()[0]}. "
                    "Start it with one of those, for example: python3.12 run.py demo")
    if problem := install(TESTING if is_test else RUNTIME):
        return fail(problem)
    module = ["-m", "tests.run", *words[1:]] if is_test else ["-m", "web.commands", *words]
    sys.stdout.flush()
    os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, [str(HERE), os.environ.get("PYTHONPATH")]))
    os.execv(str(PYTHON), [str(PYTHON), *module])


def fail(sentence: str) -> int:
    """Say what is wrong and give the exit status that goes with it."""
    print(sentence, file=sys.stderr)
    return 1


def install(lock: Path) -> str:
    """Make .venv hold what `lock` names, once; answer what went wrong, or nothing."""
    if is_installed(lock):
        return ""
    print(f"Installing what Throughline needs into {HOME.name} (once, about half a minute) …", file=sys.stderr, flush=True)
    try:
        if not PYTHON.exists():
            venv.create(HOME, with_pip=True, clear=True)
        put_in(lock)
    except (subprocess.CalledProcessError, OSError) as error:
        hint = " On Debian or Ubuntu the package python3-venv may be missing." if shutil.which("apt") else ""
        return f"Installing failed, and nothing was started: {error}.{hint} Mend that and run the same command again."
    remember(lock)
    return ""


def put_in(lock: Path) -> None:
    """Install with uv, itself pinned in the lock; with pip where uv cannot."""
    pip = [str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--require-hashes", "-r"]
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as only_uv:
        only_uv.write(uv_lines(lock))
        only_uv.flush()
        has_uv = subprocess.run([*pip, only_uv.name], stderr=subprocess.DEVNULL).returncode == 0
    if has_uv:
        uv = [str(HOME / "bin" / "uv"), "pip", "install", "--quiet", "--python", str(PYTHON), "--require-hashes", "-r"]
        if subprocess.run([*uv, str(lock)], stderr=subprocess.DEVNULL).returncode == 0:
            return
    subprocess.run([*pip, str(lock)], check=True)


def uv_lines(lock: Path) -> str:
    """The lines of the lock that pin uv and its hashes."""
    lines = lock.read_text().splitlines()
    start = next(number for number, line in enumerate(lines) if line.startswith("uv=="))
    end = next((number for number in range(start + 1, len(lines)) if not lines[number].startswith(" ")), len(lines))
    return "\n".join(lines[start:end]) + "\n"


def is_installed(lock: Path) -> bool:
    """Whether .venv already holds this very lock, for this very Python."""
    return PYTHON.exists() and fingerprint(lock) in installed()


def remember(lock: Path) -> None:
    """Note that .venv holds this lock. The tests' lock holds everything the runtime's does."""
    done = installed() | {fingerprint(lock)} | ({fingerprint(RUNTIME)} if lock == TESTING else set())
    (HOME / "installed.json").write_text(json.dumps(sorted(done)))


def installed() -> set[str]:
    """The fingerprints of the locks .venv holds."""
    note = HOME / "installed.json"
    return set(json.loads(note.read_text())) if note.exists() else set()


def fingerprint(lock: Path) -> str:
    """The lock's content and the Python it was installed for."""
    return hashlib.sha256(lock.read_bytes() + sys.version.encode()).hexdigest()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
