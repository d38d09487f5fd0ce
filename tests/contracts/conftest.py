"""The pretend Google against Google's own published documents."""

from collections.abc import Iterator

import pytest

from tests.watching import faults_of_watched


@pytest.fixture(autouse=True)
def nothing_asked_of_google_is_undocumented() -> Iterator[None]:
    """Here wrong calls are made on purpose, to see them refused."""
    yield
    faults_of_watched()
