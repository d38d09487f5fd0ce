"""Make out the video or the file that a pasted address means. Pure."""

import re
from urllib.parse import SplitResult, parse_qs, urlsplit

_YOUTUBE_HOSTS = {"youtube.com", "www.youtube.com", "m.youtube.com", "music.youtube.com", "youtube-nocookie.com",
                  "www.youtube-nocookie.com"}
_DRIVE_HOSTS = {"drive.google.com", "docs.google.com"}
_YOUTUBE_ID = re.compile(r"[A-Za-z0-9_-]{11}")
_DRIVE_ID = re.compile(r"[A-Za-z0-9_-]{10,100}")
_IN_YOUTUBE_PATH = re.compile(r"/(?:embed|shorts|live|v)/([^/]+)")
_IN_DRIVE_PATH = re.compile(r"/(?:d|folders)/([^/]+)")


def youtube_id(pasted: str) -> str:
    """The id of the video that an address or a bare id means, or an empty string."""
    if _YOUTUBE_ID.fullmatch(pasted):
        return pasted
    parts = _split(pasted)
    host = parts.hostname or ""
    if host in {"youtu.be", "www.youtu.be"}:
        return _whole(_YOUTUBE_ID, parts.path.strip("/").split("/")[0])
    return _whole(_YOUTUBE_ID, _either(parts, _IN_YOUTUBE_PATH, "v")) if host in _YOUTUBE_HOSTS else ""


def drive_id(pasted: str) -> str:
    """The id of the Drive file that an address or a bare id means, or an empty string."""
    if _DRIVE_ID.fullmatch(pasted):
        return pasted
    parts = _split(pasted)
    return _whole(_DRIVE_ID, _either(parts, _IN_DRIVE_PATH, "id")) if parts.hostname in _DRIVE_HOSTS else ""


def watch_page(video_id: str) -> str:
    """The page on which a video is watched."""
    return f"https://www.youtube.com/watch?v={video_id}"


def as_shown(url: str) -> str:
    """An address as Google shows it again: a recognised one becomes `youtube:<id>` or `drive:<id>`."""
    parts = _split(url)
    if parts.scheme not in {"http", "https"}:
        return url
    if video := youtube_id(url):
        return f"youtube:{video}"
    return f"drive:{file}" if (file := drive_id(url)) else url


def _either(parts: SplitResult, in_path: re.Pattern[str], in_query: str) -> str:
    found = in_path.search(parts.path)
    return found[1] if found else parse_qs(parts.query).get(in_query, [""])[0]


def _whole(shape: re.Pattern[str], text: str) -> str:
    return text if shape.fullmatch(text) else ""


def _split(pasted: str) -> SplitResult:
    """The parts of an address; one typed without https:// counts too."""
    try:
        return urlsplit(pasted if "://" in pasted else f"https://{pasted}")
    except ValueError:
        return urlsplit("")
