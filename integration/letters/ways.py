"""The ways a letter can go: through the mail server, or by the librarian's own hand."""

from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from enum import StrEnum

from integration.desk import Desk
from integration.letters.smtp import Carrier, open_mail_server


class Way(StrEnum):
    """How a letter goes."""

    SMTP = "smtp"
    HAND = "hand"


def way_for(desk: Desk) -> Way | None:
    """The way letters go here; None when there is none and she copies them into her own mail."""
    return Way.SMTP if desk.settings.mail_from else None


@contextmanager
def open_way(desk: Desk, message: EmailMessage) -> Iterator[Carrier]:
    """Go as far as one can without sending. Raises GoogleError; nothing went."""
    with open_mail_server(desk.settings, message) as server:
        yield server
