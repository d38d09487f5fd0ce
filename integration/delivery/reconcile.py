"""After the database came back older than Classroom: look up every delivery before anything is sent, and ask about the rest.

What is found by its mark is adopted. What was due in the forgotten time and is not found is not guessed: she is asked. Afterwards
every class is read anew, so that a new plan sees what stands there, also posts of plans that are forgotten altogether.
"""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta

import structlog
from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from integration.accounts.connection import open_classroom
from integration.accounts.models import Account
from integration.courses.models import Sync
from integration.courses.sync import request_sync
from integration.courses.syncs import UNDER_WAY
from integration.delivery.draft import TWICE
from integration.delivery.expire import LATE_AFTER
from integration.delivery.generations import is_forgotten, latest
from integration.delivery.gone import GONE_SINCE, TAKEN_AWAY
from integration.delivery.lease import Held, add_step, held_for_cleaning
from integration.delivery.look import our_posts, perhaps_ours
from integration.delivery.machine import PARKED, WORKABLE
from integration.delivery.materials import carries_mark
from integration.delivery.models import Delivery, Generation
from integration.delivery.models import DeliveryState as S
from integration.delivery.order import is_under_way
from integration.delivery.pause import USABLE
from integration.delivery.strangers import remove_strangers
from integration.delivery.suspect import suspect
from integration.delivery.took_its_place import adopt_successors
from integration.desk import Desk
from integration.errors import GoogleError, NotAllowed, Refused, SignInNeeded
from integration.google.classroom import Classroom
from integration.google.quota import Share
from integration.google.seen import PostSeen
from integration.records.clock import database_now

log = structlog.get_logger(__name__)

OPEN_TO_DOUBT = WORKABLE | PARKED | {S.WAITING, S.AWAITS_PILOT, S.FAILED, S.SKIPPED, S.EXPIRED}
"""All that may have been posted in the forgotten time; of the last four because she may have gone on or tried again."""
GOES_ON = WORKABLE | PARKED - {S.NEEDS_HUMAN}
"""What will be posted without a further word of hers, as far as its record tells."""
HERS_TO_SAY = OPEN_TO_DOUBT - GOES_ON - {S.WAITING}
"""What is posted by her word alone."""
ENDED = frozenset({S.FAILED, S.SKIPPED, S.EXPIRED})
"""What was said not to be posted, and may have been tried again in the forgotten time."""
LOOKS_ITSELF = frozenset({S.CANCELLING, S.UPDATING, S.REPLACING})
LATELY = timedelta(days=1)
"""So soon after its end one may well have been tried again."""
A_SHORT_GAP = timedelta(hours=1)
LONG_DUE = timedelta(hours=24)
"""Google may have forgotten by then what was deleted, so not to find a post says nothing."""
STANDS = "It stands in the class. It was found there after Throughline’s records were brought back from an earlier state."
HAS_DRAFT = ("Throughline’s records were brought back from an earlier state, and a draft of this post was found in the class. Try "
             "again to publish it, or take it back.")
PERHAPS = ("Throughline’s records were brought back from an earlier state, and a post in this class may be this one with other "
           "words. Whether it is, nothing tells, so it was not sent. Look into the class, then try again if it is another.")
ASK = ("It was due in a time of which Throughline’s records were lost, and it is not in the class. Whether somebody took it back "
       "meanwhile is not known, so it was not sent. Look into the class, then try again if it still fits.")

AGAIN = "It may have been tried again in a time of which Throughline’s records were lost, and "
DUE = "It was due in a time of which Throughline’s records were lost, and "
UNKNOWN = "Whether it stands there is not known, so it was not sent. Look into the class, then try again if it still fits."
CLOSED = f"Google does not let Throughline look into this class now. {UNKNOWN}"
NOT_CONNECTED = f"Throughline cannot look into this class until you connect again. {UNKNOWN}"


def reconcile(desk: Desk) -> bool:
    """Look up what is in doubt, once all late requests have come to their end; True when everything is verified.

    An account that cannot be asked does not keep the others waiting: its deliveries will look before they go.
    """
    with desk.transaction() as session:
        life, now = latest(session), database_now(session)
    if life is None or life.reconciled_at is not None:
        return True
    if life.quiet_until is not None and now < life.quiet_until:
        return False
    for account_id, ids in _in_doubt(desk, life).items():
        _look_up(desk, life, account_id, ids)
    _leave_to_themselves(desk, life, ~Account.health.in_(USABLE))
    if _in_doubt(desk, life) or not _has_read_anew(desk, life):
        return False
    adopt_successors(desk, life)
    return remove_strangers(desk, life) and _end(desk, life)


