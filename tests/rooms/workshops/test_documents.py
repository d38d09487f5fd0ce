"""A kit as Google Docs and Slides in her Drive: each sheet once, whatever happens on the way, and the key for her eyes only."""

import re
from collections.abc import Mapping
from contextlib import suppress
from io import BytesIO
from urllib.parse import quote
from zipfile import ZipFile

import lxml.html
import pytest
from sqlalchemy import delete, select

from integration.accounts.disconnect import disconnect
from integration.accounts.models import Account
from integration.citations.spans import text_of
from integration.courses.models import Course
from integration.curation.shelf import collection
from integration.delivery.accept import accept
from integration.delivery.models import Action
from integration.delivery.plan import NewPlan, Rule, foresee, plan
from integration.delivery.send import send_due
from integration.desk import Desk
from integration.errors import Invalid, NotAllowed
from integration.google import scopes
from integration.google.drive import Form
from integration.later import Job
from integration.sandbox.app import Sandbox
from integration.sandbox.drive import readers
from integration.sandbox.files import PPTX, DriveFile
from integration.sandbox.world import World
from integration.workshops.documents import Documents, Stage, documents, look_for_documents, request_documents
from integration.workshops.file_away import make_documents, ring_for_documents
from integration.workshops.give import Given, give, given, make_as_documents
from integration.workshops.make import remove_kit
from integration.workshops.models import KitDocument
from integration.workshops.practice import paper_of
from integration.workshops.sheets import for_class, sheets
from integration.workshops.shelf import collection_of, kit
from tests import make
from tests.conftest import Bell, Clock
from tests.rooms.delivery.makers import Doom, Killed, Library, doomed_by_commits
from tests.rooms.workshops import makers

FILING = (*make.ALL_SCOPES, scopes.FILES)


@pytest.fixture
def library(desk: Desk, world: World) -> Library:
    person = world.add_person("lena@juniper.example", "Lena Ortiz", domain="juniper.example")
    return Library(desk, world, person, make.account(desk, world, person, granted=FILING))


@pytest.fixture
def kit_id(library: Library) -> str:
    return makers.kit(library.desk, library.school_id)


def press(library: Library, kit_id: str) -> None:
    request_documents(library.desk, library.school_id, library.account.id, kit_id)


def made(library: Library, kit_id: str) -> int:
    press(library, kit_id)
    return make_documents(library.desk, kit_id)


def shown(library: Library, kit_id: str) -> Documents:
    return documents(library.desk, library.school_id, library.account.id, kit_id)


def of_part(world: World) -> dict[str, list[DriveFile]]:
    parts: dict[str, list[DriveFile]] = {}
    for file in world.files.values():
        parts.setdefault(file.properties["throughlinePart"], []).append(file)
    return parts


def each_once(library: Library, kit_id: str) -> bool:
    card = kit(library.desk, library.school_id, kit_id)
    wanted = {sheet.key: 1 for sheet in sheets(card, paper_of(card))}
    files = {one.sheet: one.file_id for one in shown(library, kit_id).files}
    return {part: len(held) for part, held in of_part(library.world).items()} == wanted and files == {
        part: held[0].id for part, held in of_part(library.world).items()}


def export(library: Library, file_id: str, kind: str) -> bytes:
    """What Google gives the app of a file."""
    token = library.world.grant(library.person, FILING).access_token
    reply = library.desk.wire().carry("GET", f"http://google.test/drive/v3/files/{file_id}/export?mimeType={quote(kind, safe='')}",
                                      {"authorization": f"Bearer {token}"}, None, 5)
    assert reply.status == 200, reply.body
    return reply.body


def slanted(page: lxml.html.HtmlElement) -> list[str]:
    return [str(each.text_content()) for each in page.xpath("//span[contains(@style, 'italic')]")]


def read_without_letters(page: bytes) -> lxml.html.HtmlElement:
    """An exported Doc, without the small letters that name each part."""
    return lxml.html.document_fromstring(re.sub(r"<sup>.*?</sup>", "", page.decode()))


