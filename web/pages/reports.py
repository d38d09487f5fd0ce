"""The page for the principal, the list behind each of its figures, and what she says on it."""

from datetime import date

from flask import Blueprint, flash, g, redirect, render_template, request
from flask.typing import ResponseReturnValue

from integration.accounts.schools import school
from integration.desk import Desk
from integration.reports.behind import behind
from integration.reports.forms import FORMS, file_of
from integration.reports.in_sheets import sheet_of, tab_of, write_sheet
from integration.reports.notes import set_ask
from integration.reports.one import Opened, one_figure
from integration.reports.period import period
from integration.reports.report import Report, report
from integration.reports.share import DAYS, share, shared, stop_sharing
from integration.reports.told import counted, set_against
from web import forms, inputs, lists, words
from web.caution import caution
from web.files import sent
from web.gate import Who, desk, open_to, visitor

blueprint = Blueprint("reports", __name__)


@blueprint.get("/reports")
@open_to(Who.LIBRARIAN)
def index() -> ResponseReturnValue:
    """Show the reports there can be: this school year's months and the year itself, newest first."""
    card = school(desk(), visitor().school_id)
    today = words.today()
    return render_template("reports/index.html", months=_months(today, card.year_starts_month),
                           year=period(str(_first_year(today, card.year_starts_month)), card.year_starts_month))


@blueprint.get("/reports/<name>")
@open_to(Who.LIBRARIAN)
def show(name: str) -> ResponseReturnValue:
    """Show the page, or with `.pdf` and the like at the end, the file."""
    said, dot, form = name.partition(".")
    if dot and form != "html":
        return sent(file_of(desk(), visitor().school_id, said, form))
    return whole_page(said)


def whole_page(said: str) -> str:
    """The page for somebody signed in, with what she can do to it below."""
    school_id = visitor().school_id
    of = report(desk(), school_id, said)
    return render_template("reports/show.html", **told(of, f"/reports/{said}/list/"), said=said, kinds=list(FORMS), days=DAYS,
                           shared=shared(desk(), school_id, said), sheet=sheet_of(desk(), visitor().account_id), tab=tab_of(said))


def page_to_read(said: str) -> str:
    """The page alone, as whoever it is shown to sees it; its figures lead to the lists."""
    return render_template("reports/shared.html", **told(report(desk(), visitor().school_id, said), f"/reports/{said}/list/"))


@blueprint.get("/reports/<said>/list/<key>")
@open_to(Who.LIBRARIAN)
def show_list(said: str, key: str) -> ResponseReturnValue:
    """Show the list behind one figure."""
    return list_page(desk(), one_figure(desk(), visitor().school_id, said, key), back=f"/reports/{said}", is_known=True)


@blueprint.post("/reports/<name>")
@open_to(Who.LIBRARIAN)
@forms.or_show_again(show)
def ask(name: str) -> ResponseReturnValue:
    """Say the one ask."""
    set_ask(desk(), visitor().school_id, name, request.form.get("ask", ""))
    flash("Saved. It stands on the page, in the PDF and in the workbook.", "good")
    caution("ask")
    return redirect(f"/reports/{name}", 303)


@blueprint.post("/reports/<name>/share")
@open_to(Who.LIBRARIAN)
@forms.or_show_again(show)
def begin_sharing(name: str) -> ResponseReturnValue:
    """Make a link that opens the page without signing in."""
    share(desk(), visitor().school_id, name, inputs.number(request.form, "days") or 0)
    flash("The link is made. Whoever has it can read this page and the lists behind it, until it ends.", "good")
    return redirect(f"/reports/{name}#share", 303)


@blueprint.post("/reports/<name>/sheet")
@open_to(Who.LIBRARIAN)
@forms.or_show_again(show)
def write_into_sheet(name: str) -> ResponseReturnValue:
    """Write the report into its tab of the spreadsheet in her Drive."""
    write_sheet(desk(), visitor().school_id, visitor().account_id, name, anew=bool(request.form.get("anew")))
    flash("Written into your spreadsheet.", "good")
    return redirect(f"/reports/{name}#sheet", 303)


@blueprint.post("/reports/<name>/share/stop")
@open_to(Who.LIBRARIAN)
def end_sharing(name: str) -> ResponseReturnValue:
    """End every link to it."""
    stop_sharing(desk(), visitor().school_id, name)
    flash("The link opens nothing any more.", "good")
    return redirect(f"/reports/{name}#share", 303)


def list_page(at: Desk, of: Opened, *, back: str, is_known: bool) -> ResponseReturnValue:
    """The list behind one figure, a part at a time."""
    g.zone = words.zone_of(of.school)
    lines, more = lists.page(behind(at, of, of.figure, after=lists.after() or "", at_most=lists.ONE_MORE))
    return render_template("reports/list.html" if is_known else "reports/shared_list.html", report=of, figure=of.figure,
                           lines=lines, next=more, back=back)


def told(of: Report, lists_at: str) -> dict[str, object]:
    """What the page's template is told; `lists_at` is the address of a list before its figure's key."""
    g.zone = words.zone_of(of.school)
    return {"report": of, "lists": lists_at, "counted": counted(of), "before": set_against(of),
            "most": max((each.number for each in of.months), default=0) or 1}


def _first_year(today: date, starts: int) -> int:
    return today.year if today.month >= starts else today.year - 1


def _months(today: date, starts: int) -> list[date]:
    """The first days of the school year's months so far, newest first."""
    found, month = [], today.replace(day=1)
    first = date(_first_year(today, starts), starts, 1)
    while month >= first:
        found.append(month)
        month = (month.replace(year=month.year - 1, month=12) if month.month == 1 else month.replace(month=month.month - 1))
    return found
