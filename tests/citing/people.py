"""Faults with people."""

import re
from collections.abc import Mapping
from random import Random

from integration.citations.items import is_group, names
from integration.citations.people import apa_name, initials, turned
from integration.citations.styles import Style
from tests.citing.draft import Draft, misspelled


def no_author(draft: Draft, _rng: Random) -> Draft | None:
    place = draft.field("author")
    if place is None or place[0] > 0 or not draft.item.get("author"):
        return None
    stop = re.search(r"(?<=\. )(?=\()" if draft.style is Style.APA else r"(?<=[.,] )(?=“)", draft.text)
    title = draft.field("title")
    end = stop.start() if stop else (title[0] if title and draft.style is not Style.APA else None)
    return draft.swap(0, end, "") if end and end < 90 else None


def not_turned(draft: Draft, _rng: Random) -> Draft | None:
    person = first_person(draft)
    if person is None or draft.style is Style.CHICAGO_NOTE or person.get("suffix"):
        return None
    there = apa_name(person) if draft.style is Style.APA else turned(person)
    said = apa_name(person, inverted=False) if draft.style is Style.APA else spoken(person)
    return draft.swap(0, len(there), said) if draft.text.startswith(there) else None


def turned_in_note(draft: Draft, _rng: Random) -> Draft | None:
    person = first_person(draft)
    if person is None or draft.style is not Style.CHICAGO_NOTE or not draft.text.startswith(spoken(person)):
        return None
    return draft.swap(0, len(spoken(person)), turned(person))


def other_name_form(draft: Draft, _rng: Random) -> Draft | None:
    person = first_person(draft)
    if person is None or "." in person["given"] or person.get("suffix"):
        return None
    there, said = person["given"], initials(person["given"])
    if draft.style is Style.APA:
        there, said = said, there
    at = draft.text.find(there)
    if at < 0 or at > 30:
        return None
    end = at + len(there)
    return draft.swap(at, end + (draft.text[end:end + 1] == "." and said.endswith(".")), said)


def group_turned(draft: Draft, _rng: Random) -> Draft | None:
    people = names(draft.item, "author")
    name = people[0].get("literal", "") if people else ""
    if len(name.split()) < 2 or not draft.text.startswith(name):
        return None
    *front, last = name.split()
    return draft.swap(0, len(name), f"{last}, {' '.join(front)}")


def author_misspelled(draft: Draft, rng: Random) -> Draft | None:
    people = names(draft.item, "author")
    family = people[0].get("family", "") if people and not is_group(people[0]) else ""
    at = draft.text.find(family)
    if len(family) < 4 or " " in family or not 0 <= at < 30:
        return None
    return draft.swap(at, at + len(family), misspelled(family, rng))


def other_joint(draft: Draft, _rng: Random) -> Draft | None:
    if len(names(draft.item, "author")) < 2:
        return None
    is_apa = draft.style is Style.APA
    return draft.change(r"(?<=, )& (?=[A-Z])", "and ") if is_apa else draft.change(r"(?<=[a-z.,] )and (?=[A-Z])", "& ")


def second_turned(draft: Draft, _rng: Random) -> Draft | None:
    people = names(draft.item, "author")
    if len(people) != 2 or draft.style is Style.APA or any(map(is_group, people)):
        return None
    if draft.style is Style.CHICAGO_NOTE:
        return None
    return draft.change(rf"(?<=and ){re.escape(spoken(people[1]))}", turned(people[1]))


def et_al(draft: Draft, _rng: Random) -> Draft | None:
    people = names(draft.item, "author")
    if any(map(is_group, people)) or any(person.get("suffix") for person in people):
        return None
    if len(people) == 2:
        is_apa = draft.style is Style.APA
        pattern = rf", & {re.escape(apa_name(people[1]))}" if is_apa else rf",? and {re.escape(spoken(people[1]))}"
        return draft.change(pattern, " et al." if draft.style is Style.CHICAGO_NOTE else ", et al.")
    if len(people) > 2 and draft.style in (Style.MLA, Style.CHICAGO_NOTE):
        rest = ", ".join(spoken(person) for person in people[1:-1])
        dot = "." if draft.style is Style.MLA else ""
        return draft.change(r",? et al\.(?=[ ,])", f", {rest}, and {spoken(people[-1])}{dot}")
    return None


CONTRIBUTIONS = (r"(?<=, )edited by [^,.]+, ", r"Translated by [^,.]+[,.] ", r"Narrated by [^,.]+[,.] ",
                 r", edited by [^,.(]+(?=\.)",
                 r", (trans\.|ed\.|narrated by) [^,.(]+(?=[, ])", r"(?<=In )[A-Z]\. [A-Z][^,()]+ \(Eds?\.\), ",
                 r" \([A-Z]\. [^()]+, (Trans|Narr)\.\)", r"Directed by [^,.]+[,.] ")


def no_contributor(draft: Draft, _rng: Random) -> Draft | None:
    done = next((found for pattern in CONTRIBUTIONS if (found := draft.change(pattern, ""))), None)
    if done is None or done.text[:1] in " ,." or not re.search(r"[A-Z]", done.text[done.start:]):
        return None
    begins = done.text[max(0, done.start - 2)] == "."
    return done.swap(done.start, done.start + 1, done.text[done.start].upper()) if begins else done


ROLES = (r", (editor|host)(?=[.])", r" \((Eds?\.|Host|Directors?)\)(?=[.,])",
         r", (Trans\.|Narr\.)(?=\))", r", (ed|dir|dirs)\.(?=[ ,])")


def no_role(draft: Draft, _rng: Random) -> Draft | None:
    return next((found for pattern in ROLES if (found := draft.change(pattern, ""))), None)


def first_person(draft: Draft) -> dict[str, str] | None:
    """The first author, if it is a person and stands first."""
    people = names(draft.item, "author")
    if not people or is_group(people[0]):
        return None
    begins = draft.text.startswith((people[0]["family"][:2], people[0]["given"][:2], "de", "van"))
    return dict(people[0]) if begins else None


def spoken(person: Mapping[str, str]) -> str:
    parts = (person.get("given"), person.get("dropping-particle"), person.get("non-dropping-particle"), person.get("family"))
    return " ".join(part for part in parts if part)
