"""For whoever runs it: is it up, is it ready, and how busy has it been."""

import time

from flask import Blueprint, Flask, Response, current_app, g, request
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Histogram, generate_latest
from sqlalchemy import text

from web.gate import Who, desk, open_to

blueprint = Blueprint("health", __name__)


class Figures:
    """What one process counts about its requests: routes and statuses, never addresses or people."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.requests = Counter("throughline_requests", "Requests answered.", ["route", "method", "status"],
                                registry=self.registry)
        self.seconds = Histogram("throughline_request_seconds", "Seconds from request to answer.", ["route"],
                                 registry=self.registry)


def prepare(app: Flask) -> None:
    """Count every request of `app`."""
    figures = app.extensions["figures"] = Figures()

    def begin() -> None:
        g.began = time.perf_counter()

    def end(response: Response) -> Response:
        route = request.endpoint or "none"
        figures.requests.labels(route, request.method, str(response.status_code)).inc()
        figures.seconds.labels(route).observe(time.perf_counter() - g.get("began", time.perf_counter()))
        return response

    app.before_request(begin)
    app.after_request(end)


@blueprint.get("/healthz")
@open_to(Who.ANYONE)
def healthz() -> Response:
    """Say that the process is up."""
    return Response("ok\n", content_type="text/plain; charset=utf-8")


@blueprint.get("/readyz")
@open_to(Who.ANYONE)
def readyz() -> Response:
    """Say that the database answers; 503 when it does not."""
    with desk().transaction() as session:
        session.execute(text("SELECT 1"))
    return Response("ready\n", content_type="text/plain; charset=utf-8")


@blueprint.get("/metrics")
@open_to(Who.ANYONE)
def metrics() -> Response:
    """The figures in Prometheus's words."""
    figures: Figures = current_app.extensions["figures"]
    return Response(generate_latest(figures.registry), content_type=CONTENT_TYPE_LATEST)
