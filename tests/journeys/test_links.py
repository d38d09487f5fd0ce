"""Mail gateways, robots and replays at a real server: they post nothing that undo and flag do not catch.

Afterwards the human still answers.
"""

import statistics
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, TimeoutError, expect
from sqlalchemy import func, select, update

from integration.consent.models import Answer, HelpRequest, Question, StandingChoice
from integration.delivery.answer import UNDONE
from integration.delivery.models import DeliveryStep
from integration.letters.models import LetterLink
from integration.partnerships.models import Partnership, Proposal
from integration.records.clock import utc_now
from tests.journeys.door import Door, ask, at_once, form

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]

AN_UNDO = 16
"""Minutes after which an answer can no longer be undone."""
A_PERSON_READS = 2.5
PREFETCH: Any = {"Purpose": "prefetch", "Sec_Purpose": "prefetch;prerender", "X_Moz": "prefetch"}


@pytest.fixture
def clock() -> Callable[[], datetime]:
    """A clock that runs, because the server's does."""
    return utc_now


@pytest.mark.browser
def test_fifty_visits_of_scanners_post_nothing_and_afterwards_the_human_answers(door: Door, browser: Browser, page: Page) -> None:
    link, before = door.link("question"), door.everything()
    for number in range(24):
        assert ask(link, ("GET", "HEAD", "OPTIONS")[number % 3], **PREFETCH).status == 200
    for number in range(18):
        _runs_scripts(browser, link, seconds=5.0 if number == 0 else 0.2)
    assert door.changed_since(before) == []

    for number in range(8):
        _clicks_everything(browser, link, chooses=number % 4, waits=A_PERSON_READS if number == 7 else 0.0)
    assert _flag(door) != ""
    assert door.shown(minutes=AN_UNDO - 2) == []

    page.goto(link)
    _undoes_what_a_robot_said(page)
    page.get_by_role("radio", name="Yes, publish it").check()
    page.wait_for_timeout(A_PERSON_READS * 1000)
    page.get_by_role("button", name="Send my answer").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you")
    assert door.shown(minutes=AN_UNDO) == ["Volcanoes"]


@pytest.mark.browser
def test_a_robot_that_says_yes_and_goes_away_is_undone_by_the_human_within_the_time(door: Door, browser: Browser, page: Page
                                                                                    ) -> None:
    link = door.link("question")
    with browser.new_context() as opened:
        robot = opened.new_page()
        robot.goto(link)
        robot.get_by_role("radio", name="Yes, publish it").check()
        robot.wait_for_timeout(A_PERSON_READS * 1000)
        robot.get_by_role("button", name="Send my answer").click()
    assert door.shown(minutes=14) == []
    assert "within a minute" in _flag(door)
    page.goto(link)
    expect(page.get_by_text("Was it you?")).to_be_visible()
    expect(page.get_by_text("You said yes.")).to_be_visible()
    page.wait_for_timeout(A_PERSON_READS * 1000)
    page.get_by_role("button", name="Undo, and decide again").click()
    page.get_by_role("radio", name="Not this one").check()
    page.wait_for_timeout(A_PERSON_READS * 1000)
    page.get_by_role("button", name="Send my answer").click()
    assert door.shown(days=2) == [] and door.delivery().state == "skipped"


@pytest.mark.browser
def test_a_robot_on_her_page_can_only_make_things_stricter_and_she_undoes_it(door: Door, browser: Browser, page: Page) -> None:
    link = door.link("teacher")
    _clicks_everything(browser, link, chooses=0, waits=A_PERSON_READS)
    assert door.shown(minutes=AN_UNDO) == [] and door.delivery().state == "skipped"
    page.goto(link)
    page.wait_for_timeout(A_PERSON_READS * 1000)
    page.get_by_role("button", name="Undo that").click()
    page.goto(door.link("question"))
    expect(page.get_by_role("button", name="Send my answer")).to_be_visible()


@pytest.mark.parametrize("said", ["publish", "draft", "no"])
def test_the_same_answer_a_hundred_times_in_one_moment_has_one_effect(door: Door, said: str) -> None:
    link, key = door.link("question"), f"delivery:{door.delivery().id}"
    body = form(link, {f"said:{key}": said})
    time.sleep(A_PERSON_READS)
    assert set(at_once(link, body)) == {303}
    assert _rows(door, Answer) == 1
    steps = [step.sentence for step in door.delivery().history]
    assert len(steps) == len(set(steps))
    assert door.shown(minutes=AN_UNDO) == (["Volcanoes"] if said == "publish" else [])
    assert len(door.library.posts(door.science)) == (0 if said == "no" else 1)


def test_an_undo_a_hundred_times_in_one_moment_has_one_effect(door: Door) -> None:
    link, key = door.link("question"), f"delivery:{door.delivery().id}"
    body = form(link, {f"said:{key}": "publish", "from_now_on": "always"})
    time.sleep(A_PERSON_READS)
    ask(link, "POST", body)
    assert set(at_once(f"{link}/undo", body)) == {303}
    assert [step.sentence for step in door.delivery().history].count(UNDONE) == 1
    assert door.delivery().state == "waiting" and door.shown(days=1) == []


