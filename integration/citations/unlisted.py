"""Why a style lists a source nowhere: an answer, not a gap."""

from integration.citations.items import Item
from integration.citations.kinds import Kind, kind_of
from integration.citations.styles import Style

APA = {
    Kind.MESSAGE: "APA lists no e-mail, letter or message readers cannot look up: name the person and the day in the text (8.9).",
    Kind.HELD_INTERVIEW: "APA lists no personal interviews: name the person and the day in the text (8.9).",
}
CHICAGO = {
    Kind.MESSAGE: "Chicago cites e-mails, letters and messages in a note only (14.111).",
    Kind.HELD_INTERVIEW: "Chicago cites an interview nobody else can look up in a note only (14.111).",
    Kind.POST: "Chicago cites social media in a note only (14.106).",
    Kind.AI: "Chicago cites text from an AI tool in a note only (14.112).",
    Kind.AI_IMAGE: "Chicago cites a picture from an AI tool in a note only (14.112).",
    Kind.DICTIONARY: "Chicago cites a dictionary in a note only (14.132).",
    Kind.ENCYCLOPEDIA: "Chicago cites an encyclopedia article without an author in a note only (14.132).",
    Kind.WIKIPEDIA: "Chicago cites Wikipedia in a note only (14.132).",
    Kind.SPEECH: "Chicago cites a speech nobody else can look up in a note only (14.115).",
}
OTHERWISE = "There is nothing to print in this style: the source has neither a title nor an author."


def reason(item: Item, style: Style) -> str:
    """The sentence that goes with an entry the style does not print."""
    table = {Style.APA: APA, Style.CHICAGO_BIB: CHICAGO}.get(style, {})
    unknown = f"This style prints no entry for this kind of source ({kind_of(item)})."
    return table.get(kind_of(item), unknown if item.get("title") else OTHERWISE)


def is_unlisted(item: Item, style: Style) -> bool:
    """Whether the style says outright that it lists no such source."""
    if style is Style.CHICAGO_BIB and kind_of(item) in (Kind.ENCYCLOPEDIA, Kind.DICTIONARY):
        return not item.get("author")
    table = {Style.APA: APA, Style.CHICAGO_BIB: CHICAGO}.get(style, {})
    return kind_of(item) in table and kind_of(item) is not Kind.SPEECH