@pytest.mark.parametrize("grade", ["2", "5", "7", "11"])
def test_every_sheet_of_each_band_comes_back_with_its_headings_and_leaning_titles(library: Library, grade: str) -> None:
    id = makers.kit(library.desk, library.school_id, grade=grade, title="Citing our ocean unit")
    card = kit(library.desk, library.school_id, id)
    paper = paper_of(card)
    told = {sheet.key: sheet for sheet in sheets(card, paper)}
    assert made(library, id) == len(told) and each_once(library, id)
    for one in shown(library, id).files:
        kept, sheet = library.world.files[one.file_id], told[one.sheet]
        assert kept.name == f"Citing our ocean unit, grade {grade}: {sheet.title}"
        if one.sheet == "slides":
            continue
        assert kept.type == Form.DOCUMENT and one.link == f"https://docs.google.com/document/d/{one.file_id}/edit"
        page = read_without_letters(export(library, one.file_id, "text/html"))
        heads = [block.text for block in sheet.blocks if block.kind in {"part", "prompt"}]
        assert [each.text_content() for each in page.xpath("//h1|//h2")] == [sheet.title, *heads]
        for entry in [entry for block in sheet.blocks for entry in block.entries]:
            assert text_of(entry) in page.text_content()
            assert {span.text for span in entry if span.is_italic} <= set(slanted(page))
    deck = library.world.files[next(one.file_id for one in shown(library, id).files if one.sheet == "slides")]
    assert deck.type == Form.SLIDES
    words = export(library, deck.id, "text/plain").decode()
    assert all(block.text in words for block in told["slides"].blocks) and text_of(paper.entries[0]) in words
    with ZipFile(BytesIO(export(library, deck.id, PPTX))) as archive:
        slides = "".join(archive.read(name).decode() for name in archive.namelist() if name.startswith("ppt/slides/slide"))
    leaning = re.findall(r'<a:rPr[^>]*i="1"[^>]*/><a:t>([^<]*)', slides)
    assert {span.text for span in paper.entries[0] if span.is_italic} <= set(leaning)


def test_without_her_permission_nothing_is_made_and_nothing_changes(library: Library, world: World, bell: Bell) -> None:
    other = make.account(library.desk, world, world.add_person("ana@juniper.example", "Ana"), school_id=library.school_id)
    id = makers.kit(library.desk, library.school_id)
    bell.rung.clear()
    assert documents(library.desk, library.school_id, other.id, id).stage is Stage.NOT_GRANTED
    with pytest.raises(NotAllowed, match="Nothing was made"):
        request_documents(library.desk, library.school_id, other.id, id)
    assert (world.files, bell.rung) == ({}, [])


def test_a_press_rings_and_the_second_gives_the_same_files(library: Library, kit_id: str, bell: Bell) -> None:
    assert shown(library, kit_id).stage is Stage.NOT_MADE
    bell.rung.clear()
    press(library, kit_id)
    assert bell.rung == [(Job.MAKE_DOCUMENTS, {"kit_id": kit_id})] and shown(library, kit_id).stage is Stage.MAKING
    make_documents(library.desk, kit_id)
    before = shown(library, kit_id)
    assert (made(library, kit_id), shown(library, kit_id)) == (0, before) and before.stage is Stage.MADE
    assert each_once(library, kit_id)


@pytest.mark.parametrize("kind", ["cut_after", "cut_before", "error_after", "error_before"])
def test_a_lost_answer_makes_no_second_file_and_forgets_none(library: Library, sandbox: Sandbox, kit_id: str, clock: Clock,
                                                             kind: str) -> None:
    sandbox.trouble.order(kind, on="drive.files.create", times=2, skip=1)
    made(library, kit_id)
    assert "looks for it in your Drive" in shown(library, kit_id).reason
    clock.forward(minutes=5)
    assert made(library, kit_id) == 0, "it looks only once Google's list has settled"
    clock.forward(minutes=6)
    assert make_documents(library.desk, kit_id) == 2
    assert each_once(library, kit_id) and shown(library, kit_id).stage is Stage.MADE


