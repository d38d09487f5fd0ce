"""Sealing secrets before they are stored: AES-256-GCM, bound to the row they belong to.

The keys live in the settings, never in the database. The newest seals; every one of them unseals. A sealed text copied to
another row, or changed by one bit, does not open. https://csrc.nist.gov/pubs/sp/800/38/d/final
"""

import base64
import binascii
import hashlib
import secrets
from collections.abc import Sequence

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from integration.errors import ThroughlineError

NONCE_BYTES = 12
KEY_ID_LENGTH = 16


class CannotUnseal(ThroughlineError):
    """The text was sealed with a key we no longer have, for another row, or was changed since."""


def seal(keys: Sequence[bytes], text: str, *, bound_to: str) -> tuple[str, str]:
    """Seal `text` with the newest key for the row `bound_to`; gives the sealed text and the id of the key."""
    nonce, id = secrets.token_bytes(NONCE_BYTES), key_id(keys[0])
    sealed = nonce + AESGCM(keys[0]).encrypt(nonce, text.encode(), _label(bound_to, id))
    return base64.urlsafe_b64encode(sealed).decode(), id


def unseal(keys: Sequence[bytes], sealed: str, *, key_id: str, bound_to: str) -> str:
    """The text that was sealed for the row `bound_to`. Raises CannotUnseal."""
    key = _find(keys, key_id)
    try:
        data = base64.urlsafe_b64decode(sealed)
        return AESGCM(key).decrypt(data[:NONCE_BYTES], data[NONCE_BYTES:], _label(bound_to, key_id)).decode()
    except (InvalidTag, ValueError, binascii.Error) as error:
        raise CannotUnseal("A stored secret does not open: it was changed, or belongs to another row. Nothing was sent to "
                           "Google. Connect the account again.") from error


def key_id(key: bytes) -> str:
    """The name of a key: a fingerprint that tells keys apart and nothing else."""
    return hashlib.sha256(b"throughline key id" + key).hexdigest()[:KEY_ID_LENGTH]


def _find(keys: Sequence[bytes], wanted: str) -> bytes:
    for key in keys:
        if key_id(key) == wanted:
            return key
    raise CannotUnseal("A stored secret was sealed with a key that is no longer in THROUGHLINE_SECRET_KEYS. Nothing was sent "
                       "to Google. Put the key back, or connect the account again.")


def _label(bound_to: str, id: str) -> bytes:
    return f"{bound_to}|{id}".encode()
