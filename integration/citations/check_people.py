"""Authors and everybody else who made it."""

import re
from collections.abc import Sequence

from integration.citations.alike import find, likeness
from integration.citations.answers import Piece
from integration.citations.faults import Code
from integration.citations.items import Name, fact, names, plain_name
from integration.citations.look import Look, bare
from integration.citations.people import initials
from integration.citations.styles import Style

ROLES = {
    "editor": r"edit|\beds?\b", "translator": r"trans", "illustrator": r"illus|\bill\b|pictur", "narrator": r"narr|read by",
    "director": r"direct|\bdirs?\b", "host": r"host", "interviewer": r"interview|conduct", "recipient": r"\bto\b|receiv",
    "author": "", "executive-producer": r"produc|prods?\b", "reviewed-author": r"by", "container-author": "",
}
STOPS = ("title", "container", "url")
LABELS = {"executive-producer": "producer"}


def check_author(look: Look) -> None:
    """Who made it, at the head of the entry: there, right way round, in the style's form, spelled and joined right."""
    piece = look.answer.piece("author") or _leading_contributor(look)
    if piece is None:
        return
    people = _people_in(look, piece.text)
    region = _region(look)
    first = people[0] if people else {"literal": piece.text}
    place = find(_family(first), region, least=0.72)
    if is_turned_group(region, first):
        look.places["author"] = (0, len(region.rstrip(" .(")))
        told = f"This is an organization: write its name as it is, {_family(first)}."
        look.say(Code.AUTHOR_NAME_FORM, told, *look.places["author"])
        return
    if place is None:
        is_once = look.said.lower().count(_family(first).lower()) == 1
        place = find(_family(first), look.text, least=0.85) if is_once else None
        if place is None or look.places.get("url", (len(look.text),))[0] <= place.start:
            _missing(look, piece)
            return
        look.places["author"] = (place.start, place.end)
        return
    if not any(name in look.places for name in STOPS):
        region = region[:_extent(region, people, place.end)]
    end = len(region.rstrip(" .,(\"'"))
    look.places["author"] = (min(place.start, end), max(place.end, min(end, len(region))))
    if bare(region) == bare(piece.text) and _same_joints(region, piece.text):
        return
    if _is_reordered(region, people):
        told = f"Keep the authors in the order of the source: {' and '.join(map(_family, people[:2]))}."
        look.say(Code.AUTHOR_SEPARATOR, told, *look.places["author"], sure=True)
        return
    for number, person in enumerate(people):
        _check_name(look, region, person, number)
    _check_joints(look, region, look.right[piece.start:piece.end + 8], people)


def check_extra_author(look: Look) -> None:
    """An organization that is the site or publisher too, said first where the style says it once."""
    people = names(look.item, "author")
    name = plain_name(people[0]) if people else ""
    size = len(name)
    if name and look.answer.piece("author") is None and bare(name) in bare(look.said) and bare(look.text[:size]) == bare(name):
        look.places["extra"] = (0, size)
        told = f"{name} is named once here, as the site or the publisher. Begin with the title."
        look.say(Code.PUBLISHER_NOT_NEEDED, told, 0, size, sure=bare(look.right[:size]) != bare(name))


def check_contributors(look: Look) -> None:
    """Editors, translators, hosts and the rest: named, and called what they are."""
    head = look.answer.piece("author") or _leading_contributor(look)
    said = look.right if "[" in look.text else re.sub(r"\[[^\]]*\]", "", look.right)
    for role, sign in ROLES.items():
        for person in names(look.item, role):
            family = _family(person)
            if not sign or family.lower() not in said.lower() or role == "author":
                continue
            is_head = head is not None and head.start == 0 and family.lower() in head.text.lower()
            _check_contributor(look, role, sign, family, is_head)
    uploader = fact(look.item, "uploader")
    if uploader and uploader.lower() in look.right.lower() and not find(uploader, look.text, least=0.8):
        look.lacks(Code.MISSING_CONTRIBUTOR, f"Say who put it there: {uploader}.", _said(look, uploader))


def _check_contributor(look: Look, role: str, sign: str, family: str, is_head: bool) -> None:
    word = LABELS.get(role, role)
    found = find(family, look.text, least=0.8)
    if found is None:
        if not is_head:
            look.lacks(Code.MISSING_CONTRIBUTOR, f"The {word} is missing: the source names {family} as its {word}.",
                       _said(look, family))
        return
    title = look.answer.piece("title")
    around = look.text[max(0, found.start - 40):found.end + 40]
    has_word = re.search(sign, around.replace(title.text if title else "\0", ""), re.IGNORECASE)
    wanted = _role_word(look, sign, family)
    if wanted and not has_word and not look.alignment.has_answer(*wanted):
        look.say(Code.MISSING_CONTRIBUTOR_ROLE, f"Say what {family} did: here {family} is the {word}.", found.start, found.end,
                 sure=True)
    if not is_head:
        look.places.setdefault(f"contributor {role}", (found.start, found.end))


