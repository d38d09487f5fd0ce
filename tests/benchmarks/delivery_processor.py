"""The processor's time of a delivery beside that of a bare loop of the same calls with google-api-python-client.

Quotas are lifted and Google is near; it and the database are other processes, of which nothing is counted.
"""

import time
from collections.abc import Callable
from typing import Any

import httplib2
from googleapiclient.http import BatchHttpRequest

from integration.accounts.connection import open_classroom
from integration.delivery.accept import accept
from integration.delivery.models import DeliveryState as S
from integration.delivery.send import send_due
from integration.google.classroom import resources
from integration.google.seen import Kind, post_fields
from tests import make
from tests.benchmarks.delivery import Push, planned, prepared
from tests.benchmarks.far_google import far_google, town

MANY = 10_000_000
AT_ONCE = 50


class Signed(httplib2.Http):  # type: ignore[misc]
    """The transport google-api-python-client brings along, with an access token."""

    def __init__(self, token: str) -> None:
        super().__init__()
        self._token = token

    def request(self, uri: str, method: str = "GET", body: Any = None, headers: Any = None, **more: Any) -> Any:
        return super().request(uri, method, body, {**(headers or {}), "authorization": f"Bearer {self._token}"}, **more)


def print_processor(count: int) -> None:
    """Measure both and print the ratio."""
    with far_google(count, make.ALL_SCOPES, latency=0.0, window=60.0, limit=MANY) as google:
        push = prepared(google, count, 1, 60.0, user_qpm=MANY, project_qpm=MANY)
        # The first of each warms up what is built once in a process.
        token = open_classroom(push.desk, push.account_id).grant.access_token
        figures = [[ours(push), bare(push, token, together=True), bare(push, token, together=False)] for _ in range(2)][-1]
    mine, batched, single = (seconds / count * 1e6 for seconds in figures)
    print(f"CPU of {count:,} deliveries: {mine:,.0f} µs each; a bare loop {batched:,.0f} µs in batches (ratio "
          f"{mine / batched:.1f}), {single:,.0f} µs one by one (ratio {mine / single:.1f})", flush=True)


def ours(push: Push) -> float:
    """Seconds of processor of the whole sending, in this thread."""
    accept(push.desk, push.school_id, planned(push), push.account_id)
    began = time.process_time()
    while send_due(push.desk, push.school_id, at_once=1):
        pass
    return time.process_time() - began


def bare(push: Push, token: str, *, together: bool) -> float:
    """The same drafts and their publishing, and nothing else."""
    announcements = resources(push.google.root).posts[Kind.ANNOUNCEMENT]
    http = Signed(token)
    course_ids, fields = town(push.classes).course_ids, post_fields(Kind.ANNOUNCEMENT)
    body = {"text": "Look closely.", "state": "DRAFT", "materials": [{"link": {"url": "https://volcano.example/start"}}]}
    do: Callable[[list[Any]], list[Any]] = (lambda calls: _batched(push.google.root, calls, http)) if together else (
        lambda calls: [call.execute(http=http) for call in calls])
    began = time.process_time()
    for start in range(0, len(course_ids), AT_ONCE):
        some = course_ids[start:start + AT_ONCE]
        made = do([announcements.create(courseId=id, body=body, fields=fields) for id in some])
        shown = do([announcements.patch(courseId=id, id=post["id"], body={"state": "PUBLISHED"}, updateMask="state", fields=fields)
                    for id, post in zip(some, made, strict=True)])
        assert all(post["state"] == S.PUBLISHED.upper() for post in shown)
    return time.process_time() - began


def _batched(root: str, calls: list[Any], http: Any) -> list[Any]:
    answers: dict[str, Any] = {}
    batch = BatchHttpRequest(callback=lambda id, answer, _error: answers.update({id: answer}), batch_uri=f"{root}/batch")
    for number, call in enumerate(calls):
        batch.add(call, request_id=str(number))
    batch.execute(http=http)
    return [answers[str(number)] for number in range(len(calls))]
