"""Bring one hand of deliveries as far as it will go: drafted, published and updated together, whatever needs care one by one."""

from collections.abc import Callable, Mapping, Sequence

from integration.delivery.cancel import cancel
from integration.delivery.change import change
from integration.delivery.change_together import change_together
from integration.delivery.draft import draft
from integration.delivery.lease import Held, Lost, let_go
from integration.delivery.machine import ONE_BY_ONE
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
    """Single calls for what had a lost answer or is one of those that go alone; a group of all updates, and one of all the rest."""
    careful = [held for held in hand if held.must_look or held.tries or held.state in ONE_BY_ONE]
    updates = [held for held in hand if held not in careful and held.state is S.UPDATING]
    plain = [held for held in hand if held not in careful and held.state is not S.UPDATING]
    return [*([held] for held in careful), *filter(None, (updates, plain))]


def _go(turn: Turn, group: list[Held]) -> None:
    if group[0].state is S.UPDATING:
        for held in change_together(turn, group):
            _by_itself(turn, held)
        return
    if group[0].state in ALONE:
        _by_itself(turn, group[0])
        return
    take_down(turn, draft(turn.desk, turn.classroom, [held for held in group if held.state in {S.READY, S.DRAFTING}]))
    drafted = [held for held in group if held.state in {S.DRAFTED, S.PUBLISHING} and not held.is_lost]
    rest(turn.desk, [held for held in drafted if held.draft_only])
    if not turn.is_over:
        take_down(turn, publish(turn.desk, turn.classroom, [held for held in drafted if not held.draft_only]))


def _by_itself(turn: Turn, held: Held) -> None:
    if turn.is_over or held.is_lost:
        return
    try:
        ALONE[held.state](turn.desk, turn.classroom, held)
    except Lost:
        return
    except (GoogleError, NotAllowed) as error:
        take_down(turn, [(held, error)])
