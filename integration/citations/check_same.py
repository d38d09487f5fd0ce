"""Whether an entry is an accepted form, but for what does not matter."""

import re

from integration.citations.alike import likeness
from integration.citations.answers import Answer
from integration.citations.check_dates import ACCESS
from integration.citations.mla import university
from integration.citations.styles import Style
from integration.citations.written import Written


def is_same(entry: Written, answer: Answer) -> bool:
    """Whether the entry is this answer; italics count only where they could be given."""
    short = without_cited_page(entry, answer)
    if key(short.text, answer) != answer_key(answer):
        return False
    return not entry.has_markup or not _slant_differs(short, answer.written)


def answer_key(answer: Answer) -> str:
    """The answer's own key."""
    return key(answer.written.text, answer)


def key(text: str, answer: Answer) -> str:
    """The text without what does not matter: http(s), www, a last slash, access dates, long names of presses."""
    if answer.piece("accessed") is None:
        text = _without_access(text, answer)
    text = re.sub(r"https?://(www\.)?|\bwww\.", "", text)
    text = re.sub(r"/(?=\.?$|\. | |,)", "", text)
    if answer.style is Style.MLA:
        text = re.sub(r",? (Inc\.?|Ltd\.?|LLC)(?=,)", "", university(text))
    return re.sub(r"\s+", " ", text).strip().rstrip(".")


def without_cited_page(entry: Written, answer: Answer) -> Written:
    """A note may begin with its number and end with the page that is cited."""
    if answer.style is not Style.CHICAGO_NOTE:
        return entry
    letters = entry.letters
    if number := re.match(r"\[?\d{1,3}[.)\]]? +(?=\D)", entry.text):
        letters = letters[number.end():]
    text = "".join(letter.sign for letter in letters)
    if page := re.search(r"(?<=[)\d\w]), (?:pp?\. )?\d{1,4}(?:-\d{1,4})?(?=\.?$)", text):
        has_pages = re.search(r", (?:pp?\. )?\d{1,4}(?:-\d{1,4})?\.?$", answer.written.text)
        letters = letters if has_pages else (*letters[:page.start()], *letters[page.end():])
    return Written(letters, entry.has_markup)


def _slant_differs(entry: Written, right: Written) -> bool:
    told = [(letter.sign.lower(), letter.is_italic) for letter in entry.letters if letter.sign.isalnum()]
    wanted = [(letter.sign.lower(), letter.is_italic) for letter in right.letters if letter.sign.isalnum()]
    if len(told) == len(wanted):
        return sum(one != other for one, other in zip(told, wanted, strict=True)) > 2
    slant, straight = ("".join(sign for sign, leans in told if leans), "".join(sign for sign, leans in wanted if leans))
    return likeness(slant, straight) < 0.9


def _without_access(text: str, answer: Answer) -> str:
    if answer.style is Style.APA and "(n.d.)" not in text:
        return text
    gone = ACCESS.search(text)
    if gone is None:
        return text
    glue = {".": ".", ",": ","}.get(gone[0].lstrip()[:1], "")
    tail = "," if answer.style is Style.CHICAGO_NOTE and glue == "," else glue
    return re.sub(r"\.\s*\.$", ".", f"{text[:gone.start()]}{tail} {text[gone.end():].lstrip()}".rstrip())
