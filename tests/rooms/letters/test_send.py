"""Letters are written first and sent once, whatever breaks; their twins say the same."""

import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass, replace
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from config.settings import Settings
from integration.accounts.models import Account
from integration.desk import Desk, open_desk
from integration.errors import AlreadyDone, Invalid
from integration.google.wire import WsgiWire
from integration.letters.links import link_address, link_to
from integration.letters.models import Kind
from integration.letters.release import lay_aside, let_go_unseen, send_it, sent_by_hand
from integration.letters.send import send_letters
from integration.letters.shelf import LetterCard, letter, letters
from integration.letters.sweep import ring_for_letters
from integration.letters.words import Part, Words
from integration.letters.write import NewLetter, write
from integration.sandbox.app import Sandbox
from integration.sandbox.world import World
from tests import make
from tests.conftest import SETTINGS, Bell, Clock
from tests.post_office import PostOffice, Trouble, open_post_office

WORDS = Words("May I share “Volcanoes”?", (Part("say", "Dear Rosa,"), Part("post", "Look\nclosely <b>", title="Volcanoes & more",
              lines=("Material",)), Part("head", "And"), Part("list", lines=("one", "two")),
              Part("also", "A page", url="https://school.example/page?a=1&b=2")))


@dataclass
class Writing:
    """A librarian who writes letters."""

    desk: Desk
    office: PostOffice
    account: Account
    clock: Clock

    def letter(self, *, words: Words = WORDS, to: str = "rosa@juniper.example", occasion: str = "q1",
               name: str = "Rosa Gomez") -> str:
        with self.desk.transaction() as session:
            return write(session, self.account.school_id, NewLetter(self.account.id, Kind.QUESTION, "teacher:7", occasion, name, to,
                                                                    words), self.desk.now())

    def go(self) -> int:
        return send_letters(self.desk, self.account.school_id)

    def card(self) -> LetterCard:
        return letters(self.desk, self.account.school_id)[0]

    def release(self, id: str) -> None:
        send_it(self.desk, self.account.school_id, id, to_address="rosa@juniper.example")


@pytest.fixture
def office() -> Iterator[PostOffice]:
    with open_post_office() as office:
        yield office


@pytest.fixture
def writing(settings: Settings, engine: Engine, sandbox: Sandbox, world: World, clock: Clock, bell: Bell,
            office: PostOffice) -> Writing:
    given = {**SETTINGS, "database_url": settings.database_url, "smtp_url": office.url, "mail_from": "library@juniper.example"}
    desk = open_desk(Settings(**given), ring=bell, wire=WsgiWire(sandbox), engine=engine, now=clock)  # type: ignore[arg-type]
    return Writing(desk, office, make.account(desk, world, world.add_person("lena@juniper.example", "Lena Ortiz")), clock)


def test_nothing_goes_out_before_she_has_looked(writing: Writing) -> None:
    writing.letter()
    assert (writing.go(), writing.card().state) == (0, "draft")


def test_what_she_sends_goes_once_however_often_it_is_asked(writing: Writing) -> None:
    id = writing.letter()
    writing.release(id)
    assert [writing.go() for _ in range(5)] == [1, 0, 0, 0, 0]
    assert writing.letter() == id
    assert writing.go() == 0
    message, = writing.office.letters
    assert (message["From"], message["To"], message["Reply-To"]) == (
        "Lena Ortiz <library@juniper.example>", "Rosa Gomez <rosa@juniper.example>", "Lena Ortiz <lena@juniper.example>")
    with pytest.raises(AlreadyDone):
        writing.release(id)


def test_a_kind_she_switched_on_goes_unseen_from_then_on(writing: Writing) -> None:
    writing.letter()
    let_go_unseen(writing.desk, writing.account.school_id, writing.account.id, frozenset({Kind.QUESTION}))
    assert writing.go() == 0
    writing.letter(occasion="q2")
    assert writing.go() == 1
    let_go_unseen(writing.desk, writing.account.school_id, writing.account.id, frozenset())
    writing.letter(occasion="q3")
    assert writing.go() == 0


@pytest.mark.parametrize(("trouble", "state", "taken"), [
    ("silent after data", "unsure", 1), ("cut before data", "unsure", 0), ("refuse the address", "failed", 0),
    ("refuse the letter", "failed", 0), ("wait", "ready", 0)])
def test_whatever_breaks_no_letter_goes_twice(writing: Writing, trouble: Trouble, state: str, taken: int) -> None:
    id = writing.letter()
    writing.release(id)
    writing.office.trouble = trouble
    writing.go()
    assert (writing.card().state, len(writing.office.taken)) == (state, taken)
    assert writing.card().reason
    writing.office.trouble = ""
    writing.clock.forward(hours=1)
    assert writing.go() == (1 if state == "ready" else 0)
    if state != "ready":
        writing.release(id)
        assert writing.go() == 1


