"""The way from an account to Google Classroom: a fresh access token, and a note of what went wrong.

Access tokens live in the memory of this process and nowhere else.
"""

import threading
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import update

from integration.accounts.keys import CannotUnseal, unseal
from integration.accounts.models import Account, Health
from integration.desk import Desk
from integration.errors import GoogleError, SignInNeeded
from integration.google import sign_in
from integration.google.breaker import Breaker
from integration.google.classroom import Classroom, Grant
from integration.google.drive import Drive
from integration.google.gmail import Gmail
from integration.google.quota import Limits, Quota, Share
from integration.google.sheets import Sheets

SPARE = timedelta(minutes=2)
"""An access token this near its end is not used any more."""
SOON = timedelta(days=30)
"""A grant that Google ends within this time is `expiring`."""
CANNOT_UNSEAL = "cannot_unseal"
GONE = "This account is not connected to Google any more. Nothing was sent; connect it again."


@dataclass(frozen=True)
class _Fresh:
    """An access token at hand."""

    token: str = field(repr=False)
    ends_at: datetime


_at_hand: dict[tuple[str, str], _Fresh] = {}
_locks: dict[str, threading.Lock] = {}


def open_classroom(desk: Desk, account_id: str, *, share: Share = Share.BATCH) -> Classroom:
    """Classroom as this librarian sees it; `share` says what its calls are for.

    Raises SignInNeeded without asking Google when the connection is known not to stand, or when Google says so now; then its
    health says why. Raises Busy when Google cannot be reached.
    """
    account = connected(desk, account_id)
    if not account.health.is_usable:
        raise SignInNeeded(f"{account.health_reason or GONE}", reason=account.health.value)
    return classroom_of(desk, account, share=share)


def classroom_of(desk: Desk, account: Account, *, share: Share = Share.BATCH) -> Classroom:
    """The same for an account at hand, however it is believed to stand."""
    settings = desk.settings
    limits = Limits(settings.user_qpm, settings.project_qpm, settings.quota_window_seconds)
    grant = Grant(account.id, account.google_id, _access_token(desk, account), frozenset(account.scopes))
    classroom = Classroom(desk.wire(), grant, root=settings.google_root,
                          renew=lambda: renew(desk, account.id, stale=classroom.grant.access_token),
                          quota=Quota(desk.transaction, limits, account.google_id, account.school_id, share),
                          breaker=Breaker(desk.transaction))
    return classroom


def open_gmail(desk: Desk, account_id: str) -> Gmail:
    """Gmail as this librarian, to send. Raises SignInNeeded, or Busy when Google cannot be reached; nothing was sent."""
    account = connected(desk, account_id)
    return Gmail(desk.wire(), _access_token(desk, account), root=desk.settings.google_root,
                 renew=lambda stale: renew(desk, account_id, stale=stale))


def open_drive(desk: Desk, account_id: str) -> Drive:
    """Drive as this librarian, for files of our own. Raises SignInNeeded, or Busy when Google cannot be reached."""
    account = connected(desk, account_id)
    return Drive(desk.wire(), _access_token(desk, account), root=desk.settings.google_root,
                 renew=lambda stale: renew(desk, account_id, stale=stale))


def open_sheets(desk: Desk, account_id: str) -> Sheets:
    """Sheets as this librarian, for spreadsheets of our own. Raises SignInNeeded, or Busy when Google cannot be reached."""
    account = connected(desk, account_id)
    return Sheets(desk.wire(), _access_token(desk, account), root=desk.settings.google_root,
                  renew=lambda stale: renew(desk, account_id, stale=stale))


def connected(desk: Desk, account_id: str) -> Account:
    """The account's row, read anew. Raises SignInNeeded when it was disconnected."""
    with desk.transaction() as session:
        row = session.get(Account, account_id)
    if row is None or row.sealed_refresh_token is None:
        raise SignInNeeded(GONE, reason=Health.DISCONNECTED.value)
    return row


def renew(desk: Desk, account_id: str, *, stale: str) -> str:
    """A new access token in place of `stale`, which Google does not take any more.

    When others were told the same a moment ago, the one that the first of them fetched serves them all.
    """
    return _access_token(desk, connected(desk, account_id), stale=stale)


