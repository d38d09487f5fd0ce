"""The page for the principal by a link, for somebody who does not sign in; whatever is wrong with a link, one page says so."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from integration.errors import NotFound
from integration.reports.forms import pdf_by_link
from integration.reports.one import one_figure
from integration.reports.report import report
from integration.reports.share import opened
from web.files import sent
from web.gate import Who, desk, open_to
from web.pages.reports import list_page, told

blueprint = Blueprint("shared", __name__)


@blueprint.get("/to/report/<secret>")
@open_to(Who.LINK)
def show_shared(secret: str) -> ResponseReturnValue:
    """Show the page to whoever has the link; nobody signs in and nothing can be changed."""
    at = opened(desk(), secret)
    of = report(desk(), at.school_id, at.id)
    return render_template("reports/shared.html", **told(of, f"/to/report/{secret}/list/"), pdf=f"/to/report/{secret}/report.pdf")


@blueprint.get("/to/report/<secret>/list/<key>")
@open_to(Who.LINK)
def show_shared_list(secret: str, key: str) -> ResponseReturnValue:
    """Show the list behind one figure to whoever has the link."""
    at = opened(desk(), secret)
    return list_page(desk(), one_figure(desk(), at.school_id, at.id, key), back=f"/to/report/{secret}", is_known=False)


@blueprint.get("/to/report/<secret>/report.pdf")
@open_to(Who.LINK)
def shared_pdf(secret: str) -> ResponseReturnValue:
    """The page on paper for whoever has the link."""
    at = opened(desk(), secret)
    return sent(pdf_by_link(desk(), at.school_id, at.id, f"/to/report/{secret}/list/"))


@blueprint.errorhandler(NotFound)
def _opens_nothing(_error: NotFound) -> ResponseReturnValue:
    return render_template("to/nothing.html"), 404
