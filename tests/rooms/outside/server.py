"""A real server on this machine, whose pages are data: path → status, headers, body in pieces with a rest between them."""

import ssl
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_network
from threading import Thread
from typing import Any

from integration.outside.addresses import Guard, Resolve

HERE = (ip_network("127.0.0.1/32"),)


def answering(*found: str) -> Resolve:
    """A resolver that knows one answer, whatever it is asked."""
    return lambda _host, _port: found


GUARD = Guard(HERE, resolve=answering("127.0.0.1"))
"""Lets a look-up reach this machine, whatever the name."""


@dataclass(frozen=True)
class Page:
    """What the server answers. `head` is dripped as it is before anything else when it is given."""

    body: bytes | str = b""
    type: str = "text/html; charset=utf-8"
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    drip: Sequence[bytes] = ()
    rest: float = 0.0


@dataclass
class Served:
    """The server: where it is, what it was asked, what it says."""

    root: str
    pages: dict[str, Page]
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)


@contextmanager
def serving(pages: dict[str, Page] | None = None, *, context: ssl.SSLContext | None = None,
            host: str = "127.0.0.1") -> Iterator[Served]:
    """A server that lives as long as the block."""
    served = Served("", pages if pages is not None else {})
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(served))
    server.daemon_threads = True
    server.block_on_close = False
    if context is not None:
        server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    served.root = f"http{'s' if context else ''}://{host}:{server.server_port}"
    Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    try:
        yield served
    finally:
        server.shutdown()
        server.server_close()


def _handler(served: Served) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            served.asked.append((self.path, dict(self.headers.items())))
            page = served.pages.get(self.path, Page("nothing", status=404))
            try:
                _answer(self, page)
            except OSError:
                self.close_connection = True

        def log_message(self, format: str, *args: Any) -> None:
            pass

    return Handler


def _answer(handler: BaseHTTPRequestHandler, page: Page) -> None:
    for piece in page.drip:
        handler.wfile.write(piece)
        time.sleep(page.rest)
    if page.drip:
        return
    body = page.body.encode() if isinstance(page.body, str) else page.body
    handler.send_response(page.status)
    for name, value in {"Content-Type": page.type, "Content-Length": str(len(body)), **page.headers}.items():
        handler.send_header(name, value)
    handler.end_headers()
    handler.wfile.write(body)
