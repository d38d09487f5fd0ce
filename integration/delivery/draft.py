"""Put drafts, which students do not see, into classes: at most one call that creates for each, and its id recorded."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from integration.delivery.attempts import Begun, begin_together
from integration.delivery.gone import TAKEN_AWAY
from integration.delivery.lease import Held
from integration.delivery.look import is_edited, our_posts
from integration.delivery.materials import carries_mark, marked
from integration.delivery.models import DeliveryState as S
from integration.delivery.moves import Move, write_down
from integration.delivery.topic import ensure_topics, known_topics, wants_topic
from integration.desk import Desk
from integration.errors import GoogleError, NotAllowed, Refused
from integration.google.call import Call, No
from integration.google.classroom import Classroom
from integration.google.seen import PostSeen

TWICE = ("More than one post in this class looks like this one, so Throughline touched none. Look into the class, delete the "
         "ones too many, then try again.")
BY_HAND = "It was published in Classroom by hand."
EDITED = "The teacher edited it."
FOUND = "Google had written the draft although its answer was lost."
Troubles = list[tuple[Held, No]]


def draft(desk: Desk, classroom: Classroom, hand: Sequence[Held]) -> Troubles:
    """Bring deliveries to DRAFTED, or further when a person was faster; what Google said instead about the others."""
    troubles: Troubles = []
    fresh = [held for held in hand if not held.must_look or not _adopt(desk, classroom, held, troubles)]
    known = known_topics(desk, [held for held in fresh if wants_topic(classroom, held)])
    unsure = [held for held in fresh if held.id not in known and wants_topic(classroom, held)]
    sure = [held for held in fresh if not wants_topic(classroom, held)]
    unsure += _create(desk, classroom, [held for held in fresh if held.id in known], known, troubles, is_topic_sure=False)
    _create(desk, classroom, sure, {}, troubles, is_topic_sure=True)
    topics = ensure_topics(desk, classroom, unsure)
    troubles += topics.troubles
    _create(desk, classroom, [held for held in unsure if held.id in topics.found], topics.found, troubles, is_topic_sure=True)
    return troubles


def _adopt(desk: Desk, classroom: Classroom, held: Held, troubles: Troubles) -> bool:
    """Look for what an attempt with a lost answer left behind; True when there is nothing to create, for now or for good."""
    try:
        found = _whats_there(held, our_posts(desk, classroom, held))
    except (GoogleError, NotAllowed) as error:
        troubles.append((held, error))
        return True
    if found is not None:
        write_down(desk, [found])
    return found is not None


def _whats_there(held: Held, posts: Sequence[PostSeen]) -> Move | None:
    """What the posts found mean. None of them was deleted by us, so a deleted one was removed by a person.

    Of several drafts with our mark the oldest is adopted; the janitor removes the others.
    """
    published = [post for post in posts if post.state == "PUBLISHED"]
    deleted = [post for post in posts if post.state == "DELETED"]
    if len(published) > 1 or (len(posts) > 1 and not carries_mark(held.materials)):
        return Move(held, S.NEEDS_HUMAN, TWICE)
    if published:
        return standing(held, published[0], BY_HAND)
    if deleted:
        return Move(held, S.REMOVED, TAKEN_AWAY, values={"post_id": deleted[0].google_id}, stamps=("removed_at",))
    return _drafted(held, posts[0], FOUND) if posts else None


def _create(desk: Desk, classroom: Classroom, hand: Sequence[Held], topics: Mapping[str, str], troubles: Troubles, *,
            is_topic_sure: bool) -> list[Held]:
    """One call that creates for each; answer those whose topic may have been the mistake, to be looked up afresh."""
    moves, endings, doubtful = [], [], []
    begun = begin_together(desk, hand, "create", S.DRAFTING)
    calls = [_call(classroom, each, topics) for each in begun]
    for each, answer in zip(begun, classroom.together(calls), strict=True):
        if isinstance(answer, PostSeen):
            moves.append(replace(_drafted(each.held, answer), ending=each.ok(answer.google_id)))
            continue
        endings.append(each.failed(answer))
        if isinstance(answer, Refused) and answer.status in {400, 404} and not is_topic_sure:
            doubtful.append(each.held)
        else:
            troubles.append((each.held, answer))
    write_down(desk, moves, endings)
    return doubtful


def _call(classroom: Classroom, begun: Begun, topics: Mapping[str, str]) -> Call[PostSeen]:
    held = begun.held
    return classroom.drafting(held.course, held.kind, title=held.title, text=held.text,
                              materials=marked(held.materials, held.marker), topic=topics.get(held.id, ""))


def _drafted(held: Held, post: PostSeen, sentence: str = "") -> Move:
    values = {"post_id": post.google_id, "link": post.link, "post_updated_at": post.updated_at, "tries": 0}
    return Move(held, S.DRAFTED, sentence, "create", values)


def standing(held: Held, post: PostSeen, sentence: str = "") -> Move:
    """The move that says: the post stands in the class, before students, as the teacher may have edited it."""
    values = {"post_id": post.google_id, "link": post.link, "post_updated_at": post.updated_at}
    if is_edited(held, post):
        return Move(held, S.PUBLISHED, f"{sentence} {EDITED}".strip(), "publish", values, stamps=("published_at", "edited_at"))
    return Move(held, S.PUBLISHED, sentence, "publish", values, stamps=("published_at",))
