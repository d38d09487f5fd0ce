"""The report on paper: a tagged PDF (PDF/UA-1) of one page, whose figures are links to the lists behind them."""

import json
from pathlib import Path
from typing import Any, Literal

import typst

from integration.curation.codes import subject_name
from integration.desk import Desk
from integration.reach.coverage import Cell
from integration.reports.figures import Figure
from integration.reports.outcomes import OutcomeCard
from integration.reports.report import Report
from integration.reports.told import counted, set_against

PAGE = Path(__file__).parent / "page.typ"
FIRST = ("classes", "teachers", "grades", "students", "standing")
"""The figures of reach on the page; the rest are in the lists and the table."""


def pdf_of(desk: Desk, of: Report, lists_at: str = "") -> bytes:
    """The report as PDF/UA-1, whose compiler refuses what has no title, no tags or no words for a picture.

    `lists_at` is where a figure's list is, before its key; without it, where whoever is signed in finds it. A name in a script
    the built-in fonts lack costs the claim, not the page: it is then set in the machine's own fonts.
    """
    return printed(desk, PAGE, inputs_of(of, desk.settings.origin + (lists_at or f"/reports/{of.period.said}/list/")))


def printed(desk: Desk, page: Path, inputs: dict[str, str]) -> bytes:
    """A page on paper, as PDF/UA-1 where the built-in fonts have every letter."""
    try:
        return _compiled(desk, page, inputs, standard="ua-1")
    except typst.TypstError:
        return _compiled(desk, page, inputs, standard=None)


def inputs_of(of: Report, lists_at: str) -> dict[str, str]:
    """What `PAGE` is told; `lists_at` is the whole address of a list before its figure's key."""
    return {"data": json.dumps(_data(of, lists_at), ensure_ascii=False)}


def _compiled(desk: Desk, page: Path, inputs: dict[str, str], standard: Literal["ua-1"] | None) -> bytes:
    return typst.compile(str(page), root=str(page.parent), format="pdf", timestamp=int(desk.now().timestamp()), sys_inputs=inputs,
                         pdf_standards=standard, ignore_system_fonts=standard is not None)


def _data(of: Report, root: str) -> dict[str, Any]:
    most = max((each.number for each in of.months), default=0)
    return {
        "school": of.school.name, "title": f"The library in {of.period.named}", "footer": counted(of), "ask": of.ask,
        "goals": [{"title": line.goal.title, "figures": [_figure(root, each) for each in line.figures]} for line in of.goals],
        "reach": [_figure(root, each) for each in of.reach if each.key in FIRST], "before": set_against(of),
        "months": [{**_figure(root, each, most), "label": each.label.removeprefix("classes reached in ")} for each in of.months],
        "levels": [{"name": mix.name, "figures": [_figure(root, each, max(one.number for one in mix.figures))
                                                  for each in mix.figures]} for mix in of.levels],
        "log": [_figure(root, each) for each in of.log if each.number],
        "pd": [_figure(root, each) for each in of.pd] if of.pd[0].number else [],
        "coverage": {"subjects": [_subject(code) for code in of.coverage.subjects],
                     "rows": [{"label": line.label, "cells": [_cell(cell) for cell in line.cells]} for line in of.coverage.lines]},
        "stories": [{"label": each.label, "outcomes": [_outcome(one) for one in each.outcomes]} for each in of.stories],
        "outcomes": [_outcome(each) for each in of.outcomes]}


def _outcome(one: OutcomeCard) -> dict[str, str]:
    return {"sentence": one.sentence, "helps": one.helps, "activity": one.activity}


def _figure(root: str, figure: Figure, most: int = 0) -> dict[str, Any]:
    return {"shown": figure.shown, "label": figure.words, "url": root + figure.key, "share": figure.number / most if most else 0}


def _cell(cell: Cell) -> dict[str, Any]:
    there = len(cell.class_ids)
    return {"shown": f"{len(cell.reached_ids)} of {there}" if there else "", "share": len(cell.reached_ids) / there if there else 0}


def _subject(code: str) -> str:
    return subject_name(code) or "No subject"
