"""The right answers: every form of a source that a style accepts, with the field of each letter."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from integration.citations.after import replaced
from integration.citations.cite import cite
from integration.citations.items import Item, changed, fact, is_group, names, plain_name, said, without
from integration.citations.kinds import Kind, kind_of
from integration.citations.people import day_month_year, month_day_year, year_month_day
from integration.citations.spans import Entry, Span, joined
from integration.citations.styles import Style
from integration.citations.wordings import reworded, wordings
from integration.citations.written import Written, known

Variant = Callable[[Item], Item | None]
"""Another way to say the same, or None where there is none."""

JOINT = re.compile(r"[\s,&-]*(and )?")
MOST = 12
"""Forms that are reworded again."""

CHICAGO = (Style.CHICAGO_BIB, Style.CHICAGO_NOTE)


@dataclass(frozen=True)
class Piece:
    """A field of an answer and where it stands in the answer's evened text."""

    field: str
    start: int
    end: int
    text: str


@dataclass(frozen=True, eq=False)
class Answer:
    """One accepted form of a source; equal only to itself."""

    item: Item
    style: Style
    entry: Entry

    @cached_property
    def written(self) -> Written:
        return known(self.entry)

    @cached_property
    def pieces(self) -> tuple[Piece, ...]:
        fields = [span.field for span in self.entry for _letter in span.text]
        done: list[Piece] = []
        for place, letter in enumerate(self.written.letters):
            field = fields[letter.start]
            if field and done and done[-1].field == field and self._is_one(field, done[-1].end, place):
                done[-1] = Piece(field, done[-1].start, place + 1, self.written.text[done[-1].start:place + 1])
            elif field:
                done.append(Piece(field, place, place + 1, letter.sign))
        return tuple(self._called(piece) for piece in done if re.search(r"\w", piece.text))

    def _called(self, piece: Piece) -> Piece:
        """The piece under its own name: some fields are carried by another (`Vol. 3` and `Narrated by …` by the edition)."""
        if piece.start and self.written.text[piece.start - 1].isalnum():
            piece = replace(piece, start=piece.start - 1, text=self.written.text[piece.start - 1] + piece.text)
        if piece.field == "publisher" and piece.start == 0:
            return replace(piece, field="author")
        if piece.field != "edition":
            return piece
        is_number, is_person = re.match(r"[Vv]ol\. ", piece.text), re.search(r"\bby [A-Z]|, (Narr|Trans|Illus)\.", piece.text)
        return replace(piece, field="number" if is_number else "contributor") if is_number or is_person else piece

    def _is_one(self, field: str, end: int, place: int) -> bool:
        """Whether two runs of a field are one piece: side by side, or names or parts of a date with a joint between them."""
        return end == place or (field in ("author", "date") and bool(JOINT.fullmatch(self.written.text[end:place])))

    def piece(self, field: str) -> Piece | None:
        """The first piece of this field."""
        return next((piece for piece in self.pieces if piece.field == field), None)


def answers(items: Sequence[Item], style: Style) -> dict[str, list[Answer]]:
    """By id, what the style accepts: the printed form first, then the others. Empty where the style lists no such source."""
    asked = [(item, variant) for item in items for variant in _variants(item, style)]
    done: dict[str, list[Answer]] = {str(item["id"]): [] for item in items}
    for (item, _variant), one in zip(asked, cite([variant for _item, variant in asked], style, labelled=True), strict=True):
        _add(done[str(item["id"])], item, style, one.entry)
    for item in items:
        _reword(done[str(item["id"])], item, style)
    return done


def _reword(done: list[Answer], item: Item, style: Style) -> None:
    """Add the forms in other words, in another dress and with the whole date."""
    for change in (with_whole_date, in_other_dress, with_database):
        for answer in done[:MOST]:
            _add(done, item, style, change(answer.entry, item, style))
    for wording in wordings(style, said(item, "type")):
        for answer in done[:MOST]:
            _add(done, item, style, reworded(answer.entry, wording))


