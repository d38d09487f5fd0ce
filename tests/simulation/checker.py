"""The judge: holds what really happened in the classes against the promises, then the ledger against what happened.

What happened is the witness's history and Google's journal; our own database is only asked for what it claims. A post is known
by the word of ours that was in it when it first appeared.
"""

from collections import defaultdict
from collections.abc import Iterable

from integration.delivery.cancel import PERHAPS
from integration.delivery.change import BOTH
from integration.delivery.gone import CAME_LATE, DELETED_LATE, GONE_SINCE
from integration.delivery.leave_to_her import HERS as LEFT_TO_HER
from integration.delivery.rest import IN_HER_CLASS
from tests.simulation.google import Seen
from tests.simulation.story import Story
from tests.simulation.tale import Tale
from tests.simulation.weather import STALEST, UNAWARE

ENDS = {"published", "removed", "cancelled", "retracted", "skipped", "failed", "expired"}
WAITS = {"waiting", "paused_auth", "paused_google", "needs_human"}
HERS = ("The teacher changed", LEFT_TO_HER, IN_HER_CLASS)
"""How the reason of a draft begins that waits for the librarian's word, because she took it back, or lies there for its teacher."""
TAKEN_AWAY = {"cancelled", "retracted", "removed"}
NEVER_SHOWN = {"cancelled", "skipped", "failed", "expired", "waiting"}


def judge(story: Story) -> None:
    """Note a fault for every promise that was broken."""
    tales = _tales(story.town.witness.history)
    rows = story.town.database.ask(ROWS)
    _one_row_each(story, rows)
    for course, key, state, post, reason, mode, *_ in rows:
        tale = tales[course, key]
        name = f"{key} in {course}"
        story.town.tell("ledger", f"{name} ({mode}): {state} {post or ''} {reason}")
        _posts(story, name, tale, course, key, is_told=state == "needs_human" or reason.startswith(BOTH))
        _her_words(story, name, tale, course, key)
        _ledger(story, (course, key), tale, state, post or "", reason)
        if mode != "own":
            _consent(story, name, tale, story.librarian.agreed.get((course, key)))
    _strangers(story, tales, rows)
    _drafts(story, rows)
    _journal(story)


def _tales(history: Iterable[Seen]) -> dict[tuple[str, str], Tale]:
    tales = defaultdict[tuple[str, str], Tale](Tale)
    for each in history:
        tales[each.course, each.key].seen.append(each)
    return tales


def _one_row_each(story: Story, rows: list[tuple[str, ...]]) -> None:
    """A plan's class has one row, however often it was accepted."""
    if len({row[:2] for row in rows}) != len(rows):
        story.town.fault("a plan has two rows for one class")
    wanted, = story.town.database.ask(WANTED)[0]
    if wanted != len(rows):
        story.town.fault(f"{wanted} rows were to be in the ledger, {len(rows)} are")
    if not story.mishaps.forgotten and story.town.database.ask("select 1 from plans where state = 'planned'"):
        story.town.fault("a plan was never accepted")


def _posts(story: Story, name: str, tale: Tale, course: str, key: str, *, is_told: bool) -> None:
    """I1, I5: one post, and none after a person removed or published it. With other links, one may take another's place.

    Where Google refused to delete the one before, both stand; then she `is_told`.
    """
    is_relinked = key in story.librarian.relinked
    if len({each for each in tale.shown("app") if not _is_unknowable(story, tale, course, each)}) > 1 and not is_relinked:
        story.town.fault(f"I1 {name}: shown {len(tale.shown('app'))} times")
    if len(tale.visible() & tale.shown("app")) > 1 and not is_told and _can_write(story, course):
        story.town.fault(f"I1 {name}: stands {len(tale.visible())} times")
    for gone in tale.removed_by_people():
        if (gone.was == "PUBLISHED" or gone.now == "DELETED") and not _is_unknowable(story, tale, course, gone.post):
            _none_after(story, f"I5 {name}: shown again after a person removed it", tale, gone)
    for hers in tale.published_by_people():
        if not (is_relinked or _is_edited(story, course, hers.post) or hers.at - tale.born()[hers.post] <= STALEST):
            _none_after(story, f"I1 {name}: shown again after a person published it", tale, hers)