def _in_doubt(desk: Desk, life: Generation) -> dict[str, list[str]]:
    """What was not looked up in this life yet and can be, by account; what had ended last, lest another's post be taken for its."""
    found = defaultdict[str, list[str]](list)
    with desk.transaction() as session:
        for account_id, id in session.execute(
                select(Delivery.account_id, Delivery.id).join(Account, Account.id == Delivery.account_id)
                .where(*_doubtful(life), Account.health.in_(USABLE)).order_by(Delivery.state.in_(ENDED), Delivery.id)):
            found[account_id].append(id)
    return found


def _doubtful(life: Generation) -> tuple[ColumnElement[bool], ...]:
    return (Delivery.state.in_(OPEN_TO_DOUBT), Delivery.generation != life.id, Delivery.created_at < life.began_at)


def _look_up(desk: Desk, life: Generation, account_id: str, ids: list[str]) -> None:
    try:
        classroom = open_classroom(desk, account_id, share=Share.REPAIR)
        for id in ids:
            _look_up_one(desk, life, classroom, id)
    except SignInNeeded:
        # Connected, but without the permission to look; all others would else wait until she gives it.
        _leave_to_themselves(desk, life, Delivery.account_id == account_id)
    except (GoogleError, NotAllowed) as error:
        log.warning("not everything could be verified now; the next sweep goes on", account=account_id, error=type(error).__name__)


def _look_up_one(desk: Desk, life: Generation, classroom: Classroom, delivery_id: str) -> None:
    with desk.transaction() as session:
        held, looks_itself = held_for_cleaning(session, delivery_id), _looks_itself(session.get_one(Delivery, delivery_id))
    posts = () if looks_itself else _posts(desk, life, classroom, held)
    is_perhaps_there = posts is not None and not looks_itself and _is_perhaps_there(desk, life, classroom, held, posts)
    with desk.transaction() as session:
        row = session.scalars(select(Delivery).where(Delivery.id == delivery_id).with_for_update()).one()
        if row.state is held.state:
            now = database_now(session)
            if is_perhaps_there and (_is_due(row, now) or row.state in HERS_TO_SAY):
                _ask(session, life, row, PERHAPS, now)
            else:
                _judge(session, life, row, posts, now)
            row.generation = life.id


def _is_perhaps_there(desk: Desk, life: Generation, classroom: Classroom, held: Held, posts: Sequence[PostSeen]) -> bool:
    """Whether one that nothing tells from hers may be this delivery's: of those for sure there is none, or students see none.

    What goes on by her word alone could be posted in the forgotten time only.
    """
    if any(post.state != "DRAFT" for post in posts):
        return False
    if held.state in HERS_TO_SAY:
        held.began_at = life.lost_from
    known = {post.google_id for post in posts}
    return any(not posts or (post.state != "DRAFT" and post.google_id not in known) for post in perhaps_ours(desk, classroom, held))


def _posts(desk: Desk, life: Generation, classroom: Classroom, held: Held) -> Sequence[PostSeen] | None:
    """The delivery's posts in the class, those of the forgotten time included; None for a class that is closed to us."""
    held.began_at = min(filter(None, (held.began_at, life.lost_from)))
    try:
        found = our_posts(desk, classroom, held)
    except Refused:
        return None
    return [*_recorded(classroom, held, found), *found]


def _recorded(classroom: Classroom, held: Held, found: list[PostSeen]) -> list[PostSeen]:
    if held.post_id is None or any(post.google_id == held.post_id for post in found):
        return []
    try:
        return [classroom.get_post(held.course, held.kind, held.post_id)]
    except Refused:
        return []


def _judge(session: Session, life: Generation, row: Delivery, posts: Sequence[PostSeen] | None, now: datetime) -> None:
    if posts is None:
        _cannot_see(session, life, row, now)
        return
    published = [post for post in posts if post.state == "PUBLISHED"]
    if _looks_itself(row):
        suspect(session, life, row)
    elif len(published) > 1 or (len(posts) > 1 and not carries_mark(row.materials)):
        _put(session, row, S.NEEDS_HUMAN, TWICE, now)
    elif published:
        _adopt(session, row, published[0], now)
    elif deleted := [post for post in posts if post.state == "DELETED"]:
        row.removed_at = row.ended_at = now
        is_ours_perhaps = any(is_forgotten(session, post.updated_at) for post in deleted)
        _put(session, row, S.REMOVED, GONE_SINCE if is_ours_perhaps else TAKEN_AWAY, now)
    else:
        _not_shown(session, life, row, posts, now)


def _looks_itself(row: Delivery) -> bool:
    """Whether its next step begins with a look, also when it is only parked: it is taken back, or an update of it is under way."""
    return row.state in LOOKS_ITSELF or row.ends_as is not None or (row.state in PARKED and is_under_way(row))


def _adopt(session: Session, row: Delivery, post: PostSeen, now: datetime) -> None:
    row.post_id, row.link, row.published_at, row.ended_at = post.google_id, post.link, row.published_at or now, now
    _put(session, row, S.PUBLISHED, STANDS, now)


