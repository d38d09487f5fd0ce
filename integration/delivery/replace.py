"""Give a post other links, which Google cannot do: a new draft with the wording as it stands, shown, and the old one deleted.

In this order students see two for the moment between two calls, and never none. Each step is written down before the next begins,
so it goes on wherever it was cut off. Never where the teacher attached something of her own: `merge` sees to that.
"""

import dataclasses
from datetime import datetime

from integration.delivery.attempt import attempt
from integration.delivery.attempts import begin_together
from integration.delivery.generations import is_forgotten
from integration.delivery.gone import end_of
from integration.delivery.lease import Held, Lost
from integration.delivery.materials import marked, next_mark
from integration.delivery.merge import Merged, Words, changed, in_words, words_seen
from integration.delivery.models import DeliveryState as S
from integration.delivery.moves import Move, move, write_down
from integration.delivery.order import Order, brought, finish, order_of, shown_now
from integration.delivery.stands import NO_LONGER_THERE, get_post
from integration.delivery.successor import drop_next, find_next
from integration.desk import Desk
from integration.errors import GoogleError, NotAllowed, Refused
from integration.google.classroom import Classroom
from integration.google.seen import PostSeen

NOT_WANTED = "The teacher deleted the draft with the new links, so the post stays as it is."
NOT_KNOWN = ("A draft with the new links was deleted in a time of which Throughline’s records were lost, by a person or by"
             " Throughline itself, so the post stays as it is.")
REPLACED = "A post with the new links took the place of the one before."


def replace(desk: Desk, classroom: Classroom, held: Held, post: PostSeen, merged: Merged) -> bool:
    """Put a post with the wording of `merged` and the wanted links in the place of `post`, which stands.

    False when the teacher removed `post` before students could see the new one. Raises GoogleError, NotAllowed, Lost.
    """
    order = order_of(desk, held)
    shall_be = Words(merged.title, merged.text, order.ours.links)
    found = find_next(desk, classroom, held, order, shall_be)
    if found is not None and found.state == "DELETED":
        _leave(desk, held, order, post, merged, since=found.updated_at)
        return True
    if found is not None and found.state == "DRAFT" and changed(held.kind, shall_be, words_seen(found)):
        drop_next(desk, classroom, held)
        found = None
    draft = found or _create(desk, classroom, held, order_of(desk, held), post, merged)
    return _take_place(desk, classroom, held, post, merged, draft)


def _leave(desk: Desk, held: Held, order: Order, post: PostSeen, merged: Merged, *, since: datetime) -> None:
    """She does not want the new links: they are only suggested. So too where it is forgotten who deleted their draft."""
    with desk.transaction() as session:
        sentence = NOT_KNOWN if is_forgotten(session, since) else NOT_WANTED
    finish(desk, held, order, _where(post), sentence, kept=[*merged.kept, "links"], next_post_id=None, next_marker=None,
           suggested={**merged.suggested, "links": sorted(order.ours.links)})


def _create(desk: Desk, classroom: Classroom, held: Held, order: Order, post: PostSeen, merged: Merged) -> PostSeen:
    """A draft under the topic where the old post stands now, with a mark that was written down before."""
    marker = order.next_marker or next_mark(held.marker)
    move(desk, held, S.REPLACING, next_marker=marker)
    shall_be = dataclasses.replace(held, marker=marker, title=merged.title, text=merged.text, materials=order.wanted["materials"])
    begun = next(iter(begin_together(desk, [shall_be], "create", S.REPLACING)), None)
    if begun is None:
        raise Lost
    try:
        made = classroom.create_draft(
            held.course, held.kind, title="" if held.kind == "announcement" else merged.title, text=merged.text,
            materials=marked(order.wanted["materials"], marker), topic=post.topic_google_id)
    except (GoogleError, NotAllowed) as error:
        write_down(desk, [], [begun.failed(error)])
        raise
    # The mark once more: a failover may have forgotten it since, and not the lease.
    recorded = {"next_post_id": made.google_id, "next_marker": marker}
    write_down(desk, [Move(held, S.REPLACING, values=recorded, ending=begun.ok(made.google_id))])
    if held.is_lost:
        raise Lost
    return made


