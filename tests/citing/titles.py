"""Faults with titles and what they stand in."""

import re
from random import Random

from integration.citations.styles import Style
from tests.citing.draft import Draft, misspelled


def no_title(draft: Draft, _rng: Random) -> Draft | None:
    place = draft.field("title")
    if place is None or place[0] < 4:
        return None
    start, end = place
    text = draft.text
    if text[start - 1] == "“":
        close = text.find("”", end)
        return draft.swap(start - 1, close + 2, "") if 0 < close < end + 3 else None
    tail = re.match(r"[.,?!]? ", text[end:])
    return draft.swap(start, end + len(tail[0]), "") if tail else None


def word_misspelled(draft: Draft, rng: Random) -> Draft | None:
    place = draft.field("title")
    words = list(re.finditer(r"[^\W\d_]{5,}", draft.said("title")))
    if place is None or not words:
        return None
    word = rng.choice(words)
    return draft.swap(place[0] + word.start(), place[0] + word.end(), misspelled(word[0], rng))


def word_left_out(draft: Draft, rng: Random) -> Draft | None:
    place, words = draft.field("title"), list(re.finditer(r" \w{4,}(?= )", draft.said("title")))
    if place is None or not words or len(draft.said("title").split()) < 4:
        return None
    word = rng.choice(words)
    return draft.swap(place[0] + word.start(), place[0] + word.end(), "")


def other_capitals(draft: Draft, rng: Random) -> Draft | None:
    place, title = draft.field("title"), draft.said("title")
    if place is None or draft.item["type"] in ("post", "legal_case", "legislation"):
        return None
    if draft.style is Style.APA:
        new = re.sub(r"\b[a-z](?=\w{3})", lambda found: found[0].upper(), title)
    else:
        new = title[0] + title[1:].lower() if rng.random() < 0.6 else title.lower()
    if rng.random() < 0.12:
        new = title.upper()
    return draft.swap(*place, new) if new != title else None


def other_dress(draft: Draft, rng: Random) -> Draft | None:
    return _dressed(draft, "title", rng)


def other_container_dress(draft: Draft, rng: Random) -> Draft | None:
    return _dressed(draft, "container", rng)


def _dressed(draft: Draft, name: str, rng: Random) -> Draft | None:
    place = draft.field(name)
    if place is None or draft.item["type"] in ("legal_case", "legislation"):
        return None
    start, end = place
    leans, quoted = draft.signs[start][2], draft.text[start - 1:start] == "“"
    if leans:
        upright = draft.slanted(start, end, False)
        return upright.swap(start, end, f"“{draft.text[start:end]}”", lean=False) if rng.random() < 0.4 else upright
    if quoted:
        close = draft.text.find("”", end - 1)
        if close < 0:
            return None
        inside = draft.text[end:close]
        bare = draft.swap(start - 1, close + 1, draft.text[start:end] + inside, lean=False)
        return bare.slanted(start - 1, end - 1, True) if rng.random() < 0.5 else bare
    return draft.slanted(start, end, True) if name == "title" and draft.style is Style.APA else None


def no_container(draft: Draft, _rng: Random) -> Draft | None:
    place = draft.field("container")
    if place is None or (draft.item["type"] in ("legal_case", "webpage", "post") and draft.item.get("author") is None):
        return None
    start, end = place
    if tail := re.match(r"[.,]? ", draft.text[end:]):
        before = re.search(r"\b[Ii]n $", draft.text[:start])
        return draft.swap(start - len(before[0]) if before else start, end + len(tail[0]), "")
    return None
