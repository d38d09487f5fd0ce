"""The thirty rows of the failure matrix, so that a run can say how often each was met."""

ROWS = {
    1: "crash before the intent is committed", 2: "crash after the intent, before the call", 3: "crash during the call",
    4: "crash after Google wrote, before the record", 5: "lost answer on create", 6: "lost answer on publish",
    7: "429", 8: "definite refusal", 9: "token revoked, or a scope dropped", 10: "librarian no longer teaches the class",
    11: "class archived", 12: "teacher edits a draft or post", 13: "teacher deletes a draft", 14: "teacher deletes a post",
    15: "teacher publishes the draft by hand", 16: "accepted twice", 17: "a holder stopped for longer than its lease",
    18: "wake-up lost", 19: "wake-up doubled", 20: "worker deaf to the bell", 21: "a worker's clock is off",
    22: "commit answer lost, or the database away", 23: "failover forgets commits", 24: "stale list", 25: "late request",
    26: "taken back while it is published", 27: "content changed after the draft", 28: "Google away for long, or too late",
    29: "no intent can be committed", 30: "deploy: a worker is told to end",
}
WORDS = {"busy": 7, "stale": 24, "late": 25, "bell lost": 18, "bell doubled": 19, "outage": 28, "refusal": 8}


def row_of(trouble: str, call: str) -> int | None:
    """The row that a trouble with a call belongs to."""
    if trouble in WORDS:
        return WORDS[trouble]
    if trouble in {"error_after", "error_before", "cut_after", "cut_before"}:
        return {"create": 5, "patch": 6}.get(call.rsplit(".", 1)[-1])
    return None


def row_of_kill(where: str, call: str) -> int:
    """The row that a kill belongs to, by where the process stood."""
    if where == "after a call" and call:
        return 4
    if where == "before a call" and call:
        return 2
    return 1
