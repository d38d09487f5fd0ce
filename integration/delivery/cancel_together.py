"""Take many posts back together: one trip to look at all of them, one to delete. `cancel` says what is spared and why."""

from collections.abc import Mapping, Sequence

from integration.delivery.attempts import begin_together
from integration.delivery.cancel import ALREADY_GONE, Terms, ends, instead, terms_of
from integration.delivery.draft import Troubles
from integration.delivery.lease import Held
from integration.delivery.models import DeliveryState as S
from integration.delivery.moves import Ending, Move, write_down
from integration.delivery.rota import Turn
from integration.delivery.trouble import take_down
from integration.errors import Refused
from integration.google.seen import PostSeen

Seen = tuple[Held, Terms, list[PostSeen]]
"""A delivery, its terms, and its post as it stands; nothing where Google finds none."""


def cancel_together(turn: Turn, hand: Sequence[Held]) -> list[Held]:
    """Bring deliveries from CANCELLING to their end, and write down what Google said instead; those that must go on one by one.

    These are the ones without a recorded post, that may have left another behind, or that were in the middle of an update.
    """
    terms = terms_of(turn.desk, hand)
    plain = [held for held in hand if held.post_id and not held.must_look and held.id in terms
             and not terms[held.id].is_in_the_middle]
    seen = _look(turn, plain, terms)
    moves, there, gone = list[Move](), list[Seen](), list[Seen]()
    for each in seen:
        end = instead(turn.desk, *each)
        if end is not None:
            moves.append(end)
        else:
            (there if any(post.state != "DELETED" for post in each[2]) else gone).append(each)
    write_down(turn.desk, [*moves, *ends(turn.desk, gone)])
    # What was looked at is deleted although the slice is over, or the look would have been for nothing.
    if there and not turn.halt.is_set():
        _delete(turn, there)
    return [held for held in hand if held not in plain]


def _look(turn: Turn, hand: Sequence[Held], terms: Mapping[str, Terms]) -> list[Seen]:
    """Each post as it stands now; what Google said instead is written down."""
    found, troubles = list[Seen](), Troubles()
    calls = [turn.classroom.getting(held.course, held.kind, held.post_id or "") for held in hand]
    for held, answer in zip(hand, turn.classroom.together(calls), strict=True):
        if isinstance(answer, PostSeen):
            found.append((held, terms[held.id], [answer]))
        elif isinstance(answer, Refused) and answer.reason == "NOT_FOUND":
            found.append((held, terms[held.id], []))
        else:
            troubles.append((held, answer))
    take_down(turn, troubles)
    return found


def _delete(turn: Turn, seen: Sequence[Seen]) -> None:
    """One call that deletes for each, and its end where Google did it or had nothing left to delete."""
    by_id, gone, endings, troubles = {each[0].id: each for each in seen}, list[Seen](), list[Ending](), Troubles()
    begun = begin_together(turn.desk, [held for held, _, _ in seen], "delete", S.CANCELLING)
    calls = [turn.classroom.deleting(each.held.course, each.held.kind, by_id[each.held.id][2][0].google_id) for each in begun]
    for each, answer in zip(begun, turn.classroom.together(calls), strict=True):
        endings.append(each.ok() if answer is None else each.failed(answer))
        if answer is None or (isinstance(answer, Refused) and answer.reason in ALREADY_GONE):
            gone.append(by_id[each.held.id])
        else:
            troubles.append((each.held, answer))
    write_down(turn.desk, ends(turn.desk, gone), endings)
    take_down(turn, troubles)
