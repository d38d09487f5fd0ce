"""Where each style guide has the rule behind a fault, for the teacher who wants to look it up."""

from integration.citations.faults import Code
from integration.citations.styles import NAMES, Style

PEOPLE = {Style.MLA: "5.3-5.22", Style.APA: "9.7-9.12", Style.CHICAGO_BIB: "ch. 13", Style.CHICAGO_NOTE: "ch. 13"}
OTHERS = {Style.MLA: "5.38-5.47", Style.APA: "9.10", Style.CHICAGO_BIB: "ch. 14", Style.CHICAGO_NOTE: "ch. 14"}
TITLES = {Style.MLA: "5.23-5.30", Style.APA: "9.18-9.22", Style.CHICAGO_BIB: "ch. 13", Style.CHICAGO_NOTE: "ch. 13"}
WHOLES = {Style.MLA: "5.31-5.37", Style.APA: "9.23-9.33", Style.CHICAGO_BIB: "ch. 14", Style.CHICAGO_NOTE: "ch. 14"}
PRESSES = {Style.MLA: "5.54-5.67", Style.APA: "9.29", Style.CHICAGO_BIB: "ch. 14", Style.CHICAGO_NOTE: "ch. 14"}
DATES = {Style.MLA: "5.68-5.83", Style.APA: "9.13-9.17", Style.CHICAGO_BIB: "ch. 14", Style.CHICAGO_NOTE: "ch. 14"}
PLACES = {Style.MLA: "5.84-5.99", Style.APA: "9.25-9.27", Style.CHICAGO_BIB: "ch. 14", Style.CHICAGO_NOTE: "ch. 14"}
LINKS = {Style.MLA: "5.93-5.98", Style.APA: "9.34-9.36", Style.CHICAGO_BIB: "ch. 13", Style.CHICAGO_NOTE: "ch. 13"}
VISITS = {Style.MLA: "5.111", Style.APA: "9.16", Style.CHICAGO_BIB: "ch. 13", Style.CHICAGO_NOTE: "ch. 13"}
LISTS = {Style.MLA: "5.123-5.130", Style.APA: "9.43-9.49", Style.CHICAGO_BIB: "ch. 13", Style.CHICAGO_NOTE: "ch. 13"}
SHAPES = {Style.MLA: "5.2", Style.APA: "9.4-9.6", Style.CHICAGO_BIB: "ch. 13", Style.CHICAGO_NOTE: "ch. 13"}

SECTIONS = (
    (PEOPLE, ("author", "et_al")), (OTHERS, ("contributor",)), (TITLES, ("title", "description")), (WHOLES, ("container",)),
    (PRESSES, ("publisher", "place_not")), (VISITS, ("access",)), (DATES, ("date",)), (LINKS, ("url", "doi", "retrieved")),
    (PLACES, ("volume", "pages", "page")), (LISTS, ("alphabetical",)),
)
BOOKS = {"MLA": "MLA Handbook, 9th ed.", "APA": "APA Publication Manual, 7th ed.", "Chicago": "Chicago Manual of Style, 18th ed."}


def rule(code: Code, style: Style) -> str:
    """The book and the sections."""
    found = next((table for table, words in SECTIONS if any(word in code.value for word in words)), SHAPES)
    return f"{BOOKS[NAMES[style]]}, {found[style]}"
