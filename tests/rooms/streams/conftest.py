"""The same librarians as in the tests of the classes."""

from tests.rooms.courses.conftest import demo, gomez, librarian, small, without_rosters

__all__ = ["demo", "gomez", "librarian", "small", "without_rosters"]
