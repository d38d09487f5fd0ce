"""The bell: rings in a second or not at all, against a real Redis and against none."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import redis

from integration.later import Job
from tests.workers.redis_here import redis_here
from web.commands.processes import PATIENCE_WITH_A_REDIS_THAT_IS_AWAY, PATIENCE_WITH_REDIS, patience_with
from workers.bell import CeleryBell, answers
from workers.queue import make_celery


@pytest.fixture
def queue(tmp_path: Path) -> Iterator[str]:
    with redis_here(tmp_path) as url:
        yield url


def test_a_job_that_is_rung_lies_in_the_queue(queue: str) -> None:
    app = make_celery(queue)
    assert answers(app)
    CeleryBell(app)(Job.SEND_DELIVERIES, {"school_id": "a"})
    with redis.Redis(unix_socket_path=queue.partition("://")[2].partition("?")[0]) as server:
        assert server.llen("celery") == 1
    app.close()


def test_a_redis_that_is_away_costs_a_page_no_more_than_a_moment(tmp_path: Path) -> None:
    app = make_celery(f"redis+socket://{tmp_path}/nobody.sock")
    began = time.monotonic()
    bell = CeleryBell(app)
    bell(Job.SEND_DELIVERIES, {"school_id": "a"})
    bell(Job.SEND_DELIVERIES, {"school_id": "b"})
    assert time.monotonic() - began < 2.0
    assert not answers(app)
    app.close()


def test_the_clock_leaves_work_to_workers_only_while_redis_answers(queue: str, tmp_path: Path) -> None:
    assert patience_with(queue)() == PATIENCE_WITH_REDIS
    assert patience_with(f"redis+socket://{tmp_path}/nobody.sock")() == PATIENCE_WITH_A_REDIS_THAT_IS_AWAY
