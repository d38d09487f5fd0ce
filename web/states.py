"""The states the rooms name, in words and with a tone, so that every page says the same about the same thing."""

_PLAIN, _GOOD, _WAIT, _WARN, _BAD = "plain", "good", "wait", "warn", "bad"

STATES: dict[str, tuple[str, str]] = {
    # a sync, a plan
    "queued": ("Queued", _WAIT),
    "running": ("Running", _WAIT),
    "done": ("Done", _GOOD),
    "partial": ("Partly done", _WARN),
    "planned": ("Planned", _PLAIN),
    "accepted": ("Accepted", _WAIT),
    # a proposal
    "open": ("Waiting for her answer", _WAIT),
    "adapted": ("Yes, with changes", _GOOD),
    "declined": ("Not now", _PLAIN),
    # a round and its steps
    "missed": ("Missed", _WARN),
    "pending": ("To come", _PLAIN),
    "asks": ("Asks you first", _WARN),
    # what a plan will do in a class
    "create": ("Create", _GOOD),
    "update": ("Update", _WAIT),
    "wait": ("Wait for teacher", _WARN),
    "skip": ("Skip", _PLAIN),
    # a delivery
    "waiting": ("Waiting for teacher", _WARN),
    "pilot": ("Waiting for the pilot", _WAIT),
    "ready": ("Ready", _WAIT),
    "sending": ("Sending", _WAIT),
    "checking": ("Checking with Google", _WAIT),
    "published": ("Published", _GOOD),
    "standing": ("Standing", _GOOD),
    "edited": ("Edited by teacher", _GOOD),
    "removed": ("Removed by teacher", _PLAIN),
    "skipped": ("Skipped", _PLAIN),
    "failed": ("Failed", _BAD),
    "cancelled": ("Cancelled", _PLAIN),
    "retracted": ("Retracted", _PLAIN),
    "expired": ("Expired", _PLAIN),
    "parked": ("Paused", _WARN),
    # a letter
    "draft": ("For you to look at", _WARN),
    "sent": ("Sent", _GOOD),
    "unsure": ("Perhaps sent", _WARN),
    "aside": ("Laid aside", _PLAIN),
    # what a teacher allows
    "always": ("Always yes", _GOOD),
    "ask": ("Ask each time", _WAIT),
    "never": ("Never", _PLAIN),
    # how sure a grade is
    "set": ("Set by you", _GOOD),
    "sure": ("Sure", _GOOD),
    "likely": ("Likely", _WAIT),
    "doubtful": ("Please check", _WARN),
    "unknown": ("No grade found", _WARN),
    # a connection
    "valid": ("Connected", _GOOD),
    "expiring": ("Ends soon", _WARN),
    "revoked": ("Access withdrawn", _BAD),
    "blocked": ("Blocked by the district", _BAD),
    "classroom_off": ("Classroom is off", _BAD),
    "wrong_account": ("Another account", _WARN),
    "disconnected": ("Disconnected", _PLAIN),
}


def state_words(state: str) -> tuple[str, str]:
    """The words of a state's badge and its tone: plain, good, wait, warn or bad."""
    return STATES.get(str(state), (str(state).replace("_", " ").capitalize(), _PLAIN))
