"""Why an address could not be read."""


class NotFetched(Exception):
    """It was not read; the text says why, fit for a person. `status` is what the server answered, 0 when it did not."""

    def __init__(self, sentence: str, *, status: int = 0) -> None:
        self.status = status
        super().__init__(sentence)
