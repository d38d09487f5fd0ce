"""Tell the owner of a connection that cannot be used: one letter, however many deliveries wait for her."""

from datetime import datetime

from sqlalchemy.orm import Session

from integration.accounts.health import WORDS
from integration.accounts.models import Account, Health
from integration.letters.models import Kind
from integration.letters.words import Part, Words
from integration.letters.write import NewLetter, write

SUBJECT = "Your posts wait: Google does not take your connection"


def tell_owner(session: Session, origin: str, account_id: str, sentence: str, now: datetime) -> None:
    """Write her once for each connection and what befell it. Who disconnected by herself knows."""
    account = session.get(Account, account_id)
    if account is None or account.health is Health.DISCONNECTED:
        return
    occasion = f"{account.health.value} {account.connected_at:%Y-%m-%dT%H:%M:%S.%f}"
    write(session, account.school_id, NewLetter(account.id, Kind.CONNECTION, f"account:{account.id}", occasion, account.name,
                                                account.email, connection_letter(account.health, sentence, origin)), now)


def connection_letter(health: Health, sentence: str, origin: str) -> Words:
    """What befell her connection, and what she can do about it."""
    step = WORDS[health].next_step or WORDS[Health.REVOKED].next_step
    return Words(SUBJECT, (
        Part("say", sentence), Part("say", f"{step} What waits then goes on by itself; nothing of it is lost."),
        Part("way", "See your connection", url=f"{origin}/account"),
        Part("also", "See what waits", url=f"{origin}/deliveries")))
