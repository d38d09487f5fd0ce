"""A sheet as a page that Google makes a Doc of, and the slides as a file that it makes Slides of. Pure, but for pandoc.

https://developers.google.com/workspace/drive/api/guides/manage-uploads#import-docs
"""

from collections.abc import Callable, Iterable, Sequence
from html import escape

from integration.citations.pandoc import pandoc_file
from integration.citations.spans import Entry, Span, html_of
from integration.google.drive import Form, NewFile
from integration.workshops.lessons import band_of
from integration.workshops.questions import FIELDS
from integration.workshops.sheets import INKS, Block, Sheet
from integration.workshops.shelf import KitCard

PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
SLIDES = "slides"
LETTERS = "ABCDEFGHIJK"
MARKED = "#fbe3b5"
TO_WRITE_ON = "<p>" + "_" * 60 + "</p>"
TICK = "☐ "


def as_file(kit: KitCard, sheet: Sheet) -> NewFile:
    """A sheet as a file to make. Raises DidNotAnswer when the slides could not be written."""
    name = f"{kit.title}, grade {kit.grade}: {sheet.title}"
    if sheet.key == SLIDES:
        return NewFile(name, as_slides(kit, sheet), PPTX, Form.SLIDES, kit.id, sheet.key)
    return NewFile(name, as_page(kit, sheet).encode(), "text/html", Form.DOCUMENT, kit.id, sheet.key)


def as_page(kit: KitCard, sheet: Sheet) -> str:
    """A sheet as one page of HTML."""
    size = 14 if band_of(kit.grade) == "K-2" else 11
    body = "\n".join([f"<h1>{escape(sheet.title)}</h1>", *map(_block, sheet.blocks)])
    return (f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{escape(sheet.title)}</title></head>'
            f'<body style="font-size:{size}pt">\n{body}\n</body></html>')


def as_slides(kit: KitCard, sheet: Sheet) -> bytes:
    """The slides, a heading each, as PowerPoint has them."""
    told = "\n".join(f"<h1>{escape(block.text)}</h1>{_list('ul', block.lines)}{_slide_entries(block)}"
                     for block in sheet.blocks)
    page = f"<html><head><title>{escape(kit.title)}</title></head><body>{told}</body></html>"
    return pandoc_file(["-f", "html", "-t", "pptx", "--slide-level=1", "-o", "-"], page)


def _slide_entries(block: Block) -> str:
    """The entries; where their parts are named, each part on a line of its own."""
    parts = [f"{words}: {''.join(span.text for span in block.entries[0] if span.field == name)}" for name, words in block.rows]
    return _paragraphs(map(html_of, block.entries)) + _list("ul", parts)


def _block(block: Block) -> str:
    return SHOWN[block.kind](block)


def _heading(block: Block) -> str:
    return f"<h2>{escape(block.text)}</h2>"


def _legend(block: Block) -> str:
    return _paragraphs(f"{_behind(name, f'<b>{_letter(name)}</b>')} {escape(words)}" for name, words in block.rows)


def _cited(block: Block) -> str:
    return _paragraphs("".join(map(_coloured, entry)) for entry in block.entries)


def _one_marked(block: Block) -> str:
    return _paragraphs("".join(_marked(span, block.field) for span in entry) for entry in block.entries)


def _numbered(entries: Iterable[Entry]) -> str:
    """Entries to tick, numbered as the answer key counts them."""
    return f"<ol>{''.join(f'<li>{TICK}{html_of(entry)}</li>' for entry in entries)}</ol>"


def _table(block: Block) -> str:
    rows = [(line,) for line in block.lines] if block.kind == "strips" else block.rows
    head = _row("th", block.lines) if block.kind == "table" else ""
    return f'<table border="1">{head}{"".join(_row("td", row) for row in rows)}</table>'


def _row(cell: str, words: Sequence[str]) -> str:
    return f"<tr>{''.join(f'<{cell}>{escape(each)}</{cell}>' for each in words)}</tr>"


def _list(tag: str, lines: Sequence[str]) -> str:
    return f"<{tag}>{''.join(f'<li>{escape(line)}</li>' for line in lines)}</{tag}>" if lines else ""


def _paragraphs(pieces: Iterable[str]) -> str:
    return "".join(f"<p>{piece}</p>" for piece in pieces)


def _coloured(span: Span) -> str:
    """A part with its colour and its letter, so that nobody needs the colour."""
    return f"{_behind(span.field, html_of([span]))}<sup>{_letter(span.field)}</sup>" if span.field in FIELDS else html_of([span])


def _marked(span: Span, field: str) -> str:
    return f'<b style="background-color:{MARKED}">{html_of([span])}</b>' if span.field == field else html_of([span])


def _behind(field: str, shown: str) -> str:
    return f'<span style="background-color:{INKS[list(FIELDS).index(field)]}">{shown}</span>'


def _letter(field: str) -> str:
    return LETTERS[list(FIELDS).index(field)]


SHOWN: dict[str, Callable[[Block], str]] = {
    "text": lambda block: _paragraphs([escape(block.text)]), "part": _heading, "prompt": _heading,
    "points": lambda block: _list("ul", block.lines), "numbered": lambda block: _list("ol", block.lines), "legend": _legend,
    "answers": lambda block: f"<ol>{''.join(f'<li>{html_of(entry)}</li>' for entry in block.entries)}</ol>",
    "cited": _cited, "plain": lambda block: _paragraphs(map(html_of, block.entries)), "marked": _one_marked,
    "options": lambda block: _numbered(block.entries), "strips": _table, "facts": _table, "table": _table,
    "choices": lambda block: _paragraphs(TICK + escape(line) for line in block.lines),
    "lines": lambda block: TO_WRITE_ON * len(block.lines)}
"""How each kind of block looks in a Doc."""
