"""What carries bytes to Google.

One way in earnest (`HttpWire`), one that refuses to write (`OnlyReading`, the kill switch), and in tests the sandbox's WSGI
app called in-process. None of them ever repeats a request: httplib2 and urllib3 both re-send by themselves when asked nicely,
and a repeated POST is a second post in a class.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol
from urllib.parse import urlsplit

import urllib3
from werkzeug.test import EnvironBuilder, run_wsgi_app

from integration.errors import NotAllowed


class CutOff(Exception):
    """The connection broke or timed out. `sent` tells whether Google may have seen the request."""

    def __init__(self, why: str, *, sent: bool) -> None:
        self.sent = sent
        super().__init__(why)


@dataclass(frozen=True)
class Reply:
    """What came back: status, headers with lower-case names, body."""

    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""


class Wire(Protocol):
    """Carries one request, once. Raises CutOff when no answer came."""

    def carry(self, method: str, url: str, headers: Mapping[str, str], body: bytes | None, timeout: float) -> Reply:
        """Send and wait at most `timeout` seconds for the whole answer."""
        ...


class HttpWire:
    """HTTP over kept connections, shared by threads; never retries, never follows a redirect."""

    def __init__(self, connections: int = 32) -> None:
        self._pool = urllib3.PoolManager(maxsize=connections, num_pools=8, retries=False, block=False)

    def carry(self, method: str, url: str, headers: Mapping[str, str], body: bytes | None, timeout: float) -> Reply:
        try:
            answer = self._pool.request(method, url, headers=dict(headers), body=body, timeout=timeout,
                                        retries=False, redirect=False)
        except (urllib3.exceptions.NewConnectionError, urllib3.exceptions.ConnectTimeoutError) as error:
            raise CutOff(str(error), sent=False) from error
        except urllib3.exceptions.HTTPError as error:
            raise CutOff(str(error), sent=True) from error
        return Reply(answer.status, {name.lower(): value for name, value in answer.headers.items()}, answer.data)


class OnlyReading:
    """The kill switch: a wire that carries reads and sign-in, and refuses every write to Classroom."""

    SIGN_IN = ("/token", "/revoke")

    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    def carry(self, method: str, url: str, headers: Mapping[str, str], body: bytes | None, timeout: float) -> Reply:
        if method not in {"GET", "HEAD"} and not url.split("?")[0].endswith(self.SIGN_IN):
            raise NotAllowed("Writing is switched off for this installation (THROUGHLINE_WRITES=off). Nothing was sent to "
                             "Classroom; whoever runs Throughline can switch it on again.")
        return self._wire.carry(method, url, headers, body, timeout)


class WsgiWire:
    """Carries requests to a WSGI app in this very process, such as the sandbox.

    The app shows a broken connection by raising: ConnectionRefusedError was never sent, ConnectionResetError and TimeoutError
    were.
    """

    def __init__(self, app: Any) -> None:
        self._app = app

    def carry(self, method: str, url: str, headers: Mapping[str, str], body: bytes | None, timeout: float) -> Reply:
        try:
            answer = run_wsgi_app(self._app, _environ(method, url, headers, body), buffered=True)
            return Reply(int(answer[1].split()[0]), {name.lower(): value for name, value in answer[2]}, b"".join(answer[0]))
        except ConnectionRefusedError as error:
            raise CutOff(str(error), sent=False) from error
        except (ConnectionError, TimeoutError) as error:
            raise CutOff(str(error), sent=True) from error


def _environ(method: str, url: str, headers: Mapping[str, str], body: bytes | None) -> Any:
    parts = urlsplit(url)
    builder = EnvironBuilder(path=parts.path, query_string=parts.query, base_url=f"{parts.scheme}://{parts.netloc}",
                             method=method, headers=list(headers.items()), data=body or b"")
    return builder.get_environ()