def forget(account_id: str) -> None:
    """Drop the access tokens of an account from memory."""
    for known in [known for known in list(_at_hand) if known[0] == account_id]:
        _at_hand.pop(known, None)


def note_trouble(desk: Desk, account_id: str, error: GoogleError) -> None:
    """Write down what an error says about the connection; most errors say nothing about it."""
    health = health_after(error)
    if health is None:
        return
    if health is not Health.CLASSROOM_OFF:
        forget(account_id)
    with desk.transaction() as session:
        session.execute(update(Account).where(Account.id == account_id, Account.health != Health.DISCONNECTED)
                        .values(health=health, health_reason=str(error)[:300], checked_at=desk.now()))


def health_after(error: GoogleError) -> Health | None:
    """How the connection stands after this error; None when it says nothing about that."""
    if error.reason in sign_in.BLOCKED or error.reason == "ClassroomApiDisabled":
        return Health.BLOCKED
    if error.reason == "ClassroomDisabled":
        return Health.CLASSROOM_OFF
    is_gone = error.reason in {"invalid_grant", CANNOT_UNSEAL} or error.status == 401
    return Health.REVOKED if isinstance(error, SignInNeeded) and is_gone else None


def client_of(desk: Desk) -> sign_in.Client:
    """This Throughline as Google knows it."""
    settings = desk.settings
    return sign_in.Client(settings.google_client_id, settings.google_client_secret.get_secret_value(),
                          f"{settings.origin}/oauth/callback", settings.google_root)


def standing(tokens: sign_in.Tokens, now: datetime) -> tuple[Health, str]:
    """Valid, or expiring with the day it ends, for a grant that Google has just confirmed."""
    if tokens.refresh_seconds is None or timedelta(seconds=tokens.refresh_seconds) > SOON:
        return Health.VALID, ""
    ends = now + timedelta(seconds=tokens.refresh_seconds)
    return Health.EXPIRING, f"Google ends this permission by itself on {ends:%B} {ends.day}, {ends.year}."


def _access_token(desk: Desk, account: Account, *, stale: str = "") -> str:
    """The token at hand, or a fresh one when it is near its end or is the `stale` one.

    Threads of one process ask Google once. Processes do not share tokens, and a token that one fetches leaves those of the others
    valid; so each asks once an hour, and nothing has to be locked in the database across a call.
    """
    known = (account.id, account.sealed_refresh_token or "")
    with _locks.setdefault(account.id, threading.Lock()):
        fresh = _at_hand.get(known)
        if fresh is None or fresh.token == stale or fresh.ends_at - SPARE <= desk.now():
            fresh = _at_hand[known] = _refresh(desk, account)
        return fresh.token


def _refresh(desk: Desk, account: Account) -> _Fresh:
    try:
        tokens = sign_in.refresh(desk.wire(), client_of(desk), _refresh_token(desk, account))
    except SignInNeeded as error:
        note_trouble(desk, account.id, error)
        raise
    _note_fresh(desk, account, tokens)
    return _Fresh(tokens.access_token, desk.now() + timedelta(seconds=tokens.seconds))


def _refresh_token(desk: Desk, account: Account) -> str:
    try:
        return unseal(desk.settings.keys, account.sealed_refresh_token or "", key_id=account.key_id or "",
                      bound_to=account.id)
    except CannotUnseal as error:
        raise SignInNeeded(str(error), reason=CANNOT_UNSEAL) from error


def _note_fresh(desk: Desk, account: Account, tokens: sign_in.Tokens) -> None:
    """Keep what the answer says about the grant: she may have taken a permission back, or Google may end it soon."""
    changes: dict[str, object] = {}
    if tokens.scopes and tokens.scopes != frozenset(account.scopes):
        changes["scopes"] = account.scopes = sorted(tokens.scopes)
    if tokens.refresh_seconds is not None:
        account.health, account.health_reason = standing(tokens, desk.now())
        changes |= {"health": account.health, "health_reason": account.health_reason}
    if changes:
        with desk.transaction() as session:
            session.execute(update(Account).where(Account.id == account.id).values(**changes))
