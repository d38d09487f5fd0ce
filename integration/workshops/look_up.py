"""Look a source up by its ISBN, its DOI or its address, so that she corrects instead of typing. Nothing is kept here."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import isbnlib

from integration.citations.items import names
from integration.citations.tidy import clean_doi, clean_url
from integration.desk import Desk
from integration.errors import Invalid, NotAllowed
from integration.outside.addresses import guard_of
from integration.outside.articles import article
from integration.outside.books import book
from integration.outside.found import Found
from integration.outside.pages import page
from integration.outside.trouble import NotFetched
from integration.records import address
from integration.workshops.from_resource import SITES
from integration.workshops.typed import KINDS, typed_of

OFF = ("Looking sources up is switched off in this installation, because nothing outside may be asked from here. Type the parts, "
       "or bring a list from Zotero or NoodleTools.")
WRONG_LENGTH = "An ISBN has 10 or 13 digits; this has {}. Copy it from the back of the title page."
WRONG_DIGIT = "The last digit of this ISBN does not fit the others, so one of them is wrong. Copy it again."
NEITHER = "This is neither an ISBN, nor a DOI such as 10.1000/182, nor the address of a page. Copy it again from the source."
DOI = re.compile(r"10\.\d{4,9}/\S+")
NEEDED = {"title": "its title", "author": "who made it", "issued": "its date"}
PLACES = {"book": ("publisher", "its publisher"), "chapter": ("container-title", "the book it is in"),
          "article-journal": ("container-title", "the journal it is in"), "webpage": ("container-title", "the name of its site")}


@dataclass(frozen=True)
class LookedUp:
    """A source to correct: what was found, or only what she gave; and in sentences where from, what is missing, what to look at."""

    item: Mapping[str, Any]
    is_found: bool
    sentences: tuple[str, ...]

    @property
    def typed(self) -> dict[str, str]:
        """The same as the form shows it."""
        return typed_of(self.item)


def look_up(desk: Desk, what: str) -> LookedUp:
    """What is known outside of an ISBN, a DOI or an address. Raises Invalid when it is none, NotAllowed when look-ups are off."""
    if not desk.settings.lookups_on:
        raise NotAllowed(OFF)
    given = _given(what.strip())
    try:
        return _found(_ask(desk, given))
    except NotFetched as error:
        return LookedUp(given, False, (f"Nothing was found. {error}",))


def _given(what: str) -> dict[str, Any]:
    """What she gave, as the beginning of a source."""
    if DOI.fullmatch(doi := clean_doi(what)):
        return {"type": "article-journal", "DOI": doi}
    if re.fullmatch(r"(?:ISBN(?:-1[03])?:?\s*)?\d(?:[\dXx]|[\s‐–-]){7,20}", what, re.IGNORECASE):
        return {"type": "book", "ISBN": _isbn(what)}
    url = what if "://" in what else f"https://{what}"
    if " " in what or "." not in what or what.startswith("10.") or address.fault(url):
        raise Invalid(fields={"what": address.fault(url) if "://" in what else NEITHER})
    return {"type": "webpage", "URL": clean_url(url)}


def _isbn(what: str) -> str:
    """Its thirteen digits. Raises Invalid when the last does not fit the others, or there are too few."""
    digits = re.sub(r"[^\dX]", "", re.sub(r"^ISBN(-1[03])?", "", what.upper()))
    if len(digits) not in {10, 13}:
        raise Invalid(fields={"what": WRONG_LENGTH.format(len(digits))})
    found: str = isbnlib.to_isbn13(digits) if isbnlib.is_isbn10(digits) or isbnlib.is_isbn13(digits) else ""
    if not found:
        raise Invalid(fields={"what": WRONG_DIGIT})
    return found


def _ask(desk: Desk, given: Mapping[str, Any]) -> Found:
    guard, settings = guard_of(desk.settings), desk.settings
    if "DOI" in given:
        return article(guard, settings.doi_url.rstrip("/"), given["DOI"])
    if "ISBN" in given:
        return book(guard, settings.open_library_url.rstrip("/"), given["ISBN"])
    return page(guard, given["URL"])


def _found(found: Found) -> LookedUp:
    item = dict(found.item)
    if "URL" in item:
        item["URL"] = clean_url(item["URL"])
        item.setdefault("container-title", SITES.get(urlsplit(item["URL"]).hostname or "", ""))
    is_known = item["type"] in KINDS
    item = {field: value for field, value in {**item, "type": item["type"] if is_known else "document"}.items() if value}
    told = [f"Found in {found.of}. Nothing is kept until you add it; compare each part with the source itself.",
            _missing(item), *_looks(found, item)]
    return LookedUp(item, True, tuple(filter(None, told)))


def _missing(item: Mapping[str, Any]) -> str:
    needed = {**NEEDED, **dict([PLACES[item["type"]]] if item["type"] in PLACES else ())}
    missing = [said for field, said in needed.items() if not item.get(field)]
    listed = " and ".join(filter(None, (", ".join(missing[:-1]), missing[-1]))) if missing else ""
    return f"Not found: {listed}. If the source does not say it either, leave it empty." if missing else ""


def _looks(found: Found, item: Mapping[str, Any]) -> list[str]:
    """What she should look at twice."""
    told = []
    if found.is_sign_in:
        told.append("The page that opened asks for a password, so this may be a sign-in page and not the source.")
    if found.is_split and any(name.get("family") for name in names(item, "author")):
        told.append("Names came in one piece; see whether the family name stands before the comma.")
    if _is_headline(str(item.get("title", ""))):
        told.append("The title has its capitals as a headline; write it as a sentence, for each style sets its own.")
    return told


def _is_headline(title: str) -> bool:
    long = [word for word in re.findall(r"[^\W\d_]+", title) if len(word) > 3]
    return len(long) > 2 and sum(word[0].isupper() for word in long) >= 0.8 * len(long)
