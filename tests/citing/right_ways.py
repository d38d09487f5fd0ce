"""Changes that leave an entry right: whoever flags one of these accuses the innocent."""

import re
from random import Random

from integration.citations.items import said
from integration.citations.styles import Style
from tests.citing.draft import Draft

LONG = ((r"\bU of ([A-Z]\w+) P\b", r"University of \1 Press"), (r"\bUP\b", "University Press"))


def straight(draft: Draft, _rng: Random) -> str:
    """Typed quotation marks and hyphens."""
    return draft.html.translate(str.maketrans("“”‘’–", "\"\"''-"))


def double_spaces(draft: Draft, _rng: Random) -> str:
    return draft.html.replace(". ", ".  ")


def stop_in_italics(draft: Draft, _rng: Random) -> str:
    return re.sub(r"</i>([.,])", r"\1</i>", draft.html)


def em_tags(draft: Draft, _rng: Random) -> str:
    return draft.html.replace("<i>", "<em>").replace("</i>", "</em>")


def bare_link(draft: Draft, _rng: Random) -> str | None:
    return draft.html.replace("https://", "") if draft.style is Style.MLA and "doi.org" not in draft.text else None


def other_protocol(draft: Draft, _rng: Random) -> str | None:
    return draft.html.replace("https://www.", "http://") if "https://www." in draft.text else None


def last_slash(draft: Draft, _rng: Random) -> str | None:
    changed = re.sub(r"(https?://[^\s?]+?[a-z])(?=\.?$|\. A)", r"\1/", draft.html)
    return changed if changed != draft.html and "doi.org" not in draft.text else None


def day_of_visit(draft: Draft, _rng: Random) -> str | None:
    if not said(draft.item, "URL") or "ccessed" in draft.text or "http" not in draft.text:
        return None
    if draft.style is Style.MLA:
        return f"{draft.html} Accessed 4 Mar. 2026."
    if draft.style is Style.CHICAGO_BIB:
        return draft.html.replace("https://", "Accessed March 4, 2026. https://")
    return draft.html.replace("https://", "accessed March 4, 2026, https://") if draft.style is Style.CHICAGO_NOTE else None


def long_press(draft: Draft, _rng: Random) -> str | None:
    changed = draft.html
    for pattern, new in LONG:
        changed = re.sub(pattern, new, changed)
    return changed if draft.style is Style.MLA and changed != draft.html else None


def no_first_year(draft: Draft, _rng: Random) -> str | None:
    changed = re.sub(r"(?<=</i>)\. 1818(?=\.)|1818; ", "", draft.html)
    return changed if draft.style is not Style.APA and changed != draft.html else None


def no_illustrator(draft: Draft, _rng: Random) -> str | None:
    changed = re.sub(r" Illustrated by [^,.]+[,.]|, illus\. [^(]+(?= \()| \([^()]+, Illus\.\)", "", draft.html)
    return changed if changed != draft.html else None


def director_first(draft: Draft, _rng: Random) -> str | None:
    found = re.match(r"(<i>[^<]+</i>)\. Directed by (\w+) (\w+), (.+)$", draft.html)
    return f"{found[3]}, {found[2]}, director. {found[1]}. {found[4]}" if found and draft.style is Style.MLA else None


def channel_first(draft: Draft, _rng: Random) -> str | None:
    found = re.match(r"(“.+?”) (<i>YouTube</i>), uploaded by ([^,]+), (.+)$", draft.html)
    return f"{found[3]}. {found[1]} {found[2]}, {found[4]}" if found and draft.style is Style.MLA else None


def with_place(draft: Draft, _rng: Random) -> str | None:
    publisher = draft.field("publisher")
    if publisher is None or draft.style in (Style.MLA, Style.APA) or draft.item["type"] != "book":
        return None
    at, place = publisher[0], said(draft.item, "publisher-place")
    return draft.swap(at, at, f"{place}: ", lean=False).html if place else None


def with_pages(draft: Draft, _rng: Random) -> str | None:
    pages, editor = said(draft.item, "page").replace("-", "–"), ", edited by "
    if draft.style is not Style.CHICAGO_BIB or editor not in draft.html or draft.item["type"] != "chapter" or "ed.," in draft.text:
        return None
    return re.sub(r", edited by ([^,.]+)\.", rf", edited by \1, {pages}.", draft.html)


def cited_page(draft: Draft, rng: Random) -> str | None:
    if draft.style is not Style.CHICAGO_NOTE or not draft.text.endswith(")."):
        return None
    return f"{draft.html[:-1]}, {rng.randrange(3, 240)}."


def numbered(draft: Draft, rng: Random) -> str | None:
    return f"{rng.randrange(1, 40)}. {draft.html}" if draft.style is Style.CHICAGO_NOTE else None


def of_the_paper(draft: Draft, _rng: Random) -> str | None:
    if draft.style not in (Style.CHICAGO_BIB, Style.CHICAGO_NOTE) or draft.item["type"] != "article-newspaper":
        return None
    name = said(draft.item, "container-title").removeprefix("The ")
    return draft.html.replace(f"<i>{name}", f"<i>The {name}") if name.startswith("New York") else None


RIGHT_WAYS = (straight, double_spaces, stop_in_italics, em_tags, bare_link, other_protocol, last_slash, day_of_visit, long_press,
              no_first_year, no_illustrator, director_first, channel_first, with_place, with_pages, cited_page, numbered,
              of_the_paper)
