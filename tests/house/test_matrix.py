"""No row of the failure matrix is without a test."""

import re
from pathlib import Path

import pytest

from tests.rooms.delivery import test_failure_matrix as matrix

ROOT = Path(__file__).resolve().parents[2]
ROWS = range(1, 31)


@pytest.mark.parametrize("row", ROWS)
def test_every_row_of_the_failure_matrix_is_tested(row: int) -> None:
    here = [name for name in vars(matrix) if name.startswith(f"test_row_{row:02d}_")]
    assert here or matrix.ELSEWHERE.get(row)


@pytest.mark.parametrize("where", sorted({where for tests in matrix.ELSEWHERE.values() for where in tests}))
def test_a_test_the_matrix_points_at_exists(where: str) -> None:
    file, _, name = where.partition("::")
    assert re.search(rf"^def {name or 'test_'}", (ROOT / file).read_text(), re.MULTILINE)
