"""Outcomes claim no more than was seen, and a teacher's words wait for her yes."""

from datetime import date
from typing import Any

import pytest

from integration.desk import Desk
from integration.errors import Invalid
from integration.partnerships.log import HandEntry, write
from integration.reports.forms import file_of
from integration.reports.outcomes import NewOutcome, add_outcome, outcomes_of, remove_outcome
from integration.reports.report import report
from integration.sandbox.world import World
from tests import make
from tests.rooms.reports.years import Year, empty_year
from tests.web.pages.conftest import browser


@pytest.fixture
def year(desk: Desk, world: World) -> Year:
    return empty_year(desk, world)


@pytest.fixture
def entry(desk: Desk, year: Year) -> str:
    rosa = make.teacher(desk, year.school_id)
    return write(desk, year.school_id, HandEntry(rosa.id, date(2026, 11, 3), "Citation workshop"))


def said(desk: Desk, year: Year, entry: str, **given: Any) -> str:
    add_outcome(desk, year.school_id, NewOutcome(entry, **given))
    return outcomes_of(desk, year.school_id, entry)[-1].sentence


@pytest.mark.parametrize(("given", "sentence"), [
    ({"kind": "average", "before": 5.2, "after": 7.8, "before_n": 24, "after_n": 22, "unit": "of 10 points"},
     "The average rose from 5.2 to 7.8 of 10 points (n = 24 before, 22 after)."),
    ({"kind": "average", "before": 7, "after": 6.5, "before_n": 24, "after_n": 24},
     "The average fell from 7 to 6.5 (n = 24 before, 24 after)."),
    ({"kind": "average", "before": 7, "after": 7, "before_n": 24, "after_n": 24},
     "The average stayed at 7 (n = 24 before, 24 after)."),
    ({"kind": "average", "after": 7, "after_n": 24}, "The average was 7 (n = 24)."),
    ({"kind": "circulation", "before": 410, "after": 492, "unit": "500–599"},
     "Loans of 500–599 rose from 410 to 492 during the unit, 20 % more."),
    ({"kind": "circulation", "before": 0, "after": 9}, "Loans rose from 0 to 9 during the unit."),
    ({"kind": "quote", "words": "They asked better questions."}, "“They asked better questions.” — Rosa Gomez"),
])
def test_an_outcome_says_what_was_before_and_after_and_of_how_many(desk: Desk, year: Year, entry: str, given: dict[str, Any],
                                                                   sentence: str) -> None:
    assert said(desk, year, entry, **given) == sentence
    assert not any(word in sentence for word in ("caused", "because", "thanks to", "led to"))


def test_an_average_of_fewer_than_ten_stays_off_the_page_and_out_of_the_words(desk: Desk, year: Year, entry: str) -> None:
    assert "7.8" not in said(desk, year, entry, kind="average", after=7.8, after_n=9)
    assert report(desk, year.school_id, "2026-11").outcomes == ()


def test_a_teacher_is_quoted_only_with_her_yes(desk: Desk, year: Year, entry: str) -> None:
    add_outcome(desk, year.school_id, NewOutcome(entry, "quote", words="Mine"))
    assert report(desk, year.school_id, "2026-11").outcomes == ()
    add_outcome(desk, year.school_id, NewOutcome(entry, "quote", words="Ours", agreed_on=date(2026, 11, 5)))
    assert ["Ours" in each.sentence for each in report(desk, year.school_id, "2026-11").outcomes] == [True]


def test_the_page_has_the_two_she_chose_and_not_one_taken_away(desk: Desk, year: Year, entry: str) -> None:
    ids = [add_outcome(desk, year.school_id, NewOutcome(
        entry, "circulation", before=1, after=number, is_chosen=number < 3, helps="They read more.")) for number in range(5)]
    assert {each.id for each in report(desk, year.school_id, "2026-11").outcomes} == {ids[1], ids[2]}
    remove_outcome(desk, year.school_id, ids[1])
    assert {each.id for each in report(desk, year.school_id, "2026-11").outcomes} == {ids[0], ids[2]}


@pytest.mark.parametrize(("given", "field"), [
    ({"kind": "miracle"}, "kind"), ({"kind": "average", "after": 3}, "after_n"), ({"kind": "average"}, "after"),
    ({"kind": "average", "after": 3, "after_n": 12, "before": 2}, "after_n"), ({"kind": "circulation", "after": 3}, "before"),
    ({"kind": "quote", "words": " "}, "words"), ({"kind": "work"}, "url"), ({"kind": "work", "url": "javascript:x"}, "url"),
    ({"kind": "quote", "words": "x", "is_chosen": True}, "helps"), ({"kind": "quote", "words": "x" * 1001}, "words"),
])
def test_what_is_missing_is_said_beside_its_field(desk: Desk, year: Year, entry: str, given: dict[str, Any], field: str) -> None:
    with pytest.raises(Invalid) as caught:
        add_outcome(desk, year.school_id, NewOutcome(entry, **given))
    assert field in caught.value.fields


def test_a_year_tells_its_stories_under_the_benefits_and_one_without_any_is_not_printed(desk: Desk, world: World) -> None:
    year = empty_year(desk, world)
    entry = write(desk, year.school_id, HandEntry(make.teacher(desk, year.school_id).id, date(2026, 11, 3), "Book talk"))
    told = (("culture", "She brings her class weekly."), ("", "Two more came."), ("resources", "The atlases are out."))
    for benefit, words in told:
        add_outcome(desk, year.school_id, NewOutcome(entry, "quote", words=words, benefit=benefit, agreed_on=date(2026, 11, 4)))
    of, month = (report(desk, year.school_id, said) for said in ("2026", "2026-11"))
    assert [(each.label, len(each.outcomes)) for each in of.stories] == [("Resources well used", 1), ("School culture", 1)]
    assert [each.sentence for each in of.outcomes] == ["“Two more came.” — Rosa Gomez"]
    assert (month.stories, len(month.outcomes)) == ((), 2)
    page = browser(desk, year.account).get("/reports/2026").text
    assert page.index("Resources well used") < page.index("School culture") and "Innovation" not in page
    assert file_of(desk, year.school_id, "2026", "pdf").content.startswith(b"%PDF-")
    with pytest.raises(Invalid, match="benefit is one of"):
        add_outcome(desk, year.school_id, NewOutcome(entry, "work", url="https://a.example", benefit="fame"))
