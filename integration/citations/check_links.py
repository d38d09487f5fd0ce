"""Addresses, DOIs and `Retrieved from`."""

import re

from integration.citations.faults import Code
from integration.citations.items import said
from integration.citations.look import Look
from integration.citations.tidy import clean_url

ADDRESS = re.compile(r"(https?://\S+|www\.\S+|(?:dx\.)?doi\.org/\S+|\bdoi:? ?10\.\S+|(?<![\w/])10\.\d{3,}/\S+)", re.IGNORECASE)
BARE = re.compile(r"(?<![\w@.])[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:com|org|edu|gov|net|example|io|app)/\S*", re.IGNORECASE)

RETRIEVED = re.compile(r"\b(Retrieved|Available|Taken|Found)( on)?( [A-Z][a-z]+ \d{1,2}, \d{4},?)?"
                       r"( \d{1,2} [A-Z][a-z]+\.? \d{4},?)?"
                       r",? (from|at)\b:?", re.IGNORECASE)


def take_address(look: Look) -> None:
    """Take the address before anything looks for names and numbers in it."""
    found = ADDRESS.search(look.text) or BARE.search(look.text)
    if found:
        end = found.end() - len(found[0]) + len(found[0].rstrip(".,;)"))
        look.places["url"] = (found.start(), end)


def check_links(look: Look) -> None:
    """The address is there, without trackers; a DOI as a link; `Retrieved from` only where the style has it."""
    piece, place = look.answer.piece("url"), look.places.get("url")
    _check_retrieved(look)
    if piece is None:
        return
    if place is None:
        look.lacks(Code.MISSING_URL, f"Say where to find it: {piece.text.strip('. ')}.", piece)
        return
    there, right = look.text[slice(*place)], piece.text.rstrip(". ")
    doi = said(look.item, "DOI")
    if same_address(there, right) and (not doi or there.lower().startswith("http")):
        return
    if doi and doi.lower() in there.lower():
        look.say(Code.DOI_FORM, f"Write a DOI as a link: https://doi.org/{doi}", *place)
    elif clean_url(there) != there or re.search(r"utm_|fbclid|gclid", there):
        look.say(Code.URL_TRACKING, "Cut off what only follows the reader about: the address ends before “?utm_…”.", *place)
    else:
        look.say(Code.MISSING_URL, f"This is another address; the source is at {right}.", *place)


def is_only_address(text: str) -> bool:
    """Whether the entry is nothing but an address."""
    found = ADDRESS.search(text) or BARE.search(text)
    rest = re.sub(r"source|url|link", "", text.replace(found[0], "").lower()) if found else ""
    return found is not None and not re.search(r"\w", rest)


def same_address(one: str, other: str) -> bool:
    """Whether two addresses lead to the same place: without http(s), www and a last slash."""
    return _short(one) == _short(other)


def _short(url: str) -> str:
    return re.sub(r"^(https?://)?(www\.)?", "", url.strip(), flags=re.IGNORECASE).rstrip("/.").lower()


def _check_retrieved(look: Look) -> None:
    found = RETRIEVED.search(look.text)
    if found and not re.search(r"Retrieved .*from", look.right) and not _may_be_retrieved(look):
        look.say(Code.RETRIEVED_FROM_MISUSE, "Leave out “Retrieved from”: the address alone is enough here.", *found.span())


def _may_be_retrieved(look: Look) -> bool:
    """APA allows the day of retrieval for a page without a date."""
    return "(n.d.)" in look.right and bool(re.search(r"Retrieved [A-Z][a-z]+ \d", look.text))
