"""A mail server of this test run on loopback. It keeps what it took, and can be told to behave badly once."""

import socketserver
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Literal

Trouble = Literal["", "silent after data", "cut before data", "refuse the address", "wait", "refuse the letter"]


@dataclass
class PostOffice:
    """What was taken, and how to behave next."""

    port: int = 0
    taken: list[bytes] = field(default_factory=list)
    trouble: Trouble = ""
    before_a_word: Callable[[], None] = lambda: None
    """Called before each of its answers, when whoever asked still waits for it."""

    @property
    def letters(self) -> list[EmailMessage]:
        return [message_from_bytes(each, policy=default) for each in self.taken]

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}"


class Counter(socketserver.StreamRequestHandler):
    """One connection."""

    office: PostOffice

    def handle(self) -> None:
        with suppress(ConnectionError):  # a sender may die
            self._serve()

    def _serve(self) -> None:
        self._say("220 post office")
        for line in self.rfile:
            verb = line.split(maxsplit=1)[0].upper()
            if verb == b"RCPT" and self.office.trouble == "refuse the address":
                self._say("550 nobody of that name")
            elif verb == b"MAIL" and self.office.trouble == "wait":
                self._say("451 come back later")
            elif verb == b"DATA":
                if not self._take():
                    return
            else:
                self._say("250 ok")

    def _take(self) -> bool:
        if self.office.trouble == "cut before data":
            return False
        self._say("354 go on")
        lines = []
        while (line := self.rfile.readline()) != b".\r\n":
            if not line:
                return False  # without its last line it is no letter
            lines.append(line[1:] if line.startswith(b"..") else line)
        if self.office.trouble == "refuse the letter":
            self._say("554 no")
            return True
        self.office.taken.append(b"".join(lines))
        if self.office.trouble == "silent after data":
            return False
        self._say("250 taken")
        return True

    def _say(self, words: str) -> None:
        self.office.before_a_word()
        self.wfile.write(f"{words}\r\n".encode())


class Building(socketserver.ThreadingTCPServer):
    """The server's socket."""

    allow_reuse_address = True
    daemon_threads = True


@contextmanager
def open_post_office() -> Iterator[PostOffice]:
    """A mail server, open for the time being."""
    office = PostOffice()
    with Building(("127.0.0.1", 0), type("OurCounter", (Counter,), {"office": office})) as building:
        office.port = building.server_address[1]
        thread = threading.Thread(target=building.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        yield office
        building.shutdown()
        thread.join()
