"""The pretend Google against Google's own published documents."""

import pytest


@pytest.fixture(autouse=True)
def nothing_asked_of_google_is_undocumented() -> None:
    """Here wrong calls are made on purpose, to see them refused."""
