"""The pretend Google over HTTP, a thread for each connection."""

import socket
from contextlib import suppress
from typing import Any

from werkzeug.serving import BaseWSGIServer, WSGIRequestHandler, make_server

from integration.sandbox.app import Sandbox


class Handler(WSGIRequestHandler):
    """Keeps connections open between calls, and closes one without an answer when the sandbox says it broke."""

    protocol_version = "HTTP/1.1"

    def connection_dropped(self, error: BaseException, environ: Any = None) -> None:
        self.close_connection = True
        # Whoever asked may have gone already, which is no news.
        with suppress(OSError):
            self.connection.shutdown(socket.SHUT_RDWR)

    def log(self, type: str, message: str, *args: Any) -> None:
        """Nothing: the journal tells more."""


def make_sandbox_server(sandbox: Sandbox, host: str = "127.0.0.1", port: int = 0) -> BaseWSGIServer:
    """A server that is bound already; `server_port` says where. Call `serve_forever`, and `shutdown` from elsewhere."""
    return make_server(host, port, sandbox, threaded=True, request_handler=Handler)


def serve(sandbox: Sandbox, host: str = "127.0.0.1", port: int = 8100) -> None:
    """Serve until interrupted."""
    with make_sandbox_server(sandbox, host, port) as server:
        server.serve_forever()
