"""The main job through the JSON API, on the processes an administrator would start, with a real Postgres and a real Redis."""

from pathlib import Path

import pytest

from tests.journeys.apart import apart

pytestmark = pytest.mark.slow


def test_the_main_job_runs_on_postgres_and_redis(tmp_path: Path) -> None:
    with apart(tmp_path) as at:
        if "redis" not in at.stack.running:
            pytest.skip("There is no redis-server on this machine, and none bundled for it.")
        assert at.synced()["state"] == "done"
        plan_id = at.planned("6")
        at.ask("POST", f"/plans/{plan_id}/accept", {})
        at.ask("POST", f"/plans/{plan_id}/accept", {})
        at.agree_to_all(plan_id)
        at.stack.wait_until(lambda: set(at.states(plan_id)) == {"published"}, "Sending", seconds=100, pause=0.2)
        posts = at.posts()
        assert len(posts) == len(at.states(plan_id)) > 5
        assert {post["state"] for post in posts} == {"PUBLISHED"}
        assert len({post["course"] for post in posts}) == len(posts)
        assert at.ask("GET", "/reach?by=grade")["items"][0]["standing"] > 0
