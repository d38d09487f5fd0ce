"""A teacher's links, at the door of a real web server that has the same database as the test's own desk."""

import http.client
import re
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from threading import Barrier
from urllib.parse import urlencode, urlsplit

from sqlalchemy import select

from integration.courses.models import Course
from integration.delivery.ledger import DeliveryCard, deliveries
from integration.delivery.send import send_due
from integration.letters.links import link_address
from integration.letters.models import LetterLink
from integration.partnerships.propose import NewProposal, propose
from integration.records.clock import set_clock, utc_now
from integration.schema import every_table
from tests.conftest import SETTINGS
from tests.rooms.delivery.makers import Library
from web.commands import embedded
from web.commands.stack import Stack

NONCE = re.compile(r'name="nonce" value="([^"]+)"')
FORM = "application/x-www-form-urlencoded"


@dataclass(frozen=True)
class Answered:
    """What the server said: its status, its headers but for the moment, and its page."""

    status: int
    headers: tuple[tuple[str, str], ...]
    page: str


@dataclass
class Door:
    """A server, the librarian who asked, and the class she asked about."""

    origin: str
    library: Library
    science: Course

    def link(self, sort: str) -> str:
        """The link in her newest letter that opens her `question`, her `teacher` page or a `proposal`."""
        desk = self.library.desk
        with desk.transaction() as session:
            row = session.scalars(select(LetterLink).where(LetterLink.opens.startswith(f"{sort}:")).order_by(
                LetterLink.id.desc())).first()
            assert row is not None
            return self.origin + urlsplit(link_address(session, desk.settings, row.id)).path

    def propose(self) -> None:
        """Ask her to do something together, ten days from now."""
        teacher_id = self.delivery_teacher()
        propose(self.library.desk, self.library.school_id, self.library.account.id, NewProposal(
            teacher_id, utc_now().date() + timedelta(days=10), 20, "Citation workshop", "I teach it.", "Slides.", self.science.id))

    def delivery_teacher(self) -> str:
        """The teacher's id."""
        with self.library.desk.transaction() as session:
            opens = session.scalars(select(LetterLink.opens).where(LetterLink.opens.startswith("teacher:"))).first()
        assert opens is not None
        return opens.partition(":")[2]

    def delivery(self) -> DeliveryCard:
        """The newest post she is asked about."""
        return deliveries(self.library.desk, self.library.school_id)[0]

    def everything(self) -> dict[str, list[str]]:
        """Every row of every table."""
        with self.library.desk.transaction() as session:
            return {table.name: sorted(repr(row) for row in session.execute(select(table)))
                    for table in every_table().sorted_tables}

    def changed_since(self, before: Mapping[str, list[str]]) -> list[str]:
        """The tables that are not as they were."""
        return [name for name, rows in self.everything().items() if rows != before[name]]

    def shown(self, **span: float) -> list[str]:
        """What students see in her class once so much time has passed: titles."""
        ahead, desk = timedelta(**span), self.library.desk

        @contextmanager
        def transaction() -> Iterator[object]:
            with desk.transaction() as session:
                set_clock(session, lambda: utc_now() + ahead)
                yield session

        send_due(replace(desk, now=lambda: utc_now() + ahead, transaction=transaction), self.library.school_id)  # type: ignore[arg-type]
        return [str(post["title"]) for post in self.library.posts(self.science, "PUBLISHED")]


def ask(address: str, method: str = "GET", body: bytes | None = None, **headers: str) -> Answered:
    """One request, as a machine makes it; redirects are not followed."""
    parts = urlsplit(address)
    line = http.client.HTTPConnection(str(parts.hostname), parts.port, timeout=60)
    try:
        sent = {"Content-Type": FORM} if body is not None else {}
        line.request(method, parts.path, body, {**sent, **{name.replace("_", "-"): value for name, value in headers.items()}})
        answer = line.getresponse()
        kept = tuple(sorted((name.lower(), value) for name, value in answer.getheaders() if name.lower() != "date"))
        return Answered(answer.status, kept, answer.read().decode())
    finally:
        line.close()


def form(address: str, said: Mapping[str, str]) -> bytes:
    """What a browser would send from the page at `address`, with what was chosen there."""
    found = NONCE.search(ask(address).page)
    return urlencode({"nonce": found[1] if found else "", **said}).encode()


def at_once(address: str, body: bytes, times: int = 100) -> list[int]:
    """Send the same form so many times in the same moment; the statuses."""
    start = Barrier(times)

    def send(_number: int) -> int:
        start.wait()
        return ask(address, "POST", body).status

    with ThreadPoolExecutor(times) as senders:
        return list(senders.map(send, range(times)))


@contextmanager
def open_door(library: Library, folder: Path, *, processes: int = 1) -> Iterator[Door]:
    """Ask a teacher about one post, and serve the pages her letter leads to in processes of their own."""
    science = library.teachers_class()
    library.accepted()
    port = embedded.free_port(None, 0)
    names = {f"THROUGHLINE_{name.upper()}": value for name, value in SETTINGS.items()}
    environ = embedded.environment(folder, port, {
        **names, "THROUGHLINE_DATABASE_URL": library.desk.settings.database_url, "THROUGHLINE_BASE_URL": f"http://localhost:{port}",
        "THROUGHLINE_GOOGLE_ROOT_URL": "http://127.0.0.1:1"})
    with (folder / "web.log").open("ab") as log, Stack(environ, log) as stack:
        stack.start_ours("web", "--host", embedded.HERE, "--port", str(port), "--processes", str(processes))
        stack.wait_until(lambda: embedded.answers(f"http://{embedded.HERE}:{port}/healthz"), "Starting the pages", seconds=60)
        yield Door(f"http://{embedded.HERE}:{port}", library, science)
