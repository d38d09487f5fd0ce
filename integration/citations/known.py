"""What is known of the sources before anybody is checked: asked of the engine once, kept as long as the caller likes."""

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from integration.citations.answers import Answer, answers
from integration.citations.cite import cite
from integration.citations.items import Item
from integration.citations.spans import text_of
from integration.citations.styles import Style
from integration.citations.unlisted import reason
from integration.citations.written import SAME
from integration.errors import Invalid


@dataclass(frozen=True)
class Known:
    """The right answers of some sources in some styles, and how every style prints them."""

    items: Mapping[str, Item]
    answers: Mapping[Style, Mapping[str, Sequence[Answer]]]
    printed: Mapping[Style, Mapping[str, str]]

    def right(self, source_id: str, style: Style) -> Sequence[Answer]:
        """Every accepted form, the printed one first; none where the style lists no such source. Raises Invalid."""
        if source_id not in self.items:
            raise Invalid(f"There is no source “{source_id}” among the sources. Nothing was checked. Correct the id and try again.")
        return self.answers[style][source_id]

    def why_not(self, source_id: str, style: Style) -> str:
        """Why the style lists no such source."""
        return reason(self.items[source_id], style)


def learn(sources: Sequence[Item], styles: Sequence[Style]) -> Known:
    """Learn these sources, tidied (`read_sources`), for entries in these styles; the engine runs once a style at the same time."""
    with ThreadPoolExecutor(max_workers=4) as pool:
        told = {style: pool.submit(answers, sources, style) for style in styles}
        others = {style: pool.submit(_printed, sources, style) for style in Style if style not in told}
        found = {style: answer.result() for style, answer in told.items()}
        printed = {style: one.result() for style, one in others.items()}
    for style, by_id in found.items():
        printed[style] = {id: right[0].written.text for id, right in by_id.items() if right}
    return Known({str(item["id"]): item for item in sources}, found, printed)


def _printed(sources: Sequence[Item], style: Style) -> dict[str, str]:
    return {one.id: text_of(one.entry).translate(SAME) for one in cite(sources, style) if one.entry}
