"""Bring one hand of deliveries as far as it will go: sent, changed or taken back together, whatever needs care one by one."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence

from integration.delivery.cancel import cancel
from integration.delivery.cancel_together import cancel_together
from integration.delivery.change import change
from integration.delivery.change_together import change_together
from integration.delivery.draft import draft
from integration.delivery.earlier import heed
from integration.delivery.lease import Held, Lost, let_go
from integration.delivery.models import DeliveryState as S
from integration.delivery.publish import publish
from integration.delivery.rest import rest
from integration.delivery.rota import Turn
from integration.delivery.trouble import park_the_rest, take_down
from integration.desk import Desk
from integration.errors import GoogleError, NotAllowed
from integration.google.classroom import Classroom

ALONE: Mapping[S, Callable[[Desk, Classroom, Held], None]] = {
    S.CANCELLING: cancel, S.UPDATING: change, S.REPLACING: change}
"""The states from which a delivery goes its way by itself, and what does it. Raises GoogleError, NotAllowed, Lost."""
TOGETHER: Mapping[S, Callable[[Turn, Sequence[Held]], list[Held]]] = {S.CANCELLING: cancel_together, S.UPDATING: change_together}
"""Those from which the plain ones go together; what does it answers the others."""
LOOKED_AT = 25
"""So many of them at a time: between the look at a post and what is written into it passes the time that their calls wait for the
quota, in which a person's own change goes unseen: a second alone, up to ten beside seven other hands at Google's own quota."""
TOGETHER_AGAIN = 2
"""After so many lost answers these too go alone."""


def advance(turn: Turn, hand: Sequence[Held]) -> None:
    """Work on what was claimed together and give it back. Between any two calls it stops when the turn is over.

    When the database goes away meanwhile the whole hand is abandoned, as it is: nobody touches it until its lease has ended.
    """
    for group in _groups(hand):
        if not turn.is_over:
            _go(turn, group)
    let_go(turn.desk, hand)
    park_the_rest(turn)


def _groups(hand: Sequence[Held]) -> list[list[Held]]:
    """Single calls for what needs care; one group of all that is sent, and small ones of what is taken back or changed."""
    careful = [held for held in hand if _needs_care(held)]
    alike = defaultdict[S, list[Held]](list)
    for held in hand:
        if held not in careful:
            alike[held.state if held.state in TOGETHER else S.READY].append(held)
    groups = [group[start:start + LOOKED_AT] if state in TOGETHER else group for state, group in alike.items()
              for start in range(0, len(group) if state in TOGETHER else 1, LOOKED_AT)]
    return [*([held] for held in careful), *groups]


def _needs_care(held: Held) -> bool:
    """What looks before it writes may go together again after a lost answer, but not for ever: one may spoil it for all."""
    return held.must_look or held.state is S.REPLACING or held.tries > (TOGETHER_AGAIN if held.state in TOGETHER else 0)


def _go(turn: Turn, group: list[Held]) -> None:
    state = group[0].state
    if state in ALONE:
        for held in TOGETHER[state](turn, group) if state in TOGETHER else group:
            _by_itself(turn, held)
        return
    take_down(turn, draft(turn.desk, turn.classroom, [held for held in group if held.state in {S.READY, S.DRAFTING}]))
    held_up = dict(heed(turn.desk, turn.classroom, _drafted(group))) if not turn.is_over else {}
    take_down(turn, [*held_up.items()])
    drafted = [held for held in _drafted(group) if held not in held_up]
    rest(turn.desk, [held for held in drafted if held.draft_only])
    if not turn.is_over:
        take_down(turn, publish(turn.desk, turn.classroom, [held for held in drafted if not held.draft_only]))


def _drafted(group: Sequence[Held]) -> list[Held]:
    return [held for held in group if held.state in {S.DRAFTED, S.PUBLISHING} and not held.is_lost]


def _by_itself(turn: Turn, held: Held) -> None:
    if turn.is_over or held.is_lost:
        return
    try:
        ALONE[held.state](turn.desk, turn.classroom, held)
    except Lost:
        return
    except (GoogleError, NotAllowed) as error:
        take_down(turn, [(held, error)])
