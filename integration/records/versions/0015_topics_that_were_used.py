"""Topics that were used: those we made before, as the attempts tell, are remembered from the beginning."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

OF_BEFORE = """
INSERT INTO used_topics (id, school_id, course_id, name, google_id)
SELECT a.id, d.school_id, d.course_id, p.topic, a.post_id
FROM delivery_attempts a JOIN deliveries d ON d.id = a.delivery_id JOIN plans p ON p.id = d.plan_id
WHERE a.id IN (
    SELECT max(b.id) FROM delivery_attempts b JOIN deliveries e ON e.id = b.delivery_id JOIN plans q ON q.id = e.plan_id
    WHERE b.kind = 'topic' AND b.outcome = 'ok' AND b.post_id IS NOT NULL GROUP BY e.course_id, q.topic)
"""


def upgrade() -> None:
    op.create_table(
        "used_topics",
        sa.Column("course_id", sa.String(length=32), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("google_id", sa.String(length=64), nullable=False),
        sa.Column("school_id", sa.String(length=32), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["course_id"], ["courses.id"], name=op.f("fk_used_topics_course_id_courses"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["school_id"], ["schools.id"], name=op.f("fk_used_topics_school_id_schools"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_used_topics")),
        sa.UniqueConstraint("course_id", "name", name=op.f("uq_used_topics_course_id_name")),
    )
    op.create_index(op.f("ix_used_topics_school_id"), "used_topics", ["school_id"], unique=False)
    op.execute(OF_BEFORE)
