"""What a web page says about itself in tags: citation_*, JSON-LD, OpenGraph, Dublin Core. Pure."""

import codecs
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from lxml import html
from lxml.etree import LxmlError

WORKS = frozenset({"Article", "NewsArticle", "ReportageNewsArticle", "OpinionNewsArticle", "AnalysisNewsArticle", "BlogPosting",
                   "ScholarlyArticle", "TechArticle", "WebPage", "Book", "VideoObject", "PodcastEpisode", "Report", "Dataset",
                   "Map", "LearningResource", "Review", "CreativeWork", "Photograph", "Painting", "VisualArtwork"})
"""Kinds of https://schema.org whose parts are the parts of a source."""
DEEP = 6


@dataclass(frozen=True)
class Tags:
    """Everything said, by the tag's name in small letters; `work` is the page's own JSON-LD, if there is one."""

    meta: Mapping[str, list[str]] = field(default_factory=dict)
    work: Mapping[str, Any] = field(default_factory=dict)
    title: str = ""
    canonical: str = ""
    is_sign_in: bool = False

    def first(self, *names: str) -> str:
        """What the first of these tags says that says anything."""
        return next((self.meta[name][0] for name in names if self.meta.get(name)), "")

    def every(self, *names: str) -> list[str]:
        """All that the first of these tags says that says anything."""
        return next((self.meta[name] for name in names if self.meta.get(name)), [])

    def kinds(self) -> frozenset[str]:
        """What the page's JSON-LD says it is."""
        return _kinds(self.work)


def read_tags(body: bytes, charset: str) -> Tags:
    """The tags of a page; none of what is no HTML."""
    try:
        page = html.document_fromstring(body, parser=html.HTMLParser(encoding=_encoding(body, charset)))
    except (LxmlError, ValueError):
        return Tags()
    meta: dict[str, list[str]] = {}
    for tag in page.iter("meta"):
        name, said = tag.get("name") or tag.get("property") or tag.get("itemprop") or "", (tag.get("content") or "").strip()
        if name and said:
            meta.setdefault(name.strip().lower(), []).append(said)
    return Tags(meta, next(_works(page), {}), " ".join((page.findtext(".//title") or "").split()),
                next((tag.get("href", "") for tag in page.iter("link") if (tag.get("rel") or "").lower() == "canonical"), ""),
                any((tag.get("type") or "").lower() == "password" for tag in page.iter("input")))


def _encoding(body: bytes, charset: str) -> str | None:
    """What the server said; else UTF-8 where it fits; else what the page's own tag says, which the parser reads."""
    try:
        return codecs.lookup(charset).name if charset else _utf8(body)
    except LookupError:
        return _utf8(body)


def _utf8(body: bytes) -> str | None:
    try:
        codecs.getincrementaldecoder("utf-8")().decode(body)
    except UnicodeDecodeError:
        return None
    return "utf-8"


def _works(page: Any) -> Iterator[Mapping[str, Any]]:
    for script in page.iter("script"):
        if (script.get("type") or "").strip().lower() == "application/ld+json":
            found = [*_nodes(_json(script.text or ""), DEEP)]
            yield from (node for node in found if _kinds(node) & WORKS - {"WebPage", "CreativeWork"})
            yield from (node for node in found if _kinds(node) & WORKS)


def _json(text: str) -> Any:
    """What a page wrote wrongly says nothing."""
    try:
        return json.loads(re.sub(r"[\x00-\x1f]", " ", text))
    except (ValueError, RecursionError):
        return None


def _nodes(told: Any, left: int) -> Iterator[Mapping[str, Any]]:
    if isinstance(told, list) and left:
        for each in told:
            yield from _nodes(each, left - 1)
    elif isinstance(told, Mapping):
        yield told
        yield from _nodes(told.get("@graph"), left - 1)
        yield from _nodes(told.get("mainEntity"), left - 1)


def _kinds(node: Mapping[str, Any]) -> frozenset[str]:
    told = node.get("@type")
    return frozenset(str(each).rpartition("/")[2] for each in (told if isinstance(told, list) else [told]))
