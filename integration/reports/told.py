"""The sentences of the report: how it was counted, and how it stands against the same time a year ago."""

from integration.reports.report import Report


def counted(of: Report) -> str:
    """How the figures were made, for the foot of the page."""
    return ("Counted from what really stood in the classes and from the library’s log. A class counts once; students are the sum "
            "of class sizes, and fewer than 10 are shown as “<\u00a010”. No student’s name is kept anywhere. "
            f"{of.period.start:%B} {of.period.start.day}, {of.period.start.year} to "
            f"{of.period.end:%B} {of.period.end.day}, {of.period.end.year}.")


def set_against(of: Report) -> str:
    """The same time a year ago in one sentence; empty when nothing was written down then."""
    if of.before is None:
        return ""
    then = {each.key.removeprefix("before-"): each for each in of.before.reach}
    return (f"In {of.before.named}: {then['classes'].shown} classes, {then['teachers'].shown} teachers, "
            f"{then['standing'].shown} posts that still stand.")
