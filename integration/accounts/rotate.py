"""Seal every stored secret with the newest key, so that an older one may go."""

from sqlalchemy import select

from integration.accounts.keys import key_id, seal, unseal
from integration.accounts.models import Account, Revocation
from integration.desk import Desk


def rotate(desk: Desk) -> int:
    """Seal again what an older key sealed and answer how many secrets that were; again does nothing.

    All or nothing. Raises CannotUnseal when the key of one is no longer in the settings. Sign-ins under way live ten minutes
    and are left alone.
    """
    keys = desk.settings.keys
    newest, count = key_id(keys[0]), 0
    # The rows are held until the commit, or a token that a new sign-in stores meanwhile would be overwritten.
    with desk.transaction() as session:
        for account in session.scalars(select(Account).where(Account.key_id != newest).with_for_update()):
            account.sealed_refresh_token, account.key_id = _again(keys, account.sealed_refresh_token, account.key_id, account.id)
            count += 1
        for left in session.scalars(select(Revocation).where(
                Revocation.key_id != newest, Revocation.done_at.is_(None)).with_for_update()):
            left.sealed_token, left.key_id = _again(keys, left.sealed_token, left.key_id, left.id)
            count += 1
    return count


def _again(keys: tuple[bytes, ...], sealed: str | None, key: str | None, bound_to: str) -> tuple[str, str]:
    assert sealed is not None and key is not None, "A row that names a key holds what it sealed."
    return seal(keys, unseal(keys, sealed, key_id=key, bound_to=bound_to), bound_to=bound_to)
