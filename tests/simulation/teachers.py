"""What teachers do in Classroom itself, past us: edit, delete and publish our posts, put classes away, take the librarian out."""

from collections.abc import Callable
from functools import partial

from tests.simulation.town import Town


class Teachers:
    """Everybody who may work in the classes by hand."""

    def __init__(self, town: Town) -> None:
        self.town = town
        self.edits: list[tuple[float, str, str]] = []
        """When a person edited which post."""

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
            self.town.world.edit_post(course, id, text=f"In my own words {self.town.loop.seconds:.0f}")
            self.edits.append((self.town.loop.seconds, course, id))
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
