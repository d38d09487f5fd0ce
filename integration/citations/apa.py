"""What APA asks for and the engine cannot know: the item made ready for the APA style (Publication Manual, 7th edition, 2020)."""

import re

from integration.citations.items import Item, Name, Rule, changed, fact, names, plain_name, said, same, without
from integration.citations.kinds import Kind, kind_of
from integration.citations.people import apa_name, apa_names

POSTS = {"instagram": "Photograph", "facebook": "Status update", "tiktok": "Video", "twitter": "Tweet", "youtube": "Video"}
"""What is posted where, when the source does not say (APA 7, examples 103-110)."""

MOST_WORDS = 20
"""Words of a post that serve as its title (APA 7, 10.15)."""


def prepare(item: Item) -> Item:
    """The item with every rule below applied, in order."""
    for rule in (*FOR_KIND.get(kind_of(item), ()), *ALWAYS):
        item = rule(item)
    return item


def after_colon(item: Item) -> Item:
    """6.17: sentence case, with a capital after a colon, a dash or the end of a sentence."""
    fields = [name for name in ("title", "container-title", "volume-title", "reviewed-title") if said(item, name)]
    if said(item, "type") == "post":
        fields = []
    return changed(item, **{name: re.sub(r"([:?!—] )([a-zà-ÿ])", lambda found: found[1] + found[2].upper(), said(item, name))
                            for name in fields})


def plain_publisher(item: Item) -> Item:
    """9.29: the publisher without `Inc.`, `Ltd.` and `LLC`."""
    return changed(item, publisher=re.sub(r"(,? (Inc\.?|Incorporated|Ltd\.?|LLC))+$", "", said(item, "publisher")))


SERIAL_SITES = ("webpage", "graphic", "map", "motion_picture", "report", "dataset", "software", "document", "post")
"""Types whose container is only the site they stand on."""


def named_once(item: Item) -> Item:
    """9.29, 9.32: a publisher or site with the author's name is left out."""
    authors = [plain_name(name) for name in names(item, "author")]
    for field in ("publisher", "container-title"):
        is_source = field == "container-title" and said(item, "type") not in SERIAL_SITES
        if len(authors) == 1 and same(authors[0], said(item, field)) and not is_source:
            item = without(item, field)
    if same(said(item, "container-title"), said(item, "publisher")) and said(item, "type") in ("webpage", "post", "dataset"):
        item = without(item, "publisher")
    return item


def no_retrieval(item: Item) -> Item:
    """9.16: the day of retrieval only for what is meant to change, such as an entry without a date."""
    is_changing = said(item, "type").startswith("entry") and not item.get("issued")
    return item if is_changing else without(item, "accessed")


def no_database(item: Item) -> Item:
    """9.30: an article from a database that others have too is cited like the printed one; a DOI stays."""
    if kind_of(item) is not Kind.ARTICLE or not _database(item):
        return item
    return without(item, "source", "archive", "URL")


def book_forms(item: Item) -> Item:
    """Ex. 20-22, 9.19: no label for an e-book; the narrator before `[Audiobook]`; a version in parentheses."""
    if said(item, "type") not in ("book", "classic", "chapter"):
        return item
    readers = " & ".join(apa_name(name, inverted=False) for name in names(item, "narrator"))
    told = [f"{readers}, Narr."] if readers else []
    if (version := said(item, "version")) and not re.match(r"^[\dvV]", version):
        told, item = [*told, version], without(item, "version")
    medium = f"{said(item, 'medium')}{said(item, 'genre')}"
    if "audio" in medium.casefold():
        item = changed(item, medium="Audiobook", genre=None)
    elif re.search(r"kindle|e-?book|nook|epub|print|hardcover|paperback", medium, re.IGNORECASE):
        item = without(item, "medium", "genre")
    if told:
        item = changed(item, edition="; ".join(filter(None, [*told, said(item, "edition")])), narrator=None)
    return item


def translated_title(item: Item) -> Item:
    """9.38: a title in another language is followed by its translation in brackets."""
    translation = fact(item, "translated_title")
    if not translation:
        return item
    others = [word for word in (said(item, "genre"),) if word]
    return changed(item, genre="] [".join([translation, *others]))


