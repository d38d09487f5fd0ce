"""A ladder is plain data that is read back as it was, or refused with a sentence a field."""

from typing import Any

import pytest

from integration.citations.ladder import STANDARD, as_data, read_ladder
from integration.errors import Invalid

SUBJECTS = ("science", "social-studies", "health-pe")


def changed(**fields: Any) -> dict[str, Any]:
    return {**as_data(STANDARD), **fields}


def test_a_ladder_is_read_back_as_it_was() -> None:
    assert read_ladder(as_data(STANDARD), subjects=SUBJECTS) == STANDARD


@pytest.mark.parametrize(("rung", "sentence"), [
    ({"parts": ["title", "isbn"]}, "“isbn” is no part"), ({"parts": ["author"]}, "at least the title"),
    ({"parts": ["title", "year", "date"]}, "either the year or the whole date"), ({"parts": ["title", "title"]}, "stands once"),
    ({"parts": ["title"], "says": "x" * 301}, "Shorten it"),
])
def test_a_rung_that_cannot_be_climbed_is_said(rung: dict[str, Any], sentence: str) -> None:
    with pytest.raises(Invalid) as wrong:
        read_ladder(changed(rungs={"3": rung}), subjects=SUBJECTS)
    assert sentence in wrong.value.fields["rungs.3"]


@pytest.mark.parametrize(("fields", "name"), [
    ({"style": "harvard"}, "style"), ({"subjects": {"alchemy": "apa7"}}, "subjects.alchemy"),
    ({"subjects": {"science": "x"}}, "subjects.science"), ({"subjects_from": "13"}, "subjects_from"),
    ({"rungs": {"13": {"parts": ["title"]}}}, "rungs.13"),
])
def test_a_style_subject_or_grade_nobody_knows_is_said(fields: dict[str, Any], name: str) -> None:
    with pytest.raises(Invalid) as wrong:
        read_ladder(changed(**fields), subjects=SUBJECTS)
    assert set(wrong.value.fields) == {name}
