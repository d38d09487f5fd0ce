"""Honest words for what came of something: what was before and after and of how many, never that one caused the other."""

from integration.reach.count import FEW
from integration.reports.models import Outcome, OutcomeKind


def sentence(row: Outcome, teacher: str) -> str:
    """An outcome in words: what was before and after, and of how many; never that one thing caused another."""
    if row.kind is OutcomeKind.QUOTE:
        return f"“{row.words}” — {teacher}"
    if row.kind is OutcomeKind.WORK:
        return row.words or "Work to look at"
    if row.kind is OutcomeKind.CIRCULATION:
        return f"Loans{_of(row)} {_change(row)} during the unit{_percent(row)}."
    if not is_of_many(row):
        return f"An average of fewer than {FEW} students is kept, and shown to nobody else."
    return f"The average {_change(row)}{_unit(row)} {_n(row)}."


def _of(row: Outcome) -> str:
    return f" of {row.unit}" if row.unit else ""


def _unit(row: Outcome) -> str:
    return f" {row.unit}" if row.unit else ""


def _change(row: Outcome) -> str:
    after = _number(row.after)
    if row.before is None:
        return f"was {after}"
    before = _number(row.before)
    if before == after:
        return f"stayed at {after}"
    return f"{'rose' if (row.after or 0) > row.before else 'fell'} from {before} to {after}"


def _percent(row: Outcome) -> str:
    if not row.before or row.after is None or row.after == row.before:
        return ""
    percent = round(abs(row.after - row.before) / row.before * 100)
    return f", {percent} % {'more' if row.after > row.before else 'fewer'}"


def _n(row: Outcome) -> str:
    if row.before_n is None:
        return f"(n = {row.after_n})"
    return f"(n = {row.before_n} before, {row.after_n} after)"


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:,.1f}".removesuffix(".0")


def is_of_many(row: Outcome) -> bool:
    """Whether an average is of so many students that none is told apart."""
    return all(n >= FEW for n in (row.before_n, row.after_n) if n is not None)
