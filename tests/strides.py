"""How closely the tests that kill at one step after the other go: the suite at some of them, `EVERY_STEP=1` at each."""

import os


def stride(usual: int) -> int:
    """How far from one kill to the next: `usual` in the suite, 1 when every step is asked for."""
    return 1 if os.environ.get("EVERY_STEP") else usual
