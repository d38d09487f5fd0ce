"""What MLA asks for and the engine cannot know: the item made ready for the MLA style (MLA Handbook, 9th edition, 2021)."""

import re

from integration.citations.headline import MLA_LOW, headline
from integration.citations.items import Item, Name, Rule, changed, fact, is_group, names, plain_name, said, same, without
from integration.citations.kinds import Kind, kind_of
from integration.citations.people import spoken, year

OLD_WORK = 15
"""Years between a picture and today's web after which the site cannot be where it first came out."""



def prepare(item: Item) -> Item:
    """The item with every rule below applied, in order."""
    kind = kind_of(item)
    for rule in (*FOR_KIND.get(kind, ()), *ALWAYS):
        item = rule(item)
    return item


def in_headline_case(item: Item) -> Item:
    """1.90-91: titles and containers in headline case, every preposition small; posts as written (5.28); English only (1.94)."""
    if said(item, "language") and not said(item, "language").casefold().startswith("en"):
        return item
    fields = ["container-title", "collection-title", "reviewed-title", "volume-title", "part-title"]
    if said(item, "type") not in ("post", "legal_case"):
        fields.append("title")
    return changed(item, **{name: _kept(headline(said(item, name), MLA_LOW)) for name in fields if said(item, name)})


def short_publisher(item: Item) -> Item:
    """5.54-67: no `Inc.`, `Company` or initial `The`; `UP` and `U of X P`; `and` for `&`."""
    name = said(item, "publisher")
    if not name:
        return item
    return changed(item, publisher=university(_plain_business(name)) if said(item, "type") != "thesis" else university(name))


def named_once(item: Item) -> Item:
    """5.20, 5.54: an organisation that is also the publisher or the site is named as such, and the title comes first."""
    site, publisher = said(item, "container-title"), said(item, "publisher")
    if same(site, publisher):
        item = without(item, "publisher")
    author = names(item, "author")
    if len(author) == 1 and is_group(author[0]) and (same(plain_name(author[0]), site) or same(plain_name(author[0]), publisher)):
        item = without(item, "author")
    return item


def version_told(item: Item) -> Item:
    """5.48-51: narrator, edition, kind of book and volume, in the place of the version."""
    told = [f"narrated by {spoken(names(item, 'narrator'))}"] if names(item, "narrator") else []
    edition, version, medium = said(item, "edition"), said(item, "version"), said(item, "medium") or said(item, "genre")
    if version and not re.match(r"^[\dvV]", version):
        told, item = [*told, version], without(item, "version")
    told += [_ordinal_edition(edition)] if edition else []
    if said(item, "type") in ("book", "chapter", "classic") and (kind := _kind_of_book(medium)):
        told, item = [*told, f"{kind} ed."], without(item, "medium", "genre")
    if said(item, "type") in ("book", "classic") and said(item, "volume"):
        told, item = [*told, f"vol. {said(item, 'volume')}"], without(item, "volume")
    if told == [_ordinal_edition(edition)]:
        return without(item, "narrator")
    return changed(item, edition=", ".join(told), narrator=None)


def no_medium(item: Item) -> Item:
    """5.112: the medium is left out where the rest says it."""
    kept = ("thesis", "personal_communication", "interview", "speech")
    return item if said(item, "type") in kept or said(item, "type").startswith("review") else without(item, "genre", "medium")


def hosted(item: Item) -> Item:
    """5.38: the host of a podcast before its title, called host; the number as `episode N`."""
    hosts = names(item, "author", "host")
    return changed(item, author=_called(hosts, "host"), host=None, number=_episode(item), genre=None, medium=None)


def numbered_episode(item: Item) -> Item:
    """5.51: `season 1, episode 2`; people only after the title, as contributors."""
    return changed(item, number=_episode(item), genre=None, medium=None)


def uploaded(item: Item) -> Item:
    """style.mla.org on videos: title, site, `uploaded by NAME`, the whole date; a channel is the uploader, a person the author."""
    authors, uploader = names(item, "author", "director"), fact(item, "uploader")
    if not uploader and len(authors) == 1 and is_group(authors[0]):
        uploader, authors = plain_name(authors[0]), []
    authors = [] if uploader and [plain_name(name) for name in authors] == [uploader] else authors
    site = said(item, "container-title") or said(item, "publisher")
    return changed(item, type="webpage", author=authors, director=None, container_title=site,
                   publisher=f"uploaded by {uploader}" if uploader else None, genre=None, medium=None)


def as_page(item: Item) -> Item:
    """5.31: slides and talks on a site are cited like its pages."""
    return changed(item, type="webpage", genre=None, medium=None, event_title=None, event_place=None)


def old_picture(item: Item) -> Item:
    """5.108: the year of a work made long before the site that shows it follows the title."""
    if said(item, "container-title") and said(item, "URL") and 0 < year(item.get("issued")) < 2010 - OLD_WORK:
        item = changed(item, original_date=item["issued"], issued=None)
    return item


