"""How a source is named in the text itself: in brackets, in the sentence, or as a later, shorter note."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from integration.citations.answers import Answer, answers
from integration.citations.items import Item, Name, is_group, names, plain_name, said
from integration.citations.kinds import Kind, kind_of
from integration.citations.people import apa_name, month_day_year, year
from integration.citations.spans import Entry, Span, html_of, joined, text_of
from integration.citations.styles import NAMES, Style
from integration.citations.unlisted import reason

ROLES = ("author", "editor", "translator", "director", "host", "executive-producer", "interviewer", "narrator", "composer")
STOPS = re.compile(r"(?<=[?!]) |[:;] |\s[–—] |(?<=\w{4})(?<!Prof)(?<!Capt)\. ")
"""Where a subtitle begins; the full stop of `Dr.`, `U.S.` or `v.` ends nothing."""
ARTICLES = re.compile(r"^(A|An|The) (?=\w)")
SMALL = {"a", "an", "the", "and", "but", "or", "of", "in", "on", "for", "to", "with", "by", "from", "at", "as", "between", "v."}
BREAKS = SMALL - {"a", "an", "the"} | {
    "about", "across", "after", "against", "among", "around", "because", "before", "behind", "below", "during", "how", "if",
    "inside", "into", "near", "over", "since", "that", "through", "toward", "under", "until", "what", "when", "where", "which",
    "while", "who", "why", "within", "without"}
"""Words before which a long title may end: a new phrase begins with them."""
NO_END = BREAKS | {"a", "an", "the", "is", "are", "do", "does", "did", "not", "no", "your", "our", "their", "its", "his", "her"}
SHORT, MOST_WORDS = 5, 6
"""So many words are given as they are; so many at most of a longer title."""


@dataclass(frozen=True)
class InText:
    """The two forms; `in_sentence` is what stands in brackets when the sentence names the source already. A note has no second."""

    id: str
    entry: Entry
    in_sentence: str = ""
    why_not: str = ""

    @property
    def html(self) -> str:
        return html_of(self.entry)

    @property
    def text(self) -> str:
        return text_of(self.entry)


def in_text(sources: Sequence[Item], style: Style, *, page: str = "") -> list[InText]:
    """Each source, tidied (`read_sources`), as a sentence cites it, at this page where one is given. Raises Invalid like `cite`."""
    told = answers(sources, Style.CHICAGO_NOTE if style is Style.CHICAGO_BIB else style)
    return [_one(item, style, told[str(item["id"])], page) for item in sources]


def mla(_item: Item, head: Entry, page: str) -> tuple[Entry, str]:
    """6.3-6.16: whatever the entry begins with, and the page without a comma and without `p.`"""
    where = f" {page}" if page else ""
    return (Span("("), *head, Span(f"{where})")), f"({page})" if page else ""


def apa(item: Item, head: Entry, page: str) -> tuple[Entry, str]:
    """8.10-8.13: author, year, and `p.` or `pp.` with a page; 8.15: both years of a work published again."""
    first, known = year(item.get("original-date")), year(item.get("issued"))
    when = f"{first}/{known}" if first and known and first != known else str(known or "n.d.")
    where = f", {'pp.' if re.search(r'[–-]', page) else 'p.'} {page}" if page else ""
    return (Span("("), *_then(head, f", {when}{where})")), f"({when}{where})"


def chicago(_item: Item, head: Entry, page: str) -> tuple[Entry, str]:
    """13.33-13.37: a later note gives the last name, the short title and the page."""
    return _then(head, f", {page}." if page else "."), ""


def short_title(answer: Answer) -> Entry:
    """The title without article and subtitle, a long one to the end of a phrase (MLA 6.10, APA 8.14, Chicago 13.34)."""
    spans = [span for span in answer.entry if span.field == "title"] or [span for span in answer.entry if span.field == "container"]
    title, leans = "".join(span.text for span in spans).strip(" .,“”"), any(span.is_italic for span in spans)
    if not title:
        return ()
    whole = said(answer.item, "title")
    words = _words(whole if whole[1:] == title else title, is_apa=answer.style is Style.APA)
    if answer.style is Style.APA:
        words = _headline(words)
    return (Span(words, "title", True),) if leans else (Span("“"), Span(words, "title"), Span("”"))


def apa_message(item: Item) -> InText:
    """8.9: what readers cannot look up is named in the text only, with the day."""
    who = apa_name(names(item, "author")[0], inverted=False) if item.get("author") else said(item, "title")
    when = f"personal communication, {month_day_year(item.get('issued'))}"
    return InText(str(item["id"]), (Span("("), Span(who, "author"), Span(f", {when})")), f"({when})", reason(item, Style.APA))


def _then(head: Entry, tail: str) -> Entry:
    """The head and what follows it, its comma or stop inside a quotation mark; no stop after a question or an exclamation mark."""
    if tail == "." and text_of(head).rstrip("”").endswith(("?", "!", ".")):
        return head
    if head and head[-1].text == "”":
        return (*head[:-1], Span(f"{tail[:1]}”{tail[1:]}"))
    return (*head, Span(tail))


FORMS = {"MLA": mla, "APA": apa, "Chicago": chicago}


def _one(item: Item, style: Style, right: Sequence[Answer], page: str) -> InText:
    if not right:
        is_message = style is Style.APA and item.get("author") and kind_of(item) in (Kind.MESSAGE, Kind.HELD_INTERVIEW)
        return apa_message(item) if is_message else InText(str(item["id"]), (), why_not=reason(item, style))
    head = _head(item, style, right[0])
    entry, in_sentence = FORMS[NAMES[style]](item, head, page)
    return InText(str(item["id"]), joined(entry), in_sentence)


def _head(item: Item, style: Style, answer: Answer) -> Entry:
    """The first element of the entry, shortened; a note has the title too."""
    who = _who(item, style, answer)
    author = (Span(who, "author"),) if who else ()
    if NAMES[style] != "Chicago":
        return author or short_title(answer)
    title = short_title(answer)
    return (*author, Span(", "), *title) if author and title else author or title


def _who(item: Item, style: Style, answer: Answer) -> str:
    """The last names of those the entry begins with; `et al.` from three on (MLA 6.5, APA 8.17, Chicago 13.36)."""
    first = next((piece for piece in answer.pieces if piece.start < 3 and piece.field in ("author", "contributor")), None)
    if first is None:
        return ""
    people = next((names(item, role) for role in ROLES if _leads(names(item, role), first.text)), [])
    shown = [_last(name) for name in people] or [first.text.strip(" .,")]
    if len(shown) > 2:
        return f"{shown[0]} et al."
    return (" & " if style is Style.APA else " and ").join(shown)


def _leads(people: Sequence[Name], text: str) -> bool:
    return bool(people) and _last(people[0]).lower() in text.lower()


def _last(name: Name) -> str:
    if is_group(name):
        return plain_name(name)
    return " ".join(part for part in (name.get("non-dropping-particle"), name.get("family")) if part)


def _words(title: str, *, is_apa: bool) -> str:
    """The title up to its first stop; a long one to the end of a phrase, or whole where none ends soon."""
    words = STOPS.split(title if is_apa else ARTICLES.sub("", title))[0].split()
    ends = [at for at in range(2, MOST_WORDS + 1) if at < len(words) and words[at].lower() in BREAKS
            and words[at - 1].lower().rstrip(",") not in NO_END]
    return " ".join(words[:ends[-1]] if len(words) > SHORT and ends else words).rstrip(",")


def _headline(words: str) -> str:
    """8.14: titles have capitals in the text, though not in the list."""
    first, *rest = words.split()
    return " ".join([first[:1].upper() + first[1:], *(word if word in SMALL else word[:1].upper() + word[1:] for word in rest)])
