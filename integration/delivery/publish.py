"""Show the recorded drafts to students. Only an id that stands in the row is ever published."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from sqlalchemy import or_, select

from integration.delivery.attempts import begin_together
from integration.delivery.draft import BY_HAND, Troubles, standing
from integration.delivery.gone import end_of
from integration.delivery.lease import Held
from integration.delivery.look import deleted_by_us, get_if_there
from integration.delivery.models import Attempt
from integration.delivery.models import DeliveryState as S
from integration.delivery.moves import Move, write_down
from integration.desk import Desk
from integration.errors import GoogleError, NotAllowed, Refused
from integration.google.classroom import Classroom
from integration.google.seen import PostSeen
from integration.records.clock import database_now

NO_LONGER_THERE = frozenset({"NOT_FOUND", "FAILED_PRECONDITION"})
SHOWN_AFTER_ALL = "Google had published it although its answer was lost."
PERHAPS_SHOWN = ("Students may see it: an answer of Google’s was lost, and now Google does not let Throughline look. Nothing more "
                 "was sent. Look into the class, then try again or take it back.")
MAY_STILL_COME = "An answer of Google’s was lost, and what was asked may yet be done. Throughline looks again before it says more."
LATEST = timedelta(minutes=3)
"""How long after its answer was lost a call may still be done, with room to spare."""
LOOKS_AGAIN = 45.0
OURS_TO_MEND = "Throughline itself had removed that draft, so it makes another."


def publish(desk: Desk, classroom: Classroom, hand: Sequence[Held]) -> Troubles:
    """Bring deliveries to PUBLISHED, after a lost answer simply by the same call again; what Google said instead about others."""
    moves, endings, refused, troubles = [], [], [], Troubles()
    begun = [(each, each.post_id) for each in begin_together(desk, hand, "publish", S.PUBLISHING)]
    ready = [(each, post_id) for each, post_id in begun if post_id is not None]
    calls = [classroom.publishing(each.held.course, each.held.kind, post_id) for each, post_id in ready]
    for (each, post_id), answer in zip(ready, classroom.together(calls), strict=True):
        if isinstance(answer, PostSeen):
            moves.append(replace(standing(each.held, answer), ending=each.ok()))
            continue
        endings.append(each.failed(answer))
        if isinstance(answer, Refused) and (answer.reason in NO_LONGER_THERE or each.held.may_be_shown):
            refused.append((each.held, post_id, answer))
        else:
            troubles.append((each.held, answer))
    write_down(desk, moves, endings)
    for held, post_id, error in refused:
        troubles += _explained(desk, classroom, held, post_id, error)
    return troubles


def _explained(desk: Desk, classroom: Classroom, held: Held, post_id: str, error: Refused) -> Troubles:
    """Google would not publish it: see who deleted or published it, and write that down. Else the refusal itself stands.

    One that students may see already, or may see yet, is not ended by a refusal before it was looked at.
    """
    try:
        found = _explain(desk, classroom, held, post_id)
    except (GoogleError, NotAllowed) as other:
        if not (held.may_be_shown and isinstance(other, Refused)):
            return [(held, other)]
        found = Move(held, S.NEEDS_HUMAN, PERHAPS_SHOWN)
    if found is None and held.may_be_shown and _may_still_come(desk, held):
        found = Move(held, S.PUBLISHING, MAY_STILL_COME, after=LOOKS_AGAIN)
    if found is not None:
        write_down(desk, [found])
        return []
    return [(held, error)]


def _explain(desk: Desk, classroom: Classroom, held: Held, post_id: str) -> Move | None:
    post = get_if_there(classroom, held, post_id)
    if post is not None and post.state == "PUBLISHED":
        return standing(held, post, SHOWN_AFTER_ALL if held.may_be_shown else BY_HAND)
    if post is not None and post.state != "DELETED":
        return None
    if post is None and classroom.get_course(held.course).state != "ACTIVE":
        return Move(held, S.NEEDS_HUMAN, PERHAPS_SHOWN) if held.may_be_shown else None
    if _was_our_own_doing(desk, held, post_id):
        return Move(held, S.DRAFTING, OURS_TO_MEND, values={"post_id": None})
    with desk.transaction() as session:
        state, sentence = end_of(session, held.id, post_id)
    return Move(held, state, sentence, stamps=("removed_at",))


def _may_still_come(desk: Desk, held: Held) -> bool:
    """Whether a call to publish had no answer so lately that it may yet be done."""
    with desk.transaction() as session:
        return session.scalar(select(Attempt.id).where(
            Attempt.delivery_id == held.id, Attempt.kind == "publish", or_(Attempt.outcome.is_(None), Attempt.outcome == "unknown"),
            Attempt.started_at > database_now(session) - LATEST).limit(1)) is not None


def _was_our_own_doing(desk: Desk, held: Held, post_id: str) -> bool:
    """Whether our own delete is on record and students surely never saw that post; only then may another be made."""
    if post_id not in deleted_by_us(desk, held.id):
        return False
    with desk.transaction() as session:
        return session.scalar(select(Attempt.id).where(
            Attempt.delivery_id == held.id, Attempt.kind == "publish", Attempt.post_id == post_id,
            or_(Attempt.outcome.is_(None), Attempt.outcome != "definite_error")).limit(1)) is None
