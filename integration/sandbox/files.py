"""Files of the pretend Drive: what an app uploaded, what Google makes of it, and who may read it."""

import re
from dataclasses import dataclass, field
from datetime import datetime
from io import BytesIO
from typing import Any
from zipfile import BadZipFile, ZipFile

import lxml.html
from lxml import etree

DOCUMENT = "application/vnd.google-apps.document"
PRESENTATION = "application/vnd.google-apps.presentation"
PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
SPREADSHEET = "application/vnd.google-apps.spreadsheet"
LINKS = {DOCUMENT: "https://docs.google.com/document/d/{id}/edit", PRESENTATION: "https://docs.google.com/presentation/d/{id}/edit",
         SPREADSHEET: "https://docs.google.com/spreadsheets/d/{id}/edit"}
ITALIC = "font-style:italic"
_TEXT = "{http://schemas.openxmlformats.org/drawingml/2006/main}"


@dataclass(frozen=True)
class Media:
    """Bytes on their way up or down, and what they are."""

    data: bytes
    type: str


@dataclass
class Tab:
    """A tab of a spreadsheet: its cells by row and column, each as it was entered (`{"stringValue": …}`)."""

    id: int
    title: str
    rows: int = 1000
    columns: int = 26
    cells: dict[tuple[int, int], dict[str, Any]] = field(default_factory=dict)


@dataclass
class DriveFile:
    """A file in somebody's Drive. `app` is the OAuth client that made it; empty for one she made by hand."""

    id: str
    owner: str
    app: str
    name: str
    type: str
    made_at: datetime
    content: Media = Media(b"", "")
    properties: dict[str, str] = field(default_factory=dict)
    is_trashed: bool = False
    tabs: dict[int, Tab] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.type == SPREADSHEET and not self.tabs:
            self.tabs = {0: Tab(0, "Sheet1")}

    @property
    def link(self) -> str:
        return LINKS.get(self.type, "https://drive.google.com/file/d/{id}/view").format(id=self.id)


class NoSuchConversion(Exception):
    """Google makes no such thing of it."""


def imported(kind: str, media: Media) -> Media:
    """What is kept of an upload when a Doc or a Slides file is asked for. Raises NoSuchConversion.

    https://developers.google.com/workspace/drive/api/guides/manage-uploads#import-docs
    """
    if kind == DOCUMENT and media.type == "text/html":
        return Media(_as_a_doc(media.data), "text/html")
    if kind == PRESENTATION and media.type == PPTX:
        _slides(media)
        return media
    raise NoSuchConversion


def exported(file: DriveFile, kind: str) -> Media:
    """A Doc or Slides file in another form. Raises NoSuchConversion.

    https://developers.google.com/workspace/drive/api/guides/ref-export-formats
    """
    if kind == file.content.type:
        return file.content
    if kind == "text/plain" and file.type == DOCUMENT:
        return Media(lxml.html.fromstring(file.content.data).text_content().encode(), kind)
    if kind == "text/plain" and file.type == PRESENTATION:
        return Media("\n\n".join(_slides(file.content)).encode(), kind)
    raise NoSuchConversion


def _as_a_doc(page: bytes) -> bytes:
    """As Docs keeps a page: no classes, scripts or head cells, and what leans is a style."""
    tree = lxml.html.document_fromstring(page.decode())
    etree.strip_elements(tree, "script", "style", "title", with_tail=False)
    for each in tree.iter("i", "em"):
        each.tag = "span"
        each.set("style", ITALIC)
    for each in tree.iter("th"):
        each.tag = "td"
    for each in tree.iter():
        each.attrib.pop("class", None)
    return bytes(lxml.html.tostring(tree, encoding="utf-8"))


def _slides(media: Media) -> list[str]:
    """The words of each slide."""
    try:
        with ZipFile(BytesIO(media.data)) as archive:
            names = sorted((name for name in archive.namelist() if re.fullmatch(r"ppt/slides/slide\d+\.xml", name)),
                           key=lambda name: int(re.sub(r"\D", "", name)))
            pages = [etree.fromstring(archive.read(name)) for name in names]
    except BadZipFile as error:
        raise NoSuchConversion from error
    return ["\n".join("".join(run.text or "" for run in line.iter(f"{_TEXT}t")) for line in page.iter(f"{_TEXT}p"))
            for page in pages]
