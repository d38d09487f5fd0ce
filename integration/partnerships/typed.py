"""Check an entry as she wrote it: one sentence for each field that cannot be used."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Protocol

from integration.accounts.schools import school
from integration.desk import Desk
from integration.errors import Invalid
from integration.partnerships import levels
from integration.records import address, plain

LONGEST_ACTIVITY = 500
LONGEST_LEVEL = 40
LONGEST_SCHEME = 20
LONGEST_CODE = 60
LONGEST_QUOTE = 2000
MOST_MINUTES = 1440
MOST_EVIDENCE = 20


class Written(Protocol):
    """What of an entry is checked here; `log.HandEntry` is one."""

    @property
    def on(self) -> date: ...
    @property
    def activity(self) -> str: ...
    @property
    def minutes(self) -> int | None: ...
    @property
    def level(self) -> str: ...
    @property
    def scheme(self) -> str: ...
    @property
    def codes(self) -> Sequence[str]: ...
    @property
    def evidence(self) -> Sequence[Mapping[str, str]]: ...


def values(desk: Desk, school_id: str, entry: Written) -> dict[str, Any]:
    """The columns of an entry. Raises Invalid."""
    return checked(entry, is_to_come=school(desk, school_id).is_to_come(entry.on, desk.now()))


def checked(entry: Written, *, is_to_come: bool) -> dict[str, Any]:
    """The columns of an entry whose day is known to be over or not. Raises Invalid."""
    faults = {
        "on": "This day is still to come. The log holds what was done." if is_to_come else "",
        "activity": _words(plain.line(entry.activity), LONGEST_ACTIVITY) or _empty(entry.activity),
        "minutes": _minutes(entry.minutes), "scheme": _words(entry.scheme, LONGEST_SCHEME),
        "level": _words(entry.level, LONGEST_LEVEL) or _level(entry.level, entry.scheme),
        "codes": next(filter(None, (_words(code, LONGEST_CODE) for code in entry.codes)), ""),
        "evidence": _all_evidence(entry.evidence),
    }
    if any(faults.values()):
        raise Invalid(fields={field: sentence for field, sentence in faults.items() if sentence})
    return {"on": entry.on, "activity": plain.line(entry.activity), "minutes": entry.minutes, "level": entry.level,
            "scheme": entry.scheme if entry.level else "", "codes": list(dict.fromkeys(entry.codes)),
            "evidence": [{name: text.strip() for name, text in each.items() if text.strip()} for each in entry.evidence]}


def _empty(activity: str) -> str:
    return "" if plain.line(activity) else "Say in a few words what you did together."


def _words(text: str, longest: int) -> str:
    if len(text) > longest:
        return f"This has {len(text):,} characters; at most {longest:,} fit. Shorten it."
    return f"This has {found}. Type it anew." if (found := plain.fault(text)) else ""


def _minutes(minutes: int | None) -> str:
    is_right = minutes is None or 1 <= minutes <= MOST_MINUTES
    return "" if is_right else f"Minutes are a number from 1 to {MOST_MINUTES:,}, or nothing."


def _level(level: str, scheme: str) -> str:
    if level and not scheme:
        return "Say which scheme this level is from; the schemes use the same words for different things."
    return levels.fault(scheme, level)


def piece(line: str) -> dict[str, str]:
    """A line of evidence as she types it: an address and the words after it, or a quote."""
    if not line.startswith(("http://", "https://")):
        return {"text": line}
    url, _, text = line.partition(" ")
    return {"url": url, "text": text.strip()} if text.strip() else {"url": url}


def _all_evidence(evidence: Sequence[Mapping[str, str]]) -> str:
    if len(evidence) > MOST_EVIDENCE:
        return f"An entry holds at most {MOST_EVIDENCE} pieces of evidence. Keep the best."
    return next(filter(None, map(_evidence, evidence)), "")


def _evidence(piece: Mapping[str, str]) -> str:
    """One piece is a link `{"url"}`, a quote `{"text"}`, or a link with words to it."""
    url, text = piece.get("url", "").strip(), piece.get("text", "").strip()
    if set(piece) - {"url", "text"} or not (url or text):
        return "A piece of evidence is a link, a quote, or both."
    return (address.fault(url) if url else "") or _words(text, LONGEST_QUOTE)
