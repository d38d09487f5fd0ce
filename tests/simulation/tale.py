"""All that happened to the posts of one delivery, as the witness saw it."""

from dataclasses import dataclass, field

from tests.simulation.google import Seen


@dataclass
class Tale:
    """One delivery's posts: in one class, with one word of ours in them."""

    seen: list[Seen] = field(default_factory=list)

    def shown(self, by: str = "") -> set[str]:
        """The posts that became visible, by somebody's hand."""
        return {each.post for each in self.seen if each.now == "PUBLISHED" and each.was != "PUBLISHED" and by in ("", each.by)}

    def visible(self, at: float = float("inf")) -> set[str]:
        """The posts that students saw just before a moment."""
        states = {each.post: each.now for each in self.seen if each.at < at}
        return {post for post, state in states.items() if state == "PUBLISHED"}

    def doubles(self, post: str, at: float) -> set[str]:
        """The other posts that were made with the same words and were there as drafts just before a moment."""
        states = {each.post: each.now for each in self.seen if each.at < at}
        made = {each.post: each.says for each in self.seen if not each.was}
        return {other for other, state in states.items() if state == "DRAFT" and other != post and made[other] == made[post]}

    def born(self) -> dict[str, float]:
        """When each post was made."""
        return {each.post: each.at for each in self.seen if not each.was}

    def removed_by_people(self) -> list[Seen]:
        """What people deleted."""
        return [each for each in self.seen if each.by == "person" and each.was in {"DRAFT", "PUBLISHED"}
                and each.now in {"DELETED", ""}]

    def published_by_people(self) -> list[Seen]:
        """What people published by hand."""
        return [each for each in self.seen if each.by == "person" and each.was == "DRAFT" and each.now == "PUBLISHED"]
