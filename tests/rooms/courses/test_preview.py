"""A dry run says what a sync would change, and changes nothing."""

from integration.courses.preview import preview
from integration.courses.syncs import latest_sync
from integration.sandbox.world import Person, World
from tests.rooms.courses.looking import Look


def kinds(look: Look) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for each in preview(look.desk, look.account.id).differences:
        found.setdefault(each.google_id, []).append(each.kind)
    return found


def test_before_the_first_sync_every_class_is_new_and_none_is_kept(small: Look, world: World, librarian: Person) -> None:
    own = world.add_course(librarian, "4th Grade Library")
    assert kinds(small) == {own: ["new"]}
    assert small.cards() == {}
    assert latest_sync(small.desk, small.school_id) is None


def test_after_a_sync_nothing_is_different(small: Look, world: World, librarian: Person) -> None:
    world.add_course(librarian, "4th Grade Library")
    small.sync()
    assert kinds(small) == {}


def test_what_was_renamed_archived_or_deleted_is_named_and_kept_as_it_was(
        small: Look, world: World, librarian: Person) -> None:
    renamed, archived, deleted = (world.add_course(librarian, f"{grade}th Grade Library") for grade in (4, 5, 6))
    small.sync()
    before = small.cards()
    world.courses[renamed].body["name"] = "4th Grade Media Center"
    world.archive(archived)
    del world.courses[deleted]
    assert kinds(small) == {renamed: ["renamed"], archived: ["archived"], deleted: ["gone"]}
    assert small.cards() == before
