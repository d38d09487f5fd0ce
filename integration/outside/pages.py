"""A web page by its address, from what it says about itself. Nothing is read out of its text and nothing is guessed.

Order of trust: the tags made for citing (https://scholar.google.com/intl/en/scholar/inclusion.html#indexing), JSON-LD
(https://schema.org), OpenGraph (https://ogp.me), Dublin Core (https://www.dublincore.org/specifications/dublin-core/dcq-html/),
the page's title.
"""

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import urljoin, urlsplit

from integration.outside.addresses import Guard
from integration.outside.fetch import fetch
from integration.outside.found import Found, day, is_split, people, person, words
from integration.outside.tags import Tags, read_tags

OF = "the page itself"
HTML = ("text/html", "application/xhtml+xml")
DATES = ("citation_publication_date", "citation_date", "citation_online_date")
OTHER_DATES = ("article:published_time", "datepublished", "dc.date.issued", "dcterms.issued", "dc.date", "dcterms.date",
               "dcterms.created", "pubdate", "publish-date", "date")
PARTS = {"volume": "citation_volume", "issue": "citation_issue", "DOI": "citation_doi", "ISBN": "citation_isbn"}
KINDS = {"NewsArticle": "article-newspaper", "ReportageNewsArticle": "article-newspaper", "OpinionNewsArticle": "article-newspaper",
         "AnalysisNewsArticle": "article-newspaper", "BlogPosting": "post-weblog", "ScholarlyArticle": "article-journal",
         "Book": "book", "VideoObject": "motion_picture", "PodcastEpisode": "broadcast", "Report": "report", "Dataset": "dataset",
         "Map": "map", "Photograph": "graphic", "Painting": "graphic", "VisualArtwork": "graphic"}


def page(guard: Guard, address: str) -> Found:
    """What the page at `address` says of itself. Raises NotFetched."""
    answer = fetch(guard, address, HTML)
    return read_page(answer.address, read_tags(answer.body, answer.charset))


def read_page(address: str, tags: Tags) -> Found:
    """The source that these tags of a page at `address` describe."""
    site = _site(tags)
    authors, split = _authors(tags)
    item: dict[str, Any] = {"type": _kind(tags), "title": _title(tags, site), "author": authors, "container-title": site,
                            "publisher": _publisher(tags, site), "issued": _issued(tags), "page": _pages(tags),
                            "URL": _address(address, tags)}
    item |= {part: words(tags.first(name)) for part, name in PARTS.items()}
    return Found({part: value for part, value in item.items() if value}, OF, split, tags.is_sign_in)


def _kind(tags: Tags) -> str:
    if tags.first("citation_journal_title"):
        return "article-journal"
    found = next((KINDS[kind] for kind in sorted(tags.kinds()) if kind in KINDS), "")
    shown = tags.first("og:type").lower()
    return found or ("motion_picture" if shown.startswith("video") else "book" if shown == "book" else "webpage")


def _title(tags: Tags, site: str) -> str:
    told = tags.first("citation_title") or tags.work.get("headline") or tags.work.get("name")
    if title := words(told or tags.first("og:title", "dc.title", "dcterms.title", "twitter:title")):
        return title
    # A browser's tab shows the site's name behind the title.
    return re.sub(rf"\s+[|·–—-]\s+{re.escape(site)}$", "", words(tags.title)) if site else words(tags.title)


def _authors(tags: Tags) -> tuple[list[dict[str, str]], bool]:
    """Who made it, and whether a name had to be split."""
    told = tags.every("citation_author", "citation_authors")
    if not told and (named := _named(tags.work.get("author") or tags.work.get("creator"))):
        lines = [words(each.get("name")) for each in named]
        return [_one(each) for each in named], any(map(is_split, lines))
    told = told or tags.every("dc.creator", "dcterms.creator", "author", "article:author", "parsely-author", "sailthru.author")
    lines = [words(each) for each in told if not each.startswith(("http://", "https://", "@"))]
    return people(lines), any(map(is_split, lines))


def _named(told: Any) -> list[Mapping[str, Any]]:
    each = told if isinstance(told, list) else [told]
    found = [one if isinstance(one, Mapping) else {"name": one} for one in each if isinstance(one, (str, Mapping))]
    return [one for one in found if words(one.get("name")) and not words(one.get("name")).startswith("http")]


def _one(named: Mapping[str, Any]) -> dict[str, str]:
    if named.get("givenName") and named.get("familyName"):
        return {"family": words(named["familyName"]), "given": words(named["givenName"])}
    is_group = named.get("@type") not in (None, "Person")
    return {"literal": words(named["name"])} if is_group else person(words(named["name"]))


def _site(tags: Tags) -> str:
    told = [tags.first("citation_journal_title", "citation_inbook_title", "citation_conference_title"), tags.first("og:site_name"),
            _name_of(tags.work.get("isPartOf")), _name_of(tags.work.get("publisher")), tags.first("application-name")]
    return next((site for each in told if (site := words(each))), "")


def _publisher(tags: Tags, site: str) -> str:
    told = words(tags.first("citation_publisher") or _name_of(tags.work.get("publisher")) or tags.first("dc.publisher"))
    return "" if told.casefold() == site.casefold() else told


def _name_of(told: Any) -> str:
    one = told[0] if isinstance(told, list) and told else told
    return words(one.get("name")) if isinstance(one, Mapping) else ""


def _issued(tags: Tags) -> dict[str, Any] | None:
    told = [tags.first(*DATES), words(tags.work.get("datePublished")), words(tags.work.get("uploadDate")),
            *(tags.first(name) for name in OTHER_DATES)]
    return next((found for each in told if (found := day(each))), None)


def _pages(tags: Tags) -> str:
    first, last = words(tags.first("citation_firstpage")), words(tags.first("citation_lastpage"))
    return f"{first}-{last}" if first and last and first != last else first


def _address(address: str, tags: Tags) -> str:
    """The address the page gives itself, where it is one of the same site."""
    told = urljoin(address, tags.canonical or tags.first("og:url"))
    parts, there = urlsplit(told), urlsplit(address)
    is_ours = parts.scheme in {"http", "https"} and parts.hostname == there.hostname and len(parts.path) > 1
    return told if is_ours else address