def _role_word(look: Look, sign: str, family: str) -> tuple[int, int] | None:
    """Where the answer says what they did, beside the name."""
    at = look.right.lower().find(family.lower())
    near = [found.span() for found in re.finditer(rf"\w*({sign})\w*", look.right, re.IGNORECASE) if abs(found.start() - at) < 60]
    return min(near, key=lambda place: abs(place[0] - at), default=None)


def _said(look: Look, name: str) -> Piece | None:
    """Where the answer says this name."""
    at = look.right.lower().find(name.lower())
    return Piece("contributor", at, at + len(name), name) if at >= 0 else None


def _leading_contributor(look: Look) -> Piece | None:
    first = look.answer.pieces[0] if look.answer.pieces else None
    return first if first and first.field == "contributor" and first.start < 3 else None


def _people_in(look: Look, text: str) -> list[Name]:
    """Everybody of the source who stands in this text, in its order."""
    people = [person for role in ROLES for person in names(look.item, role) if _is_in(person, text)]
    if uploader := fact(look.item, "uploader"):
        people += [{"literal": uploader}] if uploader.lower() in text.lower() else []
    seen: dict[str, Name] = {plain_name(person): person for person in people}
    return sorted(seen.values(), key=lambda person: text.lower().find(_family(person).lower()))


def _is_in(person: Name, text: str) -> bool:
    """Whether a name stands in a text, with the first names or the first letter of them."""
    given = "" if person.get("literal") else person.get("given", "")
    has_given = not given or given.rstrip(".") in text or re.search(rf"\b{re.escape(given[0])}\b", text)
    return bool(has_given) and _family(person).lower() in text.lower()


def _region(look: Look) -> str:
    """The text before the title, or before the date in APA; the whole head where neither is found."""
    stops = [look.places[name][0] for name in STOPS if name in look.places]
    end = min(stops) if stops else len(look.text)
    if look.style is Style.APA and (date := re.search(r"\(?(\b\d{4}\b|n\.d\.)", look.text[:end])):
        end = date.start()
    return look.text[:end]


def _extent(region: str, people: Sequence[Name], least: int) -> int:
    """Where the names end, when no title says so."""
    places = [(person, found) for person in people if (found := find(_family(person), region, least=0.72))]
    ends = [_whole(region, person.get("given") or "-", (found.start, found.end))[1] for person, found in places]
    end = max([least, *ends])
    tail = re.match(r",? ?(et al|editors?|eds?|host|\(?Eds?|dirs?)\.?\)?", region[end:])
    return end + (tail.end() if tail else 0)


def _missing(look: Look, piece: Piece) -> None:
    look.lacks(Code.MISSING_AUTHOR, f"The author is missing. Begin with “{piece.text.rstrip('. ')}”.", piece)


def _check_name(look: Look, region: str, person: Name, number: int) -> None:
    family, given = _family(person), person.get("given", "") if not person.get("literal") else ""
    where = find(family, region, least=0.72)
    if where is None:
        is_shortened = re.search(r"et\.? al", look.right[:200]) or re.search(r"\bet\.? al", region)
        if not is_shortened:
            look.lacks(Code.MISSING_AUTHOR, f"An author is missing: {plain_name(person)} wrote it too.", _said(look, family))
        return
    if where.likeness < 1.0 or bare(region[where.start:where.end]) != bare(family):
        look.say(Code.AUTHOR_MISSPELLED, f"Look at the spelling of the name: it is {family}.", where.start, where.end)
    if not given:
        return
    _check_given(look, region, person, number, (where.start, where.end))


def _check_given(look: Look, region: str, person: Name, number: int, place: tuple[int, int]) -> None:
    given, family = person.get("given", ""), _family(person)
    short, is_apa = initials(given), look.style is Style.APA
    full, whole = find(given, region, least=0.99), _whole(region, given, place)
    start, end = place
    near = region[max(0, start - len(given) - 6):min(len(region), end + len(given) + 6)]
    has_short = re.search(rf"(?<!\w){re.escape(short[0])}\b\.?(?![\w-]*[a-z])", near.replace(region[start:end], " ")) is not None
    is_initial_name = bare(short) == bare(given)
    if is_apa and full and not is_initial_name:
        look.say(Code.AUTHOR_NAME_FORM, f"APA gives only the first letter of first names: {family}, {short}", *whole)
    elif not is_apa and not full and not is_initial_name:
        _say_given(look, region, person, whole, has_short)
    elif is_apa and not full and not has_short:
        look.say(Code.AUTHOR_NAME_FORM, f"Give the first letter of the first name too: {family}, {short}", start, end)
    _check_turned(look, region, person, number, place)


