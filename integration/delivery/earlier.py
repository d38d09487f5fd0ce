"""Before a draft is shown, heed what a person did with another one, which an earlier attempt made when its delivery had gone on.

A request may come so late that whoever looked for its draft had already looked. What it made is known by its id once its answer
is written down.
"""

from collections.abc import Sequence

from sqlalchemy import func, or_, select

from integration.delivery.draft import BY_HAND, TWICE, Troubles, standing
from integration.delivery.gone import end_of
from integration.delivery.lease import Held
from integration.delivery.look import deleted_by_us, recorded
from integration.delivery.models import Attempt, Delivery, DeliveryStep
from integration.delivery.moves import Ending, Move, write_down
from integration.delivery.stands import get_post
from integration.delivery.suspect import SUSPECTED
from integration.desk import Desk
from integration.errors import GoogleError, NotAllowed
from integration.google.classroom import Classroom

NOT_SHOWN = "Its draft was made and is not needed any more. It is looked for and taken away."


def heed(desk: Desk, classroom: Classroom, hand: Sequence[Held]) -> Troubles:
    """End those whose other draft a person removed or published; what Google said instead about others.

    Their own draft, which students never saw, is left to the janitor. One that students may see already is not ended here.
    """
    troubles: Troubles = []
    for held in hand:
        try:
            found = _done_by_hand(desk, classroom, held) if held.must_look and not held.may_be_shown else None
        except (GoogleError, NotAllowed) as error:
            troubles.append((held, error))
            continue
        if found is not None:
            write_down(desk, [found], [Ending(id, "unknown", NOT_SHOWN) for id in _made(desk, held)])
    return troubles


def _done_by_hand(desk: Desk, classroom: Classroom, held: Held) -> Move | None:
    for post_id in _others(desk, held):
        post = get_post(classroom, held, post_id)
        if post is None:
            with desk.transaction() as session:
                state, sentence = end_of(session, held.id, post_id)
            return Move(held, state, sentence, values={"post_id": post_id}, stamps=("removed_at",))
        if post.state == "PUBLISHED":
            return standing(held, post, BY_HAND)
    return None


def _others(desk: Desk, held: Held) -> list[str]:
    """The posts that attempts of this delivery are known to have made, which no delivery has recorded and we did not delete.

    Of those before we asked for the ones too many to be deleted, nothing is to be learnt.
    """
    taken = recorded(desk, held) | deleted_by_us(desk, held.id)
    asked = select(func.max(DeliveryStep.at)).where(DeliveryStep.delivery_id == held.id, DeliveryStep.sentence == TWICE)
    with desk.transaction() as session:
        asked_at = session.scalar(asked)
        made = session.execute(select(Attempt.post_id, Attempt.started_at).where(
            Attempt.delivery_id == held.id, Attempt.kind == "create", Attempt.lease_token != SUSPECTED,
            or_(Attempt.outcome.is_(None), Attempt.outcome == "unknown")).order_by(Attempt.started_at))
        return [post_id for post_id, began_at in made
                if post_id and post_id not in taken and (asked_at is None or began_at > asked_at)]


def _made(desk: Desk, held: Held) -> Sequence[str]:
    """The attempt that made the recorded draft, where its answer came."""
    with desk.transaction() as session:
        return session.scalars(select(Attempt.id).join(Delivery, Delivery.id == Attempt.delivery_id).where(
            Attempt.delivery_id == held.id, Attempt.kind == "create", Attempt.post_id == Delivery.post_id)).all()
