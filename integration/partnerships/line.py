"""What one line of her spreadsheet says: a day, a teacher, a deed, and what else it holds."""

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from integration.courses.models import Course, Teacher
from integration.desk import Desk
from integration.errors import Invalid
from integration.partnerships import levels
from integration.partnerships.spreadsheet import Line

SHAPES = ("%Y-%m-%d", "%m/%d/%Y", "%m/%d/%y", "%m-%d-%Y", "%d.%m.%Y", "%b %d, %Y", "%B %d, %Y", "%d %B %Y", "%b %d %Y", "%B %d %Y")
"""Days as people write them; where it cannot be told, the month comes first."""
OWN_SCHEME = "as written"
"""For a level that is of no scheme we know."""
_TITLE = re.compile(r"^(mr|mrs|ms|miss|mx|dr|coach|prof)\.?\s+", re.I)


@dataclass(frozen=True)
class Known:
    """Whom and which classes we know, by what people call them."""

    teachers: Mapping[str, str]
    classes: Mapping[str, str]


@dataclass(frozen=True)
class Said:
    """What a line says. Without `teacher_id` it is a colleague we do not know yet."""

    on: date
    teacher: str
    teacher_id: str
    activity: str
    minutes: int | None
    class_ids: tuple[str, ...]
    scheme: str
    level: str
    codes: tuple[str, ...]
    evidence: Sequence[Mapping[str, str]] = ()


def known_here(desk: Desk, school_id: str) -> Known:
    """The school's teachers by name, and by last name where only one has it; its classes by name."""
    with desk.transaction() as session:
        teachers = session.execute(select(Teacher.name, Teacher.id).where(Teacher.school_id == school_id, Teacher.name != "")).all()
        classes = session.execute(select(Course.name, Course.id).where(Course.school_id == school_id)).all()
    lasts = _only((name.split()[-1], id) for name, id in teachers)
    return Known({**lasts, **_only(teachers)}, _only(classes))


def read_line(line: Line, columns: Mapping[str, int], known: Known, *, with_newcomers: bool) -> Said:
    """What a line says. Raises Invalid with a sentence for it."""
    told = {field: line.cells[at] if at < len(line.cells) else "" for field, at in columns.items()}
    scheme, level = _level(told.get("level", ""))
    teacher = _TITLE.sub("", told["teacher"])
    if not teacher:
        raise Invalid("It does not say with whom.")
    teacher_id = known.teachers.get(teacher.casefold(), "")
    if not teacher_id and not with_newcomers:
        raise Invalid(f"There is nobody called “{teacher[:60]}” here. Correct the name, or bring unknown names as colleagues.")
    codes = tuple(each for each in re.split(r"[,;\s]+", told.get("codes", "")) if each)
    return Said(day_of(told["date"]), teacher, teacher_id, told["activity"], _minutes(told.get("minutes", "")),
                _classes(told.get("classes", ""), known), scheme, level, codes)


def mark_of(said: Said) -> str:
    """What tells this line from every other; the same whenever it is brought."""
    parts = (said.on.isoformat(), said.teacher.casefold(), said.activity.casefold(), str(said.minutes), said.level)
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:40]


def _only(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """The ids by name; a name that two have names nobody."""
    found = [(name.casefold(), id) for name, id in pairs]
    many = Counter(name for name, _ in found)
    return {name: id for name, id in found if many[name] == 1}


def day_of(text: str) -> date:
    """The day a cell names. Raises Invalid with a sentence for it."""
    if not text:
        raise Invalid("It has no day.")
    for shape in SHAPES:
        try:
            return datetime.strptime(text, shape).date()  # noqa: DTZ007 — a day has no zone
        except ValueError:
            continue
    raise Invalid(f"“{text[:30]}” is not a day that can be read. Write it like 2026-11-24.")


def _minutes(text: str) -> int | None:
    if not text:
        return None
    clock = re.fullmatch(r"(\d{1,2}):(\d\d)(?::\d\d)?", text)
    plain = re.fullmatch(r"(\d{1,4})(?:\.0+)?\s*(m|min|mins|minutes)?\.?", text, re.I)
    if clock:
        return int(clock[1]) * 60 + int(clock[2])
    if plain is None:
        raise Invalid(f"“{text[:30]}” is not a number of minutes.")
    return int(plain[1])


def _classes(text: str, known: Known) -> tuple[str, ...]:
    """The classes we know; a class of another year has no id here and is left out."""
    names = [name.strip().casefold() for name in (text, *re.split(r"[;,]", text))]
    return tuple(dict.fromkeys(known.classes[name] for name in names if name in known.classes))


def _level(text: str) -> tuple[str, str]:
    """A level with its scheme; where two schemes have the word, or none, it is kept as written and counted for itself."""
    fitting = [(scheme.key, found.code) for scheme in levels.SCHEMES if (found := levels.level(scheme.key, text))]
    if len(fitting) == 1:
        return fitting[0]
    return (OWN_SCHEME, text) if text else ("", "")
