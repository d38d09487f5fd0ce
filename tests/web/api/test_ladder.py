"""A script reads and changes the citation ladder."""

import pytest

from integration.desk import Desk
from integration.sandbox.world import World
from tests.web.api.asking import Script, fields, script


@pytest.fixture
def asks(desk: Desk, world: World) -> Script:
    return script(desk, world)


def test_the_ladder_is_changed_as_a_whole(asks: Script) -> None:
    own = {"rungs": {"K": {"parts": ["title"], "last_name_first": False, "says": "Say the title."}}, "style": "apa7",
           "subjects": {"science": "mla9"}, "subjects_from": "7"}
    assert asks.ask("PUT", "/ladder", own).json == own
    assert asks.get("/ladder").json == own


def test_what_no_ladder_has_is_refused_field_by_field(asks: Script) -> None:
    own = {"rungs": {"K": {"parts": ["isbn"]}}, "style": "harvard"}
    assert set(fields(asks.ask("PUT", "/ladder", own))) == {"rungs.K", "style"}