def _is_edited(story: Story, course: str, post: str) -> bool:
    return any(each[1:3] == (course, post) for each in story.teachers.edits)


def _is_unknowable(story: Story, tale: Tale, course: str, post: str) -> bool:
    """Whether a post that no record names carries no mark and has other words since: nothing tells then that it is ours."""
    there = story.town.world.courses[course].posts.get(post)
    is_marked = there is not None and "tl=" in str(there.body["materials"])
    is_recorded = post in tale.shown("app") and not story.mishaps.is_forgotten(tale.born()[post])
    return _is_edited(story, course, post) and not is_recorded and not is_marked


def _none_after(story: Story, what: str, tale: Tale, done: Seen) -> None:
    """A post made anew and shown long after she did that. What was made before may be a draft she did not see."""
    # What was on its way when she did that, or the other draft of two, is shown all the same, and may be given other links later.
    others = {post for at in (done.at, done.at + STALEST) for post in tale.visible(at) if tale.born()[post] <= done.at + STALEST}
    others = others - {done.post} | tale.doubles(done.post, done.at)
    late = {post for post in tale.shown("app") if tale.born()[post] > done.at + STALEST and post != done.post}
    if late and not others and done.at - tale.born()[done.post] > 0:
        story.town.fault(what)


def _her_words(story: Story, name: str, tale: Tale, course: str, key: str) -> None:
    """I6: a person's words are neither overwritten nor deleted, unless the librarian saw them and said so."""
    slack = UNAWARE if key in story.librarian.reworded else 0.0
    for each in tale.seen:
        mine = [edit for edit in story.teachers.edits if edit[1:3] == (course, each.post) and edit.at < each.at]
        if each.is_reworded and each.by == "app" and mine and mine[-1].at < each.at - slack and mine[-1].words not in each.says:
            story.town.fault(f"I6 {name}: a person's words were overwritten")
    for edit in story.teachers.edits:
        if key not in story.librarian.relinked and (course, key) not in story.librarian.insisted and any(
                each.post == edit.post and each.by == "app" and (each.was, each.now) == ("PUBLISHED", "DELETED")
                and each.at > edit.at + UNAWARE for each in tale.seen if each.course == edit.course):
            story.town.fault(f"I6 {name}: a post with a person's words was deleted")


def _ledger(story: Story, at: tuple[str, str], tale: Tale, state: str, post: str, reason: str) -> None:
    """I2, I3, I4, I12: it came to an end, and the end is true."""
    (course, key), name = at, f"{at[1]} in {at[0]}"
    if state not in ENDS | WAITS and not (state == "drafted" and reason.startswith(HERS)):
        story.town.fault(f"I2 {name}: still {state} ({reason})")
    if state == "published" and post not in tale.shown():
        story.town.fault(f"I3 {name}: said to be published, and never was")
    standing = {each for each in tale.visible() & tale.shown("app") if not _is_unknowable(story, tale, course, each)}
    if state in TAKEN_AWAY and standing and not reason.startswith(PERHAPS) and _can_write(story, course):
        story.town.fault(f"I4 {name}: said to be {state} ({reason}), and stands")
    if state in NEVER_SHOWN and tale.shown("app"):
        story.town.fault(f"I4 {name}: said to be {state} ({reason}), and was shown")
    if state == "removed" and not tale.removed_by_people() and not (reason == GONE_SINCE and any(
            each.now in {"DELETED", ""} and story.mishaps.is_forgotten(each.at) for each in tale.seen)):
        story.town.fault(f"I12 {name}: said to be removed by a person, and was not")
    has_taken_it_back = key in story.librarian.taken_back or (course, key) in story.librarian.insisted
    if reason in {CAME_LATE, DELETED_LATE} and not has_taken_it_back:
        story.town.fault(f"{name}: deleted by ourselves, though she never took it back")
    if not reason and state in {"skipped", "failed", "expired", "needs_human", "paused_auth"}:
        story.town.fault(f"{name}: {state} without a reason")


