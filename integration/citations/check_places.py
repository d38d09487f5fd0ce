"""Edition, publisher, place, what it is in brackets, and words that are no longer written."""

import re

from integration.citations.alike import find
from integration.citations.answers import Piece
from integration.citations.faults import Code
from integration.citations.items import names, plain_name, said, same
from integration.citations.look import Look
from integration.citations.styles import NAMES, Style

ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
CITY = re.compile(r"((?:St\. )?[A-Z]\w+(?: [A-Z]\w+)*(?:, (?:[A-Z]{2}|[A-Z][a-z]+))?): ?$")


def check_edition(look: Look) -> None:
    """The edition, where the source names one."""
    piece = look.answer.piece("edition")
    if piece is None:
        return
    right = piece.text.strip(" .(),")
    number = re.match(r"\d+", right)
    words = [right] + ([f"{number[0]}{end}" for end in ("st", "nd", "rd", "th")] if number else [])
    if number and 0 < int(number[0]) <= len(ORDINALS):
        words.append(ORDINALS[int(number[0]) - 1])
    found = next((place for word in words if (place := find(word, look.rest(), least=0.85))), None)
    if found is None:
        look.lacks(Code.MISSING_EDITION, f"The edition is missing: {right}.", piece)
        return
    look.places["edition"] = (found.start, found.end)


def check_publisher(look: Look) -> None:
    """The publisher where the style wants it, and not where the style leaves it out; no city in MLA and APA."""
    piece = look.answer.piece("publisher")
    if piece and not re.match(r"(uploaded|received) by ", piece.text):
        right = piece.text.strip(" .,()")
        found = find(right, look.rest(), least=0.72) or find(_long_form(right), look.rest(), least=0.8)
        if found is None and not _is_written_whole(look, right):
            look.lacks(Code.MISSING_PUBLISHER, f"Say who published it: {right}.", piece)
        elif found:
            look.places["publisher"] = (found.start, found.end)
    else:
        _check_not_needed(look)
    _check_place(look)


def check_description(look: Look) -> None:
    """APA says in brackets what it is."""
    for found in re.finditer(r"\[([^\]@]+)\]", look.right) if look.style is Style.APA else ():
        if "[" not in look.text or find(found[1], look.text, least=0.8) is None:
            piece = Piece("description", found.start(), found.end(), found[0])
            look.lacks(Code.MISSING_DESCRIPTION, f"Say in brackets what it is: {found[0]}.", piece)


def check_medium(look: Look) -> None:
    """`Print.` and `Web.` went out in 2016."""
    found = re.search(r"(?<=[.,] )(Print|Web|Book|Website|Internet)\.?(?=$| \d{1,2} [A-Z])", look.text)
    if found and not re.search(rf"\b{found[1]}\b", look.right):
        look.say(Code.OBSOLETE_MEDIUM, f"Leave out “{found[1]}”: {NAMES[look.style]} no longer asks for it.", *found.span())


def _check_not_needed(look: Look) -> None:
    publisher = said(look.item, "publisher")
    authors = [plain_name(name) for name in names(look.item, "author")]
    sites = [site for site in (publisher, said(look.item, "container-title")) if any(same(site, author) for author in authors)]
    for name in [*sites, publisher]:
        if not name or look.said.lower().count(name.lower()) > 1:
            continue
        rest = look.rest()
        at = look.places.get("title", (0, 0))[1]
        found = find(name, rest[at:], least=0.9)
        if found and look.said.lower().find(name.lower(), look.said.find(_title(look)) + 1) < 0:
            look.say(Code.PUBLISHER_NOT_NEEDED, f"“{name}” is not said again here.", at + found.start, at + found.end)


def _check_place(look: Look) -> None:
    if look.style not in (Style.MLA, Style.APA):
        return
    place, publisher = said(look.item, "publisher-place"), look.places.get("publisher")
    before = look.text[:publisher[0]] if publisher else look.text
    found = CITY.search(before) if publisher else None
    city = re.search(rf"(?<!\w){re.escape(place.split(',')[0])}(?:, [A-Z]{{2}})?", look.rest()) if place else None
    spot = found.span(1) if found else city.span() if city and place not in look.right else None
    if spot:
        city_name = look.text[slice(*spot)]
        look.say(Code.PLACE_NOT_NEEDED, f"{NAMES[look.style]} does not ask for the city: leave out “{city_name}”.", *spot)


def _title(look: Look) -> str:
    piece = look.answer.piece("title")
    return piece.text if piece else ""


def _long_form(publisher: str) -> str:
    long = re.sub(r"\bUP\b", "University Press", re.sub(r"\bU of (.+?) P\b", r"University of \1 Press", publisher))
    return re.sub(r"\bU\b", "University", long)


def _is_written_whole(look: Look, right: str) -> bool:
    """Whether the name stands in the entry already, as the author or the site."""
    return right.lower() in look.said.lower().replace(right.lower(), "", 1) and right.lower() in look.text.lower()
