"""The design system's promises, read from its own files."""

import re
from pathlib import Path

import pytest

WEB = Path(__file__).parents[2] / "web"
CSS = (WEB / "static" / "throughline.css").read_text()
PAGES = sorted((WEB / "templates").rglob("*.html"))
TEXT = (("ink", "paper"), ("ink", "cloth"), ("ink", "sunken"), ("ink-soft", "paper"), ("ink-soft", "cloth"), ("ink-soft", "sunken"),
        ("indigo", "paper"), ("indigo", "cloth"), ("indigo", "sunken"), ("indigo", "indigo-wash"), ("indigo-deep", "indigo-wash"),
        ("indigo-deep", "cloth"), ("on-indigo", "indigo"), ("on-indigo", "indigo-deep"), ("good", "good-wash"),
        ("wait", "wait-wash"), ("warn", "warn-wash"), ("bad", "bad-wash"), ("bad", "cloth"), ("ink", "good-wash"),
        ("ink", "wait-wash"), ("ink", "warn-wash"), ("ink", "bad-wash"))
SHAPES = (("edge", "cloth"), ("edge", "paper"), ("ring", "paper"), ("ring", "cloth"), ("thread", "cloth"), ("thread", "muslin"),
          ("edge", "muslin"), ("indigo", "sunken"), *(("stitch", f"dye-{number}") for number in range(1, 9)),
          *((f"dye-{number}", "cloth") for number in range(1, 9)))


def palette(scheme: str) -> dict[str, str]:
    light, dark = CSS.split("@media (prefers-color-scheme: dark)", 1)
    found = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", light))
    return found if scheme == "light" else found | dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", dark.split("\n}\n", 1)[0]))


def contrast(one: str, other: str) -> float:
    bright, dim = sorted((luminance(one), luminance(other)), reverse=True)
    return (bright + 0.05) / (dim + 0.05)


def luminance(colour: str) -> float:
    parts = [int(colour[at:at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("scheme", ("light", "dark"))
def test_every_text_stands_out_from_its_ground(scheme: str) -> None:
    colours = palette(scheme)
    assert [(one, two) for one, two in TEXT if contrast(colours[one], colours[two]) < 4.5] == []


@pytest.mark.parametrize("scheme", ("light", "dark"))
def test_every_shape_that_says_something_stands_out(scheme: str) -> None:
    colours = palette(scheme)
    assert [(one, two) for one, two in SHAPES if contrast(colours[one], colours[two]) < 3] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_template_holds_no_style_no_script_and_trusts_no_text(page: Path) -> None:
    text = page.read_text()
    assert not re.search(r"\sstyle=|<style|\son\w+=|hx-on|javascript:|\|\s*safe\b|autoescape false|Markup", text)
    assert all("src=" in tag for tag in re.findall(r"<script[^>]*>", text))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_form_that_changes_something_carries_its_token(page: Path) -> None:
    text = page.read_text()
    posts = re.findall(r'<form[^>]*method="post".*?</form>', text, re.DOTALL)
    assert [form for form in posts if "csrf()" not in form] == []


def test_no_file_of_ours_is_loaded_from_elsewhere() -> None:
    texts = [CSS, *(page.read_text() for page in PAGES)]
    assert [found for text in texts for found in re.findall(r'(?:src|url\()\s*=?\s*["\']?(?:https?:)?//[^"\')]+', text)] == []
