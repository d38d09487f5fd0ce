"""The library itself: no Flask, no Celery, no Redis.

    errors.py       everything that can go wrong, as one tree
    later.py        the bell: jobs to start after the commit, by name
    nature.py       time that passes, waiting and chance: the machine's own, or a seed's in a simulation
    desk.py         the few things a use case may reach for
    records/        how rows are kept: base, session, upsert, audit log, migrations
    google/         the only room that knows Google: scopes, sign-in, the wire, one call, the quota, Classroom
    sandbox/        a pretend Google, an independent opinion of how the real one behaves
    outside/        one guarded way to read an address, and what catalogues and pages say of a source
    accounts/       who has connected a Google account and what they allowed; schools and districts
    courses/        which classes there are, whose, which grade and how sure; the teachers in them
    letters/        every e-mail we send: written first, sent once
    citations/      how a source is cited in each style
    streams/        what stands in each class's stream: topics, announcements, materials
    curation/       resources and collections worth putting in front of a class; preflight
    consent/        what each teacher allows: standing choices, questions asked, answers by link
    partnerships/   the teachers we work with, and what we did together
    learning/       what the library teaches the staff: series, sessions, how many came
    workshops/      citation workshops: the unit's sources, kits, the practice page, what each class could do
    delivery/       the plan, the ledger, and the only writing into Classroom
    reach/          whom it reached, whom not yet, and the quilt
    reports/        the school's goals, what came of the work, and the page for the principal
    week/           the weekly round, in order, once; series, holidays, the Monday brief
"""
