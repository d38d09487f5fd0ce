"""What is put right before any style: links without trackers, bare DOIs, dates that exist, titles without a full stop."""

import re
from calendar import monthrange
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from integration.citations.items import Item, changed, said
from integration.errors import Invalid

TRACKERS = re.compile(r"^(utm_\w+|fbclid|gclid|dclid|msclkid|mc_cid|mc_eid|igshid|igsh|_ga|ref_src)$")
DATES = ("issued", "accessed", "original-date", "event-date")


def tidy(item: Item) -> Item:
    """The item as every style wants it. Raises Invalid, in a sentence, when a date does not exist."""
    dates = {name: _date(item, name) for name in DATES if item.get(name)}
    cleaned = {name: _spaced(value) if isinstance(value, str) else value for name, value in item.items()}
    if said(item, "URL"):
        cleaned["URL"] = clean_url(said(item, "URL"))
    if said(item, "DOI"):
        cleaned["DOI"] = clean_doi(said(item, "DOI"))
    if said(item, "title"):
        cleaned["title"] = re.sub(r"(?<!\.)\.$", "", _spaced(said(item, "title")))
    return changed({**cleaned, **dates})


def clean_url(url: str) -> str:
    """The address without what only follows the reader about: utm_, fbclid, gclid and their like."""
    parts = urlsplit(url)
    if not any(TRACKERS.match(name) for name, _value in parse_qsl(parts.query, keep_blank_values=True)):
        return url
    kept = [(name, value) for name, value in parse_qsl(parts.query, keep_blank_values=True) if not TRACKERS.match(name)]
    return urlunsplit(parts._replace(query=urlencode(kept)))


def clean_doi(doi: str) -> str:
    """Only the DOI itself; each style puts https://doi.org/ before it."""
    return re.sub(r"^(https?://(dx\.)?doi\.org/|doi:\s*)", "", doi.strip(), flags=re.IGNORECASE)


def _spaced(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


def _date(item: Item, name: str) -> Mapping[str, Any]:
    found = item[name]
    if not isinstance(found, (str, Mapping)):
        raise _no_date(item, name, found)
    date: Mapping[str, Any] = {"raw": found} if isinstance(found, str) else found
    raw = date.get("raw") or date.get("literal")
    if "date-parts" not in date and isinstance(raw, str) and re.fullmatch(r"\d{4}(-\d\d?){0,2}", raw):
        date = {"date-parts": [[int(part) for part in raw.split("-")]]}
    if "date-parts" in date:
        date = {**date, "date-parts": [_parts(item, name, parts) for parts in date["date-parts"]]}
    return date


def _parts(item: Item, name: str, parts: Sequence[Any]) -> list[int]:
    try:
        year, *rest = [int(part) for part in parts if part not in (None, "")]
    except (TypeError, ValueError):
        raise _no_date(item, name, parts) from None
    month = rest[0] if rest else 1
    is_season = month in range(13, 25) and len(rest) == 1
    if not is_season and (not 1 <= month <= 12 or (len(rest) > 1 and not 1 <= rest[1] <= monthrange(max(1, abs(year)), month)[1])):
        raise _no_date(item, name, parts)
    return [year, *rest[:2]]


def _no_date(item: Item, name: str, found: Any) -> Invalid:
    written = "-".join(str(part) for part in found) if isinstance(found, list) else str(found)
    return Invalid(f"“{said(item, 'title') or item.get('id')}”: there is no such day as {written} ({name}), so nothing was cited. "
                   "Correct the date and try again.")
