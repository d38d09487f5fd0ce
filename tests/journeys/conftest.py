"""The whole stack in processes of its own, and a real browser before it."""

import json
import os
import shutil
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from integration.desk import Desk
from integration.sandbox.journal import Call
from integration.sandbox.names import CANARY
from integration.sandbox.world import World
from tests import make
from tests.journeys.door import Door, open_door
from tests.post_office import PostOffice, open_post_office
from tests.rooms.delivery.makers import Library
from tests.watching import calls_from, faults
from web.commands import embedded
from web.commands.redis_server import start_queue
from web.commands.stack import Stack

PICTURES = Path(__file__).resolve().parents[2] / "var" / "screenshots"
SIZES = {"desktop": (1280, 900), "phone": (390, 844)}
LOUD = "No Chromium was found, so the browser tests and the check of accessibility DID NOT RUN. Install Debian's package chromium."


@dataclass(frozen=True)
class House:
    """Where the running stack is."""

    origin: str
    google: str
    data: Path
    office: PostOffice
    """The mail server letters go to."""

    def calls(self) -> list[Call]:
        """Everything that was asked of the pretend Google."""
        return calls_from(self.google)

    def state(self) -> dict[str, Any]:
        """What stands in Google's classes."""
        with urllib.request.urlopen(f"{self.google}/_sandbox/state") as answer:
            said: dict[str, Any] = json.load(answer)
        return said


@pytest.fixture
def door(desk: Desk, world: World, tmp_path: Path) -> Iterator[Door]:
    """A teacher's links at a real server, whose clock runs."""
    person = world.add_person("lena@juniper.example", "Lena Ortiz", domain="juniper.example")
    with open_door(Library(desk, world, person, make.account(desk, world, person)), tmp_path) as opened:
        yield opened


@pytest.fixture(scope="session")
def office() -> Iterator[PostOffice]:
    """A mail server that keeps what it takes."""
    with open_post_office() as opened:
        yield opened


@pytest.fixture(scope="session")
def house(tmp_path_factory: pytest.TempPathFactory, office: PostOffice) -> Iterator[House]:
    """Throughline on one port and the pretend Google on another, each process a real one."""
    data = tmp_path_factory.mktemp("house")
    port, google_port = embedded.free_port(None, 0), embedded.free_port(None, 0)
    google = f"http://127.0.0.1:{google_port}"
    environ = embedded.environment(data, port, {
        "THROUGHLINE_GOOGLE_CLIENT_ID": "sandbox-client", "THROUGHLINE_GOOGLE_CLIENT_SECRET": "sandbox-secret",
        "THROUGHLINE_GOOGLE_ROOT_URL": google, "THROUGHLINE_UNDO_SECONDS": "5", "THROUGHLINE_SMTP_URL": office.url,
        "THROUGHLINE_MAIL_FROM": "library@juniper.example"})
    with embedded.run_folder() as run, (data / "log").open("ab") as log:
        settings, queue = embedded.prepare(environ, run)
        with Stack(environ, log) as stack:
            start_queue(stack, queue, run, data)
            stack.start_ours("sandbox", "--port", str(google_port))
            embedded.start_ours(stack, queue, port)
            stack.wait_until(lambda: embedded.answers(f"{google}/_sandbox/journal"), "Starting Google", seconds=60)
            at = House(settings.origin, google, data, office)
            yield at
            assert faults(at.calls()) == []


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium. Missing, the test is skipped loudly, or fails where REQUIRE_BROWSER is set."""
    program = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if program is None:
        stop = pytest.fail if os.environ.get("REQUIRE_BROWSER") == "1" else pytest.skip
        stop(LOUD)
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=program, args=["--no-proxy-server"])
        yield started
        started.close()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A browser of its own, with nothing remembered."""
    opened = browser.new_context(locale="en-US", timezone_id="America/New_York", reduced_motion="reduce")
    yield opened
    opened.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    """An empty page that gives up after twenty seconds."""
    opened = context.new_page()
    opened.set_default_timeout(20_000)
    return opened


@pytest.fixture
def look(page: Page) -> Callable[[str], None]:
    """Look at the page as it is: pictures of both sizes in light and dark, each without a fault that axe finds."""
    def take(name: str) -> None:
        for size, (width, height) in SIZES.items():
            page.set_viewport_size({"width": width, "height": height})
            for scheme in ("light", "dark"):
                _look_once(page, f"{name}-{size}-{scheme}", scheme)
        page.emulate_media(color_scheme="light")
        page.set_viewport_size({"width": 1280, "height": 900})
    return take


@pytest.fixture
def glance(page: Page) -> Callable[[str], None]:
    """Look at the page on a phone in dark and on a desktop in light: half as long as `look`, each size and each scheme once."""
    def take(name: str) -> None:
        for size, scheme in (("phone", "dark"), ("desktop", "light")):
            width, height = SIZES[size]
            page.set_viewport_size({"width": width, "height": height})
            _look_once(page, f"{name}-{size}-{scheme}", scheme)
    return take


def _look_once(page: Page, name: str, scheme: str) -> None:
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light", reduced_motion="reduce")
    PICTURES.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=PICTURES / f"{name}.png", full_page=True)
    assert CANARY not in page.content(), f"{name} names a student"
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{name} scrolls sideways"
    found = Axe().run(page)
    assert found.violations_count == 0, f"{name}: {found.generate_report()}"