def on_a_site(item: Item) -> Item:
    """Ex. 90, 97-102: title in italics, what it is in brackets, the site plain and without `In`."""
    site = said(item, "container-title") or said(item, "publisher")
    return changed(item, container_title=None, publisher=site)


def channel_first(item: Item) -> Item:
    """Ex. 90: whoever uploaded the video is its author."""
    uploader = fact(item, "uploader")
    people = names(item, "author", "director")
    author = [{"literal": uploader}] if uploader and [plain_name(name) for name in people] != [uploader] else people
    return changed(on_a_site(item), type="motion_picture", author=author, director=None, medium="Video", genre=None, number=None)


def talk_online(item: Item) -> Item:
    """Ex. 88: a talk on a site is a video of that site."""
    return changed(on_a_site(item), type="motion_picture", medium="Video", genre=None, event_title=None, event_place=None)


def film(item: Item) -> Item:
    """Ex. 84: `[Film]`, and the service that streams it is not named."""
    url = None if said(item, "source") else said(item, "URL")
    return changed(item, medium=_bracket(item, "Film"), genre=None, source=None, URL=url)


def tv_episode(item: Item) -> Item:
    """Ex. 87: writers and directors with their roles, `(Season N, Episode N) [TV series episode]`."""
    season, episode = fact(item, "season"), fact(item, "episode") or said(item, "number")
    number = ", ".join([f"Season {season}"] * bool(season) + [f"Episode {episode}"] * bool(episode))
    return changed(_roles(item), number=number, medium=_bracket(item, "TV series episode"), genre=None)


def tv_series(item: Item) -> Item:
    """Ex. 86: the executive producers are the authors."""
    return changed(_roles(item), medium="TV series", genre=None)


def podcast(item: Item) -> Item:
    """Ex. 92-93: the host is the author, `(No. N) [Audio podcast episode]`."""
    number = re.sub(r"^(episode|ep\.?|no\.?)\s*", "", said(item, "number") or fact(item, "episode"), flags=re.IGNORECASE)
    is_episode = bool(said(item, "container-title"))
    what = ("Video" if "video" in said(item, "genre").casefold() else "Audio") + (" podcast episode" if is_episode else " podcast")
    season = fact(item, "season")
    if season and number:
        number = f"Season {season}, Episode {number}"
    return changed(_roles(item), type="broadcast", number=number, medium=what, genre=None)


def song(item: Item) -> Item:
    """Ex. 91: `[Song]`, unless the source says `Album` or another word."""
    return changed(item, medium=_bracket(item, "Song"), genre=None)


def picture(item: Item) -> Item:
    """Ex. 97-101: what kind of picture, in brackets; a museum or a site after it."""
    return changed(on_a_site(item), medium=said(item, "medium") or said(item, "genre"), genre=None)


def drawn_map(item: Item) -> Item:
    """Ex. 100: `[Map]`."""
    return changed(on_a_site(item), medium=_bracket(item, "Map"), genre=None)


def slides(item: Item) -> Item:
    """Ex. 102: `[PowerPoint slides]`, site, whole date."""
    return changed(on_a_site(item), type="document", medium=None, genre=_bracket(item, "PowerPoint slides"))


def posted(item: Item) -> Item:
    """10.15, ex. 103-110: handle in brackets, the first 20 words, what was posted, the site."""
    site = said(item, "container-title") or said(item, "publisher")
    usual = next((word for sign, word in POSTS.items() if sign in site.casefold()), "Post")
    words = said(item, "title").split()
    return changed(item, author=_with_handle(item), genre=said(item, "genre") or said(item, "medium") or usual, medium=None,
                   title=" ".join(words[:MOST_WORDS]), container_title=site, publisher=None)


def data_set(item: Item) -> Item:
    """Ex. 75: `[Data set]`."""
    return changed(on_a_site(item), medium=_bracket(item, "Data set"), genre=None)


