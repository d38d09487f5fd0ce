"""The librarian of the delivery tests, for workers to work for."""

from tests.rooms.delivery.conftest import library

__all__ = ["library"]