def _cannot_see(session: Session, life: Generation, row: Delivery, now: datetime) -> None:
    """What may have gone out in the forgotten time is asked about, an agreement that is forgotten too; what is not due goes on.

    One that is skipped, most often because its class is closed, or ended long ago, is no question; a try of hers looks first, and
    so does what is asked about already or waits for the pilot.
    """
    if _is_due(row, now):
        _ask(session, life, row, DUE + CLOSED, now)
    elif row.state is not S.SKIPPED and _ended_lately(life, row):
        _ask(session, life, row, AGAIN + CLOSED, now)
    elif row.state not in GOES_ON:
        suspect(session, life, row, is_over=True)


def _ended_lately(life: Generation, row: Delivery) -> bool:
    since = (life.lost_from or life.began_at) - LATELY
    return row.state in ENDED and row.ended_at is not None and row.ended_at >= since


def _is_due(row: Delivery, now: datetime) -> bool:
    """Whether it may have gone out in the forgotten time; also where only an agreement is missing, which may be forgotten too."""
    return row.state in GOES_ON | {S.WAITING} and min(row.next_at, row.expires_at - LATE_AFTER) <= now


def _not_shown(session: Session, life: Generation, row: Delivery, drafts: Sequence[PostSeen], now: datetime) -> None:
    """Only a draft, or nothing: what the record tells goes on, what it cannot tell is asked about."""
    is_news = bool(drafts) and row.post_id is None
    if is_news:
        row.post_id, row.link = drafts[0].google_id, drafts[0].link
    if len(drafts) > 1 or (row.post_id and not drafts):
        suspect(session, life, row)
    if is_news and row.state in {S.WAITING, S.AWAITS_PILOT, S.FAILED, S.SKIPPED, S.EXPIRED}:
        _put(session, row, S.NEEDS_HUMAN, HAS_DRAFT, now)
    elif row.state in GOES_ON and _must_ask(life, row, now):
        _ask(session, life, row, ASK, now)
    elif is_news and row.state in {S.READY, S.DRAFTING}:
        _put(session, row, S.DRAFTED, "Its draft was found in the class.", now)


def _must_ask(life: Generation, row: Delivery, now: datetime) -> bool:
    due, lost_from = row.expires_at - LATE_AFTER, life.lost_from or life.began_at
    is_long_gap = life.began_at - lost_from > A_SHORT_GAP
    return due < now - LONG_DUE or (is_long_gap and lost_from <= due <= life.began_at)


def _ask(session: Session, life: Generation, row: Delivery, sentence: str, now: datetime) -> None:
    """Ask her; whatever she says then, the class is looked at once more before anything else is said of it."""
    suspect(session, life, row)
    _put(session, row, S.NEEDS_HUMAN, sentence, now)


def _put(session: Session, row: Delivery, state: S, sentence: str, now: datetime) -> None:
    row.state, row.reason, row.lease_token, row.lease_until = state, sentence[:500], None, None
    add_step(session, row.school_id, row.id, state, sentence, now)


def _leave_to_themselves(desk: Desk, life: Generation, which: ColumnElement[bool]) -> None:
    """Deliveries of accounts that must connect again first: they look into the class before they do anything.

    What waits for an agreement may never do anything, though it may be the agreement that is forgotten: she is asked. So she is of
    what has ended, for it may be a try of hers that is forgotten.
    """
    with desk.transaction() as session:
        now = database_now(session)
        for row in session.scalars(select(Delivery).join(Account, Account.id == Delivery.account_id).where(
                *_doubtful(life), which).with_for_update(of=Delivery)):
            if row.state is S.WAITING and _is_due(row, now):
                _ask(session, life, row, DUE + NOT_CONNECTED, now)
            elif _ended_lately(life, row):
                _ask(session, life, row, AGAIN + NOT_CONNECTED, now)
            else:
                suspect(session, life, row)
            row.generation = life.id


def _has_read_anew(desk: Desk, life: Generation) -> bool:
    """Ask for a full sync of every account that works; True when each has come to its end."""
    with desk.transaction() as session:
        accounts = session.execute(select(Account.school_id, Account.id).where(Account.health.in_(USABLE))).all()
        asked = {row.account_id: row.state for row in session.scalars(
            select(Sync).where(Sync.asked_at >= life.quiet_until).order_by(Sync.asked_at))}
    for school_id, account_id in accounts:
        if account_id not in asked:
            request_sync(desk, school_id, account_id, full=True)
    return all(id in asked and asked[id] not in UNDER_WAY for _, id in accounts)


def _end(desk: Desk, life: Generation) -> bool:
    with desk.transaction() as session:
        session.get_one(Generation, life.id).reconciled_at = database_now(session)
    return True
