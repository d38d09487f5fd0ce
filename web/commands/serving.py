"""Gunicorn, started from code: the application is made once and shared by the serving processes, which saves memory."""

import gc
from collections.abc import Callable
from typing import Any

from gunicorn.app.base import BaseApplication

WsgiApp = Callable[..., Any]


class Server(BaseApplication):  # type: ignore[misc]
    """Serves what `make_app` makes, until SIGTERM or SIGINT."""

    def __init__(self, make_app: Callable[[], WsgiApp], **options: object) -> None:
        self._make_app = make_app
        self._options = options
        super().__init__()

    def load_config(self) -> None:
        for name, value in self._options.items():
            self.cfg.set(name, value)

    def load(self) -> WsgiApp:
        app = self._make_app()
        # What is there before the fork is left alone by the garbage collector, so that its pages stay shared.
        gc.collect()
        gc.freeze()
        return app


def serve(make_app: Callable[[], WsgiApp], host: str, port: int, *, processes: int = 1, threads: int = 32) -> None:
    """Serve with gthread workers; page after page may wait for a slow database without keeping others out."""
    Server(make_app, bind=f"{host}:{port}", workers=processes, threads=threads, worker_class="gthread", timeout=60,
           graceful_timeout=5, preload_app=True, control_socket_disable=True, accesslog=None, errorlog="-",
           loglevel="warning").run()
