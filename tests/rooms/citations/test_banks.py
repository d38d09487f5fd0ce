"""The checker does on the open bank what a classroom needs of it; `python -m tests.citing shut` measures it on entries unseen."""

from functools import cache

from integration.citations.check import Asked, check
from integration.citations.known import learn
from integration.citations.styles import Style
from tests.citing.bank import cases, sources
from tests.citing.scores import Scores

EVERY = 7
"""One source in so many has its faults planted here."""


@cache
def scored(sort: str) -> Scores:
    scores, known = Scores(), learned()
    for case in (case for case in cases_of_open_bank() if case.sort == sort):
        scores.add(case, check(known, Asked(case.source, case.style, case.entry, case.markup)).faults)
    return scores


learned = cache(lambda: learn(sources("open"), list(Style)))
cases_of_open_bank = cache(lambda: cases("open", every=EVERY))


def test_nothing_right_is_called_wrong() -> None:
    assert scored("right").softly == 0
    assert scored("right way").flagged <= 0.01 * scored("right way").entries


def test_one_mistake_gives_one_fault() -> None:
    assert scored("planted").exactly >= 0.97 * scored("planted").entries


def test_faults_are_shown_where_they_stand() -> None:
    assert scored("planted").spans_right >= 0.97 * scored("planted").spans


def test_what_students_write_is_judged_as_a_librarian_would() -> None:
    assert scored("student").exactly >= 0.95 * scored("student").entries
