"""Seal every stored secret with the newest key, so that an older one may go."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from integration.accounts.keys import key_id, seal, unseal
from integration.accounts.models import Account, Revocation
from integration.desk import Desk


def rotate(desk: Desk) -> int:
    """Seal again what an older key sealed and answer how many secrets that were; again does nothing.

    All or nothing. Raises CannotUnseal when the key of one is no longer in the settings. Sign-ins under way live ten minutes
    and are left alone.
    """
    with desk.transaction() as session:
        return sum(_seal_again(desk, session, table) for table in (Account, Revocation))


def _seal_again(desk: Desk, session: Session, table: type[Account] | type[Revocation]) -> int:
    keys = desk.settings.keys
    rows = session.scalars(select(table).where(table.key_id != key_id(keys[0]))).all()
    for row in rows:
        assert row.sealed_refresh_token is not None
        assert row.key_id is not None
        token = unseal(keys, row.sealed_refresh_token, key_id=row.key_id, bound_to=row.id)
        row.sealed_refresh_token, row.key_id = seal(keys, token, bound_to=row.id)
    return len(rows)
