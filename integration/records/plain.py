"""Plain text fit to keep and to show: no control characters, no tricks of direction, nothing invisible.

Classroom shows text as it is typed, so a character that hides or turns words around would do so before students; and
Postgres refuses a NUL. Joiners stay where emoji and scripts such as Devanagari or Persian need them.
https://www.unicode.org/reports/tr36/
"""

import re
import unicodedata

_OVERRIDES = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_INVISIBLE = frozenset("\u200b\u200e\u200f\u061c\u2060\u2061\u2062\u2063\u2064\ufeff\u180e\u00ad")
_JOINERS = frozenset("\u200c\u200d")
_BREAKS = frozenset("\u2028\u2029")
_FIRST_JOINED = 0x600
"""No script below Arabic needs a joiner; between Latin letters it only hides."""


def fault(text: str) -> str:
    """What is wrong with `text`, as the end of the sentence “It has …”; empty when it may be kept."""
    for at, character in enumerate(text):
        if character in "\n\t":
            continue
        if found := _fault_of(character, text, at):
            return found
    return ""


def line(text: str) -> str:
    """`text` as one line: no white space at its ends, one space where there was a run."""
    return re.sub(r"[ \t\r\n\f\v\u00a0]+", " ", text).strip(" ")


def paragraphs(text: str) -> str:
    """`text` with `\\n` for every line end and no white space around it."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def _fault_of(character: str, text: str, at: int) -> str:
    if character in _OVERRIDES:
        return f"a character that turns the direction of the text around ({_name(character)})"
    if character in _INVISIBLE or (character in _JOINERS and not _joins(text, at)):
        return f"an invisible character ({_name(character)})"
    if character in _BREAKS or unicodedata.category(character) in {"Cc", "Cs"}:
        return f"a control character ({_name(character)})"
    return ""


def _joins(text: str, at: int) -> bool:
    """Whether the joiner at `at` stands between two characters that it may join."""
    neighbours = text[max(at - 1, 0):at] + text[at + 1:at + 2]
    return len(neighbours) == 2 and all(ord(each) >= _FIRST_JOINED and unicodedata.category(each)[0] in "LMS"
                                        for each in neighbours)


def _name(character: str) -> str:
    return f"U+{ord(character):04X}"
