"""Addresses as people paste them."""

import pytest

from integration.curation.pasted import as_shown, drive_id, youtube_id
from integration.records import address

VIDEO = "dQw4w9WgXcQ"
FILE = "1AbCdEfGhIjKlMnOpQrStUvWxYz_0123-9"


@pytest.mark.parametrize("pasted", [
    VIDEO, f"https://www.youtube.com/watch?v={VIDEO}&t=42s", f"https://youtu.be/{VIDEO}?si=abc", f"youtu.be/{VIDEO}",
    f"https://m.youtube.com/watch?list=x&v={VIDEO}", f"https://www.youtube.com/shorts/{VIDEO}",
    f"https://www.youtube-nocookie.com/embed/{VIDEO}", f"https://www.youtube.com/live/{VIDEO}?feature=share",
])
def test_a_video_is_made_out_of_any_of_its_addresses(pasted: str) -> None:
    assert youtube_id(pasted) == VIDEO


@pytest.mark.parametrize("pasted", [
    "", "https://www.youtube.com/@channel", "https://www.youtube.com/watch?v=short", f"https://evil.example/watch?v={VIDEO}",
    f"https://youtube.com.evil.example/watch?v={VIDEO}", "https://[broken/watch", "https://youtu.be/",
])
def test_what_is_no_video_is_none(pasted: str) -> None:
    assert youtube_id(pasted) == ""


@pytest.mark.parametrize("pasted", [
    FILE, f"https://drive.google.com/file/d/{FILE}/view?usp=sharing", f"https://drive.google.com/open?id={FILE}",
    f"https://docs.google.com/document/d/{FILE}/edit#heading=h.1", f"https://drive.google.com/drive/folders/{FILE}",
    f"https://docs.google.com/document/u/0/d/{FILE}/edit", f"drive.google.com/uc?export=download&id={FILE}",
])
def test_a_file_is_made_out_of_any_of_its_addresses(pasted: str) -> None:
    assert drive_id(pasted) == FILE


@pytest.mark.parametrize("pasted", ["", "my file", f"https://evil.example/file/d/{FILE}/view", "https://drive.google.com/"])
def test_what_is_no_file_is_none(pasted: str) -> None:
    assert drive_id(pasted) == ""


def test_a_recognised_address_is_compared_as_google_shows_it_again() -> None:
    assert as_shown(f"https://youtu.be/{VIDEO}") == f"youtube:{VIDEO}"
    assert as_shown(f"https://drive.google.com/open?id={FILE}") == f"drive:{FILE}"
    assert as_shown("https://nature.example/webs") == "https://nature.example/webs"


@pytest.mark.parametrize("url", [
    "javascript:alert(1)", "ftp://nature.example", "nature.example", "https://", "http:///path", "https://a b.example",
    "https://nature.example/\u202egpj.exe", "https://nature.example/\x00", "https://[broken", "https://n.example:port",
    "https://maya:secret@nature.example", "https://nature.example\\@evil.example", "data:text/html,x", "https://n.example/\nx",
    "https://nature.example/" + "x" * 2024,
])
def test_an_address_that_students_cannot_be_sent_to_is_refused_in_a_sentence(url: str) -> None:
    assert address.fault(url).endswith((".", "it."))


@pytest.mark.parametrize("url", [
    "https://nature.example", "http://nature.example:8080/a?b=c#d", "https://müller.example/straße",
    "https://nature.example/" + "x" * (2024 - 23),
])
def test_a_web_address_is_taken(url: str) -> None:
    assert address.fault(url) == ""
