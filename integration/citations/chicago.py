"""What Chicago asks for and the engine cannot know: the item made ready (The Chicago Manual of Style, 18th edition, 2024)."""

import re

from integration.citations.headline import CHICAGO_LOW, headline
from integration.citations.items import Item, Name, Rule, changed, fact, names, plain_name, said, same, without
from integration.citations.kinds import Kind, kind_of
from integration.citations.people import spoken

PROPER = re.compile(r"\w*[A-Z]\w*[A-Z]|(Kindle|Nook|Netflix|Google|Blu|Disney|Hulu|Amazon|Max|Kanopy|Apple|Peacock|Paramount)\b")
"""Names and abbreviations, which keep their capitals in a note."""


def prepare(item: Item) -> Item:
    """The item for the bibliography."""
    for rule in (*FOR_KIND.get(kind_of(item), ()), *ALWAYS):
        item = rule(item)
    return item


def prepare_note(item: Item) -> Item:
    """The item for a note: as for the bibliography, with what is not a name in small letters."""
    if kind_of(item) is Kind.LETTER:
        item = old_letter(item)
    return in_small_letters(prepare(item))


def in_small_letters(item: Item) -> Item:
    """13.18: in a note, parts are joined by commas, so `photograph` or `press release` needs no capital."""
    words = {name: said(item, name) for name in ("genre", "medium") if said(item, name)}
    return changed(item, **{name: word if PROPER.match(word) else word[0].lower() + word[1:] for name, word in words.items()})


def in_headline_case(item: Item) -> Item:
    """8.160: titles in headline case, prepositions of five letters and more with a capital; posts as written; English only."""
    if said(item, "language") and not said(item, "language").casefold().startswith("en"):
        return item
    fields = ["container-title", "collection-title", "reviewed-title", "volume-title", "part-title"]
    if said(item, "type") not in ("post", "legal_case", "legislation", "bill"):
        fields.append("title")
    if said(item, "type") == "legal_case":
        fields = []
    shown = {name: headline(said(item, name), CHICAGO_LOW) for name in fields if said(item, name)}
    return changed(item, **{name: f'<span class="nocase">{title}</span>' for name, title in shown.items()})


def plain_publisher(item: Item) -> Item:
    """14.33: the publisher without `Inc.`, `Ltd.` and `LLC`."""
    return changed(item, publisher=re.sub(r"(,? (Inc\.?|Incorporated|Ltd\.?|LLC))+$", "", said(item, "publisher")))


def named_once(item: Item) -> Item:
    """14.104: a site with the author's name is not said again; nor a publisher with the work's."""
    authors = [plain_name(name) for name in names(item, "author")]
    if said(item, "type") == "webpage" and len(authors) == 1 and same(authors[0], said(item, "container-title")):
        item = without(item, "container-title")
    if same(said(item, "container-title"), said(item, "publisher")):
        item = without(item, "publisher")
    if said(item, "type") == "webpage" and len(authors) == 1 and same(authors[0], said(item, "publisher")):
        item = without(item, "publisher")
    return item


def access_only_undated(item: Item) -> Item:
    """13.15: the day of access only where there is no other date."""
    return without(item, "accessed") if item.get("issued") else item


def filed_under(item: Item) -> Item:
    """13.73, 8.5: a particle kept apart (`non-dropping-particle`) goes behind the first name; one inside the family name stays."""
    done: dict[str, list[Name]] = {}
    for role in ("author", "editor", "translator", "director"):
        people = names(item, role)
        if any(name.get("non-dropping-particle") for name in people):
            done[role] = [{**{key: value for key, value in name.items() if key != "non-dropping-particle"},
                           "dropping-particle": name["non-dropping-particle"]} if name.get("non-dropping-particle") else name
                          for name in people]
    return changed(item, **done)


def version_told(item: Item) -> Item:
    """14.145, 14.264: a version of scripture and the reader of an audiobook follow the title."""
    told = [f"narrated by {spoken(names(item, 'narrator'))}"] if names(item, "narrator") else []
    version = said(item, "version")
    if version and not re.match(r"^[\dvV]", version) and said(item, "type") != "software":
        told, item = [*told, version], without(item, "version")
    if not told:
        return item
    return changed(item, edition=", ".join(filter(None, [*told, said(item, "edition")])), narrator=None)


