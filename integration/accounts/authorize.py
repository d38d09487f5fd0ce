"""Connecting a Google account: the way there, and what comes back.

A sign-in under way is one row: one use, ten minutes, only for the browser that began it. No transaction is open while Google
is asked. https://datatracker.ietf.org/doc/html/rfc9700#section-4.7
"""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

import structlog
from sqlalchemy import delete, select, update

from integration.accounts import arrival
from integration.accounts.connection import client_of, note_trouble
from integration.accounts.keys import seal, unseal
from integration.accounts.models import Account, SignIn
from integration.accounts.sessions import hashed
from integration.desk import Desk
from integration.errors import NotAllowed, NotFound, Refused
from integration.google import scopes, sign_in
from integration.google.id_tokens import Identity
from integration.google.scopes import Scope
from integration.records.base import new_id

LASTS = timedelta(minutes=10)
LONGEST_RETURN = 500

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Arrived:
    """She is connected: her account and school, what she left out, and where she was going."""

    account_id: str
    school_id: str
    missing: tuple[Scope, ...]
    return_to: str


def begin(desk: Desk, *, browser: str, reconnect: str | None = None, return_to: str = "/",
          also: str = "") -> str:
    """The address of Google's consent page for this browser; with `reconnect`, for that very account.

    What she may choose (`scopes.CHOSEN`) is asked for when she chose it now, by its word in `also`, or before; never otherwise.
    `return_to` must be a path of our own. Raises Refused when no Google client is set up.
    """
    known = _account(desk, reconnect) if reconnect else None
    state, nonce = secrets.token_urlsafe(32), secrets.token_urlsafe(32)
    domains = desk.settings.domains
    chosen = [scope.name for word, scope in scopes.CHOSEN.items() if known and (word == also or scope.name in known.scopes)]
    departure = sign_in.depart(client_of(desk), state=state, nonce=nonce,
                               login_hint=(known.email or known.google_id) if known else "",
                               hosted_domain=next(iter(domains)) if len(domains) == 1 else "",
                               also=chosen)
    _remember(desk, state, nonce, browser, departure.verifier, return_to, known)
    return departure.url


def finish(desk: Desk, *, browser: str, query: Mapping[str, str]) -> Arrived:
    """Take what Google sent back: check it, exchange the code, verify who she is, and keep the account.

    Raises NotAllowed for a stale, foreign or repeated answer, Refused when she or Google said no or another account came
    back, Busy when Google is away. Whatever is raised, nobody was connected.
    """
    begun = _use(desk, browser, query.get("state", ""))
    if error := query.get("error", ""):
        raise _stopped(desk, begun, error)
    tokens = sign_in.redeem(desk.wire(), client_of(desk), code=query.get("code", ""), verifier=_verifier(desk, begun))
    who = sign_in.identify(desk.wire(), client_of(desk), tokens.id_token, nonce=begun.nonce, now=desk.now())
    _must_be_welcome(desk, who)
    if begun.expected_google_id not in {None, who.google_id}:
        raise arrival.wrong_account(desk, begun.expected_google_id or "", who, tokens)
    account_id, school_id = arrival.keep(desk, who, tokens)
    return Arrived(account_id, school_id, scopes.missing(tokens.scopes), begun.return_to)


def _account(desk: Desk, account_id: str) -> Account:
    with desk.transaction() as session:
        row = session.get(Account, account_id)
    if row is None:
        raise NotFound("This account is not connected any more. Nothing was changed; connect it as new.")
    return row


def _remember(desk: Desk, state: str, nonce: str, browser: str, verifier: str, return_to: str,
              known: Account | None) -> None:
    id, now = new_id(), desk.now()
    sealed, key = seal(desk.settings.keys, verifier, bound_to=id)
    with desk.transaction() as session:
        session.execute(delete(SignIn).where(SignIn.began_at < now - LASTS))
        session.add(SignIn(id=id, state_hash=hashed(state), browser_hash=hashed(browser), nonce=nonce,
                           sealed_verifier=f"{key}.{sealed}", return_to=return_to if len(return_to) <= LONGEST_RETURN else "/",
                           expected_google_id=known.google_id if known else None, began_at=now))


def _use(desk: Desk, browser: str, state: str) -> SignIn:
    """The sign-in this answer belongs to, used up in the same step; two answers at once cannot both have it."""
    is_open = (SignIn.state_hash == hashed(state), SignIn.browser_hash == hashed(browser), SignIn.used_at.is_(None),
               SignIn.began_at > desk.now() - LASTS)
    with desk.transaction() as session:
        id = session.scalar(update(SignIn).where(*is_open).values(used_at=desk.now()).returning(SignIn.id))
        begun = session.scalar(select(SignIn).where(SignIn.id == id)) if id and state and browser else None
    if begun is None:
        log.warning("a sign-in was turned away", reason="state")
        raise NotAllowed("This sign-in was not begun in this browser, took longer than ten minutes, or was used before. "
                         "Nobody was signed in; press Connect and try again.")
    return begun


def _verifier(desk: Desk, begun: SignIn) -> str:
    key, _, sealed = begun.sealed_verifier.partition(".")
    return unseal(desk.settings.keys, sealed, key_id=key, bound_to=begun.id)


def _stopped(desk: Desk, begun: SignIn, error: str) -> Exception:
    """Why Google or she stopped it; an account that its administrator blocks is written down as blocked."""
    log.warning("a sign-in was stopped", reason=error[:60])
    stopped = sign_in.why_stopped(error)
    if begun.expected_google_id:
        with desk.transaction() as session:
            ids = list(session.scalars(select(Account.id).where(Account.google_id == begun.expected_google_id)))
        for account_id in ids:
            note_trouble(desk, account_id, stopped)
    return stopped


def _must_be_welcome(desk: Desk, who: Identity) -> None:
    """Only people of the allowed domains come in; Google vouches for the domain, the address proves nothing."""
    domains = desk.settings.domains
    if domains and who.domain not in domains:
        log.warning("a sign-in was turned away", reason="domain")
        raise Refused(f"This Throughline is for people of {', '.join(sorted(domains))}. Nothing was connected; choose your "
                      "school account.", reason="wrong_domain")
