"""The topic a material stands under: known from the last sync, else found by asking, else made. Never moved, never renamed.

A topic that was used once in a class, whoever made it, is used again under whatever name the teacher gave it since.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import select

from integration.delivery.attempts import begin_together
from integration.delivery.lease import Held
from integration.delivery.moves import write_down
from integration.delivery.used_topics import Used, note_used, read_used
from integration.desk import Desk
from integration.errors import Busy, GoogleError, NotAllowed, Refused
from integration.google.call import No
from integration.google.classroom import Classroom
from integration.google.scopes import TOPICS
from integration.google.seen import Kind, TopicPage, TopicSeen
from integration.streams.models import Topic

NOT_LISTED_YET = "Google says its topic is there and does not list it yet. Nothing was written; it goes on by itself."
A_WHILE = 20.0


@dataclass(frozen=True)
class Topics:
    """Google's ids of the topics that were found, by delivery; and why there is none where one was looked for in vain."""

    found: dict[str, str] = field(default_factory=dict)
    troubles: list[tuple[Held, No]] = field(default_factory=list)


def wants_topic(classroom: Classroom, held: Held) -> bool:
    """Whether its post is to stand under a topic: only materials do, and only where she allowed topics."""
    return held.kind is Kind.MATERIAL and bool(held.topic) and TOPICS in classroom.grant.scopes


def known_topics(desk: Desk, hand: Sequence[Held]) -> dict[str, str]:
    """For each delivery Google's id of its topic, as the last sync saw it; those it did not see are left out.

    So are those for which what was seen and what was used before differ: one of them is older, and only Google knows which.
    """
    if not hand:
        return {}
    seen = defaultdict[str, list[tuple[str, str]]](list)
    course_ids = {held.course_id for held in hand}
    with desk.transaction() as session:
        used = read_used(session, course_ids)
        for course_id, google_id, name in session.execute(select(Topic.course_id, Topic.google_id, Topic.name).where(
                Topic.school_id == hand[0].school_id, Topic.course_id.in_(course_ids))):
            seen[course_id].append((google_id, name))
    found = {held.id: id for held in hand if (id := _choose(held, seen[held.course_id], used))
             and used.get((held.course_id, _name(held)), id) == id}
    _remember(desk, hand, found, used)
    return found


def ensure_topics(desk: Desk, classroom: Classroom, hand: Sequence[Held]) -> Topics:
    """The same by asking Google, and by making what is missing."""
    topics = Topics()
    if not hand:
        return topics
    with desk.transaction() as session:
        used = read_used(session, {held.course_id for held in hand})
    missing = _look(classroom, hand, used, topics)
    raced = _make(desk, classroom, missing, topics)
    for held in _look(classroom, raced, used, topics):
        topics.troubles.append((held, Busy(NOT_LISTED_YET, reason="stale", retry_after=A_WHILE)))
    _remember(desk, hand, topics.found, used)
    return topics


def _name(held: Held) -> str:
    """The name as Google keeps it: it trims white space and makes one space of several.

    https://developers.google.com/workspace/classroom/reference/rest/v1/courses.topics
    """
    return " ".join(held.topic.split())


def _choose(held: Held, there: Iterable[tuple[str, str]], used: Used) -> str:
    """Of the topics there are, by id and name: the one of that name, else the one its posts stood under before."""
    ids = list(there)
    before = used.get((held.course_id, _name(held)))
    return next((id for id, name in ids if name == _name(held)), next((id for id, _ in ids if id == before), ""))


def _remember(desk: Desk, hand: Sequence[Held], found: Mapping[str, str], used: Used) -> None:
    """Write down what is news; most often there is none."""
    news = {key: found[held.id] for held in hand if held.id in found
            and used.get(key := (held.course_id, _name(held))) != found[held.id]}
    if news:
        with desk.transaction() as session:
            note_used(session, hand[0].school_id, news)


def _look(classroom: Classroom, hand: Sequence[Held], used: Used, topics: Topics) -> list[Held]:
    """Ask each class for its topics; answer the deliveries whose topic is not there."""
    missing = []
    for held, answer in zip(hand, classroom.together([classroom.listing_topics(held.course) for held in hand]), strict=True):
        try:
            id = _choose(held, [(topic.google_id, topic.name) for topic in _all(classroom, held, answer)], used)
        except (GoogleError, NotAllowed) as error:
            topics.troubles.append((held, error))
            continue
        if id:
            topics.found[held.id] = id
        else:
            missing.append(held)
    return missing


def _all(classroom: Classroom, held: Held, answer: TopicPage | No) -> tuple[TopicSeen, ...]:
    """Every topic of the class; raises what came in place of an answer."""
    if not isinstance(answer, TopicPage):
        raise answer
    return answer.topics if answer.is_last else classroom.list_topics(held.course)


def _make(desk: Desk, classroom: Classroom, hand: Sequence[Held], topics: Topics) -> list[Held]:
    """Make what is missing; answer those for whom another was faster, so that the topic is there after all.

    After a lost answer nothing needs the janitor: a topic of one name cannot exist twice, so the next round finds it or makes it.
    """
    raced: list[Held] = []
    endings = []
    begun = [each for state in dict.fromkeys(held.state for held in hand)
             for each in begin_together(desk, [held for held in hand if held.state is state], "topic", state)]
    for each, answer in zip(begun, classroom.together([classroom.making_topic(each.held.course, _name(each.held))
                                                       for each in begun]), strict=True):
        if isinstance(answer, TopicSeen):
            topics.found[each.held.id] = answer.google_id
            endings.append(each.ok(answer.google_id))
        else:
            if isinstance(answer, Refused) and answer.reason == "ALREADY_EXISTS":
                raced.append(each.held)
            else:
                topics.troubles.append((each.held, answer))
            endings.append(each.failed(answer))
    write_down(desk, [], endings)
    return raced