def _consent(story: Story, name: str, tale: Tale, agreed_at: float | None) -> None:
    """Nothing of ours is in a teacher's class before she agreed."""
    if tale.seen and (agreed_at is None or tale.seen[0].at < agreed_at):
        story.town.fault(f"{name}: written into a teacher's class before she agreed")


def _strangers(story: Story, tales: dict[tuple[str, str], Tale], rows: list[tuple[str, ...]]) -> None:
    """Nothing is in a class that is not in the ledger, unless the ledger was made to forget the plan or that it was accepted."""
    accepted = {key for (key,) in story.town.database.ask("select title from plans where state <> 'planned'")}
    for at in tales.keys() - {row[:2] for row in rows}:
        if story.mishaps.forgotten and at[1] not in accepted:
            continue
        story.town.fault(f"{at[1]} in {at[0]}: in a class and not in the ledger")


def _drafts(story: Story, rows: list[tuple[str, ...]]) -> None:
    """I7: no draft without an owner, where it can be known for ours and we may still write.

    It has one while its delivery is not at its end and the draft is recorded or still to be looked for. What could not be taken
    out of a class that was closed to us is recorded with a delivery that was skipped or failed. Without a mark it is known
    by its words only, unless a person changed them, and not when the records were made to forget it. One that a person touched is
    hers when it was forgotten, or its delivery altogether.
    """
    town = story.town
    owned = {(row[0], post) for row in rows if row[2] not in ENDS | {"waiting"} or row[2] in {"failed", "skipped"}
             for post in (row[3], *row[6:])}
    sought = {tuple(row) for row in town.database.ask(SOUGHT)}
    reworded = {edit[1:3] for edit in story.teachers.edits}
    for course, each in town.world.courses.items():
        can = _can_write(story, course)
        for id, post in each.posts.items():
            is_forgotten = story.mishaps.is_forgotten(town.witness.born(course, id))
            is_known = (course, id) not in reworded and not is_forgotten
            is_hers = (course, id) in reworded and (
                is_forgotten or (course, town.witness.key_of(course, id)) not in {row[:2] for row in rows})
            is_known |= "tl=" in str(post.body["materials"]) and not is_hers
            if can and post.project and is_known and post.body["state"] == "DRAFT" and (course, id) not in owned and (
                    course, town.witness.key_of(course, id)) not in sought:
                town.fault(f"I7 a draft was left in {course}: {id}")


def _can_write(story: Story, course_id: str) -> bool:
    """Whether the librarian can still change something in a class."""
    course = story.town.world.courses[course_id]
    is_open = course.state == "ACTIVE" and story.town.librarian.google_id in course.teachers
    return is_open and bool(story.town.database.ask(CONNECTED))


def _journal(story: Story) -> None:
    """R3, I8, I10, I11: an intent and a lease for each write, no 429 of our own making, no call without permission."""
    for call in story.town.google.journal:
        if call.verdict != "ok":
            story.town.fault(f"Google does not know this call: {call.verdict}")
        if call.status == 429 and not call.trouble:
            story.town.fault("I10 the quota was overrun")
    for what in story.town.out_of_lease:
        story.town.fault(f"R3 {what} was begun when its lease might end before the answer")
    for what in story.town.unannounced:
        story.town.fault(f"I8 {what} went out without an intent")


ROWS = """select course_google_id, plans.title, deliveries.state, post_id, reason, courses.mode,
          next_post_id, old_post_id from deliveries
          join plans on plans.id = deliveries.plan_id join courses on courses.id = deliveries.course_id order by deliveries.id"""
CONNECTED = "select 1 from accounts where health in ('valid', 'expiring')"
SOUGHT = """select course_google_id, plans.title from deliveries join plans on plans.id = deliveries.plan_id
            where deliveries.state in ('needs_human', 'paused_auth', 'paused_google') and exists (select 1 from delivery_attempts
            where delivery_id = deliveries.id and kind = 'create' and finished_at is null)"""
WANTED = """select count(*) from plan_items join plans on plans.id = plan_id
            where action in ('create', 'wait') and plans.state <> 'planned'"""
