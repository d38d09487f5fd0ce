"""Follow up what teachers have not answered: one reminder after three days, and after two weeks nothing is posted at all."""

from sqlalchemy.orm import Session

from integration.accounts.schools import SchoolCard, school
from integration.consent.answers import posts_of
from integration.consent.models import Question
from integration.consent.remind import is_over, remind, to_follow_up
from integration.delivery.asked import rows_of
from integration.delivery.lease import add_step
from integration.delivery.models import Delivery
from integration.delivery.models import DeliveryState as S
from integration.desk import Desk
from integration.records.clock import database_now

NO_ANSWER = "The teacher has not answered for two weeks, so it was not posted. Silence is not a yes."


def follow_up(desk: Desk) -> int:
    """Remind whom it is time to remind, and let go of what was asked too long ago; answer how many questions that were."""
    with desk.transaction() as session:
        late = [(each.id, each.school_id) for each in to_follow_up(session, database_now(session))]
    return sum(_follow(desk, question_id, school(desk, school_id)) for question_id, school_id in late)


def _follow(desk: Desk, question_id: str, place: SchoolCard) -> bool:
    with desk.transaction() as session:
        question, now = session.get_one(Question, question_id), database_now(session)
        waiting = _waiting(session, question)
        if waiting and not is_over(session, question, now):
            remind(session, desk.settings, place, question, now)
            return True
        for row in waiting:
            row.state, row.reason, row.ended_at = S.EXPIRED, NO_ANSWER, now
            add_step(session, row.school_id, row.id, row.state, NO_ANSWER, now)
        question.answered_at = now
        return bool(waiting)


def _waiting(session: Session, question: Question) -> list[Delivery]:
    rows = rows_of(session, posts_of(session, question.id), for_update=True).values()
    return [row for row in rows if row.state is S.WAITING]
