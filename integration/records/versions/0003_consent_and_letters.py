"""What teachers allow and are asked, letters with their links, and deliveries that stay drafts."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "letter_links",
        sa.Column("opens", sa.String(length=100), nullable=False),
        sa.Column("salt", sa.String(length=32), nullable=False),
        sa.Column("key_id", sa.String(length=16), nullable=False),
        sa.Column("secret_hash", sa.String(length=64), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("school_id", sa.String(length=32), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["school_id"], ["schools.id"],
                                name=op.f("fk_letter_links_school_id_schools"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letter_links")),
        sa.UniqueConstraint("secret_hash", name=op.f("uq_letter_links_secret_hash")),
    )
    op.create_index(op.f("ix_letter_links_opens"), "letter_links", ["opens"], unique=False)
    op.create_index(op.f("ix_letter_links_school_id"), "letter_links", ["school_id"], unique=False)
    op.create_table(
        "help_requests",
        sa.Column("teacher_id", sa.String(length=32), nullable=False),
        sa.Column("text", sa.String(length=300), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("school_id", sa.String(length=32), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["school_id"], ["schools.id"],
                                name=op.f("fk_help_requests_school_id_schools"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["teacher_id"], ["teachers.id"],
                                name=op.f("fk_help_requests_teacher_id_teachers"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_help_requests")),
    )
    op.create_index(op.f("ix_help_requests_school_id"), "help_requests", ["school_id"], unique=False)
    op.create_index(op.f("ix_help_requests_school_id_at"), "help_requests", ["school_id", "at"], unique=False)
    op.create_table(
        "letter_habits",
        sa.Column("account_id", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.Enum(
            "question", "reminder", "brief", "proposal", "thanks", "august", "january", "newsletter",
            name="kind", native_enum=False, length=20), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("school_id", sa.String(length=32), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"],
                                name=op.f("fk_letter_habits_account_id_accounts"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["school_id"], ["schools.id"],
                                name=op.f("fk_letter_habits_school_id_schools"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letter_habits")),
        sa.UniqueConstraint("account_id", "kind", name=op.f("uq_letter_habits_account_id_kind")),
    )
    op.create_index(op.f("ix_letter_habits_school_id"), "letter_habits", ["school_id"], unique=False)
    op.create_table(
        "letters",
        sa.Column("account_id", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.Enum(
            "question", "reminder", "brief", "proposal", "thanks", "august", "january", "newsletter",
            name="kind", native_enum=False, length=20), nullable=False),
        sa.Column("person", sa.String(length=60), nullable=False),
        sa.Column("occasion", sa.String(length=100), nullable=False),
        sa.Column("to_name", sa.String(length=300), nullable=False),
        sa.Column("to_address", sa.String(length=320), nullable=False),
        sa.Column("subject", sa.String(length=300), nullable=False),
        sa.Column("words", sa.JSON(), nullable=False),
        sa.Column("state", sa.Enum(
            "draft", "ready", "sending", "sent", "unsure", "failed", "aside",
            name="letterstate", native_enum=False, length=20), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("way", sa.String(length=10), nullable=False),
        sa.Column("message_id", sa.String(length=200), nullable=False),
        sa.Column("lease_token", sa.String(length=32), nullable=True),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("next_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("school_id", sa.String(length=32), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_letters_account_id_accounts"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["school_id"], ["schools.id"], name=op.f("fk_letters_school_id_schools"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letters")),
        sa.UniqueConstraint("kind", "person", "occasion", name=op.f("uq_letters_kind_person_occasion")),
    )
    op.create_index(op.f("ix_letters_account_id"), "letters", ["account_id"], unique=False)
    op.create_index(op.f("ix_letters_school_id"), "letters", ["school_id"], unique=False)
    op.create_index(op.f("ix_letters_school_id_state"), "letters", ["school_id", "state"], unique=False)
    op.create_index(op.f("ix_letters_state_next_at"), "letters", ["state", "next_at"], unique=False)
    op.create_table(
        "questions",
        sa.Column("teacher_id", sa.String(length=32), nullable=False),
        sa.Column("account_id", sa.String(length=32), nullable=False),
        sa.Column("week", sa.String(length=8), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("odd", sa.String(length=300), nullable=False),
        sa.Column("school_id", sa.String(length=32), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"],
                                name=op.f("fk_questions_account_id_accounts"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["school_id"], ["schools.id"], name=op.f("fk_questions_school_id_schools"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["teacher_id"], ["teachers.id"],
                                name=op.f("fk_questions_teacher_id_teachers"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_questions")),
        sa.UniqueConstraint("teacher_id", "week", "number", name=op.f("uq_questions_teacher_id_week_number")),
    )
    op.create_index(op.f("ix_questions_school_id"), "questions", ["school_id"], unique=False)
    op.create_index(op.f("ix_questions_school_id_asked_at"), "questions", ["school_id", "asked_at"], unique=False)
    op.create_table(
        "standing_choices",
        sa.Column("teacher_id", sa.String(length=32), nullable=False),
        sa.Column("place", sa.String(length=32), nullable=False),
        sa.Column("choice", sa.Enum(
            "always", "ask", "draft", "never",
            name="choice", native_enum=False, length=20), nullable=False),
        sa.Column("topics", sa.JSON(), nullable=False),
        sa.Column("max_per_week", sa.Integer(), nullable=True),
        sa.Column("blackout", sa.JSON(), nullable=False),
        sa.Column("by", sa.String(length=60), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("school_id", sa.String(length=32), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["school_id"], ["schools.id"],
                                name=op.f("fk_standing_choices_school_id_schools"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["teacher_id"], ["teachers.id"],
                                name=op.f("fk_standing_choices_teacher_id_teachers"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_standing_choices")),
        sa.UniqueConstraint("teacher_id", "place", name=op.f("uq_standing_choices_teacher_id_place")),
    )
    op.create_index(op.f("ix_standing_choices_school_id"), "standing_choices", ["school_id"], unique=False)
    op.create_table(
        "answers",
        sa.Column("question_id", sa.String(length=32), nullable=False),
        sa.Column("occasion", sa.String(length=100), nullable=False),
        sa.Column("said", sa.Enum(
            "publish", "changed", "draft", "no",
            name="said", native_enum=False, length=20), nullable=False),
        sa.Column("title", sa.String(length=3000), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("on", sa.Date(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("school_id", sa.String(length=32), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["question_id"], ["questions.id"],
                                name=op.f("fk_answers_question_id_questions"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["school_id"], ["schools.id"], name=op.f("fk_answers_school_id_schools"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_answers")),
    )
    op.create_index(op.f("ix_answers_occasion"), "answers", ["occasion"], unique=False)
    op.create_index(op.f("ix_answers_question_id"), "answers", ["question_id"], unique=False)
    op.create_index(op.f("ix_answers_school_id"), "answers", ["school_id"], unique=False)
    op.create_table(
        "question_posts",
        sa.Column("question_id", sa.String(length=32), nullable=False),
        sa.Column("course_id", sa.String(length=32), nullable=False),
        sa.Column("occasion", sa.String(length=100), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("title", sa.String(length=3000), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("links", sa.JSON(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("why", sa.String(length=500), nullable=False),
        sa.Column("school_id", sa.String(length=32), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["course_id"], ["courses.id"],
                                name=op.f("fk_question_posts_course_id_courses"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["question_id"], ["questions.id"],
                                name=op.f("fk_question_posts_question_id_questions"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["school_id"], ["schools.id"],
                                name=op.f("fk_question_posts_school_id_schools"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_question_posts")),
        sa.UniqueConstraint("question_id", "occasion", name=op.f("uq_question_posts_question_id_occasion")),
    )
    op.create_index(op.f("ix_question_posts_occasion"), "question_posts", ["occasion"], unique=False)
    op.create_index(op.f("ix_question_posts_school_id"), "question_posts", ["school_id"], unique=False)
    with op.batch_alter_table("deliveries") as table:
        table.add_column(sa.Column("draft_only", sa.Boolean(), nullable=False, server_default=sa.false()))
