"""Several calls in one trip: each is answered by itself, none is repeated, and where nobody knows of batches it goes without."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field

import pytest

from integration.errors import Busy, NotAllowed, Refused, SignInNeeded, Unsure
from integration.google.call import Call
from integration.google.classroom import Classroom, Grant
from integration.google.seen import TopicSeen
from integration.google.wire import CutOff, OnlyReading, Reply
from integration.records.base import new_id

OK = '{"topicId": "7", "name": "Library"}'


def part(number: int, status: str, body: str = "", headers: str = "Content-Type: application/json") -> str:
    return (f"--B\r\nContent-Type: application/http\r\nContent-ID: <response-{number}>\r\n\r\n"
            f"HTTP/1.1 {status}\r\n{headers}\r\n\r\n{body}\r\n")


def parts(*found: str) -> Reply:
    return Reply(200, {"content-type": 'multipart/mixed; boundary="B"'}, ("".join(found) + "--B--\r\n").encode())


def no(status: int, rpc: str) -> str:
    return json.dumps({"error": {"code": status, "status": rpc, "message": "no"}})


@dataclass
class Script:
    """A wire that answers from a script and remembers what it was asked."""

    answers: list[Reply | CutOff]
    asked: list[tuple[str, str, str]] = field(default_factory=list)
    bodies: list[bytes] = field(default_factory=list)

    def carry(self, method: str, url: str, headers: Mapping[str, str], body: bytes | None, timeout: float) -> Reply:
        self.asked.append((method, url, headers["authorization"]))
        self.bodies.append(body or b"")
        answer = self.answers.pop(0)
        if isinstance(answer, CutOff):
            raise answer
        return answer


def classroom(script: Script, *, root: str = "", renewed: str = "") -> Classroom:
    """A classroom at a root nobody else uses."""
    return Classroom(script, Grant("a", "1", "stale"), root=root or f"http://{new_id()}.test",
                     renew=(lambda: renewed) if renewed else None)


def topics(room: Classroom, count: int = 3) -> list[Call[TopicSeen]]:
    return [room.making_topic(str(number), "Library") for number in range(count)]


def kinds(answers: list[TopicSeen | object]) -> list[type]:
    return [type(answer) for answer in answers]


def test_each_part_is_understood_by_itself_whatever_their_order() -> None:
    script = Script([parts(part(2, "429 Too Many Requests", no(429, "RESOURCE_EXHAUSTED"), "Retry-After: 7"), part(0, "200 OK", OK),
                           part(1, "403 Forbidden", no(403, "PERMISSION_DENIED")), part(3, "503 Unavailable"))])
    room = classroom(script)
    answers = room.together(topics(room, 4))
    assert kinds([*answers]) == [TopicSeen, Refused, Busy, Unsure] and len(script.asked) == 1
    assert isinstance(answers[2], Busy) and answers[2].retry_after == 7.0


def test_parts_hold_paths_and_bodies_and_the_token_stands_outside() -> None:
    script = Script([parts(part(0, "200 OK", OK), part(1, "200 OK", OK))])
    room = classroom(script, root="http://google.test")
    room.together(topics(room, 2))
    assert script.asked == [("POST", "http://google.test/batch", "Bearer stale")]
    assert b"POST /v1/courses/0/topics?alt=json HTTP/1.1\r\n" in script.bodies[0] and b"http://" not in script.bodies[0]
    assert script.bodies[0].count(b'{"name": "Library"}') == 2


def test_to_google_itself_it_goes_by_google_s_own_address() -> None:
    script = Script([parts(part(0, "200 OK", OK), part(1, "200 OK", OK))])
    room = Classroom(script, Grant("a", "1", "stale"), root="")
    room.together(topics(room, 2))
    assert script.asked[0][1] == "https://classroom.googleapis.com/batch"


def test_at_most_fifty_go_together() -> None:
    script = Script([parts(*(part(number, "200 OK", OK) for number in range(50))),
                     parts(*(part(number, "200 OK", OK) for number in range(10)))])
    room = classroom(script)
    assert kinds([*room.together(topics(room, 60))]) == [TopicSeen] * 60
    assert [body.count(b"Content-ID") for body in script.bodies] == [50, 10] and room.calls == 60


def test_when_the_connection_breaks_every_write_is_unsure_and_none_is_sent_again() -> None:
    script = Script([CutOff("reset", sent=True)])
    room = classroom(script)
    assert kinds([*room.together(topics(room))]) == [Unsure] * 3 and len(script.asked) == 1


def test_when_it_never_left_nothing_was_written() -> None:
    room = classroom(Script([CutOff("refused", sent=False)]))
    assert kinds([*room.together(topics(room))]) == [Busy] * 3


@pytest.mark.parametrize("reply", [
    Reply(200, {"content-type": "multipart/mixed; boundary=B"}, part(0, "200 OK", OK).encode()[:-40]),
    Reply(200, {"content-type": "text/html"}, b"<html>Welcome to the school's network</html>"),
    parts(part(0, "200 OK", "<html>")), Reply(502),
])
def test_a_part_that_is_missing_or_cannot_be_read_may_have_been_written(reply: Reply) -> None:
    room = classroom(Script([reply]))
    assert kinds([*room.together(topics(room))]) == [Unsure] * 3


def test_only_what_a_stale_token_kept_out_goes_again_once_with_a_fresh_one() -> None:
    stale = no(401, "UNAUTHENTICATED")
    script = Script([parts(part(0, "200 OK", OK), part(1, "401 Unauthorized", stale), part(2, "401 Unauthorized", stale)),
                     parts(part(0, "200 OK", OK), part(1, "401 Unauthorized", stale))])
    room = classroom(script, renewed="fresh")
    assert kinds([*room.together(topics(room))]) == [TopicSeen, TopicSeen, SignInNeeded]
    assert [bearer for _, _, bearer in script.asked] == ["Bearer stale", "Bearer fresh"]
    assert script.bodies[1].count(b"Content-ID") == 2


def test_a_whole_batch_with_a_stale_token_goes_again_once() -> None:
    script = Script([Reply(401, {}, no(401, "UNAUTHENTICATED").encode()), Reply(401, {}, no(401, "UNAUTHENTICATED").encode())])
    room = classroom(script, renewed="fresh")
    assert kinds([*room.together(topics(room))]) == [SignInNeeded] * 3 and len(script.asked) == 2


def test_a_whole_batch_that_is_asked_to_slow_down_did_nothing() -> None:
    room = classroom(Script([Reply(429, {"retry-after": "9"})]))
    answers = room.together(topics(room))
    assert [answer.retry_after for answer in answers if isinstance(answer, Busy)] == [9.0] * 3


@pytest.mark.parametrize("status", [404, 405, 501])
def test_where_nobody_knows_of_batches_it_goes_without_from_then_on(status: int) -> None:
    script = Script([Reply(status), Reply(200, {}, OK.encode()), Reply(200, {}, OK.encode())])
    room = classroom(script)
    answers = room.together(topics(room))
    assert kinds([*answers]) == [Busy] * 3 and room.calls_a_trip == 1
    assert kinds([*room.together(topics(room, 2))]) == [TopicSeen] * 2
    assert [url.rpartition("/")[2] for _, url, _ in script.asked] == ["batch", "topics?alt=json", "topics?alt=json"]


def test_with_writing_switched_off_no_batch_is_carried() -> None:
    script = Script([])
    room = Classroom(OnlyReading(script), Grant("a", "1", "t"), root="http://google.test")
    assert kinds([*room.together(topics(room))]) == [NotAllowed] * 3 and script.asked == []
