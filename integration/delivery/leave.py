"""A teacher leaves: nothing more comes, what waits is let go, and what stands is kept or taken back as she says.

For a quarter of an hour all of it can be undone, because mail programs press buttons too.
"""

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from integration import later
from integration.consent.choices import EVERYWHERE, ChoiceCard, read_choices
from integration.consent.choose import NewChoice, write_choice
from integration.consent.models import Choice
from integration.delivery.choose import choose
from integration.delivery.lease import add_step
from integration.delivery.machine import CHANGING, PARKED
from integration.delivery.mine import hers, is_fresh
from integration.delivery.models import Delivery
from integration.delivery.models import DeliveryState as S
from integration.delivery.obey import PENDING, hold
from integration.delivery.resume import take_back
from integration.desk import Desk
from integration.errors import AlreadyDone
from integration.letters.links import Followed, follow

LEFT = "The teacher wants nothing from the library any more."
TAKEN_BACK = "The teacher wants it taken back."
UNDONE = "The teacher undid that."
_COMES = Delivery.state.in_((*PENDING, *CHANGING)) & Delivery.published_at.is_(None)
_STANDS = Delivery.state.in_((S.PUBLISHED, *CHANGING, *PARKED)) & Delivery.published_at.is_not(None) & Delivery.edited_at.is_(None)


def leave(desk: Desk, secret: str, *, also_retract: bool) -> None:
    """End everything that comes into her classes; `also_retract` takes back what stands unchanged as well. Raises NotFound."""
    with desk.transaction() as session:
        link, now = follow(session, secret, desk.now(), opens="teacher"), desk.now()
        for place in _places(session, link):
            write_choice(session, link.school_id, link.id, NewChoice(Choice.NEVER), by=f"teacher:{link.id}", now=now, place=place)
        for row in session.scalars(hers(link, _COMES).with_for_update()):
            hold(session, row, S.SKIPPED, LEFT, now)
        if also_retract:
            for row in session.scalars(hers(link, _STANDS).with_for_update()):
                _take_back(session, row, now, now + timedelta(seconds=desk.settings.undo_seconds))
        later.ask(session, later.Job.SEND_DELIVERIES, school_id=link.school_id)


def come_back(desk: Desk, secret: str) -> None:
    """Undo leaving while it is fresh: she is asked again, what waited waits again, what stands stays.

    Raises NotFound, AlreadyDone.
    """
    with desk.transaction() as session:
        link, now = follow(session, secret, desk.now(), opens="teacher"), desk.now()
        known = read_choices(session, link.school_id).known.get((link.id, EVERYWHERE)) or ChoiceCard(link.id)
        if not (known.choice is Choice.NEVER and is_fresh(desk, known.changed_at)):
            raise AlreadyDone("It is too late to undo that here. Choose anew what the library may share with your classes.")
        for place in _places(session, link):
            write_choice(session, link.school_id, link.id, NewChoice(Choice.ASK), by=f"teacher:{link.id}", now=now, place=place)
        for row in session.scalars(hers(link, Delivery.state.in_((S.SKIPPED, S.CANCELLING))).with_for_update()):
            _restore(session, row, now)


def choose_by_link(desk: Desk, secret: str, new: NewChoice) -> None:
    """Write down what she allows in all her classes. Raises NotFound, Invalid."""
    with desk.transaction() as session:
        link = follow(session, secret, desk.now(), opens="teacher")
    choose(desk, link.school_id, link.id, new, by=f"teacher:{link.id}")


def unsubscribe(desk: Desk, secret: str) -> None:
    """End letters that ask: who was asked until now gets nothing more. What she chose otherwise stays. Raises NotFound."""
    with desk.transaction() as session:
        link = follow(session, secret, desk.now(), opens="teacher")
        known = read_choices(session, link.school_id).known.get((link.id, EVERYWHERE))
    if known is None or known.choice is Choice.ASK:
        choose_by_link(desk, secret, NewChoice(Choice.NEVER))


def _places(session: Session, link: Followed) -> list[str]:
    """All her classes together, and each she said something about."""
    known = read_choices(session, link.school_id).known
    return sorted({EVERYWHERE, *(place for teacher_id, place in known if teacher_id == link.id)})


def _take_back(session: Session, row: Delivery, now: datetime, at: datetime) -> None:
    take_back(row, at, because=TAKEN_BACK)
    add_step(session, row.school_id, row.id, row.state, TAKEN_BACK, now)


def _restore(session: Session, row: Delivery, now: datetime) -> None:
    """What was let go of because she left waits again; what was to be taken back stays where it stands."""
    if row.state is S.SKIPPED and row.reason == LEFT:
        row.state, row.reason, row.ended_at = S.WAITING, UNDONE, None
    elif row.state is S.CANCELLING and row.reason == TAKEN_BACK and row.lease_token is None and row.next_at > now:
        row.state, row.reason, row.ended_at, row.ends_as = S.PUBLISHED, "", row.published_at, None
    else:
        return
    add_step(session, row.school_id, row.id, row.state, UNDONE, now)