def test_a_mail_server_that_is_away_is_waited_for(writing: Writing) -> None:
    writing.release(writing.letter())
    away = replace(writing, desk=replace(writing.desk, settings=writing.desk.settings.model_copy(
        update={"smtp_url": type(writing.desk.settings.smtp_url)("smtp://127.0.0.1:1")})))
    assert (away.go(), away.card().state) == (0, "ready")
    writing.clock.forward(minutes=6)
    assert writing.go() == 1


def test_killed_at_any_step_no_letter_is_doubled_and_none_is_forgotten(writing: Writing, bell: Bell) -> None:
    for steps in range(12):
        taken = len(writing.office.taken)
        id = writing.letter(occasion=f"kill-{steps}")
        writing.release(id)
        with suppress(Killed):
            send_letters(doomed(writing.desk, steps), writing.account.school_id)
        writing.clock.forward(minutes=10)
        bell.rung.clear()
        ring_for_letters(writing.desk, patience=0)
        if bell.rung:
            writing.go()
        assert len(writing.office.taken) - taken <= 1
        assert (writing.card().state, len(writing.office.taken) - taken) in {("sent", 1), ("unsure", 0), ("unsure", 1)}


def test_without_a_way_letters_are_kept_to_copy(writing: Writing) -> None:
    settings = writing.desk.settings.model_copy(update={"mail_from": ""})
    here = replace(writing, desk=replace(writing.desk, settings=settings))
    id = here.letter()
    here.release(id)
    assert (here.go(), here.card().state) == (0, "draft")
    assert "copy it into your own mail" in here.card().reason
    sent_by_hand(here.desk, here.account.school_id, id)
    assert (here.card().state, here.card().way) == ("sent", "hand")


def test_a_letter_without_an_address_waits_for_one(writing: Writing) -> None:
    id = writing.letter(to="")
    with pytest.raises(Invalid, match="e-mail address"):
        send_it(writing.desk, writing.account.school_id, id, to_address="rosa")
    lay_aside(writing.desk, writing.account.school_id, id)
    assert writing.card().state == "aside"


@pytest.mark.parametrize("trick", ["x\r\nBcc: all@juniper.example", "x\nSubject: y", "x\u2028Bcc: all@juniper.example",
                                   "“x” <y@z>"])
def test_no_name_and_no_subject_can_smuggle_in_a_header(writing: Writing, trick: str) -> None:
    writing.release(writing.letter(words=Words(trick, WORDS.parts), name=trick))
    assert writing.go() == 1
    message, = writing.office.letters
    assert "Bcc" not in message and message["To"].addresses[0].addr_spec == "rosa@juniper.example"
    assert len(message.get_all("Subject", [])) == 1


@pytest.mark.parametrize("to", ["a@b.example, c@d.example", "a@b.example\r\nBcc: c@d.example", "<a@b.example>", "a b@c.example"])
def test_one_plain_address_and_nothing_else_is_taken(writing: Writing, to: str) -> None:
    with pytest.raises(Invalid):
        send_it(writing.desk, writing.account.school_id, writing.letter(), to_address=to)


def test_the_twins_have_the_same_links_and_nothing_is_loaded_or_traced(writing: Writing) -> None:
    with writing.desk.transaction() as session:
        link = link_to(session, writing.desk.settings, writing.account.school_id, "teacher:7", writing.desk.now())
        led = link_address(session, writing.desk.settings, link)
    writing.release(writing.letter(words=Words("x", (*WORDS.parts, Part("stop", "Stop", link=link)))))
    writing.go()
    message, = writing.office.letters
    html, plain = (body_of(message, kind) for kind in ("html", "plain"))
    links = {each.replace("&amp;", "&") for each in re.findall(r'href="([^"]+)"', html)}
    assert links == set(re.findall(r"https?://\S+", plain)) == {led, "https://school.example/page?a=1&b=2"}
    assert not re.search(r"<img|<script|<link|@import|url\(|\bsrc=", html)
    assert "Look<br>closely &lt;b&gt;" in html and 'lang="en"' in html
    assert message["List-Unsubscribe"] == f"<{led}/unsubscribe>"
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_a_draft_is_shown_as_it_will_look(writing: Writing) -> None:
    card, dressed = letter(writing.desk, writing.account.school_id, writing.letter())
    assert card.subject == dressed.subject == "May I share “Volcanoes”?"
    assert "| Volcanoes & more" in dressed.text


def body_of(message: Any, kind: str) -> str:
    return str(message.get_body((kind,)).get_content())


class Killed(BaseException):
    """The process is gone."""


def doomed(desk: Desk, steps: int) -> Desk:
    """A desk whose process dies before a transaction, and stays dead."""
    left = [steps]

    @contextmanager
    def transaction() -> Any:
        if left[0] <= 0:
            raise Killed
        left[0] -= 1
        with desk.transaction() as session:
            yield session
    kept: Callable[[], AbstractContextManager[Session]] = transaction
    return replace(desk, transaction=kept)
