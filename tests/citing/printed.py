"""Which share of the bank's citations is printed right, here and by the engine with its style files as they come.

    python -m tests.citing.printed [--show 20]

An entry counts as right when it is one of the bank's answers but for quote marks, dashes and where italics end. A note is asked of
the engine as a note: a text with one footnote.
"""

import argparse
import json
import tempfile
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any

import lxml.html

from integration.citations.cite import cite
from integration.citations.pandoc import pandoc
from integration.citations.styles import Style, style_file
from tests.rooms.citations.test_cite import BANK, evened

Item = Mapping[str, Any]
BIBLIOGRAPHY, NOTE = "//*[starts-with(@id, 'ref-')]", "//section//li/p"


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--show", type=int, default=0)
    left = parser.parse_args().show
    print(f"{len(BANK)} sources of {len({entry['kind'] for entry in BANK})} kinds, {len(Style)} forms")
    of_all = {"here": 0, "untouched": 0}
    for style in Style:
        ours = {one.id: one.html for one in cite([entry["item"] for entry in BANK], style)}
        with ThreadPoolExecutor(2) as hands:
            theirs = dict(zip(ours, hands.map(partial(untouched, style=style), [entry["item"] for entry in BANK]), strict=True))
        right = {"here": sum(is_right(entry, style, ours) for entry in BANK),
                 "untouched": sum(is_right(entry, style, theirs) for entry in BANK)}
        print(f"{style:15}", *(f"{who} {count}/{len(BANK)} = {count / len(BANK):.1%}" for who, count in right.items()), sep="  ")
        of_all = {who: of_all[who] + count for who, count in right.items()}
        for entry in [entry for entry in BANK if not is_right(entry, style, theirs)][:left]:
            print(f"   {entry['kind']}\n      {theirs[entry['item']['id']]}\n      {entry['expect'][style.value]}")
    whole = len(BANK) * len(Style)
    print("all            ", *(f"{who} {count}/{whole} = {count / whole:.1%}" for who, count in of_all.items()), sep="  ")


def is_right(entry: dict[str, Any], style: Style, printed: Mapping[str, str]) -> bool:
    """Whether it is one of the answers, or rightly nothing."""
    expected, found = entry["expect"][style.value], evened(printed[entry["item"]["id"]])
    return found == "" if expected is None else found in map(evened, expected)


def untouched(item: Item, style: Style) -> str:
    """What the engine makes of an item as it stands, with the style's own file."""
    told = json.dumps([{**item, "id": "n0"}])
    if style is not Style.CHICAGO_NOTE:
        return _read(pandoc(["-f", "csljson", "-t", "html", "--wrap=none", "--citeproc", "--csl", str(style_file(style))], told),
                     BIBLIOGRAPHY)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "items.json"
        file.write_text(told)
        return _read(pandoc(["-f", "markdown", "-t", "html", "--wrap=none", "--citeproc", "--csl", str(style_file(style)),
                             "--bibliography", str(file)], "A sentence.[@n0]"), NOTE)


def _read(page: str, where: str) -> str:
    """The first entry's words, with `i` where it leans; nothing where there is none."""
    found = lxml.html.fromstring(page or "<p></p>").xpath(where)
    return "".join(_words(part) for part in found[:1]).replace("\u200b", "").strip()


def _words(part: Any, leans: bool = False) -> str:
    if "footnote-back" in (part.get("class") or ""):
        return part.tail or ""
    turns = part.tag in ("em", "i") and not leans
    inner = (part.text or "") + "".join(_words(each, leans or turns) for each in part)
    return f"{'<i>' if turns else ''}{inner}{'</i>' if turns else ''}{part.tail or ''}"


if __name__ == "__main__":
    main()
