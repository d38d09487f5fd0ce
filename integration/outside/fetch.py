"""Read one address of the web, guarded: checked addresses, few redirects, one megabyte, five seconds for all of it.

Made of the standard library's connection, because the socket must be ours: it is opened to the checked address while name and
certificate stay the host's, and it is cut when the time is up, however slowly the other side drips. The libraries that guard
`requests` or `httpx` bound neither the whole time nor the size.
"""

import http.client
import socket
import ssl
import zlib
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress
from dataclasses import dataclass
from email.message import Message
from threading import Lock
from urllib.parse import SplitResult, quote, urljoin, urlsplit

from integration.outside.addresses import Guard
from integration.outside.trouble import NotFetched
from integration.records import address as addresses

MOST, HOPS, AT_ONCE = 1 << 20, 3, 4
"""Bytes of a body, redirects, look-ups of one process at the same time."""
AGENT = "Throughline (a school library looking up a source it cites)"
MOVED = frozenset({301, 302, 303, 307, 308})
SAFE = "%/:=&?~#+!$,;'@()*[]"
"""What may stand in an address as it is; `%` too, because it may be escaped already."""
SLOW = "It took longer than five seconds to answer. Try again, or copy the parts from the source by hand."
CLOSED = {401: "This page is only for people who sign in. Copy the parts from the source by hand.",
          403: "This site does not let programs read the page. Copy the parts from the source by hand.",
          404: "There is no page at this address any more. Check it in a browser.",
          410: "There is no page at this address any more. Check it in a browser.",
          429: "This site asked to slow down. Try again in some minutes."}

_hands = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="outside")


@dataclass(frozen=True)
class Fetched:
    """What was read: where it lay in the end, its type, its character set when the server said one, and its beginning."""

    address: str
    type: str
    charset: str
    body: bytes


def fetch(guard: Guard, address: str, types: Sequence[str]) -> Fetched:
    """Read `address`, of which one of these types is wanted. Raises NotFetched."""
    line = _Line()
    going = _hands.submit(_follow, guard, line, address, types)
    try:
        return going.result(guard.seconds)
    except TimeoutError:
        going.cancel()
        line.cut()
        raise NotFetched(SLOW) from None


class _Line:
    """The socket in use, which whoever waits may cut from another thread."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._held: socket.socket | None = None
        self._is_cut = False

    def hold(self, held: socket.socket) -> None:
        with self._lock:
            self._held = held
            if self._is_cut:
                held.close()
                raise NotFetched(SLOW)

    def cut(self) -> None:
        with self._lock:
            self._is_cut = True
            if self._held is not None:
                # A TLS socket's own shutdown would first wait for a lock its reader holds.
                with suppress(OSError):
                    socket.socket.shutdown(self._held, socket.SHUT_RDWR)


def _follow(guard: Guard, line: _Line, address: str, types: Sequence[str]) -> Fetched:
    for _hop in range(HOPS + 1):
        try:
            onward, fetched = _ask(guard, line, address, types)
        except (OSError, http.client.HTTPException) as error:
            raise NotFetched("The server broke off or could not be reached. Try again, or copy the parts by hand.") from error
        if fetched is not None:
            return fetched
        address = urljoin(address, onward)
    raise NotFetched("This address sends its reader on and on. Use the address the page has in a browser.")


def _ask(guard: Guard, line: _Line, address: str, types: Sequence[str]) -> tuple[str, Fetched | None]:
    """Where it sends on to, or what it is."""
    parts = _parts(address)
    wanted = {"Accept": ", ".join(types), "User-Agent": AGENT, "Accept-Language": "en", "Accept-Encoding": "identity"}
    with _connection(guard, line, parts) as held, closing(_talk(parts)) as talk:
        talk.sock = held
        talk.request("GET", quote(f"{parts.path or '/'}{'?' if parts.query else ''}{parts.query}", safe=SAFE), headers=wanted)
        with talk.getresponse() as answer:
            return _answered(address, answer, types)


def _answered(address: str, answer: http.client.HTTPResponse, types: Sequence[str]) -> tuple[str, Fetched | None]:
    if answer.status in MOVED and (onward := answer.getheader("Location")):
        return onward, None
    if answer.status != 200:
        raise NotFetched(CLOSED.get(answer.status, f"The server answered with an error ({answer.status}). Try again later."),
                         status=answer.status)
    return "", _read(address, answer, types)


def _parts(address: str) -> SplitResult:
    if found := addresses.fault(address):
        raise NotFetched(found)
    return urlsplit(address)


def _connection(guard: Guard, line: _Line, parts: SplitResult) -> socket.socket:
    host, is_tls = str(parts.hostname), parts.scheme == "https"
    port = parts.port or (443 if is_tls else 80)
    held = socket.create_connection((guard.checked(host, port), port), timeout=guard.seconds)
    line.hold(held)
    return _shaken(line, held, host) if is_tls else held


def _shaken(line: _Line, held: socket.socket, host: str) -> ssl.SSLSocket:
    talk = ssl.create_default_context().wrap_socket(held, server_hostname=host, do_handshake_on_connect=False)
    line.hold(talk)
    try:
        talk.do_handshake()
    except OSError:
        talk.close()
        raise
    return talk


def _talk(parts: SplitResult) -> http.client.HTTPConnection:
    kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
    return kind(str(parts.hostname), parts.port)


def _read(address: str, answer: http.client.HTTPResponse, types: Sequence[str]) -> Fetched:
    told = Message()
    told["Content-Type"] = answer.getheader("Content-Type", "")
    type = told.get_content_type()
    if type not in types:
        raise NotFetched(f"What opens there is no page that could be read ({type}). Copy the parts from the source by hand.")
    body = answer.read(MOST)
    if answer.getheader("Content-Encoding", "identity") != "identity":
        body = _unpacked(body)
    return Fetched(address, type, str(told.get_param("charset", "") or ""), body)


def _unpacked(body: bytes) -> bytes:
    """What some servers pack though they are asked not to; never more than may be read."""
    try:
        return zlib.decompressobj(zlib.MAX_WBITS | 32).decompress(body, MOST)
    except zlib.error as error:
        raise NotFetched("The server packed its answer in a way that cannot be read. Copy the parts by hand.") from error