@pytest.mark.parametrize(("kind", "on", "seconds"), [("late", "drive.files.create", 200), ("stale", "drive.files.list", 300)])
def test_a_file_that_comes_to_light_late_is_still_the_only_one(library: Library, sandbox: Sandbox, kit_id: str, clock: Clock,
                                                               kind: str, on: str, seconds: float) -> None:
    sandbox.trouble.order("cut_after" if kind == "stale" else "late", on="drive.files.create", seconds=seconds)
    if kind == "stale":
        sandbox.trouble.order(kind, on=on, seconds=seconds, times=0)
    made(library, kit_id)
    clock.forward(minutes=11)
    make_documents(library.desk, kit_id)
    assert each_once(library, kit_id)


def test_killed_at_any_step_no_sheet_is_doubled_and_none_is_forgotten(library: Library, clock: Clock, bell: Bell) -> None:
    steps = 0
    while steps < 60:
        library.world.files.clear()
        id = makers.kit(library.desk, library.school_id, grade="2")
        press(library, id)
        doom = Doom(steps)
        with suppress(Killed):
            make_documents(doomed_by_commits(library.desk, doom), id)
        for _ in range(3):
            clock.forward(minutes=11)
            bell.rung.clear()
            ring_for_documents(library.desk, patience=0)
            for _, ids in bell.rung:
                make_documents(library.desk, **dict(ids))
        assert each_once(library, id), f"killed before commit {steps}"
        if not doom.is_done:
            return
        steps += 1
    pytest.fail("it was killed to the very end")


def test_two_workers_make_one_kit_once(library: Library, kit_id: str) -> None:
    press(library, kit_id)
    with suppress(Killed):
        make_documents(doomed_by_commits(library.desk, Doom(3)), kit_id)
    assert make_documents(library.desk, kit_id) == 0, "somebody else has it in hand"


def test_while_google_is_busy_it_waits_a_minute_and_after_a_day_for_her(library: Library, sandbox: Sandbox, kit_id: str,
                                                                        clock: Clock) -> None:
    order = sandbox.trouble.order("busy", on="drive.files.create", times=0)
    assert made(library, kit_id) == 0 and shown(library, kit_id).stage is Stage.MAKING
    clock.forward(minutes=2)
    make_documents(library.desk, kit_id)
    assert shown(library, kit_id).stage is Stage.MAKING
    clock.forward(days=1)
    make_documents(library.desk, kit_id)
    assert shown(library, kit_id).stage is Stage.STOPPED and "slow down" in shown(library, kit_id).reason
    sandbox.trouble.clear()
    assert order.met == 3 and made(library, kit_id) > 0 and each_once(library, kit_id)


def test_a_broken_connection_is_said_and_the_rest_is_made_when_she_is_back(library: Library, sandbox: Sandbox, kit_id: str) -> None:
    sandbox.trouble.order("revoked", on="drive.files.create", skip=2)
    assert made(library, kit_id) == 2
    assert shown(library, kit_id).stage is Stage.STOPPED and "Connect again" in shown(library, kit_id).reason
    library.connect_again(FILING)
    made(library, kit_id)
    assert each_once(library, kit_id)


def test_a_kit_put_away_meanwhile_is_not_made(library: Library, kit_id: str, bell: Bell, clock: Clock) -> None:
    press(library, kit_id)
    remove_kit(library.desk, library.school_id, kit_id)
    assert make_documents(library.desk, kit_id) == 0 and library.world.files == {}
    bell.rung.clear()
    clock.forward(hours=1)
    ring_for_documents(library.desk, patience=0)
    assert bell.rung == []


def test_files_whose_rows_were_lost_are_found_again_by_their_mark(library: Library, kit_id: str) -> None:
    made(library, kit_id)
    with library.desk.transaction() as session:
        session.execute(delete(KitDocument))
    made(library, kit_id)
    assert each_once(library, kit_id)


def parts_of(library: Library, kit_id: str) -> list[Mapping[str, str]]:
    held = collection(library.desk, library.school_id, collection_of(library.desk, library.school_id, kit_id)).resources
    return [{"title": each.title, "drive": each.drive_id, "url": each.url.removeprefix("http://localhost:8000/")} for each in held]


