"""What does each job: one use case a job. Celery's tasks and the sweep both read this table."""

from collections.abc import Callable, Mapping

from integration.accounts.disconnect import finish_revocations
from integration.courses.sync import sync_courses
from integration.delivery.send import send_due
from integration.later import Job
from integration.letters.send import send_letters
from integration.reach.record import record_reach
from integration.streams.sync import sync_streams
from integration.week.run import go_on
from integration.workshops.file_away import make_documents

DOERS: Mapping[Job, Callable[..., object]] = {
    Job.SYNC_COURSES: sync_courses,
    Job.SYNC_STREAMS: sync_streams,
    Job.SEND_DELIVERIES: send_due,
    Job.RECORD_REACH: record_reach,
    Job.REVOKE_GRANT: finish_revocations,
    Job.SEND_LETTERS: send_letters,
    Job.RUN_WEEK: go_on,
    Job.MAKE_DOCUMENTS: make_documents,
}
