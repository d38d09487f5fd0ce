"""The page a letter's link leads to: it needs no account, sets no cookie, and nothing but a person's press changes anything."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from integration.consent.requests import requests
from integration.courses.models import Course
from integration.delivery.ledger import DeliveryCard, deliveries
from integration.delivery.plans import plan_card
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
    page: str
    """Where everything of the library's in her classes is."""

    def open(self, address: str = "") -> TestResponse:
        return self.client.get(address or self.address)

    def press(self, said: Mapping[str, str], *, after: float = 5, path: str = "", address: str = "") -> TestResponse:
        found = NONCE.search(self.open(address).text)
        self.clock.forward(seconds=after)
        return self.client.post((address or self.address) + path, data={"nonce": found[1] if found else "", **said})

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
        question, teacher = (link_address(session, desk.settings, link).removeprefix(desk.settings.origin) for link in (
            session.scalars(select(LetterLink.id).where(LetterLink.opens.startswith(sort))).one()
            for sort in ("question:", "teacher:")))
    return Rosa(library, clock, science, create_app(desk).test_client(), question, teacher)


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


def test_her_page_shows_what_comes_and_what_came_and_looking_writes_nothing(rosa: Rosa) -> None:
    before = rosa.everything()
    page = rosa.open(rosa.page)
    assert page.status_code == 200 and "Set-Cookie" not in page.headers and "<script" not in page.text
    assert "only if you say yes" in page.text and "Nothing was shared yet." in page.text
    assert rosa.everything() == before
    rosa.press(rosa.reply("publish"))
    rosa.shown(minutes=16)
    assert "Nothing is on its way." in rosa.open(rosa.page).text


def test_she_leaves_in_one_press_and_keeps_what_stands(rosa: Rosa) -> None:
    rosa.press(rosa.reply("publish"))
    rosa.shown(minutes=16)
    rosa.library.accepted(with_link=False)
    assert rosa.press({"what": "keep"}, address=rosa.page, path="/leave").status_code == 303
    assert len(rosa.shown(days=2)) == 1
    assert rosa.row().state == "skipped"
    plan_id = rosa.library.accepted(with_link=False, topic="Other")
    assert plan_card(rosa.library.desk, rosa.library.school_id, plan_id).counts["skip"] == 1


def test_she_leaves_and_takes_back_what_stands_and_can_undo_it_for_some_minutes(rosa: Rosa) -> None:
    rosa.press(rosa.reply("publish"))
    rosa.shown(minutes=16)
    rosa.press({"what": "retract"}, address=rosa.page, path="/leave")
    assert "Being taken back" in rosa.open(rosa.page).text
    assert len(rosa.shown(minutes=10)) == 1
    assert rosa.press({}, address=rosa.page, path="/back").status_code == 303
    assert (len(rosa.shown(hours=2)), rosa.row().state) == (1, "published")
    rosa.press({"what": "retract"}, address=rosa.page, path="/leave")
    assert rosa.shown(minutes=16) == []
    assert rosa.press({}, address=rosa.page, path="/back").status_code == 303
    assert rosa.row().state == "retracted"
    assert rosa.press({}, address=rosa.page, path="/back").status_code == 409


def test_leaving_stops_what_she_agreed_to_and_is_not_out_yet(rosa: Rosa) -> None:
    rosa.press(rosa.reply("publish"))
    rosa.press({"what": "keep"}, address=rosa.page, path="/leave")
    assert rosa.shown(hours=1) == []


def test_she_chooses_for_good_on_her_page(rosa: Rosa) -> None:
    said = {"choice": "always", "topics": "Library", "max_per_week": "2", "blackout": "2026-W50"}
    assert rosa.press(said, address=rosa.page, path="/choice").status_code == 303
    page = rosa.open(rosa.page).text
    assert 'value="always" checked' in page and 'value="2026-W50"' in page
    wrong = rosa.press({**said, "blackout": "spring"}, address=rosa.page, path="/choice")
    assert wrong.status_code == 422 and "names no week" in wrong.text


def test_her_line_reaches_the_librarian_once(rosa: Rosa) -> None:
    for _ in range(3):
        assert rosa.press({"help": "Sources on the Silk Road"}, address=rosa.page, path="/help").status_code == 303
    assert rosa.press({"help": "x" * 301}, address=rosa.page, path="/help").status_code == 422
    found = requests(rosa.library.desk, rosa.library.school_id)
    assert [one.text for one in found] == ["Sources on the Silk Road"]


def test_one_press_in_a_mail_program_ends_the_letters_and_looking_does_not(rosa: Rosa) -> None:
    assert rosa.client.get(f"{rosa.page}/unsubscribe").status_code in {404, 405}
    assert rosa.row().state == "waiting"
    assert rosa.client.post(f"{rosa.page}/unsubscribe", data={"List-Unsubscribe": "One-Click"}).status_code == 303
    assert rosa.row().state == "skipped"


def test_a_link_for_one_page_does_not_open_the_other(rosa: Rosa) -> None:
    crossed = rosa.page.replace("/teacher/", "/question/")
    assert (rosa.open(crossed).status_code, rosa.open(rosa.address.replace("/question/", "/teacher/")).status_code) == (404, 404)
