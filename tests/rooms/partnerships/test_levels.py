"""Levels are kept with their scheme, and no scheme's words are taken for another's."""

import pytest

from integration.partnerships import levels


def test_the_same_word_means_another_level_in_another_scheme() -> None:
    assert levels.called("tlc", "B") == "TLC B Cooperation"
    assert levels.called("buzzeo", "cooperation") == "Buzzeo Cooperation"


def test_every_level_has_a_definition_beside_it() -> None:
    assert all(each.meaning for scheme in levels.SCHEMES for each in scheme.levels)


@pytest.mark.parametrize(("scheme", "level"), [("tlc", "b"), ("TLC", "B"), ("tlc", "b cooperation"), ("", ""), ("ours", "high")])
def test_a_level_is_known_in_any_case_and_a_districts_own_scheme_is_let_be(scheme: str, level: str) -> None:
    assert levels.fault(scheme, level) == ""


def test_a_level_of_another_scheme_is_refused_with_those_there_are() -> None:
    assert levels.fault("tlc", "data-driven") == "TLC has the levels A, B, C, D; “data-driven” is none of these."
