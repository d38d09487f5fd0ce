"""Text as it may stand in a spreadsheet: never a formula.

A cell that begins with = + - @ or a control character is run by a spreadsheet program as a formula, whoever wrote it; an apostrophe
before it makes it text. https://owasp.org/www-community/attacks/CSV_Injection
"""

import csv
import io
import re
from collections.abc import Iterable, Sequence

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", "|", "%")
UNSEEN = re.compile(r"^[\s\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]+")
"""What nobody sees at the beginning of a cell, and some programs leave out before they look for a formula."""
Cell = str | int | float | None


def safe(value: Cell) -> Cell:
    """A cell that no program runs; a number stays a number."""
    if not isinstance(value, str):
        return value
    return f"'{value}" if value.startswith(FORMULA) or UNSEEN.sub("", value).startswith(FORMULA) else value


def csv_text(heading: Sequence[str], rows: Iterable[Sequence[Cell]]) -> str:
    """A CSV file with a mark of its encoding, which Excel needs for names with accents."""
    out = io.StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_MINIMAL, lineterminator="\r\n")
    writer.writerow(heading)
    writer.writerows([safe(cell) for cell in row] for row in rows)
    return "\ufeff" + out.getvalue()
