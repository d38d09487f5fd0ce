"""Faults with everything else: edition, publisher, date, numbers, pages, addresses."""

import re
from random import Random

from integration.citations.items import names, plain_name, said
from integration.citations.people import MONTHS, SHORT_MONTHS
from integration.citations.styles import Style
from tests.citing.draft import Draft

CITIES = ("New York", "Boston", "Chicago", "London", "New York, NY", "Portland, OR")
MONTH = r"(?:Jan|Feb|Mar|Apr|May|June|July|Aug|Sept|Oct|Nov|Dec)[a-z]*\.?"


def first_change(draft: Draft, *patterns: str) -> Draft | None:
    """What the first of these patterns finds left out."""
    return next((found for pattern in patterns if (found := draft.change(pattern, ""))), None)


def no_edition(draft: Draft, _rng: Random) -> Draft | None:
    return first_change(draft, r" \(\d\w\w ed\.\)", r"(?<=\()\d\w\w ed\., ", r", \d\w\w ed\.(?=[, ]+[(e])",
                        r"(?<=[.,] )\d\w\w ed[.,]+ ", r" \(Version [\d.]+\)", r"(?<=\. )Version \d[\d.]*[.,] ")


def no_publisher(draft: Draft, _rng: Random) -> Draft | None:
    place = draft.field("publisher")
    if place is None or re.match(r"uploaded|received", draft.said("publisher")):
        return None
    start, end = place
    if tail := re.match(r"\.?, (?=\d|[A-Z][a-z]{2,3}\. |[A-Z][a-z]+ \d)|\. (?=http)", draft.text[end:]):
        return draft.swap(start, end + len(tail[0]), "")
    return draft.swap(start - 1, len(draft.signs), "") if draft.text[end:] in (".", "") and draft.style is Style.APA else None


def publisher_again(draft: Draft, _rng: Random) -> Draft | None:
    people = names(draft.item, "author")
    name = people[0].get("literal", "") if people else ""
    hosts = (said(draft.item, "publisher"), said(draft.item, "container-title"))
    if not name or name not in hosts or draft.style is not Style.APA or draft.text.count(name) > 1:
        return None
    link = draft.text.find(" https://")
    at = link if link > 0 else len(draft.signs)
    return draft.swap(at, at, f" {name}.", lean=False)


def with_place(draft: Draft, rng: Random) -> Draft | None:
    place = draft.field("publisher")
    if draft.style not in (Style.MLA, Style.APA) or place is None or draft.item["type"] not in ("book", "chapter", "classic"):
        return None
    return draft.swap(place[0], place[0], f"{said(draft.item, 'publisher-place') or rng.choice(CITIES)}: ")


def no_date(draft: Draft, _rng: Random) -> Draft | None:
    if draft.style is Style.APA:
        return draft.change(r" \((\d{4}|n\.d\.)[^()]*\)\.?(?= )", "")
    place = draft.field("date")
    if place is None:
        return None
    start, end = place
    if draft.text[start - 2:start] == ", ":
        return draft.swap(start - 2, end, "")
    return draft.swap(start, end + 2, "") if draft.text[end:end + 2] in (", ", ". ") else None


def other_year(draft: Draft, rng: Random) -> Draft | None:
    place = draft.field("date")
    year = re.search(r"\d{4}", draft.said("date"))
    if place is None or year is None:
        return None
    number = year[0]
    is_turned = number[2] != number[3] and rng.random() < 0.5
    new = number[:2] + number[3] + number[2] if is_turned else str(int(number) + rng.choice((-10, -1, 1, 2)))
    return draft.swap(place[0] + year.start(), place[0] + year.end(), new)


def other_day(draft: Draft, rng: Random) -> Draft | None:
    place, day = draft.field("date"), re.search(r"(?<!\d)\d{1,2}(?!\d)", draft.said("date"))
    if place is None or day is None:
        return None
    return draft.swap(place[0] + day.start(), place[0] + day.end(), str(int(day[0]) % 27 + rng.choice((1, 2))))


