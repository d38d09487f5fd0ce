"""Every table of the first version."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "districts",
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("domain", sa.String(length=255), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_districts")),
        sa.UniqueConstraint("domain", name=op.f("uq_districts_domain")),
    )
    op.create_table(
        "quota_slices",
        sa.Column("key", sa.String(length=80), nullable=False),
        sa.Column("slice", sa.Integer(), nullable=False),
        sa.Column("used", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("key", "slice", name=op.f("pk_quota_slices")),
    )
    op.create_table(
        "revocations",
        sa.Column("sealed_token", sa.String(), nullable=False),
        sa.Column("key_id", sa.String(length=16), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("next_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("result", sa.String(length=200), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_revocations")),
    )
    with op.batch_alter_table("revocations", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_revocations_done_at_next_at"), ["done_at", "next_at"], unique=False)

    op.create_table(
        "sign_ins",
        sa.Column("state_hash", sa.String(length=64), nullable=False),
        sa.Column("browser_hash", sa.String(length=64), nullable=False),
        sa.Column("nonce", sa.String(length=100), nullable=False),
        sa.Column("sealed_verifier", sa.String(), nullable=False),
        sa.Column("return_to", sa.String(length=500), nullable=False),
        sa.Column("expected_google_id", sa.String(length=255), nullable=True),
        sa.Column("began_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_ins")),
        sa.UniqueConstraint("state_hash", name=op.f("uq_sign_ins_state_hash")),
    )
    op.create_table(
        "schools",
        sa.Column("district_id", sa.String(length=32), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("timezone", sa.String(length=60), nullable=False),
        sa.Column("year_starts_month", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["district_id"], ["districts.id"], name=op.f("fk_schools_district_id_districts"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_schools")),
    )
    with op.batch_alter_table("schools", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_schools_district_id"), ["district_id"], unique=False)

    op.create_table(
        "accounts",
        sa.Column("issuer", sa.String(length=255), nullable=False),
        sa.Column("google_id", sa.String(length=255), nullable=False),
        sa.Column("email", sa.String(length=320), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("domain", sa.String(length=255), nullable=False),
        sa.Column("scopes", sa.JSON(), nullable=False),
        sa.Column("sealed_refresh_token", sa.String(), nullable=True),
        sa.Column("key_id", sa.String(length=16), nullable=True),
        sa.Column(
            "health",
            sa.Enum(
                "valid",
                "expiring",
                "revoked",
                "blocked",
                "classroom_off",
                "wrong_account",
                "disconnected",
                name="health",
                native_enum=False,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("health_reason", sa.String(length=300), nullable=False),
        sa.Column("checked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("connected_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("disconnected_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("school_id", sa.String(length=32), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["school_id"], ["schools.id"], name=op.f("fk_accounts_school_id_schools"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_accounts")),
        sa.UniqueConstraint("issuer", "google_id", name=op.f("uq_accounts_issuer_google_id")),
    )
    with op.batch_alter_table("accounts", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_accounts_school_id"), ["school_id"], unique=False)

    op.create_table(
        "audit_events",
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor", sa.String(length=200), nullable=False),
        sa.Column("verb", sa.String(length=60), nullable=False),
        sa.Column("object", sa.String(length=200), nullable=False),
        sa.Column("result", sa.String(length=500), nullable=False),
        sa.Column("school_id", sa.String(length=32), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["school_id"], ["schools.id"], name=op.f("fk_audit_events_school_id_schools"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_events")),
    )
    with op.batch_alter_table("audit_events", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_audit_events_school_id"), ["school_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_audit_events_school_id_at"), ["school_id", "at"], unique=False)

    op.create_table(
        "collections",
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("description", sa.String(), nullable=False),
        sa.Column("template", sa.String(length=40), nullable=False),
        sa.Column("grades", sa.JSON(), nullable=False),
        sa.Column("subjects", sa.JSON(), nullable=False),
        sa.Column("codes", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("school_id", sa.String(length=32), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["school_id"], ["schools.id"], name=op.f("fk_collections_school_id_schools"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_collections")),
    )
    with op.batch_alter_table("collections", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_collections_school_id"), ["school_id"], unique=False)

    op.create_table(
        "resources",
        sa.Column(
            "kind",
            sa.Enum("link", "drive", "youtube", "book", "note", name="resourcekind", native_enum=False, length=20),
            nullable=False,
        ),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("url", sa.String(length=2024), nullable=False),
        sa.Column("drive_id", sa.String(length=100), nullable=False),
        sa.Column("isbn", sa.String(length=13), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("description", sa.String(), nullable=False),
        sa.Column("grades", sa.JSON(), nullable=False),
        sa.Column("subjects", sa.JSON(), nullable=False),
        sa.Column("codes", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("school_id", sa.String(length=32), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["school_id"], ["schools.id"], name=op.f("fk_resources_school_id_schools"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_resources")),
    )
    with op.batch_alter_table("resources", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_resources_school_id"), ["school_id"], unique=False)

    op.create_table(
        "teachers",
        sa.Column("google_id", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column("email", sa.String(length=320), nullable=False),
        sa.Column("school_id", sa.String(length=32), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["school_id"], ["schools.id"], name=op.f("fk_teachers_school_id_schools"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_teachers")),
        sa.UniqueConstraint("school_id", "google_id", name=op.f("uq_teachers_school_id_google_id")),
    )
    with op.batch_alter_table("teachers", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_teachers_school_id"), ["school_id"], unique=False)

    op.create_table(
        "collection_items",
        sa.Column("collection_id", sa.String(length=32), nullable=False),
        sa.Column("resource_id", sa.String(length=32), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("school_id", sa.String(length=32), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["collection_id"], ["collections.id"], name=op.f("fk_collection_items_collection_id_collections"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["resource_id"], ["resources.id"], name=op.f("fk_collection_items_resource_id_resources"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["school_id"], ["schools.id"], name=op.f("fk_collection_items_school_id_schools"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_collection_items")),
        sa.UniqueConstraint("collection_id", "position", name=op.f("uq_collection_items_collection_id_position")),
    )
    with op.batch_alter_table("collection_items", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_collection_items_resource_id"), ["resource_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_collection_items_school_id"), ["school_id"], unique=False)

    op.create_table(
        "courses",
        sa.Column("account_id", sa.String(length=32), nullable=False),
        sa.Column("google_id", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=750), nullable=False),
        sa.Column("section", sa.String(length=2800), nullable=False),
        sa.Column("heading", sa.String(length=3600), nullable=False),
        sa.Column("levels", sa.String(length=1000), nullable=False),
        sa.Column("google_subject", sa.String(length=1000), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "ACTIVE",
                "ARCHIVED",
                "PROVISIONED",
                "DECLINED",
                "SUSPENDED",
                "GONE",
                name="coursestate",
                native_enum=False,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("owner_google_id", sa.String(length=64), nullable=False),
        sa.Column("mode", sa.Enum("own", "co-taught", name="mode", native_enum=False, length=20), nullable=False),
        sa.Column("link", sa.String(length=2048), nullable=False),
        sa.Column("students", sa.Integer(), nullable=True),
        sa.Column("google_updated_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("grades", sa.JSON(), nullable=False),
        sa.Column(
            "confidence",
            sa.Enum("set", "sure", "likely", "doubtful", "unknown", name="confidence", native_enum=False, length=20),
            nullable=False,
        ),
        sa.Column("evidence", sa.JSON(), nullable=False),
        sa.Column("subject", sa.String(length=60), nullable=False),
        sa.Column("school_year", sa.String(length=7), nullable=False),
        sa.Column("doubts", sa.JSON(), nullable=False),
        sa.Column("excluded", sa.Boolean(), nullable=False),
        sa.Column("set_grades", sa.JSON(), nullable=True),
        sa.Column("set_excluded", sa.Boolean(), nullable=True),
        sa.Column("first_seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("school_id", sa.String(length=32), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_courses_account_id_accounts"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["school_id"], ["schools.id"], name=op.f("fk_courses_school_id_schools"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_courses")),
        sa.UniqueConstraint("school_id", "google_id", name=op.f("uq_courses_school_id_google_id")),
    )
    with op.batch_alter_table("courses", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_courses_account_id"), ["account_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_courses_school_id"), ["school_id"], unique=False)

    op.create_table(
        "partnerships",
        sa.Column("teacher_id", sa.String(length=32), nullable=False),
        sa.Column("began_on", sa.Date(), nullable=False),
        sa.Column("school_id", sa.String(length=32), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["school_id"], ["schools.id"], name=op.f("fk_partnerships_school_id_schools"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["teacher_id"], ["teachers.id"], name=op.f("fk_partnerships_teacher_id_teachers"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_partnerships")),
        sa.UniqueConstraint("school_id", "teacher_id", name=op.f("uq_partnerships_school_id_teacher_id")),
    )
    with op.batch_alter_table("partnerships", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_partnerships_school_id"), ["school_id"], unique=False)

    op.create_table(
        "personal_tokens",
        sa.Column("account_id", sa.String(length=32), nullable=False),
        sa.Column("secret_hash", sa.String(length=64), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("school_id", sa.String(length=32), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_personal_tokens_account_id_accounts"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["school_id"], ["schools.id"], name=op.f("fk_personal_tokens_school_id_schools"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_personal_tokens")),
        sa.UniqueConstraint("secret_hash", name=op.f("uq_personal_tokens_secret_hash")),
    )
    with op.batch_alter_table("personal_tokens", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_personal_tokens_account_id"), ["account_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_personal_tokens_school_id"), ["school_id"], unique=False)

    op.create_table(
        "plans",
        sa.Column("account_id", sa.String(length=32), nullable=False),
        sa.Column("collection_id", sa.String(length=32), nullable=False),
        sa.Column("rule", sa.JSON(), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("topic", sa.String(length=100), nullable=False),
        sa.Column("publish_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "state",
            sa.Enum("planned", "accepted", "running", "done", "partial", name="planstate", native_enum=False, length=20),
            nullable=False,
        ),
        sa.Column("title", sa.String(length=3000), nullable=False),
        sa.Column("materials", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("accepted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("accepted_by", sa.String(length=32), nullable=True),
        sa.Column("school_id", sa.String(length=32), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_plans_account_id_accounts"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["collection_id"], ["collections.id"], name=op.f("fk_plans_collection_id_collections"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["school_id"], ["schools.id"], name=op.f("fk_plans_school_id_schools"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plans")),
    )
    with op.batch_alter_table("plans", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_plans_account_id"), ["account_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_plans_collection_id"), ["collection_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_plans_school_id"), ["school_id"], unique=False)

    op.create_table(
        "replies",
        sa.Column("account_id", sa.String(length=32), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("request_hash", sa.String(length=64), nullable=False),
        sa.Column("status", sa.Integer(), nullable=True),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("school_id", sa.String(length=32), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_replies_account_id_accounts"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["school_id"], ["schools.id"], name=op.f("fk_replies_school_id_schools"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_replies")),
        sa.UniqueConstraint("account_id", "key", name=op.f("uq_replies_account_id_key")),
    )
    with op.batch_alter_table("replies", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_replies_school_id"), ["school_id"], unique=False)

    op.create_table(
        "sessions",
        sa.Column("account_id", sa.String(length=32), nullable=False),
        sa.Column("secret_hash", sa.String(length=64), nullable=False),
        sa.Column("began_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("school_id", sa.String(length=32), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_sessions_account_id_accounts"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["school_id"], ["schools.id"], name=op.f("fk_sessions_school_id_schools"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sessions")),
        sa.UniqueConstraint("secret_hash", name=op.f("uq_sessions_secret_hash")),
    )
    with op.batch_alter_table("sessions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sessions_account_id"), ["account_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_sessions_school_id"), ["school_id"], unique=False)

    op.create_table(
        "syncs",
        sa.Column("account_id", sa.String(length=32), nullable=False),
        sa.Column(
            "state",
            sa.Enum("queued", "running", "done", "partial", "failed", name="syncstate", native_enum=False, length=20),
            nullable=False,
        ),
        sa.Column("full", sa.Boolean(), nullable=False),
        sa.Column("classes_seen", sa.Integer(), nullable=False),
        sa.Column("classes_left", sa.Integer(), nullable=False),
        sa.Column("posts_seen", sa.Integer(), nullable=False),
        sa.Column("calls", sa.Integer(), nullable=False),
        sa.Column("errors", sa.JSON(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("began_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("touched_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("school_id", sa.String(length=32), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_syncs_account_id_accounts"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["school_id"], ["schools.id"], name=op.f("fk_syncs_school_id_schools"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_syncs")),
    )
    with op.batch_alter_table("syncs", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_syncs_account_id"), ["account_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_syncs_school_id"), ["school_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_syncs_school_id_state"), ["school_id", "state"], unique=False)

    op.create_table(
        "agreements",
        sa.Column("course_id", sa.String(length=32), nullable=False),
        sa.Column("occasion", sa.String(length=100), nullable=False),
        sa.Column("by", sa.String(length=200), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("account_id", sa.String(length=32), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("school_id", sa.String(length=32), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_agreements_account_id_accounts"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["course_id"], ["courses.id"], name=op.f("fk_agreements_course_id_courses"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["school_id"], ["schools.id"], name=op.f("fk_agreements_school_id_schools"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agreements")),
        sa.UniqueConstraint("course_id", "occasion", name=op.f("uq_agreements_course_id_occasion")),
    )
    with op.batch_alter_table("agreements", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_agreements_course_id"), ["course_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_agreements_school_id"), ["school_id"], unique=False)

    op.create_table(
        "course_changes",
        sa.Column("course_id", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("sentence", sa.String(length=1000), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("school_id", sa.String(length=32), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["course_id"], ["courses.id"], name=op.f("fk_course_changes_course_id_courses"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["school_id"], ["schools.id"], name=op.f("fk_course_changes_school_id_schools"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_course_changes")),
    )
    with op.batch_alter_table("course_changes", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_course_changes_course_id"), ["course_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_course_changes_school_id"), ["school_id"], unique=False)

    op.create_table(
        "course_teachers",
        sa.Column("course_id", sa.String(length=32), nullable=False),
        sa.Column("teacher_id", sa.String(length=32), nullable=False),
        sa.Column("is_owner", sa.Boolean(), nullable=False),
        sa.Column("school_id", sa.String(length=32), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["course_id"], ["courses.id"], name=op.f("fk_course_teachers_course_id_courses"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["school_id"], ["schools.id"], name=op.f("fk_course_teachers_school_id_schools"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["teacher_id"], ["teachers.id"], name=op.f("fk_course_teachers_teacher_id_teachers"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_course_teachers")),
        sa.UniqueConstraint("course_id", "teacher_id", name=op.f("uq_course_teachers_course_id_teacher_id")),
    )
    with op.batch_alter_table("course_teachers", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_course_teachers_school_id"), ["school_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_course_teachers_teacher_id"), ["teacher_id"], unique=False)

    op.create_table(
        "deliveries",
        sa.Column("plan_id", sa.String(length=32), nullable=False),
        sa.Column("occurrence", sa.String(length=20), nullable=False),
        sa.Column("course_id", sa.String(length=32), nullable=False),
        sa.Column("account_id", sa.String(length=32), nullable=False),
        sa.Column("course_google_id", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("title", sa.String(length=3000), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("content_hash", sa.String(length=64), nullable=False),
        sa.Column("marker", sa.String(length=32), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "waiting",
                "ready",
                "drafting",
                "drafted",
                "publishing",
                "published",
                "cancelling",
                "cancelled",
                "retracted",
                "removed",
                "skipped",
                "failed",
                "expired",
                "paused_auth",
                "paused_google",
                "needs_human",
                name="deliverystate",
                native_enum=False,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("post_id", sa.String(length=64), nullable=True),
        sa.Column("link", sa.String(length=2048), nullable=False),
        sa.Column("lease_token", sa.String(length=32), nullable=True),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("next_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("edited_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("school_id", sa.String(length=32), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_deliveries_account_id_accounts"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["course_id"], ["courses.id"], name=op.f("fk_deliveries_course_id_courses"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["plan_id"], ["plans.id"], name=op.f("fk_deliveries_plan_id_plans"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["school_id"], ["schools.id"], name=op.f("fk_deliveries_school_id_schools"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deliveries")),
        sa.UniqueConstraint("plan_id", "occurrence", "course_id", name=op.f("uq_deliveries_plan_id_occurrence_course_id")),
    )
    with op.batch_alter_table("deliveries", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_deliveries_account_id"), ["account_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_deliveries_course_id_post_id"), ["course_id", "post_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_deliveries_plan_id"), ["plan_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_deliveries_school_id"), ["school_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_deliveries_school_id_state"), ["school_id", "state"], unique=False)
        batch_op.create_index(batch_op.f("ix_deliveries_state_next_at"), ["state", "next_at"], unique=False)

    op.create_table(
        "entries",
        sa.Column("partnership_id", sa.String(length=32), nullable=False),
        sa.Column("occasion", sa.String(length=100), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("activity", sa.String(length=500), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=True),
        sa.Column("level", sa.String(length=40), nullable=False),
        sa.Column("scheme", sa.String(length=20), nullable=False),
        sa.Column("codes", sa.JSON(), nullable=False),
        sa.Column("evidence", sa.JSON(), nullable=False),
        sa.Column("source", sa.Enum("self", "hand", name="source", native_enum=False, length=20), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("school_id", sa.String(length=32), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["partnership_id"], ["partnerships.id"], name=op.f("fk_entries_partnership_id_partnerships"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["school_id"], ["schools.id"], name=op.f("fk_entries_school_id_schools"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_entries")),
        sa.UniqueConstraint("partnership_id", "occasion", name=op.f("uq_entries_partnership_id_occasion")),
    )
    with op.batch_alter_table("entries", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_entries_school_id"), ["school_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_entries_school_id_on"), ["school_id", "on"], unique=False)

    op.create_table(
        "plan_items",
        sa.Column("plan_id", sa.String(length=32), nullable=False),
        sa.Column("course_id", sa.String(length=32), nullable=False),
        sa.Column(
            "action", sa.Enum("create", "update", "wait", "skip", name="action", native_enum=False, length=20), nullable=False
        ),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("school_id", sa.String(length=32), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["course_id"], ["courses.id"], name=op.f("fk_plan_items_course_id_courses"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["plan_id"], ["plans.id"], name=op.f("fk_plan_items_plan_id_plans"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["school_id"], ["schools.id"], name=op.f("fk_plan_items_school_id_schools"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_items")),
        sa.UniqueConstraint("plan_id", "course_id", name=op.f("uq_plan_items_plan_id_course_id")),
    )
    with op.batch_alter_table("plan_items", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_plan_items_school_id"), ["school_id"], unique=False)

    op.create_table(
        "posts",
        sa.Column("course_id", sa.String(length=32), nullable=False),
        sa.Column("google_id", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.Enum("announcement", "material", name="postkind", native_enum=False, length=20), nullable=False),
        sa.Column(
            "state",
            sa.Enum("DRAFT", "PUBLISHED", "DELETED", "GONE", name="poststate", native_enum=False, length=20),
            nullable=False,
        ),
        sa.Column("title", sa.String(length=3000), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("links", sa.JSON(), nullable=False),
        sa.Column("topic_google_id", sa.String(length=64), nullable=False),
        sa.Column("creator_google_id", sa.String(length=64), nullable=False),
        sa.Column("link", sa.String(length=2048), nullable=False),
        sa.Column("google_updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("school_id", sa.String(length=32), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["course_id"], ["courses.id"], name=op.f("fk_posts_course_id_courses"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["school_id"], ["schools.id"], name=op.f("fk_posts_school_id_schools"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_posts")),
        sa.UniqueConstraint("course_id", "kind", "google_id", name=op.f("uq_posts_course_id_kind_google_id")),
    )
    with op.batch_alter_table("posts", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_posts_school_id"), ["school_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_posts_school_id_google_updated_at"), ["school_id", "google_updated_at"], unique=False)

    op.create_table(
        "stream_marks",
        sa.Column("course_id", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.Enum("announcement", "material", name="postkind", native_enum=False, length=20), nullable=False),
        sa.Column("updated_to", sa.DateTime(timezone=True), nullable=False),
        sa.Column("full_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("school_id", sa.String(length=32), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["course_id"], ["courses.id"], name=op.f("fk_stream_marks_course_id_courses"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["school_id"], ["schools.id"], name=op.f("fk_stream_marks_school_id_schools"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stream_marks")),
        sa.UniqueConstraint("course_id", "kind", name=op.f("uq_stream_marks_course_id_kind")),
    )
    with op.batch_alter_table("stream_marks", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_stream_marks_school_id"), ["school_id"], unique=False)

    op.create_table(
        "sync_classes",
        sa.Column("sync_id", sa.String(length=32), nullable=False),
        sa.Column("course_id", sa.String(length=32), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("school_id", sa.String(length=32), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["course_id"], ["courses.id"], name=op.f("fk_sync_classes_course_id_courses"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["school_id"], ["schools.id"], name=op.f("fk_sync_classes_school_id_schools"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["sync_id"], ["syncs.id"], name=op.f("fk_sync_classes_sync_id_syncs"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sync_classes")),
        sa.UniqueConstraint("sync_id", "course_id", name=op.f("uq_sync_classes_sync_id_course_id")),
    )
    with op.batch_alter_table("sync_classes", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sync_classes_school_id"), ["school_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_sync_classes_sync_id_done_at"), ["sync_id", "done_at"], unique=False)

    op.create_table(
        "topics",
        sa.Column("course_id", sa.String(length=32), nullable=False),
        sa.Column("google_id", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("google_updated_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("school_id", sa.String(length=32), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["course_id"], ["courses.id"], name=op.f("fk_topics_course_id_courses"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["school_id"], ["schools.id"], name=op.f("fk_topics_school_id_schools"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_topics")),
        sa.UniqueConstraint("course_id", "google_id", name=op.f("uq_topics_course_id_google_id")),
    )
    with op.batch_alter_table("topics", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_topics_school_id"), ["school_id"], unique=False)

    op.create_table(
        "delivery_attempts",
        sa.Column("delivery_id", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("lease_token", sa.String(length=32), nullable=False),
        sa.Column("request_hash", sa.String(length=64), nullable=False),
        sa.Column("post_id", sa.String(length=64), nullable=True),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("outcome", sa.String(length=15), nullable=True),
        sa.Column("detail", sa.String(length=300), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("school_id", sa.String(length=32), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["delivery_id"], ["deliveries.id"], name=op.f("fk_delivery_attempts_delivery_id_deliveries"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["school_id"], ["schools.id"], name=op.f("fk_delivery_attempts_school_id_schools"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delivery_attempts")),
    )
    with op.batch_alter_table("delivery_attempts", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_delivery_attempts_delivery_id_started_at"), ["delivery_id", "started_at"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_delivery_attempts_finished_at_started_at"), ["finished_at", "started_at"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_delivery_attempts_school_id"), ["school_id"], unique=False)

    op.create_table(
        "delivery_steps",
        sa.Column("delivery_id", sa.String(length=32), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "waiting",
                "ready",
                "drafting",
                "drafted",
                "publishing",
                "published",
                "cancelling",
                "cancelled",
                "retracted",
                "removed",
                "skipped",
                "failed",
                "expired",
                "paused_auth",
                "paused_google",
                "needs_human",
                name="deliverystate",
                native_enum=False,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("sentence", sa.String(length=500), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("school_id", sa.String(length=32), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["delivery_id"], ["deliveries.id"], name=op.f("fk_delivery_steps_delivery_id_deliveries"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["school_id"], ["schools.id"], name=op.f("fk_delivery_steps_school_id_schools"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delivery_steps")),
    )
    with op.batch_alter_table("delivery_steps", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_delivery_steps_delivery_id_at"), ["delivery_id", "at"], unique=False)
        batch_op.create_index(batch_op.f("ix_delivery_steps_school_id"), ["school_id"], unique=False)

    op.create_table(
        "entry_courses",
        sa.Column("entry_id", sa.String(length=32), nullable=False),
        sa.Column("course_id", sa.String(length=32), nullable=False),
        sa.Column("school_id", sa.String(length=32), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["course_id"], ["courses.id"], name=op.f("fk_entry_courses_course_id_courses"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["entry_id"], ["entries.id"], name=op.f("fk_entry_courses_entry_id_entries"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["school_id"], ["schools.id"], name=op.f("fk_entry_courses_school_id_schools"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_entry_courses")),
        sa.UniqueConstraint("entry_id", "course_id", name=op.f("uq_entry_courses_entry_id_course_id")),
    )
    with op.batch_alter_table("entry_courses", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_entry_courses_course_id"), ["course_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_entry_courses_school_id"), ["school_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("entry_courses", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_entry_courses_school_id"))
        batch_op.drop_index(batch_op.f("ix_entry_courses_course_id"))

    op.drop_table("entry_courses")
    with op.batch_alter_table("delivery_steps", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_delivery_steps_school_id"))
        batch_op.drop_index(batch_op.f("ix_delivery_steps_delivery_id_at"))

    op.drop_table("delivery_steps")
    with op.batch_alter_table("delivery_attempts", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_delivery_attempts_school_id"))
        batch_op.drop_index(batch_op.f("ix_delivery_attempts_finished_at_started_at"))
        batch_op.drop_index(batch_op.f("ix_delivery_attempts_delivery_id_started_at"))

    op.drop_table("delivery_attempts")
    with op.batch_alter_table("topics", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_topics_school_id"))

    op.drop_table("topics")
    with op.batch_alter_table("sync_classes", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_sync_classes_sync_id_done_at"))
        batch_op.drop_index(batch_op.f("ix_sync_classes_school_id"))

    op.drop_table("sync_classes")
    with op.batch_alter_table("stream_marks", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_stream_marks_school_id"))

    op.drop_table("stream_marks")
    with op.batch_alter_table("posts", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_posts_school_id_google_updated_at"))
        batch_op.drop_index(batch_op.f("ix_posts_school_id"))

    op.drop_table("posts")
    with op.batch_alter_table("plan_items", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_plan_items_school_id"))

    op.drop_table("plan_items")
    with op.batch_alter_table("entries", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_entries_school_id_on"))
        batch_op.drop_index(batch_op.f("ix_entries_school_id"))

    op.drop_table("entries")
    with op.batch_alter_table("deliveries", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_deliveries_state_next_at"))
        batch_op.drop_index(batch_op.f("ix_deliveries_school_id_state"))
        batch_op.drop_index(batch_op.f("ix_deliveries_school_id"))
        batch_op.drop_index(batch_op.f("ix_deliveries_plan_id"))
        batch_op.drop_index(batch_op.f("ix_deliveries_course_id_post_id"))
        batch_op.drop_index(batch_op.f("ix_deliveries_account_id"))

    op.drop_table("deliveries")
    with op.batch_alter_table("course_teachers", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_course_teachers_teacher_id"))
        batch_op.drop_index(batch_op.f("ix_course_teachers_school_id"))

    op.drop_table("course_teachers")
    with op.batch_alter_table("course_changes", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_course_changes_school_id"))
        batch_op.drop_index(batch_op.f("ix_course_changes_course_id"))

    op.drop_table("course_changes")
    with op.batch_alter_table("agreements", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_agreements_school_id"))
        batch_op.drop_index(batch_op.f("ix_agreements_course_id"))

    op.drop_table("agreements")
    with op.batch_alter_table("syncs", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_syncs_school_id_state"))
        batch_op.drop_index(batch_op.f("ix_syncs_school_id"))
        batch_op.drop_index(batch_op.f("ix_syncs_account_id"))

    op.drop_table("syncs")
    with op.batch_alter_table("sessions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_sessions_school_id"))
        batch_op.drop_index(batch_op.f("ix_sessions_account_id"))

    op.drop_table("sessions")
    with op.batch_alter_table("replies", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_replies_school_id"))

    op.drop_table("replies")
    with op.batch_alter_table("plans", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_plans_school_id"))
        batch_op.drop_index(batch_op.f("ix_plans_collection_id"))
        batch_op.drop_index(batch_op.f("ix_plans_account_id"))

    op.drop_table("plans")
    with op.batch_alter_table("personal_tokens", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_personal_tokens_school_id"))
        batch_op.drop_index(batch_op.f("ix_personal_tokens_account_id"))

    op.drop_table("personal_tokens")
    with op.batch_alter_table("partnerships", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_partnerships_school_id"))

    op.drop_table("partnerships")
    with op.batch_alter_table("courses", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_courses_school_id"))
        batch_op.drop_index(batch_op.f("ix_courses_account_id"))

    op.drop_table("courses")
    with op.batch_alter_table("collection_items", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_collection_items_school_id"))
        batch_op.drop_index(batch_op.f("ix_collection_items_resource_id"))

    op.drop_table("collection_items")
    with op.batch_alter_table("teachers", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_teachers_school_id"))

    op.drop_table("teachers")
    with op.batch_alter_table("resources", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_resources_school_id"))

    op.drop_table("resources")
    with op.batch_alter_table("collections", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_collections_school_id"))

    op.drop_table("collections")
    with op.batch_alter_table("audit_events", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_audit_events_school_id_at"))
        batch_op.drop_index(batch_op.f("ix_audit_events_school_id"))

    op.drop_table("audit_events")
    with op.batch_alter_table("accounts", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_accounts_school_id"))

    op.drop_table("accounts")
    with op.batch_alter_table("schools", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_schools_district_id"))

    op.drop_table("schools")
    op.drop_table("sign_ins")
    with op.batch_alter_table("revocations", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_revocations_done_at_next_at"))

    op.drop_table("revocations")
    op.drop_table("quota_slices")
    op.drop_table("districts")