def test_each_press_on_her_page_a_hundred_times_in_one_moment_has_one_effect(door: Door) -> None:
    link = door.link("teacher")
    body = form(link, {"help": "Sources on the Silk Road", "choice": "draft", "max_per_week": "2", "what": "keep"})
    time.sleep(A_PERSON_READS)
    assert set(at_once(f"{link}/help", body)) == {303}
    assert _rows(door, HelpRequest) == 1
    assert set(at_once(f"{link}/choice", body)) == {303}
    assert _rows(door, StandingChoice) == 1
    steps = _rows(door, DeliveryStep)
    assert set(at_once(f"{link}/leave", body)) == {303}
    assert (_rows(door, StandingChoice), _rows(door, DeliveryStep), door.delivery().state) == (1, steps + 1, "skipped")
    assert set(at_once(f"{link}/unsubscribe", b"List-Unsubscribe=One-Click")) == {303}
    assert (_rows(door, StandingChoice), _rows(door, DeliveryStep)) == (1, steps + 1)


def test_a_yes_to_a_proposal_a_hundred_times_in_one_moment_begins_one_partnership(door: Door) -> None:
    door.propose()
    link = door.link("proposal")
    body = form(link, {"said": "accepted"})
    time.sleep(A_PERSON_READS)
    assert set(at_once(link, body)) == {303}
    assert (_rows(door, Partnership), _rows(door, Proposal)) == (1, 1)


def test_every_link_that_opens_nothing_answers_the_same_bytes_in_the_same_time(door: Door) -> None:
    door.propose()
    links = {sort: door.link(sort) for sort in ("question", "teacher", "proposal")}
    secret = links["question"].rpartition("/")[2]
    places = [link.rpartition("/")[0] for link in links.values()]
    wrong = {"tampered": links["question"][:-1] + ("A" if secret[-1] != "A" else "B"), "guessed": f"{places[0]}/{'B' * 43}",
             "cut short": links["question"][:-5], "too long": f"{links['question']}x", "for another page": f"{places[1]}/{secret}",
             "for a proposal": f"{places[2]}/{secret}", "for nothing there is": f"{door.origin}/to/nonsense/{secret}",
             "expired": links["question"], "an expired page of hers": links["teacher"], "an expired proposal": links["proposal"]}
    body = form(links["question"], {f"said:delivery:{door.delivery().id}": "publish"})
    time.sleep(A_PERSON_READS)
    _let_every_link_expire(door)
    before = door.everything()
    answers = {ask(address) for address in wrong.values()}
    assert len(answers) == 1
    assert next(iter(answers)).status == 404 and "This link opens nothing" in next(iter(answers)).page
    for name in ("tampered", "guessed", "expired", "for a proposal"):
        posted = ask(wrong[name], "POST", body)
        assert (posted.status, posted.page) == (404, next(iter(answers)).page), name
    assert door.changed_since(before) == []
    _takes_the_same_time([wrong["tampered"], wrong["guessed"], wrong["expired"], wrong["for another page"]])


def _runs_scripts(browser: Browser, link: str, *, seconds: float) -> None:
    """A gateway's headless browser: it loads everything, runs scripts, scrolls, and stays for a while."""
    with browser.new_context() as opened:
        robot = opened.new_page()
        robot.goto(link)
        robot.mouse.wheel(0, 5000)
        robot.wait_for_timeout(seconds * 1000)
        assert robot.locator("script, meta[http-equiv]").count() == 0


def _clicks_everything(browser: Browser, link: str, *, chooses: int, waits: float) -> None:
    """A gateway that presses every button, on every page that follows, after ticking one choice of each group, or none (0)."""
    with browser.new_context() as opened:
        robot = opened.new_page()
        robot.goto(link)
        for number in range(robot.get_by_role("button").count() + 3):
            if chooses:
                for group in robot.get_by_role("group").all():
                    radios = group.get_by_role("radio").all()
                    if radios:
                        radios[min(chooses, len(radios)) - 1].check()
            buttons = robot.get_by_role("button").all()
            if not buttons:
                return
            robot.wait_for_timeout(waits * 1000)
            with suppress(TimeoutError), robot.expect_event("framenavigated", timeout=1000):
                buttons[number % len(buttons)].click()


def _undoes_what_a_robot_said(page: Page) -> None:
    """Which button a robot pressed last depends on how slow the machine is; the human takes it back where there is something."""
    undo = page.get_by_role("button", name="Undo, and decide again")
    if undo.count():
        page.wait_for_timeout(A_PERSON_READS * 1000)
        undo.click()


def _takes_the_same_time(addresses: list[str]) -> None:
    """Each within a fifth of all: asked in turn, so that a busy machine is busy for each of them."""
    took: dict[str, list[float]] = {address: [] for address in addresses}
    for _ in range(150):
        for address in addresses:
            began = time.perf_counter()
            ask(address)
            took[address].append(time.perf_counter() - began)
    medians = [statistics.median(each) for each in took.values()]
    assert max(medians) <= 1.2 * min(medians), [f"{each * 1000:.2f} ms" for each in medians]


def _rows(door: Door, table: type[object]) -> int:
    with door.library.desk.transaction() as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


def _flag(door: Door) -> str:
    with door.library.desk.transaction() as session:
        return session.scalars(select(Question.odd)).one()


def _let_every_link_expire(door: Door) -> None:
    with door.library.desk.transaction() as session:
        session.execute(update(LetterLink).values(expires_at=utc_now()))