def test_classes_get_the_page_the_docs_or_both_as_she_chooses(library: Library, kit_id: str) -> None:
    def say(what: str) -> list[str]:
        give(library.desk, library.school_id, library.account.id, kit_id, what)
        card = kit(library.desk, library.school_id, kit_id)
        assert given(library.desk, card, shown(library, kit_id).files) == what
        return [each["url"].partition("/")[0] or each["title"] for each in parts_of(library, kit_id)]
    with pytest.raises(Invalid):
        say("documents")
    made(library, kit_id)
    names = [one.title for one in shown(library, kit_id).files if one.is_for_class]
    assert say("page") == ["handout", "practice"]
    assert say("documents") == [*names, "practice"]
    assert say("both") == say("both") == ["handout", *names, "practice"]
    assert say("page") == ["handout", "practice"]
    with pytest.raises(Invalid):
        say("everything")


@pytest.mark.parametrize("what", list(Given))
def test_the_key_and_the_plan_are_in_no_materials_and_for_no_students_eyes(library: Library, what: Given) -> None:
    id = makers.kit(library.desk, library.school_id, doses=["before", "during", "after"])
    made(library, id)
    give(library.desk, library.school_id, library.account.id, id, what)
    files = {one.sheet: one.file_id for one in shown(library, id).files}
    secret = {files["key"], files["plan"], files["slides"]}
    for dose in ("before", "during", "after"):
        held = collection(library.desk, library.school_id, collection_of(library.desk, library.school_id, id, dose)).resources
        assert not secret & {each.drive_id for each in held}


def test_posted_the_class_may_read_its_docs_and_nobody_the_key(library: Library, kit_id: str, world: World, clock: Clock) -> None:
    made(library, kit_id)
    give(library.desk, library.school_id, library.account.id, kit_id, "documents")
    student = world.add_person("sam@juniper.example", "Sam", kind="student")
    course: Course = library.own_class("Grade 7 Library", grades=["7"])
    world.courses[course.google_id].students.append(student.google_id)
    part = collection_of(library.desk, library.school_id, kit_id)
    plan_id = plan(library.desk, library.school_id, library.account.id, NewPlan(part, Rule(grades=["7"])))
    accept(library.desk, library.school_id, plan_id, library.account.id)
    send_due(library.desk, library.school_id)
    [post] = library.posts(course, "PUBLISHED")
    files = {one.sheet: one.file_id for one in shown(library, kit_id).files}
    attached = [each["driveFile"] for each in post["materials"] if "driveFile" in each]
    card = kit(library.desk, library.school_id, kit_id)
    wanted = [files[sheet.key] for sheet in for_class(card, paper_of(card))]
    assert [each["driveFile"]["id"] for each in attached] == wanted and {each["shareMode"] for each in attached} == {"VIEW"}
    assert student.google_id in readers(world, files["handout"])
    assert readers(world, files["key"]) == readers(world, files["plan"]) == {library.person.google_id}


def test_nothing_of_it_is_left_when_she_disconnects(library: Library, kit_id: str) -> None:
    made(library, kit_id)
    disconnect(library.desk, library.account.id)
    with library.desk.transaction() as session:
        assert session.scalars(select(KitDocument)).all() == []
    assert library.world.files, "what lies in her Drive is hers"


def looked(library: Library, kit_id: str, clock: Clock) -> Documents:
    clock.forward(minutes=2)
    look_for_documents(library.desk, library.school_id, kit_id)
    assert shown(library, kit_id).is_looking
    make_documents(library.desk, kit_id)
    return shown(library, kit_id)


def test_a_file_she_deleted_in_drive_is_noticed_and_the_others_are_left(library: Library, kit_id: str, clock: Clock) -> None:
    made(library, kit_id)
    assert looked(library, kit_id, clock).stage is Stage.MADE
    lost = shown(library, kit_id).files[0]
    library.world.files[lost.file_id].is_trashed = True
    seen = looked(library, kit_id, clock)
    assert (seen.stage, [one.sheet for one in seen.files if one.is_gone]) == (Stage.GONE, [lost.sheet])
    library.world.files[lost.file_id].is_trashed = False
    assert looked(library, kit_id, clock).stage is Stage.MADE