def other_date_form(draft: Draft, rng: Random) -> Draft | None:
    place, parts = draft.field("date"), ((draft.item.get("issued") or {}).get("date-parts") or [[]])[0]
    if place is None or len(parts) < 3 or str(parts[2]) not in draft.said("date"):
        return None
    year, month, day = parts
    long, short = MONTHS[month - 1], SHORT_MONTHS[month - 1]
    forms = {
        Style.MLA: [f"{long} {day}, {year}", f"{short} {day}, {year}", f"{month}/{day}/{year}",
                    *[f"{day} {long} {year}"] * (long != short)],
        Style.APA: [f"{long} {day}, {year}", f"{day} {long} {year}", f"{year}, {day} {long}", f"{month}/{day}/{year}"],
    }.get(draft.style, [f"{day} {long} {year}", f"{month}/{day}/{year}", f"{day} {short} {year}"])
    return draft.swap(*place, rng.choice(forms))


def only_year(draft: Draft, _rng: Random) -> Draft | None:
    parts = ((draft.item.get("issued") or {}).get("date-parts") or [[]])[0]
    place = draft.field("date")
    return draft.swap(*place, str(parts[0])) if place and len(parts) > 2 and str(parts[2]) in draft.said("date") else None


def no_access(draft: Draft, _rng: Random) -> Draft | None:
    if draft.style is Style.APA:
        return draft.change(r"Retrieved [A-Z][a-z]+ \d+, \d{4}, from ", "")
    return first_change(draft, r" Accessed [^.]*?\d{4}\.", r",? accessed [^.]*?\d{4}", r" Accessed \d+ \w+\. \d{4}\.")


def no_original(draft: Draft, _rng: Random) -> Draft | None:
    return draft.change(r" \(Original work published [^)]*\)", "")


def no_number(draft: Draft, _rng: Random) -> Draft | None:
    return first_change(draft, r", no\. \d+", r"(?<=\d)\(\d+\)", r", season \d+, episode \d+", r", episode \d+(?=,)",
                        r"(?<=\. )Vol\. \d+[.,] ", r" \(Vol\. \d+\)")


def other_number_form(draft: Draft, rng: Random) -> Draft | None:
    if draft.style is Style.APA:
        form = rng.choice((r"vol. \1, no. \2", r"\1, no. \2", r"Vol. \1(\2)", r"\1:\2"))
        return draft.change(r"(?<=, )(\d+)\((\d+)\)", form)
    if draft.style is Style.MLA:
        return draft.change(r"vol\. (\d+), no\. (\d+)", rng.choice((r"\1(\2)", r"\1.\2", r"\1, no. \2")))
    return draft.change(r"(\d+), no\. (\d+)", rng.choice((r"\1(\2)", r"vol. \1, no. \2", r"\1.\2")))


def no_pages(draft: Draft, _rng: Random) -> Draft | None:
    place = draft.field("pages")
    if place is None:
        return None
    start, end = place
    before = re.search(r"(, |: | )(pp?\. )?$", draft.text[:start])
    if draft.text[end:end + 1] == ")" and (bracket := re.search(r" \((pp?\. )?$", draft.text[:start])):
        return draft.swap(bracket.start(), end + 1, "")
    return draft.swap(before.start(), end, "") if before else None


def other_pages(draft: Draft, rng: Random) -> Draft | None:
    place = draft.field("pages")
    if place is None or not draft.said("pages")[:1].isdigit():
        return None
    first = re.match(r"\d+", draft.said("pages"))
    if first is None or int(first[0]) < 6:
        return None
    return draft.swap(place[0], place[0] + len(first[0]), str(int(first[0]) - rng.choice((1, 3))))


def other_label(draft: Draft, _rng: Random) -> Draft | None:
    place = draft.field("pages")
    if place is None:
        return None
    label = re.search(r"pp?\. $", draft.text[:place[0]])
    if label:
        return draft.swap(label.start(), place[0], "")
    return draft.swap(place[0], place[0], "pp. ") if draft.style is not Style.MLA else None


