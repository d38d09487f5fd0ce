"""Whom the library reached, and the list behind every figure."""

from dataclasses import replace
from datetime import date

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from integration.accounts.schools import school
from integration.courses.shelf import course, teachers
from integration.delivery.ledger import these_deliveries
from integration.errors import NotFound
from integration.reach.count import By, ReachRow, count, rows_and_total, students_beside, total
from integration.reach.tally import Fate, listed
from integration.reach.unreached import coverage_and_not_yet
from integration.reports.grid import coverage_file
from web import forms, inputs, lists
from web.files import sent
from web.gate import Who, desk, open_to, visitor

blueprint = Blueprint("reach", __name__)

FIGURES = {"classes": "class_ids", "grades": "grade_ids", "teachers": "teacher_ids", "uncounted": "uncounted_ids"}
"""A figure → the ids behind it."""
OF_CLASSES = ("classes", "uncounted")
OF_POSTS = {"deliveries": Fate.SEEN, "standing": Fate.STANDING, "edited": Fate.EDITED, "removed": Fate.REMOVED}
"""A figure → what became of the posts it counts."""
TOTAL = "total"


@blueprint.get("/reach")
@open_to(Who.LIBRARIAN)
def index() -> ResponseReturnValue:
    """Show one row for each grade, class, teacher …, for a period."""
    return _answer()


def without_period() -> ResponseReturnValue:
    """Show it as though no period was asked for; the form still holds what she typed."""
    return _table(request.args.get("by", ""), None, None)


@forms.or_show_again(without_period)
def _answer() -> ResponseReturnValue:
    return _table(request.args.get("by", ""), inputs.day(request.args, "from"), inputs.day(request.args, "to"))


def _table(by: str, start: date | None, end: date | None) -> ResponseReturnValue:
    by = by if by in list(By) else By.GRADE.value
    school_id = visitor().school_id
    rows, everything = rows_and_total(desk(), school_id, by=By(by), start=start, end=end)
    return render_template("reach/index.html", by=by, ways=[way.value for way in By], rows=rows, start=start, end=end,
                           total=everything, total_students=students_beside(everything, rows))


@blueprint.get("/reach/coverage")
@open_to(Who.LIBRARIAN)
def show_coverage() -> ResponseReturnValue:
    """Show which grades and subjects were reached in which months, and where nothing was yet."""
    grid, waiting = coverage_and_not_yet(desk(), visitor().school_id)
    months = sorted({month for cell in grid.cells() for month in cell.months})
    return render_template("reach/coverage.html", grid=grid, months=months, not_yet=waiting)


@blueprint.get("/reach/coverage.csv")
@open_to(Who.LIBRARIAN)
def coverage_as_csv() -> ResponseReturnValue:
    """The same grid as a table to take away."""
    return sent(coverage_file(desk(), visitor().school_id))


@blueprint.get("/reach/list")
@open_to(Who.LIBRARIAN)
def behind() -> ResponseReturnValue:
    """Show the list behind one figure of one row."""
    of, row = request.args.get("of", ""), _row()
    if of in OF_POSTS:
        return _posts(of, row)
    if of not in FIGURES:
        raise NotFound("There is no such figure. Open one from the table of reach.")
    ids = getattr(row, FIGURES[of])
    start = inputs.number(request.args, "start") or 0
    shown = ids[start:start + lists.A_PAGE]
    following = lists.here_but(start=str(start + lists.A_PAGE)) if len(ids) > start + lists.A_PAGE else ""
    return render_template("reach/list.html", row=row, of=of, ids=shown, many=len(ids), next=following, **_cards(of, shown))


def _posts(of: str, row: ReachRow) -> ResponseReturnValue:
    """A page of the posts themselves; the database reads no more of them."""
    school_id = visitor().school_id
    found = listed(desk(), school(desk(), school_id), replace(row.posts, fate=OF_POSTS[of]), after=lists.after() or "",
                   at_most=lists.ONE_MORE)
    shown, following = lists.page(found)
    return render_template("reach/list.html", row=row, of=of, ids=shown, many=getattr(row, of), next=following,
                           deliveries=these_deliveries(desk(), school_id, [one.id for one in shown]))


def _row() -> ReachRow:
    school_id, by, key = visitor().school_id, request.args.get("by", ""), request.args.get("key", "")
    start, end = inputs.day(request.args, "from"), inputs.day(request.args, "to")
    if by == TOTAL:
        return total(desk(), school_id, start=start, end=end)
    rows = count(desk(), school_id, by=by, start=start, end=end)
    if (row := next((row for row in rows if row.key == key), None)) is None:
        raise NotFound("There is nothing behind that figure any more. The table of reach shows what there is now.")
    return row


def _cards(of: str, ids: tuple[str, ...]) -> dict[str, object]:
    school_id = visitor().school_id
    if of in OF_CLASSES:
        return {"classes": [course(desk(), school_id, one) for one in ids]}
    if of == "teachers":
        return {"teachers": [one for one in teachers(desk(), school_id) if one.id in ids]}
    return {"grades": ids}
