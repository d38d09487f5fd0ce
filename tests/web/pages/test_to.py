"""The page a letter's link leads to: it needs no account, sets no cookie, and nothing but a person's press changes anything."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from integration.courses.models import Course
from integration.delivery.ledger import DeliveryCard, deliveries
from integration.delivery.send import send_due
from integration.desk import Desk
from integration.letters.links import link_address
from integration.letters.models import LetterLink
from integration.sandbox.world import World
from integration.schema import every_table
from tests import make
from tests.conftest import Clock
from tests.rooms.delivery.makers import Library
from web import create_app

NONCE = re.compile(r'name="nonce" value="([^"]+)"')


@dataclass
class Rosa:
    """A teacher before her letter's link, in a browser that knows nobody."""

    library: Library
    clock: Clock
    science: Course
    client: FlaskClient
    address: str

    def open(self) -> TestResponse:
        return self.client.get(self.address)

    def press(self, said: Mapping[str, str], *, after: float = 5, path: str = "", nonce: str = "") -> TestResponse:
        found = NONCE.search(self.open().text)
        self.clock.forward(seconds=after)
        return self.client.post(self.address + path, data={"nonce": nonce or (found[1] if found else ""), **said})

    def reply(self, said: str, **more: str) -> dict[str, str]:
        key = f"delivery:{self.row().id}"
        return {f"said:{key}": said, **{f"{name}:{key}": value for name, value in more.items()}}

    def row(self) -> DeliveryCard:
        return deliveries(self.library.desk, self.library.school_id)[0]

    def everything(self) -> str:
        with self.library.desk.transaction() as session:
            return repr([session.execute(select(table)).all() for table in every_table().sorted_tables])

    def shown(self, **span: float) -> list[dict[str, object]]:
        self.clock.forward(**span)
        send_due(self.library.desk, self.library.school_id)
        return self.library.posts(self.science, "PUBLISHED")


@pytest.fixture
def rosa(desk: Desk, world: World, clock: Clock) -> Rosa:
    person = world.add_person("lena@juniper.example", "Lena Ortiz")
    library = Library(desk, world, person, make.account(desk, world, person))
    science = library.teachers_class()
    library.accepted()
    with desk.transaction() as session:
        link = session.scalars(select(LetterLink.id).where(LetterLink.opens.startswith("question:"))).one()
        address = link_address(session, desk.settings, link).removeprefix(desk.settings.origin)
    return Rosa(library, clock, science, create_app(desk).test_client(), address)


def test_fifty_visits_of_scanners_change_nothing_and_the_human_still_answers(rosa: Rosa) -> None:
    before = rosa.everything()
    for visit in range(50):
        rosa.client.open(rosa.address, method=("GET", "HEAD", "OPTIONS")[visit % 3], headers={"Purpose": "prefetch"})
    assert rosa.everything() == before
    assert rosa.press(rosa.reply("publish")).status_code == 303
    assert len(rosa.shown(minutes=16)) == 1


def test_looking_needs_no_account_and_leaves_no_cookie_and_no_script(rosa: Rosa) -> None:
    answer = rosa.open()
    assert answer.status_code == 200
    assert "Set-Cookie" not in answer.headers
    assert (answer.headers["Referrer-Policy"], answer.headers["Cache-Control"]) == ("no-referrer", "no-store")
    assert "<script" not in answer.text and "checked" not in answer.text
    assert "Volcanoes" in answer.text and "Lena Ortiz" in answer.text


def test_no_answer_sets_a_cookie_either(rosa: Rosa) -> None:
    assert "Set-Cookie" not in rosa.press(rosa.reply("publish")).headers
    assert "Set-Cookie" not in rosa.open().headers


