"""The ways a letter can go: from the librarian's own Gmail, through the mail server, or by her own hand."""

from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from enum import StrEnum

from integration.accounts.connection import note_trouble, open_gmail
from integration.accounts.models import Account
from integration.desk import Desk
from integration.errors import SignInNeeded
from integration.google.gmail import Gmail
from integration.google.scopes import SEND
from integration.letters.smtp import Carrier, open_mail_server


class Way(StrEnum):
    """How a letter goes."""

    GMAIL = "gmail"
    SMTP = "smtp"
    HAND = "hand"


class GmailWay:
    """A librarian's Gmail, ready for one letter."""

    def __init__(self, desk: Desk, account_id: str, gmail: Gmail) -> None:
        self._desk = desk
        self._account_id = account_id
        self._gmail = gmail

    def deliver(self, message: EmailMessage) -> None:
        try:
            self._gmail.send(message.as_bytes())
        except SignInNeeded as error:
            note_trouble(self._desk, self._account_id, error)
            raise


def way_for(desk: Desk, account: Account) -> Way | None:
    """The way this librarian's letters go; None when there is none and she copies them into her own mail."""
    if SEND in account.scopes and account.health.is_usable:
        return Way.GMAIL
    return Way.SMTP if desk.settings.mail_from else None


@contextmanager
def open_way(desk: Desk, way: Way, account: Account, message: EmailMessage) -> Iterator[Carrier]:
    """Go as far as one can without sending. Raises GoogleError; nothing went."""
    if way is Way.GMAIL:
        yield GmailWay(desk, account.id, open_gmail(desk, account.id))
        return
    with open_mail_server(desk.settings, message) as server:
        yield server
