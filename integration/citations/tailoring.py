"""The style's file cut to print each item alone, and marked so that its fields can be told apart."""

from functools import lru_cache

from lxml import etree

from integration.citations.marking import MARKS
from integration.citations.styles import Style, style_file

NAMESPACE = "{http://purl.org/net/xbiblio/csl}"


@lru_cache(maxsize=8)
def tailored(style: Style, *, marked: bool) -> bytes:
    """The style, one item at a time: no dash for a repeated author, no letters after years, notes printed like entries."""
    root = etree.parse(str(style_file(style))).getroot()
    citation, bibliography = root.find(f"{NAMESPACE}citation"), root.find(f"{NAMESPACE}bibliography")
    if style is Style.CHICAGO_NOTE:
        _print_notes_as_entries(citation, bibliography)
    for name in [name for name in citation.attrib if name.startswith("disambiguate") or name == "collapse"]:
        del citation.attrib[name]
    bibliography.attrib.pop("subsequent-author-substitute", None)
    root.set("demote-non-dropping-particle", "never")
    if marked:
        _mark(root)
    return bytes(etree.tostring(root))


def _print_notes_as_entries(citation: etree._Element, bibliography: etree._Element) -> None:
    for name in ("et-al-min", "et-al-use-first"):
        bibliography.set(name, citation.get(name))
    bibliography.attrib.pop("hanging-indent", None)
    layout = bibliography.find(f"{NAMESPACE}layout")
    note = citation.find(f"{NAMESPACE}layout")
    layout.attrib.clear()
    layout.set("suffix", note.get("suffix", "."))
    layout[:] = [etree.fromstring(etree.tostring(child)) for child in note]


def _mark(root: etree._Element) -> None:
    for kind in ("text", "number", "date", "names"):
        for element in root.iter(f"{NAMESPACE}{kind}"):
            variable = (element.get("variable") or "").split(" ")[0]
            if variable in MARKS:
                opening, closing = MARKS[variable]
                element.set("prefix", opening + element.get("prefix", ""))
                element.set("suffix", element.get("suffix", "") + closing)
