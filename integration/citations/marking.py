"""Marks around every field of a rendering, and how to carry them over to the rendering without marks.

The marks stand in the styles' own prefixes and suffixes, so they can shift a full stop; that is why the plain rendering is
printed and the marked one only says which letter is what.
"""

from difflib import SequenceMatcher

from integration.citations.spans import Entry, Span, joined

FIELDS = {
    "author": "author", "editor": "contributor", "translator": "contributor", "director": "contributor",
    "illustrator": "contributor", "narrator": "contributor", "interviewer": "contributor", "composer": "author",
    "performer": "contributor", "recipient": "contributor", "container-author": "contributor", "collection-editor": "contributor",
    "host": "contributor", "guest": "contributor", "producer": "contributor", "executive-producer": "contributor",
    "script-writer": "contributor", "compiler": "contributor", "editor-translator": "contributor", "contributor": "contributor",
    "reviewed-author": "contributor", "series-creator": "contributor",
    "title": "title", "title-short": "title", "reviewed-title": "reviewed", "part-title": "title", "volume-title": "title",
    "container-title": "container", "container-title-short": "container", "collection-title": "series", "source": "database",
    "edition": "edition", "version": "edition", "volume": "number", "issue": "number", "number": "number",
    "chapter-number": "number", "number-of-volumes": "number", "collection-number": "number", "page": "pages",
    "publisher": "publisher", "publisher-place": "place", "authority": "publisher", "issued": "date", "accessed": "accessed",
    "original-date": "original", "event-date": "date", "event-title": "event", "event-place": "place", "archive": "location",
    "archive_location": "location", "archive-place": "location", "archive_collection": "location", "DOI": "url", "URL": "url",
    "genre": "description", "medium": "description", "section": "description", "status": "date", "references": "note",
}
"""Each variable of the Citation Style Language and the field a student calls it."""

MARKS = {variable: (chr(0xE000 + 2 * number), chr(0xE001 + 2 * number)) for number, variable in enumerate(FIELDS)}
"""An opening and a closing private letter for each variable."""

OPENING = {opening: FIELDS[variable] for variable, (opening, _closing) in MARKS.items()}
CLOSING = {closing: FIELDS[variable] for variable, (_opening, closing) in MARKS.items()}


def unmark(plain: Entry, marked: Entry) -> Entry:
    """The plain entry with the fields of the marked one."""
    letters, fields = _read(marked)
    told = _carried("".join(span.text for span in plain), letters, fields)
    done, at = [], 0
    for span in plain:
        done += [Span(letter, told[at + place], span.is_italic) for place, letter in enumerate(span.text)]
        at += len(span.text)
    return joined(done)


def _read(marked: Entry) -> tuple[str, list[str]]:
    letters, fields, open_fields = "", [], [""]
    for letter in "".join(span.text for span in marked):
        if letter in OPENING:
            open_fields.append(OPENING[letter])
        elif letter in CLOSING:
            if len(open_fields) > 1:
                open_fields.pop()
        else:
            letters += letter
            fields.append(open_fields[-1])
    return letters, fields


def _carried(plain: str, letters: str, fields: list[str]) -> list[str]:
    told = [""] * len(plain)
    for a, b, size in SequenceMatcher(None, plain, letters, autojunk=False).get_matching_blocks():
        told[a:a + size] = fields[b:b + size]
    return told