def _take_place(desk: Desk, classroom: Classroom, held: Held, post: PostSeen, merged: Merged, draft: PostSeen) -> bool:
    """Show the draft unless the teacher touched the old post in the meantime."""
    now = get_post(classroom, held, post.google_id)
    if now is None:
        return False
    if changed(held.kind, words_seen(post), words_seen(now)) or now.state != post.state:
        move(desk, held, S.REPLACING, after=0.0)
        return True
    if post.state == "PUBLISHED" and draft.state != "PUBLISHED":
        shown = _publish(desk, classroom, held)
        if shown is None:
            move(desk, held, S.REPLACING, after=0.0)
            return True
        draft = shown
    _swap(desk, held, post, merged, draft)
    end_replacing(desk, classroom, held, new=draft)
    return True


def _publish(desk: Desk, classroom: Classroom, held: Held) -> PostSeen | None:
    """Show the draft as the row has it; None when somebody deleted it just now."""
    recorded = order_of(desk, held).next_post_id
    if recorded is None:
        raise Lost
    try:
        return attempt(desk, held, "publish", lambda: classroom.publish(held.course, held.kind, recorded), post_id=recorded)
    except Refused as error:
        if error.reason not in NO_LONGER_THERE or get_post(classroom, held, recorded) is not None:
            raise
        return None


def _swap(desk: Desk, held: Held, post: PostSeen, merged: Merged, draft: PostSeen) -> None:
    order = order_of(desk, held)
    own = f" Kept as the teacher has it: {in_words(merged.kept)}." if merged.kept else ""
    move(desk, held, S.REPLACING, f"{REPLACED}{own}", verb="replace", **{
        **brought(held, order, merged, draft), "post_id": draft.google_id, "marker": order.next_marker, "next_post_id": None,
        "next_marker": None, "old_post_id": post.google_id, **shown_now(desk, order, draft)})


def end_replacing(desk: Desk, classroom: Classroom, held: Held, *, new: PostSeen | None = None) -> None:
    """Delete the post that was, and be done; without `new` both are looked at first. Raises GoogleError, NotAllowed, Lost.

    Lost too when another worker has done it, who had the delivery meanwhile.
    """
    order = order_of(desk, held)
    if order.old_post_id is None:
        raise Lost
    kept: dict[str, object] = {}
    if new is None:
        new = get_post(classroom, held, order.post_id)
        kept = _carry_over(desk, classroom, held, order, order.old_post_id, new) if new is not None else {}
    _delete_old(desk, classroom, held, order.old_post_id)
    if new is None:
        with desk.transaction() as session:
            state, sentence = end_of(session, held.id, order.post_id)
        move(desk, held, state, sentence, verb="update", removed_at=desk.now(), wanted=None, old_post_id=None)
    else:
        to = S.CANCELLING if order.is_back else _where(new)
        finish(desk, held, order, to, "Updated, with new links.", old_post_id=None, **kept)


def _carry_over(desk: Desk, classroom: Classroom, held: Held, order: Order, old_id: str, new: PostSeen) -> dict[str, object]:
    """What the teacher wrote into the old post after its successor was made goes into the successor, where she left that alone."""
    old = get_post(classroom, held, old_id)
    if old is None or old.updated_at <= new.created_at:
        return {}
    in_new = changed(held.kind, order.base, words_seen(new))
    hers = [name for name in changed(held.kind, words_seen(new), words_seen(old)) if name != "links" and name not in in_new]
    if hers:
        attempt(desk, held, "update", lambda: classroom.patch_text(
            held.course, held.kind, new.google_id, **{name: getattr(old, name) for name in hers}), post_id=new.google_id)
    return {"kept": hers, "edited_at": old.updated_at, "suggested": {name: getattr(new, name) for name in hers}} if hers else {}


def _delete_old(desk: Desk, classroom: Classroom, held: Held, old_id: str) -> None:
    try:
        attempt(desk, held, "delete", lambda: classroom.delete_post(held.course, held.kind, old_id), post_id=old_id)
    except Refused as error:
        if error.reason not in NO_LONGER_THERE or get_post(classroom, held, old_id) is not None:
            raise


def _where(post: PostSeen) -> S:
    return S.PUBLISHED if post.state == "PUBLISHED" else S.DRAFTED
