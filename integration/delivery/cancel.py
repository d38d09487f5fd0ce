"""Take a post back: by its id and by looking, and say afterwards what students may have seen."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import or_, select

from integration.delivery.attempts import begin, close
from integration.delivery.draft import BY_HAND
from integration.delivery.lease import Held, Lost
from integration.delivery.look import perhaps_ours, still_there
from integration.delivery.merge import changed, words_seen, words_sent
from integration.delivery.models import Attempt, Delivery
from integration.delivery.models import DeliveryState as S
from integration.delivery.moves import Move, move, write_down
from integration.delivery.order import is_under_way, saw_until
from integration.delivery.resume import has_lost_answer
from integration.delivery.spare import asks, spared
from integration.desk import Desk
from integration.errors import GoogleError, NotAllowed, Refused, Unsure
from integration.google.classroom import Classroom
from integration.google.seen import PostSeen

NEVER_SEEN = "It was taken back before students saw it."
SEEN = "It was taken back. Students may have seen it."
SEEN_LATE = "It could not be posted in time, so its draft was deleted. Students may have seen it for a moment."
PERHAPS = "A post in this class may be this one with other words. Whether it is, nothing tells, so it was left as it is."
ALREADY_GONE = frozenset({"NOT_FOUND", "FAILED_PRECONDITION"})


@dataclass(frozen=True)
class Terms:
    """On what terms a delivery is taken back: what it is to be once it has gone unseen, and why; which changes she has seen."""

    state: S
    because: str
    saw: datetime | None
    is_in_the_middle: bool
    """Whether an update is under way, so that only the class itself can tell what stands."""


def cancel(desk: Desk, classroom: Classroom, held: Held) -> None:
    """Bring a delivery from CANCELLING to its end. Raises GoogleError, NotAllowed, Lost."""
    terms = terms_of(desk, [held]).get(held.id)
    if terms is None:
        raise Lost
    if terms.is_in_the_middle:
        # `change` looks, and goes back from there.
        move(desk, held, S.REPLACING, after=0.0)
        return
    must_look = _must_look(desk, held)
    posts = _posts(desk, classroom, held, must_look=must_look)
    end, staying = instead(desk, held, terms, posts), _staying(held, terms, posts)
    for post in posts:
        if post.state != "DELETED" and post not in staying:
            _delete(desk, classroom, held, post.google_id)
    if end is None:
        perhaps = _perhaps(desk, classroom, held, posts) if must_look else []
        if any(post.state == "PUBLISHED" for post in perhaps):
            terms = replace(terms, because=PERHAPS)
        [end] = ends(desk, [(held, terms, [*posts, *perhaps])])
    write_down(desk, [end])
    if held.is_lost:
        raise Lost


def terms_of(desk: Desk, hand: Sequence[Held]) -> dict[str, Terms]:
    """The terms of each delivery as its row has them now; none where a failover has forgotten the row."""
    with desk.transaction() as session:
        rows = session.scalars(select(Delivery).where(Delivery.id.in_([held.id for held in hand])))
        return {row.id: Terms(row.ends_as or S.CANCELLED, row.ends_because, saw_until(row.wanted or {}), is_under_way(row))
                for row in rows}


def instead(desk: Desk, held: Held, terms: Terms, posts: Sequence[PostSeen]) -> Move | None:
    """What becomes of a delivery of whose posts one stays; None when none does."""
    staying = _staying(held, terms, posts)
    if not staying:
        return None
    post = staying[0]
    if post.state == "PUBLISHED" and terms.state is S.EXPIRED:
        return _let_stand(desk, held, post)
    hers = _changed(held, post)
    to, values = spared(desk, post, hers)
    return Move(held, to, asks(hers), values={"wanted": None, "post_id": post.google_id, **values})


def _staying(held: Held, terms: Terms, posts: Sequence[PostSeen]) -> list[PostSeen]:
    """What a teacher changed unseen, and what is shown though it came too late: first what is shown, of that the recorded one."""
    found = [post for post in posts if post.state != "DELETED" and (
        (post.state == "PUBLISHED" and terms.state is S.EXPIRED)
        or ((terms.saw is None or post.updated_at > terms.saw) and _changed(held, post)))]
    return sorted(found, key=lambda post: (post.state != "PUBLISHED", post.google_id != held.post_id))


def ends(desk: Desk, gone: Sequence[tuple[Held, Terms, Sequence[PostSeen]]]) -> list[Move]:
    """How deliveries end whose posts, as they were seen, are gone now."""
    if not gone:
        return []
    shown = _was_shown(desk, [held.id for held, _, _ in gone])
    return [_end(held, terms, is_seen=held.id in shown or any(post.state != "DRAFT" for post in posts))
            for held, terms, posts in gone]


def _end(held: Held, terms: Terms, *, is_seen: bool) -> Move:
    over: dict[str, Any] = {"ends_as": None, "wanted": None}
    if is_seen:
        sentence = SEEN_LATE if terms.state is S.EXPIRED else f"{terms.because} {SEEN}".strip()
        return Move(held, S.RETRACTED, sentence, "retract", over)
    if terms.state is S.CANCELLED:
        return Move(held, S.CANCELLED, terms.because or NEVER_SEEN, "cancel", over)
    # The draft is gone, so to try again means to begin anew.
    return Move(held, terms.state, terms.because, "cancel", {**over, "post_id": None, "link": ""})


def _let_stand(desk: Desk, held: Held, post: PostSeen) -> Move:
    """It came too late for us to show it, and is shown all the same: a person did it, or a call of ours after all."""
    sentence = "" if _was_shown(desk, [held.id]) else BY_HAND
    return Move(held, S.PUBLISHED, sentence, "publish", {"post_id": post.google_id, "link": post.link, "ends_as": None},
                stamps=("published_at",))


def _must_look(desk: Desk, held: Held) -> bool:
    """Whether a lost answer may have left a post; a clean record needs no list."""
    with desk.transaction() as session:
        return has_lost_answer(session, held.id)


def _posts(desk: Desk, classroom: Classroom, held: Held, *, must_look: bool) -> list[PostSeen]:
    """The recorded post, and whatever a lost answer may have left."""
    found = {post.google_id: post for post in still_there(desk, classroom, held)} if must_look else {}
    if held.post_id and held.post_id not in found:
        try:
            found[held.post_id] = classroom.get_post(held.course, held.kind, held.post_id)
        except Refused as error:
            if error.reason != "NOT_FOUND":
                raise
    return list(found.values())


def _perhaps(desk: Desk, classroom: Classroom, held: Held, posts: Sequence[PostSeen]) -> list[PostSeen]:
    """Others that may be its own with other words, where nothing that surely is was shown."""
    if any(post.state != "DRAFT" for post in posts):
        return []
    known = {post.google_id for post in posts}
    return [post for post in perhaps_ours(desk, classroom, held) if post.google_id not in known]


def _changed(held: Held, post: PostSeen) -> tuple[str, ...]:
    return changed(held.kind, words_sent(held.title, held.text, held.materials), words_seen(post))


def _delete(desk: Desk, classroom: Classroom, held: Held, post_id: str) -> None:
    attempt_id, _ = begin(desk, held, "delete", S.CANCELLING, post_id=post_id)
    try:
        classroom.delete_post(held.course, held.kind, post_id)
    except Unsure as error:
        close(desk, attempt_id, "unknown", str(error))
        raise
    except (GoogleError, NotAllowed) as error:
        close(desk, attempt_id, "definite_error", str(error))
        if not (isinstance(error, Refused) and error.reason in ALREADY_GONE):
            raise
        return
    close(desk, attempt_id, "ok")


def _was_shown(desk: Desk, ids: Sequence[str]) -> Collection[str]:
    """Those for which a publish went out that did not surely fail."""
    with desk.transaction() as session:
        return frozenset(session.scalars(select(Attempt.delivery_id).where(
            Attempt.delivery_id.in_(ids), Attempt.kind == "publish",
            or_(Attempt.outcome.is_(None), Attempt.outcome != "definite_error"))))
