"""A teacher leaves: nothing more comes, what waits is let go, and what stands is kept or taken back as she says.

For a quarter of an hour all of it can be undone, because mail programs press buttons too.
"""

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from integration import later
from integration.consent.allowed import LEFT_OUT
from integration.consent.choices import EVERYWHERE, read_choices
from integration.consent.choose import NewChoice, take_choice_back, write_choice
from integration.consent.chosen_letter import no_longer_told, tell_of_choice
from integration.consent.models import Choice
from integration.delivery import choose as choosing
from integration.delivery.choose import undo_until
from integration.delivery.lease import add_step
from integration.delivery.machine import CHANGING, PARKED
from integration.delivery.mine import hers
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
            chosen = write_choice(session, link.school_id, link.id, NewChoice(Choice.NEVER), by=f"teacher:{link.id}", now=now,
                                  place=place, undo_until=undo_until(desk))
        tell_of_choice(session, desk.settings, link.school_id, chosen, now)
        for row in session.scalars(hers(link, _COMES).with_for_update()):
            hold(session, row, S.SKIPPED, LEFT, now)
        if also_retract:
            for row in session.scalars(hers(link, _STANDS).with_for_update()):
                _take_back(session, row, now, now + timedelta(seconds=desk.settings.undo_seconds))
        later.ask(session, later.Job.SEND_DELIVERIES, school_id=link.school_id)


def come_back(desk: Desk, secret: str) -> None:
    """Undo leaving, or whatever was chosen by a link: what counted before counts again.

    While it is fresh, what waited waits again, and what stands stays. Raises NotFound, AlreadyDone.
    """
    with desk.transaction() as session:
        link = follow(session, secret, desk.now(), opens="teacher")
        if not undo_choice(session, desk, link):
            raise AlreadyDone("It is too late to undo that here. Choose anew what the library may share with your classes.")


def undo_choice(session: Session, desk: Desk, link: Followed, *, only_fresh: bool = False) -> bool:
    """Bring back what counted before the teacher `link.id` chose by her links; False when there is nothing of that."""
    now = desk.now()
    taken = take_choice_back(session, link.school_id, link.id, now, only_fresh=only_fresh)
    if not taken:
        return False
    if any(each.is_fresh(now) for each in taken):
        for row in session.scalars(hers(link, Delivery.state.in_((S.SKIPPED, S.CANCELLING))).with_for_update()):
            _restore(session, row, now, now - timedelta(seconds=desk.settings.undo_seconds))
    no_longer_told(session, link.id)
    return True


def choose_by_link(desk: Desk, secret: str, new: NewChoice) -> None:
    """Write down what she allows in all her classes. Raises NotFound, Invalid."""
    with desk.transaction() as session:
        link = follow(session, secret, desk.now(), opens="teacher")
    choosing.choose_by_link(desk, link.school_id, link.id, new)


def unsubscribe(desk: Desk, secret: str) -> None:
    """End letters that ask: who was asked until now gets nothing more, nor a letter about it. What she chose otherwise stays.

    Raises NotFound.
    """
    with desk.transaction() as session:
        link = follow(session, secret, desk.now(), opens="teacher")
        known = read_choices(session, link.school_id).known.get((link.id, EVERYWHERE))
    if known is None or known.choice is Choice.ASK:
        choosing.choose_by_link(desk, link.school_id, link.id, NewChoice(Choice.NEVER), is_told=False)


def _places(session: Session, link: Followed) -> list[str]:
    """Each class she said something about, and then all together."""
    known = read_choices(session, link.school_id).known
    return sorted({EVERYWHERE, *(place for teacher_id, place in known if teacher_id == link.id)}, reverse=True)


def _take_back(session: Session, row: Delivery, now: datetime, at: datetime) -> None:
    take_back(row, at, because=TAKEN_BACK)
    add_step(session, row.school_id, row.id, row.state, TAKEN_BACK, now)


def _restore(session: Session, row: Delivery, now: datetime, since: datetime) -> None:
    """What was let go of `since` then because of her choice waits again; what was to be taken back stays where it stands."""
    was_let_go = row.reason == LEFT or row.reason.endswith(LEFT_OUT)
    if row.state is S.SKIPPED and was_let_go and row.ended_at is not None and row.ended_at >= since:
        row.state, row.reason, row.ended_at = S.WAITING, UNDONE, None
    elif row.state is S.CANCELLING and row.reason == TAKEN_BACK and row.lease_token is None and row.next_at > now:
        row.state, row.reason, row.ended_at, row.ends_as = S.PUBLISHED, "", row.published_at, None
    else:
        return
    add_step(session, row.school_id, row.id, row.state, UNDONE, now)
