"""The kickstart ladder: begin with one teacher, let it stand, and only after that success is the next one proposed."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from integration.accounts.schools import school
from integration.desk import Desk
from integration.partnerships.models import ProposalState, Source
from integration.partnerships.proposals import proposals
from integration.partnerships.shelf import entries_between, partnerships
from integration.reach.count import this_year
from integration.reach.posts import SeenPost, seen_posts
from integration.reach.unreached import A_BEGINNING, not_yet

STANDS_FOR = timedelta(days=7)
"""What stood so long as it was posted is a success."""
YES = frozenset({ProposalState.ACCEPTED.value, ProposalState.ADAPTED.value, ProposalState.DONE.value})


@dataclass(frozen=True)
class Rung:
    """Where she is on the ladder, in a sentence. `teacher_id`: whom to turn to now; empty while it is better to wait."""

    sentence: str
    teacher_id: str = ""


def rung(desk: Desk, school_id: str) -> Rung | None:
    """The next step of a librarian who is beginning; None once three teachers are partners, or nobody is left to ask."""
    if len(partnerships(desk, school_id, at_most=A_BEGINNING)) >= A_BEGINNING:
        return None
    open_to = not_yet(desk, school_id)
    if not open_to.is_beginning:
        return None
    here, (start, end) = school(desk, school_id), this_year(desk, school_id)
    today, posts = here.today(desk.now()), seen_posts(desk, school_id, start, end)
    has_worked = bool(_said_yes(desk, school_id, start, end) or _kept(posts, today))
    if not has_worked and (waits_for := _fresh(posts, today)):
        return Rung(f"Let it stand for a week with {waits_for}. When it stays as it is, or she says yes to more, the next teacher "
                    "is proposed here.")
    if not open_to.teachers:
        return None
    first = open_to.teachers[0]
    begins = "It worked once, so go one step further, with" if has_worked else "Begin with one teacher:"
    return Rung(f"{begins} {first.teacher.called}. {first.step}", first.teacher.id)


def _said_yes(desk: Desk, school_id: str, start: date, end: date) -> bool:
    """Whether a teacher said yes to a proposal, or something done together was written down by hand."""
    return (any(each.source is Source.HAND for each in entries_between(desk, school_id, start, end))
            or any(each.state in YES and start <= each.on <= end for each in proposals(desk, school_id)))


def _kept(posts: Sequence[SeenPost], today: date) -> Collection[SeenPost]:
    return [post for post in posts if post.partners and post.stands and not post.edited and today - post.on >= STANDS_FOR]


def _fresh(posts: Sequence[SeenPost], today: date) -> str:
    """With whom something of hers stands since less than a week, if with anybody."""
    fresh = (post for post in posts if post.stands and not post.edited and today - post.on < STANDS_FOR)
    return next((one.called for post in fresh for one in post.partners), "")
