"""What kind of source an item really is: CSL-JSON says `broadcast`, a school says podcast."""

import re
from enum import StrEnum

from integration.citations.items import Item, fact, said


class Kind(StrEnum):
    """The kinds that some style treats in its own way; everything else is OTHER."""

    VIDEO = "video on the web"
    FILM = "film"
    EPISODE = "TV episode"
    SERIES = "TV series"
    PODCAST = "podcast episode"
    SHOW = "podcast"
    SONG = "song"
    IMAGE = "picture"
    MAP = "map"
    SLIDES = "slides"
    TALK = "talk on the web"
    SPEECH = "speech"
    POST = "social media"
    WIKIPEDIA = "Wikipedia"
    ENCYCLOPEDIA = "encyclopedia"
    DICTIONARY = "dictionary"
    PAGE = "web page"
    MESSAGE = "message"
    LETTER = "letter in an archive"
    HELD_INTERVIEW = "interview held"
    INTERVIEW = "published interview"
    ARTICLE = "article"
    BOOK = "book"
    CHAPTER = "part of a book"
    THESIS = "thesis"
    DATA = "data"
    SOFTWARE = "software"
    AI = "AI"
    AI_IMAGE = "AI picture"
    LAW = "law"
    CASE = "court case"
    OTHER = "other"


VIDEO_SITES = re.compile(r"\b(youtube|vimeo|tiktok|dailymotion|teachertube|schooltube|khan academy|ted(-ed)?)\b", re.IGNORECASE)
AI_TOOLS = re.compile(r"\b(chatgpt|gemini|claude|copilot|magicschool|perplexity|dall.?e|midjourney|firefly|llama|grok|deepseek)\b",
                      re.IGNORECASE)
AI_PAINTERS = re.compile(r"\b(dall.?e|midjourney|firefly|stable diffusion|imagen)\b", re.IGNORECASE)
RETRIEVABLE = ("archive", "archive-place", "archive_collection", "container-title", "DOI", "publisher", "URL")

BY_TYPE = {
    "song": Kind.SONG, "map": Kind.MAP, "figure": Kind.IMAGE, "graphic": Kind.IMAGE, "entry-encyclopedia": Kind.ENCYCLOPEDIA,
    "entry-dictionary": Kind.DICTIONARY, "webpage": Kind.PAGE, "article-journal": Kind.ARTICLE, "article-magazine": Kind.ARTICLE,
    "article-newspaper": Kind.ARTICLE, "post": Kind.POST, "book": Kind.BOOK, "classic": Kind.BOOK, "chapter": Kind.CHAPTER,
    "thesis": Kind.THESIS, "dataset": Kind.DATA, "legal_case": Kind.CASE, "legislation": Kind.LAW, "bill": Kind.LAW,
    "entry": Kind.ENCYCLOPEDIA,
}


def kind_of(item: Item) -> Kind:
    """The kind, by type, genre, site and the facts under `custom`."""
    kind, where = said(item, "type"), f"{said(item, 'container-title')} {said(item, 'publisher')}"
    if fact(item, "prompt") or fact(item, "chat_title") or (kind == "software" and AI_TOOLS.search(said(item, "title"))):
        return Kind.AI_IMAGE if AI_PAINTERS.search(said(item, "title")) or "image" in genre(item) else Kind.AI
    if re.search(r"\bwikipedia\b", where, re.IGNORECASE) and kind not in ("book", "post"):
        return Kind.WIKIPEDIA
    if re.search(r"slide|powerpoint|presentation", genre(item)) and kind not in ("speech", "paper-conference"):
        return Kind.SLIDES
    moving = _moving(item, kind)
    return moving or _person(item, kind) or BY_TYPE.get(kind, Kind.SOFTWARE if kind == "software" else Kind.OTHER)


def genre(item: Item) -> str:
    """Genre and medium in small letters."""
    return f"{said(item, 'genre')} {said(item, 'medium')}".casefold()


def is_moving_picture_online(item: Item) -> bool:
    """Whether a site for videos holds it."""
    hosts = f"{said(item, 'container-title')} {said(item, 'URL').split('?')[0]}"
    return bool(VIDEO_SITES.search(hosts.replace("youtu.be", "youtube")) or fact(item, "uploader"))


def _moving(item: Item, kind: str) -> Kind | None:
    if kind in ("broadcast", "song", "episode") and "podcast" in f"{genre(item)} {said(item, 'container-title').casefold()}":
        return Kind.PODCAST if said(item, "container-title") else Kind.SHOW
    if kind == "broadcast":
        return Kind.EPISODE if said(item, "container-title") else Kind.SERIES
    if kind == "motion_picture":
        online = is_moving_picture_online(item) or (said(item, "container-title") and said(item, "URL"))
        return Kind.VIDEO if online else Kind.FILM
    if kind == "speech":
        return Kind.TALK if said(item, "URL") and (said(item, "container-title") or is_moving_picture_online(item)) else Kind.SPEECH
    if kind in ("webpage", "post-weblog", "post", "document") and "video" in genre(item) and is_moving_picture_online(item):
        return Kind.VIDEO if kind != "post" else Kind.POST
    return None


def _person(item: Item, kind: str) -> Kind | None:
    retrievable = any(item.get(name) for name in RETRIEVABLE)
    if kind == "personal_communication" or (kind in ("manuscript", "document") and item.get("recipient")):
        return Kind.LETTER if retrievable else Kind.MESSAGE
    if kind == "interview":
        return Kind.INTERVIEW if retrievable else Kind.HELD_INTERVIEW
    return None
