"""Put a letter into an envelope: one e-mail with its HTML and its plain twin. A name or subject cannot smuggle in a header.

https://www.rfc-editor.org/rfc/rfc2369 and https://www.rfc-editor.org/rfc/rfc8058 for List-Unsubscribe
"""

import re
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from integration.errors import Invalid
from integration.letters.dress import Dressed

ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")
"""What a browser takes for an address. https://html.spec.whatwg.org/multipage/input.html#valid-e-mail-address"""


@dataclass(frozen=True)
class Ends:
    """From whom a letter is, to whom, and whom an answer reaches: names and addresses."""

    from_name: str
    from_address: str
    to_name: str
    to_address: str
    answers_to: str = ""


def envelope(dressed: Dressed, ends: Ends, *, id: str, at: datetime) -> EmailMessage:
    """The e-mail. Raises Invalid for an address that is none."""
    message = EmailMessage(policy=SMTP)
    message["Subject"] = _line(dressed.subject)
    message["From"] = _address(ends.from_name, ends.from_address)
    message["To"] = _address(ends.to_name, ends.to_address)
    if ends.answers_to and ends.answers_to != ends.from_address:
        message["Reply-To"] = _address(ends.from_name, ends.answers_to)
    message["Date"] = format_datetime(at)
    message["Message-ID"] = f"<{id}@{ends.from_address.rpartition('@')[2]}>"
    message["Auto-Submitted"] = "auto-generated"
    if dressed.stop:
        message["List-Unsubscribe"] = f"<{dressed.stop}/unsubscribe>"
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message.set_content(dressed.text)
    message.add_alternative(dressed.html, subtype="html")
    return message


def is_address(text: str) -> bool:
    """Whether `text` is one plain e-mail address."""
    return len(text) <= 320 and ADDRESS.fullmatch(text) is not None


def _address(name: str, address: str) -> Address:
    if not is_address(address):
        raise Invalid(fields={"to_address": f"“{address[:80]}” is not an e-mail address. Nothing was sent."})
    return Address(_line(name), addr_spec=address)


def _line(text: str) -> str:
    return " ".join(text.split())
