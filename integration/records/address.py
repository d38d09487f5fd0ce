"""Web addresses fit to keep and to show to students."""

from urllib.parse import urlsplit

from integration.records import plain

LONGEST = 2024
"""Classroom takes no longer link. https://developers.google.com/workspace/classroom/reference/rest/v1/Link"""


def fault(url: str) -> str:
    """What is wrong with a web address, as one sentence; empty when students can be sent there."""
    if len(url) > LONGEST:
        return f"This address has {len(url):,} characters; Classroom takes {LONGEST:,}. Use a shorter one."
    if plain.fault(url) or any(character.isspace() for character in url):
        return "This address has a space or an invisible character in it. Copy it again from the browser."
    return _shape_fault(url)


def _shape_fault(url: str) -> str:
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError:
        return "This is no address a browser can open. Copy it again from the browser."
    if parts.scheme not in {"http", "https"} or not parts.hostname or "\\" in parts.netloc:
        return "This must be a web address that begins with https:// or http://."
    if "@" in parts.netloc:
        return "This address carries a sign-in name. Use the address without it, because students will see it."
    return ""