def _say_given(look: Look, region: str, person: Name, place: tuple[int, int], has_short: bool) -> None:
    given = person.get("given", "")
    first, near = given.split()[0], find(given, region, least=0.7)
    if near and likeness(given.lower(), region[near.start:near.end].lower()) < 1 and not has_short:
        look.say(Code.AUTHOR_MISSPELLED, f"Look at the spelling of the name: it is {plain_name(person)}.", near.start, near.end)
    elif find(first, region, least=0.99) and len(given.split()) > 1:
        look.say(Code.AUTHOR_NAME_FORM, f"Write the name as the source gives it: {plain_name(person)}.", *place)
    elif has_short or not near:
        look.say(Code.AUTHOR_NAME_FORM, f"Write the whole first name, as the source gives it: {plain_name(person)}.", *place)


def _whole(region: str, given: str, place: tuple[int, int]) -> tuple[int, int]:
    """The place of a family name with the first names, or their letters, that stand beside it."""
    first = "|".join(re.escape(word[0]) for word in re.split(r"[\s.]+", given) if word)
    after = re.match(rf",?(?:\s*(?:{first})[\w.'-]*)+", region[place[1]:])
    before = re.search(rf"(?<!\w)(?:(?:{first})[\w.'-]*\s+)+$", region[:place[0]])
    start, end = before.start() if before else place[0], place[1] + (after.end() if after else 0)
    return (start, place[1]) if before else (place[0], end)


def _check_turned(look: Look, region: str, person: Name, number: int, place: tuple[int, int]) -> None:
    given, family = person.get("given", ""), _family(person)
    whole = _whole(region, given, place)
    first = re.search(rf"(?<!\w){re.escape(given[0])}[\w.'-]*", region[place[1]:place[1] + len(given) + 4])
    comes_after = first is not None and region[place[1]:].lstrip().startswith(",")
    before = region[max(0, place[0] - len(given) - 4):place[0]]
    comes_before = re.search(rf"(?<!\w){re.escape(given[0])}[\w.\s'-]*$", before) is not None
    turned = look.style is Style.APA or (look.style is not Style.CHICAGO_NOTE and number == 0)
    if turned and comes_before and not comes_after and not (number and look.has(Code.AUTHOR_NOT_INVERTED)):
        code = Code.AUTHOR_NOT_INVERTED if number == 0 else Code.AUTHOR_SEPARATOR
        look.say(code, f"Put the last name first, so that the list can be put in order: {family}, …", *whole)
    elif not turned and comes_after and not comes_before:
        if look.style is Style.CHICAGO_NOTE:
            look.say(Code.AUTHOR_INVERTED_IN_NOTE, f"In a note the name is not turned round: {plain_name(person)}.", *whole)
        else:
            look.say(Code.AUTHOR_SEPARATOR, f"Only the first author is turned round; then {plain_name(person)}.", *whole)


def _check_joints(look: Look, region: str, right: str, people: list[Name]) -> None:
    told, wants = re.search(r"\bet\.? ?all?\b\.?", region), "et al." in right
    if told and (not wants or told[0] != "et al."):
        say = "Three or more authors: write the first and “et al.”" if wants else "Name all the authors here, without “et al.”"
        look.say(Code.ET_AL_MISUSE, say, told.start(), told.end())
    elif wants and not told:
        look.say(Code.ET_AL_MISUSE, "Three or more authors: write only the first, then “et al.”", 0, len(region.rstrip()))
    if len(people) < 2 or wants or told or look.has(Code.MISSING_AUTHOR):
        return
    wrong, good = (r"\band\b", "&") if "&" in right else (r"&", "and")
    if (found := re.search(wrong, region)) and not re.search(wrong, " ".join(map(_family, people))):
        look.say(Code.AUTHOR_SEPARATOR, f"Join the last two authors with “{good}”.", found.start(), found.end())
    elif not re.search(rf"{good} ", region):
        last = find(_family(people[-1]), region, least=0.72)
        start = last.start if last else 0
        look.say(Code.AUTHOR_SEPARATOR, f"Join the last two authors with “{good}”.", start, len(region.rstrip()))


def _same_joints(region: str, right: str) -> bool:
    return ("&" in region) == ("&" in right)


def _is_reordered(region: str, people: Sequence[Name]) -> bool:
    """Whether everybody is there, but in another order."""
    found = [find(_family(person), region, least=0.72) for person in people]
    at = [place.start for place in found if place]
    return len(at) == len(people) > 1 and at != sorted(at)


def is_turned_group(region: str, person: Name) -> bool:
    """Whether an organization is written like a person, the last word first."""
    words, there = bare_words(_family(person)), bare_words(region)
    is_group = bool(person.get("literal") or not person.get("given"))
    if is_group and len(words) > 1 and re.match(rf"{re.escape(words[-1])},( [a-z]\.?)+\W*$", region.lower()):
        return True
    return is_group and len(words) > 1 and there != words and sorted(there) == sorted(words)


def bare_words(text: str) -> list[str]:
    """The words, small, without stops."""
    return re.findall(r"\w+", text.lower())


def _family(person: Name) -> str:
    if person.get("literal") or not person.get("given"):
        return plain_name(person)
    parts = (person.get("dropping-particle"), person.get("non-dropping-particle"), person.get("family"))
    return " ".join(part for part in parts if part)
