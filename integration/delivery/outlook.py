"""What a page says before anybody wonders: posts are being verified, or Google is away."""

from dataclasses import dataclass
from datetime import datetime

from integration.delivery.generations import is_verifying
from integration.desk import Desk
from integration.google.breaker import outage


@dataclass(frozen=True)
class Outlook:
    """`google_away_since` is None while Google is well."""

    is_verifying: bool
    google_away_since: datetime | None


def outlook(desk: Desk) -> Outlook:
    """How things stand for everybody just now; nothing is asked of Google."""
    with desk.transaction() as session:
        out = outage(session)
        return Outlook(is_verifying(session), None if out is None else out.since)
