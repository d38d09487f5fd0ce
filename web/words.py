"""The words and shapes every template may use: moments, grades, states, and what is on this page's menu."""

from dataclasses import dataclass
from datetime import date, datetime
from zlib import crc32
from zoneinfo import ZoneInfo

from flask import Flask, g, request

from integration.accounts.schools import SchoolCard, school
from integration.courses.shelf import grade_name
from integration.curation.codes import subjects
from integration.delivery.outlook import outlook
from web import assets
from web.gate import desk, visitor_or_none
from web.states import state_words


@dataclass(frozen=True)
class Place:
    """One entry of the menu."""

    title: str
    address: str
    covers: tuple[str, ...]
    """First parts of the paths that belong to it."""


PRINTS = 8
MENU = (
    Place("Quilt", "/", ("",)),
    Place("Classes", "/classes", ("classes", "syncs")),
    Place("Collections", "/collections", ("collections", "resources", "quick-wins")),
    Place("Citing", "/kits", ("kits", "sources", "ladder")),
    Place("Plans", "/plans", ("plans",)),
    Place("Deliveries", "/deliveries", ("deliveries",)),
    Place("Teachers", "/teachers", ("teachers", "letters")),
    Place("Reach", "/reach", ("reach", "partnerships", "proposals", "reflections")),
    Place("Reports", "/reports", ("reports", "goals", "pd")),
    Place("Week", "/weeks", ("weeks", "series", "pauses", "holidays", "curriculum")),
)


def prepare(app: Flask) -> None:
    """Give the templates of `app` their words."""
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.filters.update(moment=moment, day=day, grade=grade_name, thousands=thousands, plural=plural,
                                 students=students, subject=subject, dye=dye, month=month)
    app.jinja_env.globals.update(asset=assets.address, state_words=state_words, here=here, menu=MENU,
                                 outlook=lambda: outlook(desk()))
    app.context_processor(lambda: {"visitor": visitor_or_none()})


def moment(at: datetime | None) -> str:
    """A moment on the school's own clock: `Nov 24, 2026, 10:05 AM`."""
    if at is None:
        return "not yet"
    local = at.astimezone(zone())
    return f"{local:%b} {local.day}, {local.year}, {local.hour % 12 or 12}:{local:%M} {local:%p}"


def day(on: date | datetime | None) -> str:
    """A day on the school's own calendar: `Nov 24, 2026`."""
    if on is None:
        return "not yet"
    local = on.astimezone(zone()) if isinstance(on, datetime) else on
    return f"{local:%b} {local.day}, {local.year}"


def thousands(number: int | None) -> str:
    """A number fit to read; `–` when there is none."""
    return "–" if number is None else f"{number:,}"


def plural(number: int, one: str, many: str = "") -> str:
    """`1 class`, `2 classes`."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def month(said: str) -> str:
    """`2026-11` as `Nov 2026`."""
    return f"{date.fromisoformat(f'{said}-01'):%b %Y}"


def students(number: int) -> str:
    """`24 students`; a group of fewer than ten is not told apart."""
    return "fewer than 10 students" if 0 < number < 10 else plural(number, "student")


def subject(code: str) -> str:
    """A subject's name."""
    return next((each.label for each in subjects() if each.code == code), code.replace("-", " ").capitalize())


def dye(code: str) -> int:
    """Which of the eight prints a subject's cloth has; the same for ever."""
    known = [each.code for each in subjects()]
    return (known.index(code) if code in known else crc32(code.encode())) % PRINTS + 1


def here(place: Place) -> bool:
    """Whether the page shown belongs to this entry of the menu."""
    return request.path.strip("/").split("/")[0] in place.covers


def today() -> date:
    """The day it is at the school of whoever asks."""
    return desk().now().astimezone(zone()).date()


def zone_of(card: SchoolCard) -> ZoneInfo:
    """The time zone of a school."""
    return ZoneInfo(card.timezone)


def zone() -> ZoneInfo:
    """The time zone of the school of whoever asks."""
    known = visitor_or_none()
    if known is None:
        shown: ZoneInfo = g.get("zone") or ZoneInfo(desk().settings.timezone)
        return shown
    if "school" not in g:
        g.school = school(desk(), known.school_id)
    card: SchoolCard = g.school
    return ZoneInfo(card.timezone)
