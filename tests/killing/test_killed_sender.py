"""Whatever a sender of letters was doing when it died, no letter comes twice, and none is lost without a word.

Neither a mail server nor Gmail can be asked whether it took a letter. So one whose sending was cut short goes at most once by
itself; then the librarian is asked, and her word decides.
"""

import os
import signal
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest

from integration.accounts.models import Account
from integration.desk import Desk
from integration.letters.models import Kind
from integration.letters.release import send_it, sent_by_hand
from integration.letters.shelf import letters
from integration.letters.words import Part, Words
from integration.letters.write import NewLetter, write
from integration.sandbox.world import World
from tests.conftest import SETTINGS
from tests.killing import sender
from tests.killing.mortals import let_work
from tests.post_office import PostOffice, open_post_office
from tests.strides import stride

AN_HOUR = 3600
AT_ONCE = 4
"""So many letters a sender has in hand, so that it dies before, within and after others."""
STRIDE = stride(6)
FEWEST_KILLS = {"gmail": 40 // STRIDE, "smtp": 40 // STRIDE}
MOST = 400


@dataclass
class Assassin:
    """Kills a sender just before the mail server gives its n-th answer."""

    at: int
    answers: int = 0
    victim: int = 0
    has_killed: bool = False

    def __call__(self) -> None:
        self.answers += 1
        if self.answers == self.at:
            self.has_killed = True
            os.kill(self.victim, signal.SIGKILL)

    def choose(self, pid: int) -> None:
        self.victim = pid


@dataclass
class Post:
    """A librarian whose letters go one way, and what arrived by it."""

    desk: Desk
    librarian: Account
    office: PostOffice
    world: World
    root: str
    way: str
    asked: Counter[str] = field(default_factory=Counter)
    """How often she had to decide, by what had become of the letter."""

    def write(self, round: int) -> list[str]:
        """Four letters she has looked at."""
        ids = []
        for number in range(AT_ONCE):
            with self.desk.transaction() as session:
                ids.append(write(session, self.librarian.school_id, NewLetter(
                    self.librarian.id, Kind.QUESTION, f"teacher:{number}", str(round), "Rosa Gomez", "rosa@juniper.example",
                    Words(f"{round}.{number}", (Part("say", "Dear Rosa,"),))), self.desk.now()))
            self.send(ids[-1])
        return ids

    def send(self, id: str) -> None:
        send_it(self.desk, self.librarian.school_id, id, to_address="rosa@juniper.example")

    def work(self, *, dies_at: int = 0, ahead: float = 0, at_birth: Callable[[int], object] = id) -> bool:
        """Let a sender work in a process of its own; whether it lived."""
        given: dict[str, Any] = {**SETTINGS, "database_url": self.desk.settings.database_url, "google_root_url": self.root,
                                 "smtp_url": self.office.url, "mail_from": "library@juniper.example"}
        if self.way == "smtp":
            given["google_root_url"] = "http://127.0.0.1:1"
        return let_work(sender.main, given, self.librarian.school_id, dies_at, ahead, at_birth=at_birth)

    def arrived(self) -> Counter[str]:
        """How often each letter came."""
        return Counter(str(each["Subject"]) for each in (*self.office.letters, *self.world.mail))

    def states(self, ids: list[str]) -> dict[str, str]:
        return {each.subject: each.state for each in letters(self.desk, self.librarian.school_id) if each.id in ids}


@pytest.fixture
def office() -> Iterator[PostOffice]:
    with open_post_office() as office:
        yield office


@pytest.fixture(params=["gmail", "smtp"])
def post(request: pytest.FixtureRequest, desk: Desk, world: World, librarian: Account, office: PostOffice, root: str) -> Post:
    if request.param == "smtp":
        with desk.transaction() as session:
            session.get_one(Account, librarian.id).scopes = []
    return Post(desk, librarian, office, world, root, request.param)


@pytest.mark.slow
def test_a_sender_killed_before_any_of_its_steps_doubles_no_letter_and_loses_none(post: Post) -> None:
    kills = _killed_at_every_step_of_its_own(post)
    if post.way == "smtp":
        kills += _killed_before_every_answer(post)
    assert kills >= FEWEST_KILLS[post.way]
    assert set(post.arrived().values()) == {1}
    assert len(post.arrived()) >= kills * AT_ONCE
    print(f"\n{post.way}: {kills} kills, {len(post.arrived())} letters, each came once; she was asked about "
          f"{post.asked['came']} that had come and {post.asked['did not come']} that had not")


def _killed_at_every_step_of_its_own(post: Post) -> int:
    """Before each beginning and end of a transaction, each call and each answer of Google's."""
    for kills, step in enumerate(range(1, MOST, STRIDE)):
        ids = post.write(step)
        lived = post.work(dies_at=step)
        _recover(post, ids)
        if lived:
            return kills
    raise AssertionError("It never came to its end.")


def _killed_before_every_answer(post: Post) -> int:
    """Before each word of the mail server, the last of which is that it took the letter."""
    for kills, answer in enumerate(range(1, MOST, STRIDE)):
        ids = post.write(MOST + answer)
        post.office.before_a_word = assassin = Assassin(answer)
        lived = post.work(at_birth=assassin.choose)
        post.office.before_a_word = lambda: None
        assert lived is not assassin.has_killed
        _recover(post, ids)
        if lived:
            return kills
    raise AssertionError("It never came to its end.")


def _recover(post: Post, ids: list[str]) -> None:
    """Another sender comes by an hour later; what it may not send by itself is looked for, as a person looks, and decided."""
    assert post.work(ahead=AN_HOUR)
    unsure = 0
    for subject, state in post.states(ids).items():
        came = post.arrived()[subject]
        assert (state, came) in {("sent", 1), ("unsure", 0), ("unsure", 1)}, (subject, state, came)
        if state == "unsure":
            unsure += 1
            post.asked["came" if came else "did not come"] += 1
            id = next(each.id for each in letters(post.desk, post.librarian.school_id) if each.subject == subject)
            sent_by_hand(post.desk, post.librarian.school_id, id) if came else post.send(id)
    assert unsure <= 1, "one sender has one letter in hand"
    assert post.work(ahead=AN_HOUR)
    assert set(post.states(ids).values()) == {"sent"}