def held_by(item: Item) -> Item:
    """14.133: a picture's date, then what it is, then where it is kept or shown."""
    place = said(item, "archive") or said(item, "container-title")
    authors = [plain_name(name) for name in names(item, "author")]
    if place and authors == [place]:
        place = ""
    kind = "Map" if kind_of(item) is Kind.MAP else ""
    medium = said(item, "medium") or said(item, "genre") or kind
    return changed(item, type="graphic", container_title=None, archive=place, medium=medium, genre=None)


def slides(item: Item) -> Item:
    """14.115: slides are named as such, then the site."""
    return changed(item, type="webpage", genre=said(item, "genre") or said(item, "medium"), medium=None)


def talk(item: Item) -> Item:
    """14.167: a talk on a site, named as what it is."""
    kind = said(item, "genre") or ("TED Talk" if "ted" in said(item, "container-title").casefold() else "Video")
    return changed(item, type="webpage", genre=kind, container_title=None, publisher=None)


def episode(item: Item) -> Item:
    """14.166: the series first, then `season 1, episode 2` and the episode's title."""
    season, number = fact(item, "season"), fact(item, "episode") or said(item, "number")
    number = re.sub(r"^(episode|ep\.?|no\.?)\s*", "", number, flags=re.IGNORECASE)
    told = ", ".join([f"season {season}"] * bool(season) + [f"episode {number}"] * bool(number))
    return changed(item, number=told, genre=None, medium=None)


def podcast(item: Item) -> Item:
    """14.168: the host, the podcast, `podcast`, the episode's number and title."""
    hosts = names(item, "author", "host")
    item = changed(episode(item), host=None, author=_called(hosts))
    number = said(item, "number")
    return changed(item, number=f"podcast, {number}" if number else "podcast")


def series(item: Item) -> Item:
    """14.166: that it is a TV series needs no saying."""
    return without(item, "genre", "medium")


def streamed(item: Item) -> Item:
    """14.165: the service a film was seen on comes last."""
    return changed(item, genre=None, medium=said(item, "source") or said(item, "medium"), source=None)


def handle_told(item: Item) -> Item:
    """14.106: the handle in parentheses behind the name; what was posted as written."""
    handle, people = fact(item, "handle"), names(item, "author")
    item = without(item, "genre", "medium")
    if not handle:
        return item
    at = handle if handle.startswith(("@", "u/")) else f"@{handle}"
    if not people:
        return changed(item, author=[{"literal": at}])
    first = people[0]
    shown = ({"literal": f"{plain_name(first)} ({at})"} if first.get("literal") or not first.get("given")
             else {**first, "family": f"{first.get('family', '')} ({at})"})
    return changed(item, author=[shown, *people[1:]])


def message(item: Item) -> Item:
    """14.111: `email to`, without a hyphen; `text message to`."""
    genre = re.sub(r"^e-mail", "email", said(item, "genre") or said(item, "medium"), flags=re.IGNORECASE)
    return changed(item, genre=genre, medium=None)


def old_letter(item: Item) -> Item:
    """14.13, 14.121: `Abigail Adams to John Adams`; that it is a letter needs no saying."""
    return without(item, "genre", "medium") if said(item, "genre").casefold() in ("letter", "") else item


def reference_work(item: Item) -> Item:
    """14.130-132: a reference work that is well known, or on the web, without its publisher."""
    return without(item, "publisher") if item.get("URL") else item


def court(item: Item) -> Item:
    """14.176: the Supreme Court is not named, the reporter says it."""
    return without(item, "authority") if said(item, "container-title") in ("U.S.", "S. Ct.", "US") else item


FOR_KIND: dict[Kind, tuple[Rule, ...]] = {
    Kind.IMAGE: (held_by,), Kind.MAP: (held_by,), Kind.SLIDES: (slides,), Kind.TALK: (talk,), Kind.EPISODE: (episode,),
    Kind.PODCAST: (podcast,), Kind.SERIES: (series,), Kind.FILM: (streamed,), Kind.POST: (handle_told,),
    Kind.MESSAGE: (message,), Kind.CASE: (court,),
    Kind.DICTIONARY: (reference_work,), Kind.ENCYCLOPEDIA: (reference_work,), Kind.WIKIPEDIA: (reference_work,),
}
ALWAYS: tuple[Rule, ...] = (version_told, access_only_undated, plain_publisher, named_once, filed_under, in_headline_case)


def _called(people: list[Name]) -> list[Name]:
    if not people:
        return []
    word, last = "host" + "s" * (len(people) > 1), people[-1]
    if last.get("literal"):
        return [*people[:-1], {"literal": f"{last['literal']}, {word}"}]
    return [*people[:-1], {**last, "suffix": word, "comma-suffix": "true"}]