def test_drive_is_not_asked_twice_in_a_minute(library: Library, kit_id: str, bell: Bell) -> None:
    made(library, kit_id)
    bell.rung.clear()
    look_for_documents(library.desk, library.school_id, kit_id)
    assert bell.rung == [] and not shown(library, kit_id).may_look


def test_made_again_the_gone_file_is_a_new_one_and_classes_get_the_page_meanwhile(library: Library, kit_id: str,
                                                                                   clock: Clock) -> None:
    made(library, kit_id)
    give(library.desk, library.school_id, library.account.id, kit_id, Given.DOCUMENTS)
    lost = next(one for one in shown(library, kit_id).files if one.is_for_class)
    del library.world.files[lost.file_id]
    looked(library, kit_id, clock)
    with pytest.raises(Invalid, match="make them first"):
        give(library.desk, library.school_id, library.account.id, kit_id, Given.BOTH)
    make_as_documents(library.desk, library.school_id, library.account.id, kit_id)
    card = kit(library.desk, library.school_id, kit_id)
    assert given(library.desk, card, shown(library, kit_id).files) is Given.PAGE
    part = collection(library.desk, library.school_id, next(iter(card.doses.values())))
    assert lost.file_id not in {each.drive_id for each in part.resources}
    assert make_documents(library.desk, kit_id) == 1 and each_once(library, kit_id)


def test_a_plan_says_when_its_docs_lie_in_somebody_elses_drive_or_are_gone(library: Library, kit_id: str, world: World,
                                                                           clock: Clock) -> None:
    other = make.account(library.desk, world, world.add_person("ana@juniper.example", "Ana"), school_id=library.school_id)
    course = make.course(library.desk, other, grades=["7"])
    made(library, kit_id)
    give(library.desk, library.school_id, library.account.id, kit_id, Given.DOCUMENTS)
    card = kit(library.desk, library.school_id, kit_id)
    asked = NewPlan(next(iter(card.doses.values())), Rule(class_ids=[course.id]))
    [item] = foresee(library.desk, library.school_id, other.id, asked)
    assert item.action is Action.SKIP and f"in the Drive of {library.account.name}" in item.reason
    give(library.desk, library.school_id, library.account.id, kit_id, Given.PAGE)
    [item] = foresee(library.desk, library.school_id, other.id, asked)
    assert item.action is not Action.SKIP
    give(library.desk, library.school_id, library.account.id, kit_id, Given.DOCUMENTS)
    library.world.files.clear()
    looked(library, kit_id, clock)
    mine = make.course(library.desk, library.account, grades=["7"])
    [item] = foresee(library.desk, library.school_id, library.account.id, NewPlan(asked.collection_id, Rule(class_ids=[mine.id])))
    assert item.action is Action.SKIP and "no longer in Drive" in item.reason


def test_a_plan_says_when_the_files_may_no_longer_be_seen(library: Library, kit_id: str, bell: Bell, clock: Clock) -> None:
    made(library, kit_id)
    give(library.desk, library.school_id, library.account.id, kit_id, Given.DOCUMENTS)
    mine = make.course(library.desk, library.account, grades=["7"])
    with library.desk.transaction() as session:
        session.get_one(Account, library.account.id).scopes = list(make.ALL_SCOPES)
    part = next(iter(kit(library.desk, library.school_id, kit_id).doses.values()))
    [item] = foresee(library.desk, library.school_id, library.account.id, NewPlan(part, Rule(class_ids=[mine.id])))
    assert item.action is Action.SKIP and "Allow it again on the kit’s page" in item.reason
    clock.forward(minutes=2)
    bell.rung.clear()
    look_for_documents(library.desk, library.school_id, kit_id)
    assert bell.rung == [] and not shown(library, kit_id).may_look
