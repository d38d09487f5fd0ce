"""Who is asking: the librarian behind a session or a personal access token."""

from dataclasses import dataclass

from integration.accounts.models import Account, Health


@dataclass(frozen=True)
class Visitor:
    """A librarian we know. Everything she may see belongs to `school_id`."""

    account_id: str
    school_id: str
    name: str
    email: str
    health: Health


def visitor_of(account: Account) -> Visitor:
    """The visitor whose account this is."""
    return Visitor(account.id, account.school_id, account.name, account.email, account.health)
