"""What the doctor looks at. Each check answers a finding; none changes anything."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from config.settings import Settings
from integration.desk import Desk, open_desk
from integration.google.wire import CutOff, HttpWire
from integration.later import silence
from integration.records.clock import database_now, utc_now
from integration.records.heartbeats import pulse
from integration.records.session import open_engine
from integration.schema import is_up_to_date

CLOCK_MAY_DIFFER_SECONDS = 60.0
SECONDS_TO_ANSWER = 10.0
A_SIGN_OF_LIFE = timedelta(minutes=1)
DISCOVERY = "/.well-known/openid-configuration"


@dataclass(frozen=True)
class Finding:
    """One thing looked at, whether it is well, and what to do if not."""

    what: str
    is_well: bool
    sentence: str


def look_at_everything(settings: Settings) -> list[Finding]:
    """Every finding, in the order in which to mend them."""
    return [Finding("settings", True, f"every name and value is understood; pages are at {settings.origin}"),
            *_database(settings), _redis(settings), _client(settings), *_google(settings)]


def _database(settings: Settings) -> Iterator[Finding]:
    engine = open_engine(settings.database_url)
    try:
        with engine.connect() as connection:
            connection.execute(text("SELECT 1"))
        yield Finding("database", True, f"{engine.dialect.name} answers")
        is_new = is_up_to_date(engine)
        yield Finding("tables", is_new, "up to date" if is_new else "out of date; run `throughline migrate`")
        if is_new and settings.redis_url:
            yield _workers(open_desk(settings, ring=silence, engine=engine))
    except OperationalError as error:
        yield Finding("database", False, f"does not answer ({error.orig}); see THROUGHLINE_DATABASE_URL")
    finally:
        engine.dispose()


def _workers(desk: Desk) -> Finding:
    """Those that gave a sign of life; none is no fault, because nothing may have been started yet."""
    with desk.transaction() as session:
        found = pulse(session, database_now(session), within=A_SIGN_OF_LIFE)
    if not found.workers:
        return Finding("workers", True, "none was seen within a minute; until one is started the clock does every job, more slowly")
    had_work = "no job yet" if found.worked_at is None else f"the last job was in hand at {found.worked_at:%H:%M:%S} UTC"
    return Finding("workers", True, f"{found.workers} seen within a minute; {had_work}")


def _redis(settings: Settings) -> Finding:
    if not settings.redis_url:
        return Finding("redis", True, "none; the clock's process does every job, which is enough for one school")
    from workers.bell import answers
    from workers.queue import make_celery

    if answers(make_celery(settings.redis_url)):
        return Finding("redis", True, "answers")
    return Finding("redis", False, "does not answer; start it, or see THROUGHLINE_REDIS_URL. Nothing is lost meanwhile")


def _client(settings: Settings) -> Finding:
    if settings.google_client_id and settings.google_client_secret.get_secret_value():
        return Finding("google client", True, f"set; its redirect URI must be {settings.origin}/oauth/callback")
    return Finding("google client", False, "missing; set THROUGHLINE_GOOGLE_CLIENT_ID and THROUGHLINE_GOOGLE_CLIENT_SECRET")


def _google(settings: Settings) -> Iterator[Finding]:
    root = settings.google_root or "https://accounts.google.com"
    host = urlsplit(root).netloc
    try:
        reply = HttpWire().carry("GET", root + DISCOVERY, {}, None, SECONDS_TO_ANSWER)
    except CutOff:
        yield Finding("google", False, f"{host} does not answer; is there a proxy or a firewall between?")
        return
    yield Finding("google", reply.status == 200, f"{host} answers with {reply.status}")
    if "date" in reply.headers:
        yield _clock(parsedate_to_datetime(reply.headers["date"]))


def _clock(theirs: datetime) -> Finding:
    apart = abs((utc_now() - theirs).total_seconds())
    is_near = apart < CLOCK_MAY_DIFFER_SECONDS
    verdict = "near enough" if is_near else "set it, or sign-in fails"
    return Finding("clock", is_near, f"{apart:.0f} seconds from Google's; {verdict}")
