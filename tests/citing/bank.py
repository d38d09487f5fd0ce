"""The entries of a bank: right ones, right ones written otherwise, planted faults, and what students wrote."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

from integration.citations.cite import cite
from integration.citations.faults import Code
from integration.citations.items import Item
from integration.citations.styles import Style
from integration.citations.tidy import tidy
from tests.citing import people, rest, titles
from tests.citing.draft import Draft, Plant, draft
from tests.citing.other_sources import other
from tests.citing.right_ways import RIGHT_WAYS

HERE = Path(__file__).parent
PRINTED = HERE.parent / "rooms" / "citations" / "bank_open.json"
SEEDS = {"open": 11, "more": 303, "shut": 7919}
"""`more` has other sources too, but may be read while tuning."""

PLANTS: Sequence[tuple[Code, Plant]] = (
    (Code.MISSING_AUTHOR, people.no_author), (Code.AUTHOR_NOT_INVERTED, people.not_turned),
    (Code.AUTHOR_INVERTED_IN_NOTE, people.turned_in_note), (Code.AUTHOR_NAME_FORM, people.other_name_form),
    (Code.AUTHOR_NAME_FORM, people.group_turned), (Code.AUTHOR_MISSPELLED, people.author_misspelled),
    (Code.AUTHOR_SEPARATOR, people.other_joint), (Code.AUTHOR_SEPARATOR, people.second_turned), (Code.ET_AL_MISUSE, people.et_al),
    (Code.MISSING_CONTRIBUTOR, people.no_contributor), (Code.MISSING_CONTRIBUTOR_ROLE, people.no_role),
    (Code.MISSING_TITLE, titles.no_title), (Code.TITLE_MISSPELLED, titles.word_misspelled),
    (Code.TITLE_MISSPELLED, titles.word_left_out), (Code.TITLE_CAPITALIZATION, titles.other_capitals),
    (Code.TITLE_FORMAT, titles.other_dress), (Code.MISSING_CONTAINER, titles.no_container),
    (Code.CONTAINER_FORMAT, titles.other_container_dress), (Code.MISSING_EDITION, rest.no_edition),
    (Code.MISSING_PUBLISHER, rest.no_publisher), (Code.PUBLISHER_NOT_NEEDED, rest.publisher_again),
    (Code.PLACE_NOT_NEEDED, rest.with_place), (Code.MISSING_DATE, rest.no_date), (Code.WRONG_DATE, rest.other_year),
    (Code.WRONG_DATE, rest.other_day), (Code.DATE_FORM, rest.other_date_form), (Code.DATE_FORM, rest.only_year),
    (Code.MISSING_ACCESS_DATE, rest.no_access), (Code.MISSING_ORIGINAL_DATE, rest.no_original),
    (Code.MISSING_VOLUME_ISSUE, rest.no_number), (Code.VOLUME_ISSUE_FORM, rest.other_number_form),
    (Code.MISSING_PAGES, rest.no_pages), (Code.WRONG_PAGES, rest.other_pages), (Code.PAGE_LABEL, rest.other_label),
    (Code.MISSING_URL, rest.no_link), (Code.URL_TRACKING, rest.tracked), (Code.DOI_FORM, rest.other_doi),
    (Code.RETRIEVED_FROM_MISUSE, rest.retrieved), (Code.MISSING_DESCRIPTION, rest.no_description),
    (Code.OBSOLETE_MEDIUM, rest.medium), (Code.ELEMENT_ORDER, rest.date_moved), (Code.ELEMENT_ORDER, rest.title_first),
    (Code.PUNCTUATION, rest.other_sign),
)
NEED_MARKUP = {Code.TITLE_FORMAT, Code.CONTAINER_FORMAT}


@dataclass(frozen=True)
class Case:
    """One entry and the codes a good checker says; several sets where more than one judgement is right."""

    sort: str
    source: str
    style: Style
    entry: str
    markup: bool
    wanted: tuple[frozenset[Code], ...]
    start: int = -1
    end: int = -1
    told: str = ""


def sources(bank: str) -> list[Item]:
    """The 75 kinds, for the shut bank with other people, titles and days, and the sources of the students' entries."""
    printed = [entry["item"] for entry in json.loads(PRINTED.read_text())]
    rng = Random(SEEDS[bank])
    kinds = printed if bank == "open" else [other(item, rng) for item in printed]
    return [tidy(item) for item in (*kinds, *_students(bank)["sources"])]


def cases(bank: str, *, every: int = 1) -> list[Case]:
    """Every case of a bank; or the students' and those of one source in so many."""
    rng, known = Random(SEEDS[bank] + 1), sources(bank)[::every]
    done = [*_students_cases(bank), *(_printed_cases() if bank == "open" else ())]
    for style in Style:
        for item, one in zip(known, cite(known, style, labelled=True), strict=True):
            if one.entry:
                done += _of_one(draft(one.entry, item, style), rng)
        done += _mixed(known, style)
    return done


def _of_one(right: Draft, rng: Random) -> Iterator[Case]:
    nothing = (frozenset[Code](),)
    source, style = str(right.item["id"]), right.style
    yield Case("right", source, style, right.html, True, nothing)
    yield Case("right", source, style, right.text, False, nothing)
    for way in RIGHT_WAYS:
        if entry := way(right, rng):
            yield Case("right way", source, style, entry, True, nothing, told=way.__name__)
    for code, plant in PLANTS:
        wrong = plant(right, rng)
        if wrong is None or wrong.html == right.html:
            continue
        markup = code in NEED_MARKUP or rng.random() < 0.5
        entry = wrong.html if markup else wrong.text
        yield Case("planted", source, style, entry, markup, (frozenset({code}),), wrong.start, wrong.end, plant.__name__)


def _mixed(known: Sequence[Item], style: Style) -> Iterator[Case]:
    """Entries that are right in a style unlike the one asked for, and addresses alone."""
    other = {Style.MLA: Style.APA, Style.APA: Style.MLA, Style.CHICAGO_BIB: Style.APA, Style.CHICAGO_NOTE: Style.MLA}[style]
    mixed, bare = (frozenset({Code.STYLE_MIXING}),), (frozenset({Code.URL_ONLY}),)
    for item, right, one in zip(known, cite(known, style), cite(known, other), strict=True):
        if right.entry and one.entry and right.text != one.text and item["type"] == "book":
            yield Case("planted", str(item["id"]), style, one.html, True, mixed, told="other style")
        if right.entry and item.get("URL"):
            yield Case("planted", str(item["id"]), style, str(item["URL"]), False, bare, told="only address")


def _printed_cases() -> Iterator[Case]:
    """Every form the printed bank accepts."""
    for entry in json.loads(PRINTED.read_text()):
        for style, accepted in entry["expect"].items():
            for text in accepted or ():
                yield Case("right way", entry["item"]["id"], Style(style), text, True, (frozenset(),), told="printed bank")


def _students(bank: str) -> Mapping[str, Any]:
    name = "shut" if bank == "shut" else "open"
    done: Mapping[str, Any] = json.loads((HERE / f"students_{name}.json").read_text())
    return done


def _students_cases(bank: str) -> Iterator[Case]:
    for source, style, entry, *wanted in _students(bank)["entries"]:
        sets = tuple(frozenset(Code(word) for word in each.split()) for each in wanted) or (frozenset(),)
        sort = "student" if sets != (frozenset(),) else "right way"
        yield Case(sort, source, Style(style), entry, "<i>" in entry, sets, told="student")
