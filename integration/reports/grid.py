"""The coverage grid as a table to take away: a line for each grade and subject that has classes, gaps among them."""

from integration.accounts.schools import school
from integration.courses.shelf import grade_name
from integration.curation.codes import subject_name
from integration.desk import Desk
from integration.reach.unreached import coverage
from integration.reports.cells import csv_text
from integration.reports.forms import FORMS, File


def coverage_file(desk: Desk, school_id: str) -> File:
    """This school year's grid as CSV: a month in which something reached a class is marked, and what nothing reached is a gap."""
    cells = list(coverage(desk, school_id).cells())
    months = sorted({month for cell in cells for month in cell.months})
    rows = [(grade_name(cell.grade) if cell.grade else "No grade found", subject_name(cell.subject) or "No subject found",
             len(cell.class_ids), len(cell.reached_ids), "gap" if cell.is_gap else "",
             *("reached" if month in cell.months else "" for month in months)) for cell in cells]
    content = csv_text(("Grade", "Subject", "Classes", "Reached", "Gap", *months), rows)
    today = school(desk, school_id).today(desk.now())
    return File(f"coverage-{today}.csv", FORMS["csv"].content_type, content.encode())