def test_her_words_and_her_day_are_what_students_see(rosa: Rosa) -> None:
    said = rosa.reply("publish", title="Our volcanoes", text="Look first.\r\nThen read.", on="2026-11-30")
    assert rosa.press(said).status_code == 303
    assert "Nov 30, 2026, 7:00 AM" in rosa.open().text
    assert rosa.shown(days=5) == []
    post, = rosa.shown(days=1)
    assert (post["title"], post["description"]) == ("Our volcanoes", "Look first.\nThen read.")


def test_unchanged_words_with_the_browsers_line_ends_are_no_change(rosa: Rosa) -> None:
    text = rosa.row().text.replace("\n", "\r\n")
    rosa.press(rosa.reply("publish", title=rosa.row().title, text=text, on=""))
    assert "You said yes." in rosa.open().text


def test_the_result_can_be_undone_on_the_same_page(rosa: Rosa) -> None:
    rosa.press(rosa.reply("publish"))
    assert "Undo, and decide again" in rosa.open().text
    assert rosa.press({}, path="/undo").status_code == 303
    assert rosa.row().state == "waiting"
    assert rosa.shown(days=1) == []


def test_a_button_pressed_faster_than_a_person_reads_does_nothing_and_is_flagged(rosa: Rosa) -> None:
    hasty = rosa.press(rosa.reply("publish"), after=0.5)
    assert hasty.status_code == 422
    assert "Please press once more" in hasty.text and 'value="publish" checked' in hasty.text
    assert rosa.row().state == "waiting"
    assert "within two seconds" in rosa.open().text
    assert rosa.press(rosa.reply("publish")).status_code == 303


def test_a_robot_that_presses_the_button_without_choosing_does_nothing(rosa: Rosa) -> None:
    assert rosa.press({}).status_code == 422
    assert rosa.press({"from_now_on": "sometimes"}).status_code == 422
    assert rosa.row().state == "waiting"


@pytest.mark.parametrize("nonce", ["", "x", "1.2", "9" * 400, "1764000000000.00"])
def test_a_form_that_is_not_from_the_page_does_nothing(rosa: Rosa, nonce: str) -> None:
    answer = rosa.client.post(rosa.address, data={"nonce": nonce, **rosa.reply("publish")})
    assert answer.status_code == 422
    assert rosa.row().state == "waiting"


def test_a_form_from_another_site_does_nothing(rosa: Rosa) -> None:
    found = NONCE.search(rosa.open().text)
    assert found is not None
    rosa.clock.forward(seconds=5)
    answer = rosa.client.post(rosa.address, data={"nonce": found[1], **rosa.reply("publish")},
                              headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 403
    assert rosa.row().state == "waiting"


def test_a_page_left_open_over_night_keeps_what_she_chose(rosa: Rosa) -> None:
    answer = rosa.press(rosa.reply("no"), after=13 * 3600)
    assert answer.status_code == 422
    assert 'value="no" checked' in answer.text


def test_wrong_words_are_shown_again_beside_the_field(rosa: Rosa) -> None:
    answer = rosa.press(rosa.reply("publish", title="", text="x"))
    assert answer.status_code == 422
    assert "It needs a title." in answer.text


def test_every_link_that_opens_nothing_answers_alike(rosa: Rosa) -> None:
    whole = rosa.address
    wrong = [whole[:-1], whole + "x", whole[:-10] + "A" * 10, "/to/question/" + "B" * 43,
             "/to/nonsense/x", "/to/question/%00", "/to/x"]
    answers = {(answer.status_code, answer.text) for answer in map(rosa.client.get, wrong)}
    rosa.clock.forward(days=8)
    old = rosa.open()
    assert answers == {(old.status_code, old.text)}
    assert old.status_code == 404 and "This link opens nothing" in old.text
    assert rosa.client.post(whole, data={}).status_code == 404


def test_markup_in_a_post_is_shown_as_it_is(desk: Desk, rosa: Rosa) -> None:
    rosa.press(rosa.reply("publish", title="<b>x</b>", text="<script>alert(1)</script>"))
    assert "&lt;b&gt;x" in rosa.open().text and "<script" not in rosa.open().text
