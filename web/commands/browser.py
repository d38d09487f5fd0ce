"""A browser for the demo: goes through the sign-in as a person would, page by page, and ticks every box."""

import urllib.error
import urllib.request
from html.parser import HTMLParser
from http.cookiejar import CookieJar
from urllib.parse import urlencode, urljoin

import click


def connect(origin: str, email: str) -> urllib.request.OpenerDirector:
    """Press Connect at `origin`, choose `email` on Google's page, allow all; answer the browser, which is signed in then.

    Raises ClickException when that does not lead back.
    """
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()), urllib.request.ProxyHandler({}))
    try:
        with browser.open(f"{origin}/connect", timeout=30) as accounts:
            address = accounts.url
        with browser.open(address, urlencode({"account": email}).encode(), timeout=30) as consent:
            address, boxes = consent.url, _boxes(consent.read().decode())
        form = [("decision", "allow"), *(("scope", box) for box in boxes)]
        with browser.open(address, urlencode(form).encode(), timeout=60) as home:
            address = home.url
    except urllib.error.URLError as error:
        raise click.ClickException(f"Connecting through the pretend Google's pages stopped: {error}. See throughline.log in the "
                                   "data folder (keep it with --data).") from error
    if not address.startswith(urljoin(origin, "/")):
        raise click.ClickException(f"The sign-in ended at {address.partition('?')[0]} instead of {origin}.")
    return browser


def _boxes(page: str) -> list[str]:
    finder = _BoxFinder()
    finder.feed(page)
    return finder.boxes


class _BoxFinder(HTMLParser):
    """Collects the values of the boxes named `scope`."""

    def __init__(self) -> None:
        super().__init__()
        self.boxes: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "input" and given.get("name") == "scope":
            self.boxes.append(given.get("value") or "")
