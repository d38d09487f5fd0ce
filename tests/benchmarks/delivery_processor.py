"""The processor's time of a delivery, its update and its retract, beside that of a bare loop of the same calls.

The bare loop is google-api-python-client alone.
Quotas are lifted and Google is near; it and the database are other processes, of which nothing is counted.
"""

import time
from collections.abc import Callable
from typing import Any

import httplib2
from googleapiclient.http import BatchHttpRequest
from sqlalchemy import select

from integration.accounts.connection import open_classroom
from integration.curation.collect import NewCollection, change_collection
from integration.delivery.accept import accept
from integration.delivery.models import Delivery
from integration.delivery.models import DeliveryState as S
from integration.delivery.retract import retract
from integration.delivery.send import send_due
from integration.delivery.update import update
from integration.google.classroom import resources
from integration.google.seen import Kind, post_fields
from tests import make
from tests.benchmarks.delivery import Push, planned, prepared
from tests.benchmarks.far_google import far_google, town

MANY = 10_000_000
AT_ONCE = 50
STEPS = ("a post", "its update", "its retract")


class Signed(httplib2.Http):  # type: ignore[misc]
    """The transport google-api-python-client brings along, with an access token."""

    def __init__(self, token: str) -> None:
        super().__init__()
        self._token = token

    def request(self, uri: str, method: str = "GET", body: Any = None, headers: Any = None, **more: Any) -> Any:
        return super().request(uri, method, body, {**(headers or {}), "authorization": f"Bearer {self._token}"}, **more)


def print_processor(count: int) -> None:
    """Measure a post, its update and taking it back, and print how each compares."""
    with far_google(count, make.ALL_SCOPES, latency=0.0, window=60.0, limit=MANY) as google:
        push = prepared(google, count, 1, 60.0, user_qpm=MANY, project_qpm=MANY)
        # The first of each warms up what is built once in a process.
        token = open_classroom(push.desk, push.account_id).grant.access_token
        figures = [[ours(push), bare(push, token, together=True), bare(push, token, together=False)] for _ in range(2)][-1]
    print(f"CPU of {count:,} deliveries in µs each: ours, a bare loop of the same calls in batches (ratio), one by one (ratio)")
    for what, *seconds in zip(STEPS, *figures, strict=True):
        mine, batched, single = (each / count * 1e6 for each in seconds)
        print(f"{what:<12} {mine:>6,.0f} {batched:>6,.0f} ({mine / batched:.2f}) {single:>6,.0f} ({mine / single:.2f})", flush=True)


def ours(push: Push) -> list[float]:
    """Seconds of processor of the whole sending of each step, in this thread."""
    plan_id = planned(push)
    ids = (push.desk, push.school_id, plan_id, push.account_id)
    accept(*ids)
    seconds = [sent(push)]
    change_collection(push.desk, push.school_id, push.collection_id, NewCollection(
        title="Volcanoes", description=f"Look closely, then draw {plan_id}.", resource_ids=[push.link_id]))
    update(*ids)
    seconds.append(sent(push))
    retract(*ids)
    seconds.append(sent(push))
    with push.desk.transaction() as session:
        assert set(session.scalars(select(Delivery.state).where(Delivery.plan_id == plan_id))) == {S.RETRACTED}
    return seconds


def sent(push: Push) -> float:
    """Send what is due; the seconds of processor."""
    began = time.process_time()
    while send_due(push.desk, push.school_id, at_once=1):
        pass
    return time.process_time() - began


def bare(push: Push, token: str, *, together: bool) -> list[float]:
    """The same calls, and nothing else: a draft and its publishing, a look and new words, a look and a deletion."""
    posts = resources(push.google.root).posts[Kind.ANNOUNCEMENT]
    http, fields = Signed(token), post_fields(Kind.ANNOUNCEMENT)
    body = {"text": "Look closely.", "state": "DRAFT", "materials": [{"link": {"url": "https://volcano.example/start"}}]}
    do: Callable[[list[Any]], list[Any]] = (lambda calls: _batched(push.google.root, calls, http)) if together else (
        lambda calls: [call.execute(http=http) for call in calls])
    made = dict[str, str]()

    def post(some: list[str]) -> None:
        drafts = do([posts.create(courseId=id, body=body, fields=fields) for id in some])
        made.update((id, draft["id"]) for id, draft in zip(some, drafts, strict=True))
        shown = do([posts.patch(courseId=id, id=made[id], body={"state": "PUBLISHED"}, updateMask="state", fields=fields)
                    for id in some])
        assert all(each["state"] == "PUBLISHED" for each in shown)

    def look(some: list[str]) -> None:
        assert all(do([posts.get(courseId=id, id=made[id], fields=fields) for id in some]))

    def reword(some: list[str]) -> None:
        look(some)
        assert all(do([posts.patch(courseId=id, id=made[id], body={"text": "Look closely, then draw."}, updateMask="text",
                                   fields=fields) for id in some]))

    def delete(some: list[str]) -> None:
        look(some)
        assert not any(do([posts.delete(courseId=id, id=made[id]) for id in some]))
    return [_seconds(push, step) for step in (post, reword, delete)]


def _seconds(push: Push, step: Callable[[list[str]], None]) -> float:
    course_ids = list(town(push.classes).course_ids)
    began = time.process_time()
    for start in range(0, len(course_ids), AT_ONCE):
        step(course_ids[start:start + AT_ONCE])
    return time.process_time() - began


def _batched(root: str, calls: list[Any], http: Any) -> list[Any]:
    answers: dict[str, Any] = {}

    def answered(id: str, answer: Any, error: Any) -> None:
        assert error is None, error
        answers[id] = answer
    batch = BatchHttpRequest(callback=answered, batch_uri=f"{root}/batch")
    for number, call in enumerate(calls):
        batch.add(call, request_id=str(number))
    batch.execute(http=http)
    return [answers[str(number)] for number in range(len(calls))]
