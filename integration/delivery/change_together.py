"""Bring many posts up to date together: one trip to look at all of them, one to write. `change` says what is kept and why.

Between the look and the write lies one trip's time instead of one call's.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from integration.delivery.attempts import begin_together
from integration.delivery.change import outcome
from integration.delivery.draft import Troubles
from integration.delivery.lease import Held
from integration.delivery.merge import Merged, merge, words_seen
from integration.delivery.models import DeliveryState as S
from integration.delivery.moves import Ending
from integration.delivery.order import Order, Outcome, finish_together, orders_of
from integration.delivery.rota import Turn
from integration.delivery.trouble import take_down
from integration.errors import Refused
from integration.google.seen import PostSeen


@dataclass(frozen=True)
class Seen:
    """A post as it stands, and what comes of merging it with the update."""

    held: Held
    order: Order
    post: PostSeen
    merged: Merged


def change_together(turn: Turn, hand: Sequence[Held]) -> list[Held]:
    """Bring deliveries from UPDATING to their end, and write down what Google said instead; those that must go on one by one.

    These are the ones whose links change, that are taken back meanwhile, whose post is gone, or that Google refuses.
    """
    orders = orders_of(turn.desk, hand)
    plain = [held for held in hand if held.id in orders and _is_plain(orders[held.id])]
    careful, troubles = [held for held in hand if held not in plain], Troubles()
    seen = _look(turn, plain, orders, careful, troubles)
    take_down(turn, troubles)
    finish_together(turn.desk, [outcome(turn.desk, *each) for each in _as_they_are(seen)])
    changing = [each for each in seen if each.merged.written]
    # What was looked at is written although the slice is over, or the look would have been for nothing.
    if changing and not turn.halt.is_set():
        take_down(turn, _write(turn, changing, careful))
    return careful


def _is_plain(order: Order) -> bool:
    return not (order.is_back or order.next_marker or order.next_post_id or order.old_post_id) and bool(order.post_id)


def _look(turn: Turn, hand: Sequence[Held], orders: Mapping[str, Order], careful: list[Held], troubles: Troubles) -> list[Seen]:
    """Each post as it stands now, where that is all there is to know."""
    found = []
    calls = [turn.classroom.getting(held.course, held.kind, orders[held.id].post_id) for held in hand]
    for held, answer in zip(hand, turn.classroom.together(calls), strict=True):
        if isinstance(answer, PostSeen) and answer.state != "DELETED":
            order = orders[held.id]
            found.append(Seen(held, order, answer, merge(held.kind, order.base, words_seen(answer), order.ours)))
        elif isinstance(answer, PostSeen | Refused):
            careful.append(held)
        else:
            troubles.append((held, answer))
    careful += [each.held for each in found if each.merged.is_relinked]
    return [each for each in found if not each.merged.is_relinked]


def _as_they_are(seen: Sequence[Seen]) -> list[tuple[Held, Order, PostSeen, Merged]]:
    """Those into which nothing need be written."""
    return [(each.held, each.order, each.post, each.merged) for each in seen if not each.merged.written]


def _write(turn: Turn, seen: Sequence[Seen], careful: list[Held]) -> Troubles:
    """One call that writes for each, only into fields that are as we left them; the answers tell what she did to the others."""
    outcomes, endings, troubles = list[Outcome](), list[Ending](), Troubles()
    by_id = {each.held.id: each for each in seen}
    begun = begin_together(turn.desk, [each.held for each in seen], "update", S.UPDATING)
    calls = [turn.classroom.rewording(each.held.course, each.held.kind, by_id[each.held.id].post.google_id,
                                      **by_id[each.held.id].merged.written) for each in begun]
    for each, answer in zip(begun, turn.classroom.together(calls), strict=True):
        held, order = each.held, by_id[each.held.id].order
        if isinstance(answer, PostSeen):
            endings.append(each.ok())
            merged = merge(held.kind, order.base, words_seen(answer), order.ours)
            outcomes.append(outcome(turn.desk, held, order, answer, merged))
            continue
        endings.append(each.failed(answer))
        if isinstance(answer, Refused):
            careful.append(held)
        else:
            troubles.append((held, answer))
    finish_together(turn.desk, outcomes, endings)
    return troubles