def thesis(item: Item) -> Item:
    """Ex. 64-66: `[Doctoral dissertation, University]` with where it can be read; else `[Unpublished …]`, then the university."""
    what = said(item, "genre")
    if "master" in what.casefold():
        what = "Master’s thesis"
    elif re.search(r"ph\.?d|doctor|diss", what.casefold()):
        what = "Doctoral dissertation"
    if any(said(item, name) for name in ("URL", "DOI", "number", "source", "archive")):
        return changed(item, genre=what)
    return changed(item, genre=f"Unpublished {what[:1].lower()}{what[1:]}" if what else "Unpublished thesis")


def published_interview(item: Item) -> Item:
    """10.12 and APA Style on interviews: in a magazine or on a site, the interviewer wrote it."""
    where = said(item, "container-title")
    if not where or not names(item, "interviewer"):
        return item
    return changed(item, type="article-magazine", author=names(item, "interviewer"), interviewer=None, genre=None)


def law(item: Item) -> Item:
    """11.5: no more than the name, the public law's number, the year and the address."""
    return without(item, "publisher")


def court(item: Item) -> Item:
    """11.4: the Supreme Court is not named, the reporter says it."""
    return without(item, "authority") if said(item, "container-title") in ("U.S.", "S. Ct.", "US") else item


FOR_KIND: dict[Kind, tuple[Rule, ...]] = {
    Kind.VIDEO: (channel_first,), Kind.TALK: (talk_online,), Kind.FILM: (film,), Kind.EPISODE: (tv_episode,),
    Kind.SERIES: (tv_series,), Kind.PODCAST: (podcast,), Kind.SHOW: (podcast,), Kind.SONG: (song,), Kind.IMAGE: (picture,),
    Kind.MAP: (drawn_map,), Kind.SLIDES: (slides,), Kind.POST: (posted,), Kind.DATA: (data_set,), Kind.THESIS: (thesis,),
    Kind.INTERVIEW: (published_interview,), Kind.LAW: (law,), Kind.CASE: (court,),
}
ALWAYS: tuple[Rule, ...] = (book_forms, no_database, no_retrieval, plain_publisher, translated_title, named_once, after_colon)

ROLES = (("author", ""), ("script-writer", "Writer"), ("director", "Director"), ("host", "Host"),
         ("executive-producer", "Executive Producer"), ("producer", "Producer"))

PLAIN_WORDS = ("", "video", "film", "movie", "tv episode", "television episode", "dvd", "streaming video", "dataset", "data set",
               "map", "slides", "podcast episode", "audio recording")
"""Words for what something is that say no more than the guide's own."""


def _bracket(item: Item, usual: str) -> str:
    own = said(item, "medium") or said(item, "genre")
    return usual if own.casefold() in PLAIN_WORDS else own


def _with_handle(item: Item) -> list[Name]:
    handle, people = fact(item, "handle"), names(item, "author")
    if not handle:
        return people
    at = handle if handle.startswith(("@", "u/")) else f"@{handle}"
    shown = f"{apa_name(people[0])} [{at}]" if people and plain_name(people[0]) != handle else at
    return [{"literal": shown}, *people[1:]]


def _database(item: Item) -> str:
    return said(item, "source") or ("" if said(item, "archive_location") else said(item, "archive"))


def _roles(item: Item) -> Item:
    """The people with their roles in the place of the author (APA 7, 9.10 and ex. 84-93)."""
    roles = ROLES if kind_of(item) not in (Kind.PODCAST, Kind.SHOW) else (("author", "Host"), *ROLES[1:])
    there = [(names(item, role), word) for role, word in roles if item.get(role)]
    rest = without(item, *(role for role, _word in ROLES))
    if not there:
        return rest
    if there[0][1] == "":
        return changed(rest, author=there[0][0])
    if there[0][1] == "Writer" and len(there) > 1 and there[1][1] == "Director":
        return changed(rest, author=[{"literal": _written_and_directed(there[0][0], there[1][0])}])
    return changed(rest, author=[{"literal": _in_role(*there[0])}])


def _written_and_directed(writers: list[Name], directors: list[Name]) -> str:
    if [plain_name(name) for name in writers] == [plain_name(name) for name in directors]:
        return _in_role(writers, "Writer & Director")
    return f"{_in_role(writers, 'Writer')}, & {_in_role(directors, 'Director')}"


def _in_role(people: list[Name], word: str) -> str:
    return f"{apa_names(people)} ({word}{'s' * (len(people) > 1)})"
