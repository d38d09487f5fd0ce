"""Put a draft, which students do not see, into a class: at most one call that creates, and its id recorded."""

from integration.delivery.lease import Held, begin, close, move
from integration.delivery.look import our_posts
from integration.delivery.materials import carries_mark, marked
from integration.delivery.models import DeliveryState as S
from integration.delivery.topic import ensure_topic, known_topic
from integration.desk import Desk
from integration.errors import GoogleError, NotAllowed, Refused, Unsure
from integration.google.classroom import Classroom
from integration.google.scopes import TOPICS
from integration.google.seen import PostSeen

TWICE = ("More than one post in this class looks like this one, so Throughline touched none. Look into the class, delete the "
         "ones too many, then try again.")
BY_HAND = "It was published in Classroom by hand."
TAKEN_AWAY = "It was removed in Classroom. It stays removed."


def draft(desk: Desk, classroom: Classroom, held: Held) -> None:
    """Bring a delivery to DRAFTED, or further when a person was faster. Raises GoogleError, NotAllowed, Lost."""
    if held.state is S.DRAFTING and _adopt(desk, classroom, held):
        return
    known = known_topic(desk, held) if TOPICS in classroom.grant.scopes else ""
    if known and _create(desk, classroom, held, known, is_topic_sure=False):
        return
    _create(desk, classroom, held, ensure_topic(desk, classroom, held), is_topic_sure=True)


def _adopt(desk: Desk, classroom: Classroom, held: Held) -> bool:
    """Look for what an attempt with a lost answer left behind; True when something was found."""
    posts = our_posts(desk, classroom, held)
    published = [post for post in posts if post.state == "PUBLISHED"]
    if len(published) > 1 or (len(posts) > 1 and not carries_mark(held.materials)):
        move(desk, held, S.NEEDS_HUMAN, TWICE)
    elif published:
        stand(desk, held, published[0], BY_HAND)
    elif any(post.state == "DELETED" for post in posts):
        move(desk, held, S.REMOVED, TAKEN_AWAY, removed_at=desk.now(), post_id=posts[0].google_id)
    elif posts:
        _record(desk, held, posts[0], "Google had written the draft although its answer was lost.")
    return bool(posts)


def _create(desk: Desk, classroom: Classroom, held: Held, topic: str, *, is_topic_sure: bool) -> bool:
    """One call that creates. False when the topic may have been the mistake, so that it is looked up afresh."""
    attempt_id, _ = begin(desk, held, "create", S.DRAFTING)
    try:
        post = classroom.create_draft(held.course, held.kind, title=held.title, text=held.text,
                                      materials=marked(held.materials, held.marker), topic=topic)
    except Unsure as error:
        close(desk, attempt_id, "unknown", str(error))
        raise
    except (GoogleError, NotAllowed) as error:
        close(desk, attempt_id, "definite_error", str(error))
        if isinstance(error, Refused) and error.status in {400, 404} and not is_topic_sure:
            return False
        raise
    close(desk, attempt_id, "ok", post_id=post.google_id)
    _record(desk, held, post, "")
    return True


def _record(desk: Desk, held: Held, post: PostSeen, sentence: str) -> None:
    move(desk, held, S.DRAFTED, sentence, verb="create", post_id=post.google_id, link=post.link, tries=0)


def stand(desk: Desk, held: Held, post: PostSeen, sentence: str = "") -> None:
    """Write down that the post stands in the class, before students."""
    move(desk, held, S.PUBLISHED, sentence, verb="publish", post_id=post.google_id, link=post.link,
         published_at=desk.now())
