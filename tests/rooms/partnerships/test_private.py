"""What a librarian writes for herself alone: kept, read by her, and by nothing and nobody else."""

import re
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import func, select

import integration
from integration.accounts.disconnect import disconnect
from integration.accounts.models import Account
from integration.desk import Desk
from integration.errors import Invalid, NotFound
from integration.partnerships.health import PARTS, health, rate
from integration.partnerships.journal import QUESTIONS, as_text, journal, reflect, tear_out
from integration.partnerships.log import begin
from integration.partnerships.models import Proposal, ProposalState
from integration.partnerships.private import PRIVATE_TABLES, PartnershipHealth, Reflection
from integration.sandbox.world import World
from integration.schema import every_table
from integration.week.free_days import free_days
from integration.week.holidays import add_holiday
from tests import make
from tests.conftest import Clock

ROOT = Path(integration.__file__).parent.parent


@pytest.fixture
def her(desk: Desk, world: World) -> Account:
    return make.account(desk, world, world.add_person("lena@juniper.example", "Lena Ortiz"))


@pytest.fixture
def partner(desk: Desk, her: Account) -> str:
    return begin(desk, her.school_id, make.teacher(desk, her.school_id).id)


def colleague(desk: Desk, world: World, her: Account) -> Account:
    """A second librarian of the same school."""
    return make.account(desk, world, world.add_person("omar@juniper.example", "Omar"), school_id=her.school_id)


def answers(desk: Desk, of: Account, question: str = "works") -> list[tuple[date, str]]:
    return [(each.on, each.words) for page in journal(desk, of.id) if page.key == question for each in page.answers]


def test_the_journal_asks_seven_questions_and_shows_what_she_said_before_beside_the_new(desk: Desk, her: Account, clock: Clock
                                                                                        ) -> None:
    reflect(desk, her.school_id, her.id, "works", "Rosa and I.")
    first = answers(desk, her)[0][0]
    clock.forward(days=120)
    reflect(desk, her.school_id, her.id, "works", "Rosa, and now Ben.")
    assert len(journal(desk, her.id)) == len(QUESTIONS) == 7
    assert [words for _, words in answers(desk, her)] == ["Rosa, and now Ben.", "Rosa and I."]
    assert answers(desk, her)[1][0] == first
    assert "Rosa and I." in as_text(desk, her.id) and QUESTIONS["works"] in as_text(desk, her.id)


def test_a_second_answer_on_one_day_takes_the_place_of_the_first(desk: Desk, her: Account) -> None:
    reflect(desk, her.school_id, her.id, "works", "First.")
    reflect(desk, her.school_id, her.id, "works", "Second.\r\n\r\nWith more.")
    assert [words for _, words in answers(desk, her)] == ["Second.\n\nWith more."]


@pytest.mark.parametrize("words", ["", "  \n ", "x" * 4001, "hid\u200bden"])
def test_an_answer_that_cannot_be_kept_is_given_back(desk: Desk, her: Account, words: str) -> None:
    with pytest.raises(Invalid):
        reflect(desk, her.school_id, her.id, "works", words)


def test_there_is_no_eighth_question(desk: Desk, her: Account) -> None:
    with pytest.raises(NotFound):
        reflect(desk, her.school_id, her.id, "eighth", "x")


def test_a_second_librarian_of_the_school_sees_nothing_and_tears_nothing_out(desk: Desk, world: World, her: Account, partner: str
                                                                             ) -> None:
    reflect(desk, her.school_id, her.id, "works", "Mine.")
    rate(desk, her.school_id, her.id, partner, {"skills": 4}, date(2027, 1, 5))
    other = colleague(desk, world, her)
    [mine] = [each for page in journal(desk, her.id) for each in page.answers]
    assert answers(desk, other) == [] and as_text(desk, other.id) == ""
    with pytest.raises(NotFound):
        tear_out(desk, other.id, mine.id)
    seen = health(desk, her.school_id, other.id, partner)
    assert (set(seen.ratings.values()), seen.plan_on) == ({None}, None)
    tear_out(desk, her.id, mine.id)
    assert answers(desk, her) == []


