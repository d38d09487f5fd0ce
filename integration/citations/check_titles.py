"""The title and what it stands in."""

import re

from integration.citations.answers import Piece
from integration.citations.faults import Code
from integration.citations.look import Look, bare
from integration.citations.styles import NAMES

QUOTES = "\"'"


def find_titles(look: Look) -> None:
    """Take the places of title and container before anything else looks for its own."""
    for name in ("title", "container", "database"):
        if piece := look.answer.piece(name):
            after = _end_of_author(look, piece)
            if not look.seek(name, _words(piece.text), least=0.66 if name == "title" else 0.72, after=after):
                _seek_part(look, name, piece)


def check_title(look: Look) -> None:
    """The title is there, spelled, with the style's capitals, and in italics or quotation marks as it should be."""
    piece = look.answer.piece("title")
    if piece is None:
        return
    if "title" not in look.places:
        _missing_title(look, piece)
        return
    _check_words(look, piece, look.places["title"])
    _check_dress(look, piece, look.places["title"], Code.TITLE_FORMAT, "title")


def check_container(look: Look) -> None:
    """The larger whole (a site, a journal, a book) is there and dressed right."""
    for name in ("container", "database"):
        piece = look.answer.piece(name)
        if piece is None:
            continue
        if name not in look.places:
            look.lacks(Code.MISSING_CONTAINER, f"Say where it stands: “{piece.text}”, the bigger whole this is a part of.", piece)
            continue
        _check_words(look, piece, look.places[name])
        _check_dress(look, piece, look.places[name], Code.CONTAINER_FORMAT, f"name “{_words(piece.text)}”")


def _end_of_author(look: Look, piece: Piece) -> int:
    """Where the author ends, if the author and this are one name: then this comes after."""
    author = look.answer.piece("author")
    if author is None or author.start > piece.start or bare(author.text) != bare(piece.text):
        return 0
    name = _words(author.text)
    return len(name) if bare(look.text[:len(name)]) == bare(name) else 0


def _seek_part(look: Look, name: str, piece: Piece) -> None:
    """Look for a title before its colon, or with words left out, where the whole is not there."""
    first, colon, _rest = _words(piece.text).partition(": ")
    if colon and look.seek(name, first, least=0.8):
        return
    part = look.alignment.counterpart(piece.start, piece.end)
    if part and " " in piece.text.strip():
        look.places[name] = part


def _missing_title(look: Look, piece: Piece) -> None:
    look.lacks(Code.MISSING_TITLE, f"The title is missing: “{_words(piece.text)}”.", piece)


def _check_words(look: Look, piece: Piece, place: tuple[int, int]) -> None:
    there, right = look.text[slice(*place)], _words(piece.text)
    if _plainly(there) == _plainly(right):
        return
    if bare(there) == bare(right):
        if re.sub(r"\W", "", there) != re.sub(r"\W", "", right):
            look.say(Code.TITLE_CAPITALIZATION, _capitals(look, right), *place)
        return
    look.say(Code.TITLE_MISSPELLED, f"Look at the words again: the source says “{right}”.", *place)
    if _capital_share(there, right):
        look.say(Code.TITLE_CAPITALIZATION, _capitals(look, right), *place)


def _capital_share(there: str, right: str) -> bool:
    """Whether, of the words that are the same, two or more differ in capitals."""
    words: dict[str, str] = {word.lower(): word for word in re.findall(r"\w+", right)}
    same: list[str] = [word for word in re.findall(r"\w+", there) if word.lower() in words]
    return sum(words[word.lower()] != word for word in same) > 1


def _capitals(look: Look, right: str) -> str:
    how = "only the first word, names and the word after a colon" if NAMES[look.style] == "APA" else "all the important words"
    return f"{NAMES[look.style]} gives a capital to {how}: “{right}”."


def _check_dress(look: Look, piece: Piece, place: tuple[int, int], code: Code, what: str) -> None:
    start, end = place
    leans = look.answer.written.leaning(piece.start, piece.end) > 0.5
    quoted = not leans and look.right[max(0, piece.start - 1):piece.start + 1].strip().startswith(tuple(QUOTES))
    has_quotes = look.text[max(0, start - 1):start] in tuple(QUOTES) and look.text[max(0, start - 1):start] != ""
    has_slant = look.entry.leaning(start, end) > 0.6
    if quoted and not has_quotes:
        look.say(code, f"Put the {what} in quotation marks: it is a part of something bigger.", start, end)
    elif leans and has_quotes:
        look.say(code, f"Put the {what} in italics, without quotation marks: it is a whole of its own.", start, end)
    elif leans and look.entry.has_markup and not has_slant:
        look.say(code, f"Put the {what} in italics.", start, end)
    elif not leans and look.entry.has_markup and look.entry.leaning(start, end) > 0.9:
        look.say(code, f"The {what} does not stand in italics here.", start, end)
    elif not leans and not quoted and has_quotes:
        look.say(code, f"No quotation marks round the {what} here.", start, end)


def _words(text: str) -> str:
    return text.strip(" \"'.,")


def _plainly(text: str) -> str:
    return re.sub(r"[^\w ]", "", text).strip()


