"""A letter of every kind, as a mail program shows it: without a fault that axe finds."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page

from integration.letters.models import Kind
from tests.every_letter import dressed

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("kind", list(Kind))
def test_a_letter_of_every_kind_can_be_read_by_everybody(page: Page, look: Callable[[str], None], tmp_path: Path, kind: Kind
                                                         ) -> None:
    letter = tmp_path / f"{kind.value}.html"
    letter.write_text(dressed(kind).html, encoding="utf-8")
    page.goto(letter.as_uri())
    look(f"letter-{kind.value}")