def test_a_partnership_without_a_planning_date_says_so_and_has_two_days_with_school(desk: Desk, her: Account, partner: str) -> None:
    assert health(desk, her.school_id, her.id, partner).said("planning") == "no time set"
    first, second = free_days(desk, her.school_id)
    assert (first.weekday(), second.weekday(), (second - first).days) == (1, 3, 2)
    add_holiday(desk, her.school_id, "Break", first, first)
    assert free_days(desk, her.school_id)[0] == second


def test_four_ratings_are_kept_and_said_in_words(desk: Desk, her: Account, partner: str) -> None:
    rate(desk, her.school_id, her.id, partner, {"skills": 4, "planning": 2, "alliance": 3}, date(2027, 1, 5))
    found = health(desk, her.school_id, her.id, partner)
    assert [found.said(part) for part in PARTS] == ["Strong", "Beginning, January 5, 2027", "Steady", "not said"]
    rate(desk, her.school_id, her.id, partner, {"skills": 1})
    assert [health(desk, her.school_id, her.id, partner).said(part) for part in PARTS] == [
        "Not yet", "no time set", "not said", "not said"]


def test_a_planning_day_that_is_over_is_none_and_cannot_be_set(desk: Desk, her: Account, partner: str, clock: Clock) -> None:
    rate(desk, her.school_id, her.id, partner, {}, date(2027, 1, 5))
    clock.forward(days=120)
    assert health(desk, her.school_id, her.id, partner).plan_on is None
    with pytest.raises(Invalid) as caught:
        rate(desk, her.school_id, her.id, partner, {"skills": 5}, date(2027, 1, 5))
    assert set(caught.value.fields) == {"skills", "plan_on"}


def test_a_proposal_she_said_yes_to_is_a_time(desk: Desk, her: Account, partner: str) -> None:
    teacher = make.teacher(desk, her.school_id, name="Ben")
    other = begin(desk, her.school_id, teacher.id)
    with desk.transaction() as session:
        session.add(Proposal(school_id=her.school_id, account_id=her.id, teacher_id=teacher.id, on=date(2026, 12, 8), minutes=30,
                             activity="Book talk", who="I talk", state=ProposalState.ACCEPTED, made_at=desk.now()))
    assert health(desk, her.school_id, her.id, other).plan_on == date(2026, 12, 8)
    assert health(desk, her.school_id, her.id, partner).plan_on is None


def test_it_goes_with_her_account(desk: Desk, world: World, her: Account, partner: str) -> None:
    colleague(desk, world, her)
    reflect(desk, her.school_id, her.id, "works", "Mine.")
    rate(desk, her.school_id, her.id, partner, {"skills": 4})
    disconnect(desk, her.id)
    with desk.transaction() as session:
        assert [session.scalar(select(func.count()).select_from(table)) for table in (Reflection, PartnershipHealth)] == [0, 0]


def test_every_table_of_hers_alone_is_named_as_such(desk: Desk) -> None:
    alone = {mapper.class_.__tablename__ for mapper in Reflection.registry.mappers
             if mapper.class_.__module__ == "integration.partnerships.private"}
    assert alone == PRIVATE_TABLES <= {table.name for table in every_table().sorted_tables}


def test_nothing_but_her_own_pages_reads_it() -> None:
    """Fails when a report, a letter, a link, a script or a command begins to."""
    code = {str(path.relative_to(ROOT)): path.read_text() for top in ("integration", "web", "workers")
            for path in (ROOT / top).rglob("*.py")}
    readers = {name: {path for path, text in code.items() if re.search(rf"partnerships(\.| import (.*, )?){name}\b", text)}
               for name in ("private", "journal", "health")}
    assert readers == {
        "private": {"integration/schema.py", "integration/reports/takeaway.py", "integration/partnerships/health.py",
                    "integration/partnerships/journal.py"},
        "journal": {"web/pages/reflections.py"}, "health": {"web/pages/partnership_health.py"}}
