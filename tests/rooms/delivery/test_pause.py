"""What cannot go on is parked, and goes on by itself when the cause is gone; nothing comes late unasked."""

from sqlalchemy import select, update

from integration.delivery.expire import expire
from integration.delivery.ledger import deliveries
from integration.delivery.models import Delivery
from integration.delivery.models import DeliveryState as S
from integration.delivery.pause import pause_google, wake
from integration.delivery.retract import retract
from integration.delivery.retry import retry
from integration.delivery.send import send_due
from integration.delivery.sweep import sweep
from integration.errors import Busy
from integration.google.breaker import DELAYED, Breaker
from integration.later import Job
from tests.conftest import Bell, Clock
from tests.rooms.delivery.makers import Library

HALF_A_MINUTE = 30


def google_breaks(library: Library) -> Breaker:
    breaker = Breaker(library.desk.transaction)
    for _ in range(20):
        breaker.admit()
        breaker.note(True)
    return breaker


def google_is_well(library: Library) -> None:
    breaker = Breaker(library.desk.transaction)
    breaker.admit()
    breaker.note(False)


def park_for_google(library: Library) -> None:
    pause_google(library.desk, library.school_id, Busy(DELAYED, reason="breaker", retry_after=HALF_A_MINUTE))


def rows(library: Library) -> list[Delivery]:
    with library.desk.transaction() as session:
        return list(session.scalars(select(Delivery).order_by(Delivery.id)))


def states(library: Library) -> list[S]:
    return [row.state for row in rows(library)]


def three_accepted(library: Library) -> str:
    for number in range(3):
        library.own_class(f"Grade 6 Library {number}")
    return library.accepted()


def test_what_is_due_waits_for_google_and_says_so(library: Library) -> None:
    three_accepted(library)
    google_breaks(library)
    park_for_google(library)
    assert states(library) == [S.PAUSED_GOOGLE] * 3
    assert {(card.state, card.reason) for card in deliveries(library.desk, library.school_id)} == {("parked", DELAYED)}


def test_one_delivery_tries_while_google_is_left_alone(library: Library, clock: Clock) -> None:
    three_accepted(library)
    google_breaks(library)
    park_for_google(library)
    wake(library.desk, library.school_id)
    assert states(library).count(S.READY) == 0
    clock.forward(seconds=HALF_A_MINUTE)
    wake(library.desk, library.school_id)
    assert states(library).count(S.READY) == 1


def test_when_google_is_well_again_all_go_on_by_themselves(library: Library, clock: Clock, bell: Bell) -> None:
    three_accepted(library)
    breaker = google_breaks(library)
    park_for_google(library)
    clock.forward(seconds=HALF_A_MINUTE)
    breaker.admit()
    breaker.note(False)
    bell.rung.clear()
    sweep(library.desk, patience=0)
    assert bell.rung == [(Job.SEND_DELIVERIES, {"school_id": library.school_id})]
    send_due(library.desk, library.school_id)
    assert states(library) == [S.PUBLISHED] * 3


def test_what_is_being_taken_back_only_waits_for_google(library: Library, clock: Clock) -> None:
    plan_id = three_accepted(library)
    send_due(library.desk, library.school_id)
    retract(library.desk, library.school_id, plan_id, library.account.id)
    google_breaks(library)
    park_for_google(library)
    assert states(library) == [S.CANCELLING] * 3
    clock.forward(seconds=HALF_A_MINUTE)
    google_is_well(library)
    send_due(library.desk, library.school_id)
    assert states(library) == [S.RETRACTED] * 3


def test_after_half_a_day_she_is_asked_and_not_surprised(library: Library, clock: Clock) -> None:
    three_accepted(library)
    google_breaks(library)
    park_for_google(library)
    clock.forward(hours=13)
    assert send_due(library.desk, library.school_id) == 0
    cards = deliveries(library.desk, library.school_id)
    assert [card.state for card in cards] == ["parked"] * 3 and "without asking you" in cards[0].reason
    retry(library.desk, library.school_id, cards[0].id)
    assert sorted(states(library)) == [S.NEEDS_HUMAN, S.NEEDS_HUMAN, S.READY]


def test_what_stands_is_never_expired_by_a_late_update(library: Library, clock: Clock) -> None:
    three_accepted(library)
    send_due(library.desk, library.school_id)
    with library.desk.transaction() as session:
        session.execute(update(Delivery).values(state=S.PAUSED_GOOGLE, wanted={"text": "New"}))
    clock.forward(days=30)
    wake(library.desk, library.school_id)
    expire(library.desk, library.school_id)
    assert states(library) == [S.UPDATING] * 3
