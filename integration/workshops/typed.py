"""A source as she types it, field by field, and as CSL-JSON; there and back. Pure."""

import re
from collections.abc import Mapping
from typing import Any

from integration.citations.items import Name, names, plain_name, said
from integration.errors import Invalid
from integration.workshops.facts import date_parts

KINDS = {
    "book": "Book", "chapter": "Part of a book", "article-magazine": "Magazine article", "article-newspaper": "Newspaper article",
    "article-journal": "Journal article", "webpage": "Page on the web", "entry-encyclopedia": "Encyclopedia entry",
    "entry-dictionary": "Dictionary entry", "motion_picture": "Video or film", "broadcast": "TV or podcast episode", "song": "Song",
    "graphic": "Picture or artwork", "map": "Map", "dataset": "Data", "report": "Report", "interview": "Interview",
    "speech": "Speech or talk", "post": "Social media post", "post-weblog": "Blog post", "software": "App, game or AI answer",
    "personal_communication": "Letter or e-mail", "thesis": "Thesis", "legislation": "Law", "legal_case": "Court case",
    "manuscript": "Archive document", "document": "Something else",
}
WORDS = {"title": "title", "container": "container-title", "publisher": "publisher", "volume": "volume", "issue": "issue",
         "pages": "page", "edition": "edition", "database": "source", "url": "URL", "doi": "DOI", "isbn": "ISBN"}
"""Fields that are text, by what the form calls them."""
PEOPLE = {"authors": "author", "editors": "editor", "translators": "translator", "illustrators": "illustrator",
          "directors": "director"}
DATES = {"date": "issued", "accessed": "accessed"}
DAY = re.compile(r"(\d{1,4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")


def item_of(typed: Mapping[str, str]) -> dict[str, Any]:
    """CSL-JSON of what she typed; empty fields are left out. Raises Invalid with a sentence for each field that is wrong."""
    kind = typed.get("kind", "")
    if kind not in KINDS:
        raise Invalid(fields={"kind": "Choose what kind of source it is."})
    if not typed.get("title", "").strip():
        raise Invalid(fields={"title": "Give the title, as it stands on the source."})
    told: dict[str, Any] = {"type": kind}
    told |= {field: typed.get(name, "").strip() for name, field in WORDS.items()}
    told |= {field: _people(typed.get(name, "")) for name, field in PEOPLE.items()}
    told |= {field: _date(name, typed.get(name, "").strip()) for name, field in DATES.items()}
    return {field: value for field, value in told.items() if value}


def typed_of(item: Mapping[str, Any]) -> dict[str, str]:
    """What the form shows of a source."""
    return {"kind": said(item, "type"), **{name: said(item, field) for name, field in WORDS.items()},
            **{name: "\n".join(map(_one, names(item, field))) for name, field in PEOPLE.items()},
            **{name: "-".join(f"{part:02d}" for part in date_parts(item.get(field))) for name, field in DATES.items()}}


def _people(lines: str) -> list[Name]:
    return [_person(line.strip()) for line in lines.splitlines() if line.strip()]


def _person(line: str) -> Name:
    """`Lopez, Ana` is a person, `World Health Organization` a group."""
    family, comma, given = line.partition(",")
    return {"family": family.strip(), "given": given.strip()} if comma and given.strip() else {"literal": line.strip(" ,")}


def _one(name: Name) -> str:
    if name.get("literal") or not name.get("given"):
        return plain_name(name)
    family = " ".join(filter(None, (name.get("non-dropping-particle"), name.get("family"))))
    return f"{family}, {' '.join(filter(None, (name['given'], name.get('dropping-particle'))))}"


def _date(field: str, said: str) -> dict[str, Any] | None:
    if not said:
        return None
    if not (found := DAY.fullmatch(said)):
        raise Invalid(fields={field: f"“{said[:30]}” is no date. Write 2019, 2019-03 or 2019-03-04."})
    return {"date-parts": [[int(part) for part in found.groups() if part]]}
