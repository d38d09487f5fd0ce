"""A work by its DOI: the resolver sends on to the agency that registered it, which answers with CSL-JSON.

https://www.crossref.org/documentation/retrieve-metadata/content-negotiation/ and https://citation.doi.org/docs.html
"""

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from integration.outside.addresses import Guard
from integration.outside.books import parsed
from integration.outside.fetch import fetch
from integration.outside.found import Found, words
from integration.outside.trouble import NotFetched

OF = "the DOI’s own record"
CSL = "application/vnd.citationstyles.csl+json"
UNKNOWN = "No work is registered under this DOI. Compare each letter and digit with the source."
NO_RECORD = "The agency that registered this DOI gives no record of it. Copy the parts from the source by hand."
KINDS = {"journal-article": "article-journal", "book-chapter": "chapter", "book-section": "chapter", "monograph": "book",
         "edited-book": "book", "reference-book": "book", "reference-entry": "entry-encyclopedia", "proceedings-article": "chapter",
         "paper-conference": "chapter", "posted-content": "report", "report-component": "report", "dissertation": "thesis",
         "entry": "entry-encyclopedia", "article": "report", "database": "dataset"}
"""Crossref's own words for a kind, and CSL's that the form has none for → the kind of the form. https://api.crossref.org/types"""
TEXT = {"title": "title", "container-title": "container-title", "publisher": "publisher", "volume": "volume", "issue": "issue",
        "page": "page", "edition": "edition"}
PEOPLE = ("author", "editor", "translator")


def article(guard: Guard, root: str, doi: str) -> Found:
    """The work with this DOI. Raises NotFetched."""
    try:
        answer = fetch(guard, f"{root}/{quote(doi, safe='/:;()._-')}", [CSL, "application/json"])
    except NotFetched as error:
        known = {404: UNKNOWN, 406: NO_RECORD}
        raise NotFetched(known.get(error.status, str(error)), status=error.status) from error
    told = parsed(answer.body)
    kind = words(told.get("type"))
    item: dict[str, Any] = {"type": KINDS.get(kind, kind), "DOI": doi}
    item |= {field: _first(told.get(name)) for field, name in TEXT.items()}
    if subtitle := _first(told.get("subtitle")):
        item["title"] = f"{item['title']}: {subtitle}"
    item |= {role: [_name(each) for each in told.get(role) or () if isinstance(each, Mapping)] for role in PEOPLE}
    if item["type"] == "article-journal":
        del item["publisher"]
    item["issued"] = _issued(told.get("issued"))
    return Found({field: value for field, value in item.items() if value}, OF)


def _first(told: Any) -> str:
    """Crossref's own interface gives lists where CSL has text."""
    return words(told[0] if isinstance(told, list) and told else told)


def _name(told: Mapping[str, Any]) -> dict[str, str]:
    parts = {part: words(told.get(part)) for part in ("family", "given", "suffix")}
    if not parts["family"] or not parts["given"]:
        return {"literal": parts["family"] or words(told.get("literal")) or words(told.get("name")) or parts["given"]}
    return {"family": parts["family"], "given": f"{parts['given']}, {parts['suffix']}" if parts["suffix"] else parts["given"]}


def _issued(told: Any) -> dict[str, Any] | None:
    dates = told.get("date-parts") if isinstance(told, Mapping) else None
    first = dates[0] if isinstance(dates, list) and dates and isinstance(dates[0], list) else []
    parts = [int(part) for part in first if str(part).isdigit()][:3]
    return {"date-parts": [parts]} if parts else None