def handle_unlike_name(item: Item) -> Item:
    """5.9: the handle in brackets only where it does not show the name."""
    handle, people = fact(item, "handle"), names(item, "author")
    if not people:
        return changed(item, author=[{"literal": handle}]) if handle else item
    if not handle or _shows(handle, plain_name(people[0])):
        return item
    return changed(item, author=[_with_handle(people[0], f"[{_at(handle)}]"), *people[1:]])


def letter_to(item: Item) -> Item:
    """5.29: `E-mail to the author.` as the title of what has none; `Received by` after a title."""
    to = names(item, "recipient")
    word = said(item, "genre") or said(item, "medium") or "Letter"
    if said(item, "title") and to and kind_of(item) is Kind.MESSAGE:
        return changed(item, publisher=f"received by {spoken(to)}", genre=None, medium=None, recipient=None)
    return changed(item, genre=f"{word} to {spoken(to)}" if to else word, medium=None, recipient=None)


def spoken_at(item: Item) -> Item:
    """5.99: the occasion, its day and its place; what kind of talk it was comes last."""
    kind = said(item, "genre") or said(item, "medium")
    return changed(item, event_date=item.get("event-date") or item.get("issued"), medium=kind, genre=None)


def public_law(item: Item) -> Item:
    """Appendix 1: the law's number after its name, `Public Law 114-95`."""
    number = said(item, "number")
    return changed(item, number=f"Public Law {number}") if re.match(r"^\d+-\d+$", number) else item


FOR_KIND: dict[Kind, tuple[Rule, ...]] = {
    Kind.VIDEO: (uploaded,), Kind.PODCAST: (hosted,), Kind.SHOW: (hosted,), Kind.EPISODE: (numbered_episode,),
    Kind.SLIDES: (as_page,), Kind.TALK: (as_page,), Kind.SPEECH: (spoken_at,), Kind.IMAGE: (old_picture,), Kind.MAP: (old_picture,),
    Kind.POST: (handle_unlike_name,), Kind.MESSAGE: (letter_to,), Kind.LAW: (public_law,),
}
ALWAYS: tuple[Rule, ...] = (version_told, no_medium, named_once, short_publisher, in_headline_case)


def _kept(title: str) -> str:
    return f'<span class="nocase">{title}</span>'


def _plain_business(name: str) -> str:
    name = re.sub(r"^The (?=.+ .+)", "", name)
    ends = r"(,? (Inc\.?|Incorporated|Ltd\.?|LLC|L\.L\.C\.|Corp\.?|Corporation|(& |and )?(Co\.?|Company)))+$"
    return re.sub(r" & ", " and ", re.sub(ends, "", name))


def university(name: str) -> str:
    """5.62: `UP`, `U of X P` and `U` for a university and its press."""
    name = re.sub(r"\bUniversity Press\b", "UP", name)
    name = re.sub(r"\bUniversity of (.+?) Press\b", r"U of \1 P", name)
    return re.sub(r"\bUniversity\b", "U", name)


def _ordinal_edition(edition: str) -> str:
    if not re.fullmatch(r"\d+", edition):
        return edition
    number = int(edition)
    ending = "th" if 10 < number % 100 < 14 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending} ed."


def _kind_of_book(medium: str) -> str:
    word = medium.casefold()
    for sign, shown in (("kindle", "Kindle"), ("audio", "audiobook"), ("nook", "Nook"), ("e-book", "e-book"), ("ebook", "e-book"),
                        ("epub", "EPUB")):
        if sign in word:
            return shown
    return ""


def _episode(item: Item) -> str:
    season, episode = fact(item, "season"), fact(item, "episode") or said(item, "number")
    episode = re.sub(r"^(episode|ep\.?|no\.?)\s*", "", episode, flags=re.IGNORECASE)
    return ", ".join([f"season {season}"] * bool(season) + [f"episode {episode}"] * bool(episode))


def _called(people: list[Name], role: str) -> list[Name]:
    if not people:
        return []
    word = role if len(people) == 1 else f"{role}s"
    last = people[-1]
    if last.get("literal"):
        return [*people[:-1], {"literal": f"{last['literal']}, {word}"}]
    return [*people[:-1], {**last, "suffix": word, "comma-suffix": "true"}]


def _shows(handle: str, name: str) -> bool:
    bare = re.sub(r"\W|_", "", handle).casefold()
    return bare == re.sub(r"\W", "", name).casefold()


def _at(handle: str) -> str:
    return handle if handle.startswith(("@", "u/")) else f"@{handle}"


def _with_handle(name: Name, shown: str) -> Name:
    if name.get("literal"):
        return {"literal": f"{name['literal']} {shown}"}
    return {**name, "given": f"{name.get('given', '')} {shown}".strip()}


