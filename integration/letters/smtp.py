"""The mail server. A letter handed over is gone, one refused is not; one whose answer was lost may be either.

https://www.rfc-editor.org/rfc/rfc5321
"""

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from typing import Protocol
from urllib.parse import unquote, urlsplit

from config.settings import Settings
from integration.errors import Busy, Refused, Unsure

SECONDS = 20.0
AWAY = "The mail server does not answer just now. Nothing was sent; it is tried again."
CUT_SHORT = "The mail server took the letter and did not answer. It may have gone out or not."
PORTS = {"smtp": 587, "smtps": 465}
LOCAL = {"localhost", "127.0.0.1", "::1"}


class Carrier(Protocol):
    """A way that is open and has taken the addresses: what is left is to hand the letter over, once."""

    def deliver(self, message: EmailMessage) -> None:
        """Hand the letter over. Raises Refused or Busy when it surely did not go, Unsure when nobody can know."""
        ...


class MailServer:
    """A mail server ready for one letter."""

    def __init__(self, server: smtplib.SMTP) -> None:
        self._server = server

    def deliver(self, message: EmailMessage) -> None:
        try:
            code, said = self._server.data(message.as_bytes())
        except smtplib.SMTPDataError as error:
            raise _no(error) from error
        except (smtplib.SMTPException, OSError) as error:
            raise Unsure(CUT_SHORT, reason="cut") from error
        if code != 250:
            raise _no(smtplib.SMTPResponseException(code, said))


@contextmanager
def open_mail_server(settings: Settings, message: EmailMessage) -> Iterator[MailServer]:
    """Go as far as one can without sending: connected, signed in, both addresses taken. Raises Busy and Refused; nothing went."""
    try:
        server = _connect(settings)
    except smtplib.SMTPResponseException as error:
        raise _no(error) from error
    except (smtplib.SMTPException, OSError) as error:
        raise Busy(AWAY, reason="cut") from error
    try:
        _address(server, message)
        yield MailServer(server)
    finally:
        server.close()


def _connect(settings: Settings) -> smtplib.SMTP:
    parts = urlsplit(settings.smtp_url.get_secret_value())
    host, port = str(parts.hostname), parts.port or PORTS[parts.scheme]
    trust = ssl.create_default_context()
    if parts.scheme == "smtps":
        server: smtplib.SMTP = smtplib.SMTP_SSL(host, port, timeout=SECONDS, context=trust)
    else:
        server = smtplib.SMTP(host, port, timeout=SECONDS)
        if host not in LOCAL:
            server.starttls(context=trust)
    server.ehlo()
    if parts.username:
        server.login(unquote(parts.username), unquote(parts.password or ""))
    return server


def _address(server: smtplib.SMTP, message: EmailMessage) -> None:
    sender, to = (message[name].addresses[0].addr_spec for name in ("From", "To"))
    try:
        for code, said in (server.mail(sender), server.rcpt(to)):
            if code not in {250, 251}:
                raise _no(smtplib.SMTPResponseException(code, said))
    except (smtplib.SMTPServerDisconnected, OSError) as error:
        raise Busy(AWAY, reason="cut") from error


def _no(error: smtplib.SMTPResponseException) -> Busy | Refused:
    said = error.smtp_error.decode("utf-8", "replace") if isinstance(error.smtp_error, bytes) else str(error.smtp_error)
    if 400 <= error.smtp_code < 500:
        return Busy("The mail server asked to wait. Nothing was sent; it is tried again.", reason="smtp", status=error.smtp_code)
    return Refused(f"The mail server refused the letter: {' '.join(said.split())[:200]}", reason="smtp", status=error.smtp_code)
