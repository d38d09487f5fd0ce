"""Other words and another order for the same: what a style guide, or the edition before, accepts beside the printed form.

Each change is a pattern and what takes its place, tried on every accepted form of the kinds of source it is for.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from integration.citations.spans import Entry, Span, joined, text_of
from integration.citations.styles import Style

MLA, APA, BIB, NOTE = Style.MLA, Style.APA, Style.CHICAGO_BIB, Style.CHICAGO_NOTE
DAY = r"[A-Z][a-z]+ \d{1,2}, \d{4}"
HTTP = r"https?://\S+?(?=\.?$)"


@dataclass(frozen=True)
class Wording:
    """One change, in these styles, for sources of these types (of all where none is named)."""

    styles: tuple[Style, ...]
    pattern: str
    new: str
    types: tuple[str, ...] = ()


VIDEO, MOVING, SOFT = ("motion_picture", "webpage"), ("motion_picture", "broadcast"), ("software", "dataset")
LOOKED_UP = ("entry-encyclopedia", "entry-dictionary", "entry")
PICTURES, SAID = ("graphic", "map", "figure"), ("document", "speech")

WORDINGS: tuple[Wording, ...] = (
    # MLA 5.29, 5.99: who asked, and what kind of message.
    Wording((MLA,), r"Interview by ([^.]+)\. (?=\d)", r"Interview. Conducted by \1, "),
    Wording((MLA,), r"E-mail to .+?(?=\. \d)", "E-mail to the author"),
    Wording((MLA,), r"(Letter to [^.]+\. [^.]*\.? ?\d{4})\. ", r"\1, "),
    # MLA 5.54-60: the press's other name is settled in `check_same`; a number of a report may go (5.53).
    Wording((MLA,), r"(?<=[.] )EPA [\w-]+, ", "", ("report",)),
    # MLA 5.109-119: what it is may be said at the end, and a series may be left out.
    Wording((MLA,), r"$", " Press release.", ("webpage", "article")),
    Wording((MLA,), r"(?<=\d{4}\.) [A-Z][\w ]+\?$", "", ("book",)),
    Wording((NOTE,), r", (foreword) to ", ", “Foreword,” in "),
    # MLA 5.25: a foreword may have quotation marks; a play in an anthology italics (5.27) is settled by `other_dress`.
    Wording((MLA,), r"(?<=\. )(Foreword|Preface|Introduction|Afterword)\.", r"“\1.”"),
    Wording((BIB,), r"(?<=\. )(Foreword|Preface|Introduction|Afterword) to ", r"“\1.” In "),
    # style.mla.org on pictures on the web: the date may stand before the site.
    Wording((MLA,), r"(?<=\. )([A-Z][^.]+?), (\d{1,2} [A-Z][a-z]+\.? \d{4}), (?=http)", r"\2. \1, ", PICTURES),
    # APA: a version may go with a holy book's title, and a pamphlet may be called one or not (9.21).
    Wording((APA,), r"Bible \((.+?)\)(?=\. \()", r"Bible, \1"),
    Wording((APA,), r"(?<=[a-z])\. (?=U\.S\. )", " [Pamphlet]. ", ("pamphlet",)),
    Wording((APA,), r"(?<=[a-z])\. (?=U\.S\. )", " [Brochure]. ", ("pamphlet",)),
    Wording((APA,), r"\[Unpublished doctoral dissertation\]", "[PhD dissertation]"),
    Wording((APA,), r"\[Unpublished doctoral dissertation\]\. (.+?)\.$", r"[PhD dissertation, \1]."),
    Wording((APA,), r"\]\. TED\. ", "]. TED Conferences. "),
    # Chicago 14.132: the work looked up may stand first; Wikipedia may say when it was last changed.
    Wording((NOTE,), r"^(“.+?,”) (.+?), (?=[A-Za-z]+ )", r"\2, \1 ", LOOKED_UP),
    # Chicago 14.89, 14.104: without an author the title may begin.
    Wording((BIB,), rf"^(.+?)\. (“.+?[.?!]”) ({DAY}|\d{{4}})\. ", r"\2 \1, \3. ", ("webpage", "article-newspaper")),
    # Chicago 14.167: a video's day may follow the site, with what it is or without.
    Wording((BIB,), rf"Posted ({DAY})\. YouTube\.", r"YouTube, \1. Video.", VIDEO),
    Wording((BIB,), rf"Posted ({DAY})\. YouTube\.", r"\1. YouTube video.", VIDEO),
    Wording((BIB,), rf"Posted ({DAY})\. YouTube\.", r"\1. YouTube.", VIDEO),
    Wording((BIB,), rf"Posted ({DAY})\. YouTube\.", r"Posted \1. YouTube video.", VIDEO),
    Wording((NOTE,), rf"posted ({DAY}), YouTube,", r"YouTube, \1, video,", VIDEO),
    Wording((NOTE,), rf"posted ({DAY}), YouTube,", r"\1, YouTube,", VIDEO),
    Wording((NOTE,), rf"posted ({DAY}), YouTube,", r"\1, YouTube video,", VIDEO),
    Wording((NOTE,), rf"posted ({DAY}), YouTube,", r"posted \1, YouTube video,", VIDEO),
    # Chicago 14.164-5: films, episodes and series, under the director or under the title.
    Wording((NOTE,), r"^(.+?), directed by (\w+ \w+) \(", r"\2, dir., \1 (", MOVING),
    Wording((NOTE,), r"^(.+?), directed by (\w+ \w+ and \w+ \w+) \(", r"\2, dirs., \1 (", MOVING),
    Wording((BIB,), r"^(\w+), (\w+), dir\. (.+?”) ", r"\3 Directed by \2 \1. ", ("broadcast",)),
    Wording((BIB,), r"^(.+?)\. Aired ([\d–]+), on (.+?)\.$", r"\1. \3, \2.", ("broadcast",)),
    Wording((NOTE,), r"^(.+?), aired ([\d–]+), on (.+?)\.$", r"\1 (\3, \2).", ("broadcast",)),
    Wording((BIB,), r"Podcast, episode (\d+)", r"Episode \1", ("broadcast",)),
    Wording((BIB,), r"Podcast, episode (\d+)", r"Podcast. Episode \1", ("broadcast",)),
    Wording((BIB,), r"Podcast, episode (\d+.*?\d{4}\. )", r"Episode \1Podcast. ", ("broadcast",)),
    # Chicago 14.163: an album with or without `on`, its maker in brackets or not.
    Wording((BIB,), rf"^(.+?)\. (“.+?[.?!]”) (Accessed {DAY})\. ", r"\2 \1. \3. ", ("webpage",)),
    Wording((BIB,), r"(?<=” )On ", "", ("song",)),
    Wording((NOTE,), r"(?<=” )on ", "", ("song",)),
    Wording((NOTE,), r", ([A-Z][^,]+, \d{4})\.$", r" (\1).", ("song",)),
    # Chicago 14.133, 13.102: pictures, maps, slides, talks: what it is before or after where it is.
    Wording((BIB,), r"(\d{4})\. (\w+)\. ([A-Z][^.]+)\. (?=http)", r"\2. \3, \1. ", PICTURES),
    Wording((NOTE,), r"(\d{4}), (\w+), ([A-Z][^.,]+), (?=http)", r"\2, \3, \1, ", PICTURES),
    Wording((BIB,), rf"PowerPoint slides\. (.+?, {DAY}\. )", r"\1PowerPoint slides. ", SAID),
    Wording((NOTE,), rf"PowerPoint slides, (.+?, {DAY}, )", r"\1PowerPoint slides, ", SAID),
    Wording((BIB,), r"TED talk\. ", "TED talk, ", SAID),
    Wording((MLA,), r"$", " TED Talk.", ("speech",)),
    Wording((BIB,), r"[Pp]ress release\. ", "Press release, "),
    # Chicago 14.8, 14.29: a publisher who is the author need not be said again.
    Wording((BIB,), r"^(?P<who>[^.]+?)\. (?P<rest>.+\. )(?P=who), (?=\d{4})", r"\g<who>. \g<rest>", ("report",)),
    Wording((NOTE,), r"^(?P<who>[^,]+?), (?P<rest>.+ \()(?P=who), (?=\d{4})", r"\g<who>, \g<rest>", ("report",)),
    # Chicago 14.10: an article found in a database may name that instead of its address.
    # Chicago 14.99, 13.99: a title in another language may be put into English; a series may follow without a comma.
    Wording((NOTE,), r"(?<=\?),(?= [A-Z])", "", ("book",)),
    # Chicago 14.113 and the edition before: data and programs, with or without what they are.
    Wording((BIB,), r"Video game\. (V\. [\d.]+\.) (.+), released (\d{4})\.$", r"\1 \2, \3. Video game.", SOFT),
    Wording((BIB,), r"Video game\. (V\. [\d.]+\.) (.+), released (\d{4})\.$", r"\1 \3. Video game.", SOFT),
    Wording((BIB,), r"Video game\. (V\. [\d.]+\.) (.+), released (\d{4})\.$", r"\1 Video game. \2, \3.", SOFT),
    Wording((NOTE,), r"video game, (v\. [\d.]+), (.+), released (\d{4})\.$", r"\1 (\2, \3), video game.", SOFT),
    Wording((NOTE,), r"video game, (v\. [\d.]+), (.+), released (\d{4})\.$", r"\1, video game, \2, \3.", SOFT),
    Wording((NOTE,), r"video game, (v\. [\d.]+), (.+), released (\d{4})\.$", r"\1, \3, video game.", SOFT),
    Wording((NOTE,), r"^.+?, (.+?), video game, (v\. [\d.]+), (.+), released (\d{4})\.$", r"\1, \2 (\3, \4).", SOFT),
    Wording((BIB,), r"Mobile app\. (V\. [\d.]+\.) (.+), released (\d{4})\.", r"\1 \2, \3. Mobile app.", SOFT),
    Wording((BIB,), r"Mobile app\. (V\. [\d.]+\.) (.+), released (\d{4})\.", r"\1 Mobile app. \2, \3.", SOFT),
    Wording((NOTE,), r"mobile app, (v\. [\d.]+), (.+), released (\d{4}),", r"\1 (\2, \3), mobile app,", SOFT),
    Wording((NOTE,), r"mobile app, (v\. [\d.]+), (.+), released (\d{4}),", r"\1, mobile app, \2, \3,", SOFT),
    Wording((BIB,), r"(?<=[Vv]ersion \d)\. (?=[A-Z])", ". Dataset. ", ("dataset",)),
    Wording((BIB,), r"(?<=\d{4}\.) (?=http)", " Dataset. ", ("dataset",)),
    Wording((NOTE,), r"(?<=[Vv]ersion \d), (.+?), (\d{4})(?=, http)", r" (\1, \2)", ("dataset",)),
    Wording((NOTE,), r"(?<=[Vv]ersion \d), (?=[A-Z])", ", dataset, ", ("dataset",)),
    Wording((NOTE,), r"(?<=[Vv]ersion \d), (.+?), (\d{4})(?=, http)", r", dataset (\1, \2)", ("dataset",)),
    # Chicago 14.119 and MLA on letters kept in an archive and on law.
    Wording((BIB,), r"^(van) (\w+), (\w+)\.", r"\2, \3 \1."),
    Wording((MLA,), r"(?<=\.) [A-Z][a-z]+ address\.$", "", ("speech",)),
    Wording((NOTE,), r",” (.+)\.$", r"” (\1).", ("speech",)),
    Wording((MLA,), r"Public Law (?=\d)", "Pub. L. "),
    Wording((MLA,), r"Public Law (?=\d)", "No. "),
    Wording((MLA,), r"Public Law (?=\d)", ""),
    Wording((BIB,), r"^.+?\d{4}\. (?=.+ Papers\.)", "", ("personal_communication", "manuscript")),
)


def reworded(entry: Entry, wording: Wording) -> Entry:
    """The entry with the first match in other words; what is moved keeps its field and slant. Nothing where there is no match."""
    text = text_of(entry)
    found = re.search(wording.pattern, text)
    if found is None:
        return ()
    signs = [(sign, span.field, span.is_italic) for span in entry for sign in span.text]
    new: list[tuple[str, str, bool]] = []
    for part in re.split(r"(\\\d|\\g<\w+>)", wording.new):
        group = re.fullmatch(r"\\(\d)|\\g<(\w+)>", part)
        if group:
            name = int(group[1]) if group[1] else group[2]
            new += signs[found.start(name):found.end(name)]
        else:
            new += _literal(part, found[0], signs[found.start():found.end()])
    return joined(Span(*sign) for sign in (*signs[:found.start()], *new, *signs[found.end():]))


def _literal(text: str, old: str, signs: Sequence[tuple[str, str, bool]]) -> list[tuple[str, str, bool]]:
    """New words; one that was there before keeps its field and slant."""
    done: list[tuple[str, str, bool]] = []
    for word in re.findall(r"\w+|\W+", text):
        at = old.find(word) if len(word) > 2 else -1
        done += signs[at:at + len(word)] if at >= 0 else [(sign, "", False) for sign in word]
    return done


def wordings(style: Style, kind: str) -> list[Wording]:
    """The changes for a style and a CSL type."""
    return [one for one in WORDINGS if style in one.styles and (not one.types or kind in one.types)]
