"""Headline case, each style's own.

Titles are stored as sentences (`The day the crayons quit`). MLA lowers every preposition (MLA Handbook 9, 1.90-91), Chicago those
under five letters (Manual of Style 18, 8.160). An adverb keeps its capital: *Look Up at the Stars*, *Teens Clean Up the River*.
"""

import re
from collections.abc import Sequence

ALWAYS_LOW = {"a", "an", "the", "and", "but", "for", "nor", "or", "to", "as"}
SHORT = {"at", "by", "down", "from", "in", "into", "like", "near", "of", "off", "on", "onto", "out", "over", "past", "per", "to",
         "up", "upon", "via", "with", "amid"}
LONG = {"about", "above", "across", "after", "against", "along", "alongside", "among", "amongst", "around", "before", "behind",
        "below", "beneath", "beside", "besides", "between", "beyond", "despite", "during", "except", "inside", "outside", "since",
        "through", "throughout", "toward", "towards", "under", "underneath", "unlike", "until", "versus", "within", "without"}
MLA_LOW = ALWAYS_LOW | SHORT | LONG | {"so", "yet"}
CHICAGO_LOW = ALWAYS_LOW | SHORT

TAKES_OBJECT = ("blow", "break", "bring", "build", "burn", "call", "carr", "check", "clean", "cover", "cut", "dig", "dress", "eat",
                "fill", "figur", "find", "fix", "follow", "giv", "hand", "hold", "kick", "knock", "light", "lock", "look", "mak",
                "pick", "point", "pull", "push", "put", "ring", "send", "set", "shut", "speak", "stand", "switch", "tak", "tear",
                "throw", "tid", "try", "turn", "us", "wak", "warm", "wear", "wip", "work", "writ")
ON_ITS_OWN = (*TAKES_OBJECT, "back", "com", "fall", "fly", "get", "go", "grow", "heat", "keep", "li", "mov", "open", "pass", "run",
              "show", "sign", "sit", "slow", "sneak", "stay", "step", "stop", "walk", "watch")
"""Stems of the verbs that make an adverb of the next word: always, or only where no article follows."""

ARTICLES = {"the", "a", "an", "my", "your", "his", "her", "our", "their", "this", "that", "these", "those"}
PARTICLES = {"up", "out", "off", "down"}
AFTER_STOP = re.compile(r"[:?!.—–…]['\"’”)]*$")


def headline(title: str, low: set[str]) -> str:
    """The title in headline case; `low` are the words the style leaves small."""
    words = title.split(" ")
    return " ".join(_word(words, place, low) for place in range(len(words)))


def _word(words: Sequence[str], place: int, low: set[str]) -> str:
    word = words[place]
    bare = _bare(word)
    begins = place == 0 or bool(AFTER_STOP.search(words[place - 1])) or (word.startswith(("“", '"', "(")) and place == 0)
    ends = place == len(words) - 1 or word.endswith((":", "?", "!"))
    if not begins and not ends and bare.casefold() in low and not _is_adverb(words, place):
        return word.lower() if _is_lowerable(words, place, bare) else word
    return _hyphened(word, low)


def _is_lowerable(words: Sequence[str], place: int, bare: str) -> bool:
    """A capital in the middle of a sentence is part of a name, unless the whole title is stored in capitals."""
    if bare.islower() or (bare.isupper() and len(bare) > 1):
        return bare.islower()
    others = [_bare(word) for at, word in enumerate(words) if at not in (0, place) and _bare(word)]
    small = [word for word in others if word[:1].islower() and word not in ALWAYS_LOW | SHORT | LONG]
    return not small and len(others) > 1


def _is_adverb(words: Sequence[str], place: int) -> bool:
    particle, before = _bare(words[place]).casefold(), _bare(words[place - 1]).casefold()
    after = _bare(words[place + 1]).casefold() if place + 1 < len(words) else ""
    if particle not in PARTICLES or after == "of":
        return False
    return _is_form_of(before, TAKES_OBJECT if after in ARTICLES else ON_ITS_OWN)


def _is_form_of(word: str, stems: Sequence[str]) -> bool:
    return any(re.fullmatch(rf"{stem}(\w)?(e|y|ies|es|s|ed|ied|ing|\1?ing|\1?ed)?", word) for stem in stems)


def _hyphened(word: str, low: set[str]) -> str:
    if word.startswith(("http", "www.")) or re.search(r"\w\.\w", word):
        return word
    first, *rest = word.split("-")
    return "-".join([_raised(first), *(part if part.casefold() in low else _raised(part) for part in rest)])


def _raised(word: str) -> str:
    found = re.search(r"[^\W\d_]", word)
    if found is None or any(letter.isupper() for letter in word) or word[:1].isdigit():
        return word
    at = found.start()
    return word[:at] + word[at].upper() + word[at + 1:]


def _bare(word: str) -> str:
    return re.sub(r"^\W+|\W+$", "", re.sub(r"</?i>", "", word))
