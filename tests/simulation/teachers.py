"""What teachers do in Classroom itself, past us: edit, delete and publish our posts, put classes away, take the librarian out."""

from collections.abc import Callable
from functools import partial
from typing import NamedTuple

from tests.simulation.town import Town


class Edit(NamedTuple):
    """A post that a person edited, and what she wrote."""

    at: float
    course: str
    post: str
    words: str


class Teachers:
    """Everybody who may work in the classes by hand."""

    def __init__(self, town: Town) -> None:
        self.town = town
        self.edits: list[Edit] = []
        town.onlookers.append(self.notice)

    def notice(self, verb: str, path: str) -> None:
        """She is in her class when something comes into it, and lays hands on that."""
        if verb in {"POST", "PATCH"} and self.town.weather.meddles():
            most = self.town.chance.choice((0.5, 5.0, 60.0))
            self.town.soon(self.town.chance.choice((self.edit, self.delete, self.delete, self.publish_by_hand)), 0.1, most)

    def deeds(self) -> list[Callable[[], None]]:
        """What they may do meanwhile; what stands here twice is done twice as often."""
        return [self.archive, self.remove, self.edit, self.edit, self.delete, self.publish_by_hand]

    def archive(self) -> None:
        course = self.town.chance.choice(list(self.town.world.courses))
        self.town.note(11, "teacher", f"archives {course}")
        self.town.world.archive(course)
        if self.town.chance.random() < 0.5:
            self.town.soon(partial(self.town.world.change_course, course, courseState="ACTIVE"), 20.0, 200.0)

    def remove(self) -> None:
        course = list(self.town.world.courses)[self.town.chance.choice((2, 3))]
        if self.town.librarian.google_id in self.town.world.teachers(course):
            self.town.note(10, "teacher", f"takes the librarian out of {course}")
            self.town.world.remove_teacher(course, self.town.librarian)

    def edit(self) -> None:
        for course, id in self._posts("DRAFT", "PUBLISHED"):
            self.town.note(12, "teacher", f"edits {id}")
            words = f"In my own words {self.town.loop.seconds:.0f} {self.town.witness.key_of(course, id)}"
            self.town.world.edit_post(course, id, text=words)
            self.edits.append(Edit(self.town.loop.seconds, course, id, words))
        self.town.witness.look("person")

    def delete(self) -> None:
        for course, id in self._posts("DRAFT", "PUBLISHED"):
            row = 13 if self.town.world.post(course, id)["state"] == "DRAFT" else 14
            self.town.note(row, "teacher", f"deletes {id}")
            self.town.world.delete_post(course, id)
        self.town.witness.look("person")

    def publish_by_hand(self) -> None:
        for course, id in self._posts("DRAFT"):
            self.town.note(15, "teacher", f"publishes {id} by hand")
            self.town.world.publish_post(course, id)
        self.town.witness.look("person")

    def _posts(self, *states: str) -> list[tuple[str, str]]:
        """One of our posts in these states, if there is any; the town is brought up to the moment first."""
        self.town.google.settle()
        found = [(course, id) for course, each in self.town.world.courses.items() for id, post in each.posts.items()
                 if post.project and post.body["state"] in states]
        return [self.town.chance.choice(found)] if found else []
