"""Trends: named dates, how a service or a collège reads a figure otherwise, and what figures are counted from."""

import sqlalchemy as sa
from alembic import op

BigId = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "milestone",
        sa.Column("id", BigId, nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("collectif_id", BigId, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("created_by_id", BigId, nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["collectif_id"], ["collectif.id"], name=op.f("fk_milestone_collectif_id_collectif"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["created_by_id"], ["user.id"], name=op.f("fk_milestone_created_by_id_user"), ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_milestone")),
        sa.UniqueConstraint("public_id", name=op.f("uq_milestone_public_id")),
    )
    op.create_index("ix_milestone_collectif_id_day", "milestone", ["collectif_id", "day"], unique=False)
    op.create_table(
        "counter_reading",
        sa.Column("id", BigId, nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("collectif_id", BigId, nullable=False),
        sa.Column("section", sa.String(length=20), nullable=False),
        sa.Column("subject", sa.String(length=40), nullable=False),
        sa.Column("subject_name", sa.Text(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("html", sa.Text(), nullable=False),
        sa.Column("pipeline", sa.Integer(), nullable=False),
        sa.Column("service_id", BigId, nullable=True),
        sa.Column("service_name", sa.String(length=120), nullable=False),
        sa.Column("college", sa.String(length=24), nullable=True),
        sa.Column("author_id", BigId, nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("corrected_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("corrected_by_id", BigId, nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        sa.Column("suspended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("suspended_by_id", BigId, nullable=True),
        sa.Column("suspended_why", sa.Text(), nullable=False),
        sa.CheckConstraint("(service_name = '') <> (college IS NULL)", name=op.f("ck_counter_reading_one_voice")),
        sa.ForeignKeyConstraint(["author_id"], ["user.id"], name=op.f("fk_counter_reading_author_id_user"), ondelete="SET NULL"),
        sa.ForeignKeyConstraint(
            ["collectif_id"], ["collectif.id"], name=op.f("fk_counter_reading_collectif_id_collectif"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["corrected_by_id"], ["user.id"], name=op.f("fk_counter_reading_corrected_by_id_user"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["service_id"], ["service.id"], name=op.f("fk_counter_reading_service_id_service"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["suspended_by_id"], ["user.id"], name=op.f("fk_counter_reading_suspended_by_id_user"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_counter_reading")),
        sa.UniqueConstraint("public_id", name=op.f("uq_counter_reading_public_id")),
    )
    op.create_index("ix_counter_reading_collectif_id_ends_on", "counter_reading", ["collectif_id", "ends_on"], unique=False)
    counted = ["collectif_id", "kind", "published_at", "id", "audience", "suspended_at"]
    op.create_index("ix_entry_counted", "entry", counted, unique=False)
    op.create_index("ix_authorship_signed_from", "authorship", ["entry_id", "college", "service_id"], unique=False)
    answered = ["entry_id", "withdrawn_at", "suspended_at", "audience", "service_id"]
    op.create_index("ix_exchange_answered_in", "exchange", answered, unique=False)


def downgrade() -> None:
    op.drop_index("ix_exchange_answered_in", table_name="exchange")
    op.drop_index("ix_authorship_signed_from", table_name="authorship")
    op.drop_index("ix_entry_counted", table_name="entry")
    op.drop_index("ix_counter_reading_collectif_id_ends_on", table_name="counter_reading")
    op.drop_table("counter_reading")
    op.drop_index("ix_milestone_collectif_id_day", table_name="milestone")
    op.drop_table("milestone")