def with_whole_date(entry: Entry, item: Item, style: Style) -> Entry:
    """Where a style prints the year of a page or report, the whole day is right too (Chicago 14.104, APA 9.14)."""
    issued = item.get("issued")
    day = {Style.MLA: day_month_year, Style.APA: year_month_day}.get(style, month_day_year)(issued)
    if said(item, "type") in ("article-journal", "book", "chapter", "classic") or not re.search(r"\D", day):
        return ()
    return tuple(replace(span, text=day) if span.field == "date" and re.fullmatch(r"\d{4}", span.text) else span for span in entry)


def in_other_dress(entry: Entry, item: Item, style: Style) -> Entry:
    """Data, plays and Wikipedia: the title in italics or in quotation marks, the site leaning or not (MLA 5.27, Chicago 14.113)."""
    is_play = style is Style.MLA and "play" in said(item, "container-title").lower()
    if is_play or said(item, "type") == "dataset":
        return joined(_leaning(span) for span in replaced(entry, r"[“”]", ""))
    if said(item, "container-title") == "Wikipedia" and style in CHICAGO:
        return joined(replace(span, is_italic=False) for span in entry)
    return ()


def with_database(entry: Entry, item: Item, style: Style) -> Entry:
    """Chicago 14.72: the database's name in the place of the address."""
    source = said(item, "source")
    if not source or style not in CHICAGO:
        return ()
    return tuple(replace(span, text=source) if span.field == "url" else span for span in entry)


def _leaning(span: Span) -> Span:
    return replace(span, is_italic=True) if span.field == "title" else span


def without_original_date(item: Item) -> Item | None:
    """MLA 5.108, Chicago 14.16: when it first came out may be left out."""
    return without(item, "original-date") if item.get("original-date") and item.get("issued") else None


def without_illustrator(item: Item) -> Item | None:
    """MLA 5.39: the illustrator where the words are what matters."""
    return without(item, "illustrator") if item.get("illustrator") and item.get("author") else None


def year_of_journal(item: Item) -> Item | None:
    """MLA 5.76: a journal's year is enough beside its volume."""
    parts = (item.get("issued") or {}).get("date-parts") or [[]]
    is_dated = said(item, "type") == "article-journal" and said(item, "volume") and len(parts[0]) > 1
    return changed(item, issued={"date-parts": [parts[0][:1]]}) if is_dated else None


def director_first(item: Item) -> Item | None:
    """MLA 5.10: a film under its director, where the work is about the director."""
    people = names(item, "director")
    if kind_of(item) is not Kind.FILM or not people or item.get("author"):
        return None
    word = "director" + "s" * (len(people) > 1)
    return changed(item, author=[*people[:-1], {**people[-1], "suffix": word, "comma-suffix": "true"}], director=None)


def channel_as_author(item: Item) -> Item | None:
    """style.mla.org on videos: a channel may stand as the author of its own video."""
    people = names(item, "author")
    if kind_of(item) is not Kind.VIDEO or len(people) != 1:
        return None
    if not is_group(people[0]) and plain_name(people[0]) != fact(item, "uploader"):
        return None
    return changed(without(item, "custom", "genre", "medium"), type="webpage")


def channel_twice(item: Item) -> Item | None:
    """The same, named as the uploader as well."""
    channel = channel_as_author(item)
    return changed(channel, publisher=f"uploaded by {plain_name(names(item, 'author')[0])}") if channel else None


def newspaper_without_the(item: Item) -> Item | None:
    """Chicago 14.89: *The* of a newspaper may go."""
    title = said(item, "container-title")
    is_newspaper = title.startswith("The ") and said(item, "type") == "article-newspaper"
    return changed(item, container_title=title[4:]) if is_newspaper else None


VARIANTS: Mapping[Style, tuple[Variant, ...]] = {
    Style.MLA: (without_original_date, without_illustrator, year_of_journal, director_first, channel_as_author, channel_twice),
    Style.APA: (without_illustrator,),
    Style.CHICAGO_BIB: (without_original_date, without_illustrator, newspaper_without_the),
    Style.CHICAGO_NOTE: (without_original_date, without_illustrator, newspaper_without_the),
}


def _variants(item: Item, style: Style) -> list[Item]:
    return [item, *(variant for make in VARIANTS[style] if (variant := make(item)) is not None)]


def _add(done: list[Answer], item: Item, style: Style, entry: Entry) -> None:
    if entry and all(answer.entry != entry for answer in done):
        done.append(Answer(item, style, entry))
