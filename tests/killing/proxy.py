"""Bad weather between the product and Google: a proxy on loopback that cuts, delays and spoils calls by chance."""

import http.client
import json
import socket
import threading
import time
from collections import Counter
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from random import Random
from urllib.parse import urlsplit

SHARES = {
    "cut before": 0.010, "cut after": 0.015, "5xx before": 0.010, "5xx after": 0.015, "429": 0.002, "slow": 0.030,
    "answer too late": 0.001,
}
"""How much of the calls each trouble meets; together well below what opens the breaker."""
TOO_LATE = 22.0
"""Seconds after which the product has given up."""
NOT_PASSED_ON = frozenset({"connection", "transfer-encoding", "keep-alive", "content-length", "date", "server"})


class Weather:
    """What happens to each call, drawn from a seed. Fair until told otherwise; counts what it did."""

    def __init__(self, seed: int) -> None:
        self.is_bad = False
        self.is_outage = False
        self.done = Counter[str]()
        self.arrived: list[float] = []
        """When each call came, by the monotonic clock."""
        self._random = Random(seed)
        self._lock = threading.Lock()

    def draw(self) -> tuple[str, float]:
        """The next call's trouble, "" for none, and a number from 0 to 1 for how much of it."""
        with self._lock:
            self.arrived.append(time.monotonic())
            trouble = self._trouble(self._random.random()) if self.is_bad else ""
            if self.is_outage:
                trouble = "outage"
            if trouble:
                self.done[trouble] += 1
            return trouble, self._random.random()

    def _trouble(self, drawn: float) -> str:
        for name, share in SHARES.items():
            if drawn < share:
                return name
            drawn -= share
        return ""


class Proxy(ThreadingHTTPServer):
    """Carries every call on to `google`, through `weather`. Use it in `with`; it serves in threads of this process."""

    daemon_threads = True
    request_queue_size = 128

    def __init__(self, port: int, google: str, weather: Weather) -> None:
        super().__init__(("127.0.0.1", port), _Carrier)
        self.google = urlsplit(google).netloc
        self.weather = weather

    def __enter__(self) -> "Proxy":
        threading.Thread(target=self.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.shutdown()
        self.server_close()

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that was killed in mid-call is what the run is about."""


class _Carrier(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Proxy

    def _carry(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        trouble, how_much = self.server.weather.draw()
        if trouble == "slow":
            time.sleep(3 * how_much)
        if trouble == "cut before":
            self._cut()
        elif trouble in {"5xx before", "outage"}:
            self._stumble()
        elif trouble == "429":
            self._answer(429, {"Retry-After": "1"}, _error(429, "RESOURCE_EXHAUSTED"))
        else:
            self._carry_on(body, trouble)

    do_GET = do_POST = do_PATCH = do_DELETE = _carry

    def _carry_on(self, body: bytes, trouble: str) -> None:
        headers = {name: value for name, value in self.headers.items() if name.lower() not in {"connection", "host"}}
        upstream = http.client.HTTPConnection(self.server.google, timeout=60)
        try:
            upstream.request(self.command, self.path, body, {**headers, "Host": self.headers["Host"]})
            answer = upstream.getresponse()
            kept = {name: value for name, value in answer.getheaders() if name.lower() not in NOT_PASSED_ON}
            status, said = answer.status, answer.read()
        except (OSError, http.client.HTTPException):
            return self._cut()
        finally:
            upstream.close()
        if trouble == "cut after":
            return self._cut()
        if trouble == "5xx after":
            return self._stumble()
        if trouble == "answer too late":
            time.sleep(TOO_LATE)
        return self._answer(status, kept, said)

    def _stumble(self) -> None:
        self._answer(503, {}, _error(503, "UNAVAILABLE"))

    def _cut(self) -> None:
        self.close_connection = True
        self.connection.shutdown(socket.SHUT_RDWR)

    def _answer(self, status: int, headers: dict[str, str], body: bytes) -> None:
        self.send_response(status)
        for name, value in {**headers, "Content-Length": str(len(body))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Nothing: the counts tell more."""


def _error(status: int, rpc: str) -> bytes:
    return json.dumps({"error": {"code": status, "message": "The weather is bad.", "status": rpc}}).encode()
