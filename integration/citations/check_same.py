"""Whether an entry is an accepted form, but for what does not matter."""

import re
from functools import lru_cache

from integration.citations.alike import likeness
from integration.citations.answers import Answer
from integration.citations.check_dates import ACCESS
from integration.citations.items import fact
from integration.citations.mla import university
from integration.citations.styles import Style
from integration.citations.written import Written

CITY = r"(?:St\. )?\b[A-Z]\w+(?: [A-Z]\w+)*(?:, [A-Z][\w.]+)?"
WEB = re.compile(r"https?://(?!doi)(www\.)?|\bwww\.")
LAST_SLASH = re.compile(r"/(?=\.?$|\. | |,)")
CHICAGO = (Style.CHICAGO_BIB, Style.CHICAGO_NOTE)
SAME_WORDS = tuple((re.compile(pattern), new) for pattern, new in (
    (r"\b[Ee]-?mail\b", "email"), (r" \(blog\)", ""), (r"\bInstagram photo\b", "Instagram"), (r"\blast modified (?=[A-Z])", ""),
    (r"\b(Interview conducted|Conducted) by\b", "Interview by"), (r"\b[Vv]ersion (?=\d)|\b[Vv]\. (?=\d)", "version "),
    (r"^United States, Supreme Court\. |Supreme Court of the United States, ", ""), (r"\b[Dd]ata set\b", "dataset"),
    (r", directors?(?=\.)", ", dir"), (r", dirs?\.", ", dir."), (r"\bdiss\.", "dissertation"), (r"\breleased (?=\d{4})", ""),
    (r"\bReleased (?=\d{4})", ""), (r"\bTED Talk\b", "TED talk"), (r",? (and|&) (Company|Co\.)", ""), (r"(?<=\d);(?= [A-Z])", "."),
))
"""Words that mean the same."""


def is_same(entry: Written, answer: Answer) -> bool:
    """Whether the entry is this answer; italics count only where they could be given."""
    short = without_cited_page(entry, answer)
    if key(short.text, answer) != answer_key(answer):
        return False
    return not entry.has_markup or not _slant_differs(short, answer.written)


@lru_cache(maxsize=4096)
def answer_key(answer: Answer) -> str:
    """The answer's own key."""
    return key(answer.written.text, answer)


def key(text: str, answer: Answer) -> str:
    """The text without what does not matter: http(s), www, a last slash, access dates, long names of presses."""
    if answer.written.text[:1].islower():
        text = text[:1].lower() + text[1:]
    if re.search("ccessed|etrieved|iewed", text) and answer.piece("accessed") is None:
        text = _without_access(text, answer)
    text = plainly(text, answer.style)
    if translated := fact(answer.item, "translated_title"):
        text = re.sub(rf" \[{re.escape(translated)}\]", "", text, flags=re.IGNORECASE)
    if answer.style in CHICAGO:
        text = _without_place(text, answer)
    return text.removesuffix(".") if "http" in answer.written.text[-80:] else text


@lru_cache(maxsize=1024)
def plainly(text: str, style: Style) -> str:
    """The text with one word for what may be said in two."""
    text = LAST_SLASH.sub("", WEB.sub("", text))
    for pattern, new in SAME_WORDS:
        text = pattern.sub(new, text)
    if style is Style.MLA:
        text = re.sub(r",? (Inc\.?|Ltd\.?|LLC)(?=,)", "", university(text))
    return re.sub(r"\s+", " ", text).strip()


def _without_place(text: str, answer: Answer) -> str:
    """Chicago without the city before the publisher, and without a chapter's pages: right in the edition before (14.30, 14.55)."""
    publisher, pages = answer.piece("publisher"), str(answer.item.get("page", ""))
    if publisher:
        text = re.sub(CITY + re.escape(f": {publisher.text}"), publisher.text, text)
    if pages and answer.piece("pages") is None:
        text = re.sub(rf", {re.escape(pages)}(?=[.,]( |$))", "", text)
    return text


def without_cited_page(entry: Written, answer: Answer) -> Written:
    """A note may begin with its number and end with the page that is cited."""
    if answer.style is not Style.CHICAGO_NOTE:
        return entry
    letters = entry.letters
    if number := re.match(r"\[?\d{1,3}[.)\]]? +(?=\D)", entry.text):
        letters = letters[number.end():]
    text = "".join(letter.sign for letter in letters)
    if page := re.search(r"(?<=[)\d\w]), (?:pp?\. )?(?!(?:1[5-9]|20)\d\d\.?$)\d{1,4}(?:-\d{1,4})?(?=\.?$)", text):
        has_pages = re.search(r", (?:pp?\. )?\d{1,4}(?:-\d{1,4})?\.?$", answer.written.text)
        letters = letters if has_pages else (*letters[:page.start()], *letters[page.end():])
    return Written(letters, entry.has_markup)


def _slant_differs(entry: Written, right: Written) -> bool:
    told = [(letter.sign.lower(), letter.is_italic) for letter in entry.letters if letter.sign.isalnum()]
    wanted = [(letter.sign.lower(), letter.is_italic) for letter in right.letters if letter.sign.isalnum()]
    if len(told) == len(wanted):
        return told != wanted
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
