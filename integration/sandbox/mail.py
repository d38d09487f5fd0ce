"""The pretend Gmail: it takes letters and keeps them.

https://developers.google.com/workspace/gmail/api/reference/rest/v1/users.messages/send
"""

import base64
import binascii
from email import message_from_bytes
from email.policy import default
from typing import Any

from integration.sandbox.asking import Ask
from integration.sandbox.refusal import Refusal


def send(ask: Ask) -> dict[str, Any]:
    """Take a letter from her who asks. Google puts a `From` of hers in place of any other."""
    if ask.path["userId"] not in {"me", ask.person.email}:
        raise Refusal("PERMISSION_DENIED", f"Delegation denied for {ask.person.email}")
    letter = message_from_bytes(_raw(ask.body.get("raw", "")), policy=default)
    if not any(letter.get_all(name) for name in ("To", "Cc", "Bcc")):
        raise Refusal("INVALID_ARGUMENT", "Recipient address required")
    del letter["From"]
    letter["From"] = f"{ask.person.name} <{ask.person.email}>"
    ask.world.mail.append(letter)
    id = f"{len(ask.world.mail):016x}"
    return {"id": id, "threadId": id, "labelIds": ["SENT"]}


def _raw(text: str) -> bytes:
    if not text:
        raise Refusal("INVALID_ARGUMENT", "'raw' RFC822 payload message string or uploading message via /upload/* URL required")
    try:
        return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except binascii.Error as error:
        raise Refusal("INVALID_ARGUMENT", "Invalid value for ByteString: raw") from error