def no_link(draft: Draft, _rng: Random) -> Draft | None:
    return draft.change(r"[,.] https?://\S+?\.?(?=$| |\. A)", ".")


def tracked(draft: Draft, rng: Random) -> Draft | None:
    tail = rng.choice(("?utm_source=newsletter&utm_medium=email", "?fbclid=IwAR0abc", "?gclid=xyz123", "?utm_source=twitter"))
    if "doi.org" in draft.text or "?" in draft.text[draft.text.find("http"):]:
        return None
    return draft.change(r"(https?://\S+?)(?=\.?$|\. A)", rf"\1{tail}")


def other_doi(draft: Draft, rng: Random) -> Draft | None:
    return draft.change(r"https://doi\.org/", rng.choice(("doi:", "https://dx.doi.org/", "", "doi.org/", "DOI: ")))


def retrieved(draft: Draft, rng: Random) -> Draft | None:
    if "Retrieved" in draft.text or "n.d." in draft.text:
        return None
    return draft.change(r"(?=https?://)", rng.choice(("Retrieved from ", "Available at ", "Retrieved from: ")))


def no_description(draft: Draft, _rng: Random) -> Draft | None:
    found = draft.change(r" \[[^\]@]+\](?=[. ])", "") if draft.style is Style.APA else None
    is_optional = said(draft.item, "type") in ("pamphlet", "thesis") or "translated_title" in draft.item.get("custom", {})
    return None if is_optional else found


def medium(draft: Draft, rng: Random) -> Draft | None:
    if draft.style is not Style.MLA or not draft.text.endswith("."):
        return None
    word = rng.choice(("Web.", "Web.", "Website.")) if "http" in draft.text else "Print."
    return draft.swap(len(draft.signs), len(draft.signs), f" {word}", lean=False)


def date_moved(draft: Draft, _rng: Random) -> Draft | None:
    if draft.style is Style.APA:
        date = re.search(r" (\(\d{4}[^()]*\))\.", draft.text)
        if date is None or "http" in draft.text:
            return None
        gone = draft.swap(*date.span(), "")
        return gone.swap(len(gone.signs), len(gone.signs), f" {date[1]}.", lean=False)
    publisher, date_place = draft.field("publisher"), draft.field("date")
    if publisher is None or date_place is None or draft.text[publisher[1]:date_place[0]] not in (", ", "., "):
        return None
    both = f"{draft.said('date')}, {draft.said('publisher')}"
    return draft.swap(publisher[0], date_place[1], both)


def title_first(draft: Draft, _rng: Random) -> Draft | None:
    author, title = draft.field("author"), draft.field("title")
    if author is None or title is None or author[0] > 0 or draft.style in (Style.CHICAGO_NOTE, Style.APA):
        return None
    people = names(draft.item, "author")
    head = re.match(r"(.+?\.) (“.+?”|.+?\.) ", draft.text)
    if len(people) != 1 or head is None or plain_name(people[0]).endswith(".") or title[0] > len(head[1]) + 2 or ". " in head[1]:
        return None
    back = draft.signs[len(head[1]) + 1:head.end()]
    moved = (*back, *draft.signs[:len(head[1]) + 1], *draft.signs[head.end():])
    return Draft(moved, draft.item, draft.style, 0, head.end())


def other_sign(draft: Draft, rng: Random) -> Draft | None:
    ends = len(draft.signs) - 1
    places = [found.start() for found in re.finditer(r"(?<=[a-z\d”)])[.,](?= [A-Z\d“h(])|(?<=[a-z])[.,](?=”)|\.$", draft.text)
              if draft.signs[found.start()][1] in ("",) or found.start() == ends]
    if not places:
        return None
    at = rng.choice(places)
    sign = draft.text[at]
    return draft.swap(at, at + 1, rng.choice(("", "," if sign == "." and at < ends else "." if at < ends else "")))
