"""One letter of every kind, as its own template writes it: for the tests that hold for all of them, and for whoever looks."""

import argparse
import shutil
import sys
from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, ViewportSize, sync_playwright

from integration.accounts.models import Health
from integration.consent.chosen_letter import chosen_letter
from integration.consent.models import Choice, QuestionPost
from integration.consent.question_letter import Asking, question_letter, reminder_letter
from integration.curation.models import ResourceKind
from integration.curation.shelf import CollectionCard, ResourceCard
from integration.delivery.tell_owner import connection_letter
from integration.letters.dress import Dressed, dress
from integration.letters.models import Kind
from integration.letters.words import Words
from integration.partnerships.proposals import ProposalCard
from integration.partnerships.propose import proposal_letter
from integration.partnerships.thank import Deed, public_words, thanks_letter
from integration.week.brief import brief_words
from integration.week.findings import Finding, Findings
from integration.week.gathered import Gathered
from integration.week.menus import From, august_menu, days_between, january_menu, newsletter

SIZES: Mapping[str, ViewportSize] = {"phone": {"width": 390, "height": 844}, "desktop": {"width": 1280, "height": 900}}
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
AT = datetime(2026, 11, 24, 15, 0, tzinfo=UTC)
ADDRESSES = {"question": "https://library.example/to/question/abc", "page": "https://library.example/to/teacher/def",
             "proposal": "https://library.example/to/proposal/ghi", "thanks": "https://library.example/to/thanks/jkl"}
"""Where the links of our own lead."""
MAYA = From("Maya Okafor", "Juniper Middle School")
POST = QuestionPost(kind="material", title="Volcanoes", text="Three sources about what lies below.", due_at=AT,
                    why="Grade 6, Science", links=[{"title": "Volcano Watch", "url": "https://volcano.example/watch?a=1&b=2"}])
ASKING = Asking("Rosa Gomez", "Maya Okafor", "Juniper Middle School", ZoneInfo("America/New_York"), [(POST, "6th Grade Science")],
                "question", "page")
PROPOSAL = ProposalCard("1", "2", "Rosa Gomez", "Maya Okafor", "Juniper Middle School", "3", "6th Grade Science", date(2026, 12, 3),
                        20, "Citation workshop", "I teach it, you bring the class.", "Slides and an exit ticket.", "", "open", AT,
                        None)
DEED = Deed("Rosa Gomez", "Maya Okafor", "Juniper Middle School", "Citation workshop", "6th Grade Science", date(2026, 12, 3),
            public_words("Rosa Gomez", "Citation workshop"))
WEBB = ResourceCard("r", ResourceKind.LINK, "What Webb sees", "https://webb.example/sees?a=1&b=2", "", "", "", "", (), (), (), AT)
DONE = Gathered(7, 3, 5, ("Citation workshop", "Webb telescope: three sources", "Mystery geography call"), (
    CollectionCard("c", "Webb telescope", "", "", (WEBB,), (), (), (), AT),), (DEED.public,))
FOUND = Findings(
    classes=25, needs_you=(Finding("2 letters wait for you to look at.", "/letters"),),
    changed=(Finding("7th Grade Science B is new.", "/classes/1"),), edited=(), waiting=(), failed=(), not_reached=("Amy Chen",),
    suggestion="Offer: Citation workshop.", is_occasion=False, starting=(Finding(
        "“Civil War” begins on December 14, in 2 classes of Grade 8. Offer a citation kit or a collection.", "/curriculum"),))

LETTERS: Mapping[Kind, Words] = {
    Kind.QUESTION: question_letter(ASKING), Kind.REMINDER: reminder_letter(ASKING),
    Kind.BRIEF: brief_words(FOUND, "https://library.example", "2026-W48"),
    Kind.PROPOSAL: proposal_letter(PROPOSAL, "proposal"), Kind.THANKS: thanks_letter(DEED, "thanks"),
    Kind.AUGUST: august_menu(DONE, days_between(date(2027, 8, 1), date(2027, 12, 31)), MAYA),
    Kind.JANUARY: january_menu(DONE, days_between(date(2027, 1, 2), date(2027, 6, 15)), MAYA),
    Kind.NEWSLETTER: newsletter(DONE, date(2026, 11, 1), MAYA),
    Kind.CHOSEN: chosen_letter("Rosa Gomez", "Maya Okafor", "Juniper Middle School", Choice.ALWAYS, AT, "page"),
    Kind.CONNECTION: connection_letter(Health.REVOKED, "Google no longer accepts this permission.", "https://library.example"),
}


def dressed(kind: Kind) -> Dressed:
    """The letter of a kind as it goes out."""
    words = LETTERS[kind]
    return dress(words.subject, words.parts, ADDRESSES)


def main() -> int:
    """Write pictures of each letter, on a phone and a desktop, in light and dark, and its plain twin; 0 when axe finds no fault."""
    words = argparse.ArgumentParser(description=main.__doc__)
    words.add_argument("--pictures", type=Path, required=True, help="the folder to write them into")
    folder: Path = words.parse_args().pictures
    folder.mkdir(parents=True, exist_ok=True)
    faults = 0
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-proxy-server"])
        for kind in Kind:
            letter = folder / f"{kind.value}.html"
            letter.write_text(dressed(kind).html, encoding="utf-8")
            (folder / f"{kind.value}.txt").write_text(dressed(kind).text, encoding="utf-8")
            faults += sum(_picture(browser, letter, size, scheme) for size in SIZES for scheme in SCHEMES)
        browser.close()
    print(f"{len(Kind)} kinds of letters, {len(Kind) * len(SIZES) * len(SCHEMES)} pictures in {folder}; axe found {faults} faults.")
    return 1 if faults else 0


def _picture(browser: Browser, letter: Path, size: str, scheme: Literal["light", "dark"]) -> int:
    """Take one picture; how many faults axe finds."""
    page = browser.new_page(viewport=SIZES[size], color_scheme=scheme)
    page.goto(letter.resolve().as_uri())
    page.screenshot(path=letter.with_name(f"{letter.stem}-{size}-{scheme}.png"), full_page=True)
    found: int = Axe().run(page).violations_count
    page.close()
    return found


if __name__ == "__main__":
    sys.exit(main())
