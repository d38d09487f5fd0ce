"""Pictures of what the library shows: the principal's page, its PDF, the coverage grid and the log, each judged by axe.

    python -m tests.shown --pictures var/shown

On a screen, on a phone and at 400 % of a small screen, in light and dark: a full year with long names, and a year in which nothing
was. The log is written by a scripted hand on the phone, which takes its time for every tap; its seconds are printed.
"""

import argparse
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from threading import Thread
from typing import Literal

import typst
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Locator, Page, ViewportSize, sync_playwright
from werkzeug.serving import make_server

from config.settings import Settings
from integration.accounts.sessions import open_session
from integration.desk import Desk, open_desk
from integration.later import silence
from integration.reports.goals import NewGoal, add_goal
from integration.reports.notes import set_ask
from integration.reports.pdf import PAGE, inputs_of
from integration.reports.report import report
from integration.sandbox.world import World
from tests import make
from tests.conftest import SETTINGS
from tests.databases import fresh_engine
from tests.rooms.reports.years import Year, a_year, empty_year
from web import create_app

SIZES: dict[str, ViewportSize] = {"screen": {"width": 1280, "height": 900}, "phone": {"width": 390, "height": 844},
                                  "zoomed": {"width": 320, "height": 256}}
"""Zoomed: what 400 % leaves of 1280 by 1024."""
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
NOW = datetime(2026, 11, 24, 15, tzinfo=UTC)
PAGES = {"principal": "/reports/2026", "month": "/reports/2026-11", "list": "/reports/2026/list/standing",
         "coverage": "/reach/coverage"}
LONG = ("Every student in grades six, seven and eight reads with growing stamina, and can say where what she knows comes from, in "
        "every subject and in her own words")
A_TAP = 0.8
"""Seconds a hand takes to see and to tap."""


def long_year(desk: Desk, world: World) -> Year:
    """A year with names as long as people make them."""
    year = a_year(desk, world, 3, posts=120, entries=60)
    theirs = make.teacher(desk, year.school_id, name="Maria-Guadalupe Fernández de la Vega-Oyelaran")
    course = make.course(desk, year.account, teachers=(theirs,), grades=["7", "8"], subject="social-studies", students=31,
                         name="7th & 8th Grade Integrated Humanities — Honors Seminar (Fernández de la Vega) Period 3, Room 214B")
    year.post(course, date(2026, 11, 3), title="Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichen and other long words")
    add_goal(desk, year.school_id, NewGoal(LONG, date(2026, 8, 1), date(2027, 6, 30), "The spring benchmark", ("IV",)))
    set_ask(desk, year.school_id, "2026", "Two planning periods a month with grade 7, on days when the library has no classes.")
    return year


@contextmanager
def served(desk: Desk) -> Iterator[str]:
    """The application on a port of its own."""
    server = make_server("127.0.0.1", 0, create_app(desk), threaded=True)
    thread = Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()


def main() -> int:
    """Write the pictures; 0 when nothing was found."""
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("--pictures", type=Path, required=True, help="the folder to write them into")
    folder: Path = words.parse_args().pictures
    folder.mkdir(parents=True, exist_ok=True)
    faults: list[str] = []
    with sync_playwright() as playwright, ExitStack() as stack:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-proxy-server"])
        stack.callback(browser.close)
        for name, fill in (("full", long_year), ("empty", empty_year)):
            faults += _school(browser, folder, name, fill)
    print(f"{len(list(folder.glob('*.png')))} pictures in {folder}.", *faults or ["No fault was found."], sep="\n")
    return 1 if faults else 0


def _school(browser: Browser, folder: Path, name: str, fill: Callable[[Desk, World], Year]) -> list[str]:
    faults: list[str] = []
    with tempfile.TemporaryDirectory() as place, fresh_engine(Path(place)) as engine:
        desk = open_desk(Settings(database_url="sqlite://", **SETTINGS), ring=silence, engine=engine, now=lambda: NOW)  # type: ignore[arg-type]
        year = fill(desk, World(seed=1, now=desk.now))
        _paper(desk, year, folder / f"{name}-pdf.png")
        with served(desk) as origin:
            for scheme in SCHEMES:
                context = _signed_in(browser, desk, year, origin, scheme)
                for page_name, path in PAGES.items():
                    faults += [fault for size in SIZES for fault in _picture(context, origin + path, size,
                                                                             folder / f"{name}-{page_name}-{size}-{scheme}.png")]
                if name == "full":
                    faults += _log_by_hand(context, origin, folder, scheme)
                context.close()
    return faults


def _signed_in(browser: Browser, desk: Desk, year: Year, origin: str, scheme: Literal["light", "dark"]) -> BrowserContext:
    client = create_app(desk).test_client()
    with client.session_transaction() as cookie:
        cookie["session"] = open_session(desk, year.account.id)
    context = browser.new_context(color_scheme=scheme, locale="en-US", reduced_motion="reduce")
    kept = client.get_cookie("throughline")
    assert kept is not None
    context.add_cookies([{"name": "throughline", "value": kept.value, "url": origin}])
    return context


def _picture(context: BrowserContext, address: str, size: str, file: Path) -> list[str]:
    page = context.new_page()
    page.set_viewport_size(SIZES[size])
    page.goto(address)
    faults = _judged(page, file)
    page.close()
    return faults


def _judged(page: Page, file: Path) -> list[str]:
    page.screenshot(path=file, full_page=True)
    sideways = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    found = Axe().run(page)
    return ([f"{file.name}: scrolls sideways by {sideways} px"] if sideways > 0 else []) + (
        [f"{file.name}: {found.generate_report()}"] if found.violations_count else [])


def _paper(desk: Desk, year: Year, file: Path) -> None:
    made = typst.compile(str(PAGE), root=str(PAGE.parent), format="png", ppi=110.0,
                         sys_inputs=inputs_of(report(desk, year.school_id, "2026"), "https://library.example/reports/2026/list/"))
    for number, one in enumerate(made if isinstance(made, list) else [made], start=1):
        file.with_stem(f"{file.stem}-{number}").write_bytes(one)


def _log_by_hand(context: BrowserContext, origin: str, folder: Path, scheme: str) -> list[str]:
    """Write an entry on the phone: the day is today's, the rest is tapped."""
    page = context.new_page()
    page.set_viewport_size(SIZES["phone"])
    page.set_default_timeout(5000)
    page.goto(f"{origin}/partnerships")
    faults = _judged(page, folder / f"log-phone-{scheme}.png")
    began = time.perf_counter()
    _tap(page, page.get_by_role("link", name="Write something down with Rosa Gomez"))
    _tap(page, page.get_by_label("What you did"))
    page.keyboard.type("Taught a lesson together", delay=150)
    if not page.get_by_role("checkbox").first.is_checked():
        _tap(page, page.get_by_role("checkbox").first)
    _tap(page, page.get_by_label("Minutes"))
    page.keyboard.type("45", delay=150)
    _tap(page, page.get_by_role("radio").nth(1))
    page.screenshot(path=folder / f"log-written-phone-{scheme}.png", full_page=True)
    _tap(page, page.get_by_role("button", name="Write it down"))
    seconds = time.perf_counter() - began
    faults += _judged(page, folder / f"log-saved-phone-{scheme}.png")
    print(f"{scheme}: an entry by a scripted hand on the phone took {seconds:.1f} s", flush=True)
    return faults


def _tap(page: Page, where: Locator) -> None:
    time.sleep(A_TAP)
    where.click()
    page.wait_for_load_state()


if __name__ == "__main__":
    sys.exit(main())
