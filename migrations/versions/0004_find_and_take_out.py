"""What may be found: a row for each told entry and each text under one, and the index of the engine. The application fills it."""

import sqlalchemy as sa
from alembic import op

BigId = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "feed_address",
        sa.Column("id", BigId, nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("user_id", BigId, nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_feed_address_user_id_user"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_feed_address")),
        sa.UniqueConstraint("public_id", name=op.f("uq_feed_address_public_id")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_feed_address_token_hash")),
        sa.UniqueConstraint("user_id", name=op.f("uq_feed_address_user_id")),
    )
    op.create_table(
        "search_row",
        sa.Column("id", BigId, nullable=False),
        sa.Column("entry_id", BigId, nullable=False),
        sa.Column("other_id", BigId, nullable=True),
        sa.Column("said_id", BigId, nullable=True),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("collectif_id", BigId, nullable=False),
        sa.Column("audience", sa.String(length=24), nullable=False),
        sa.Column("service_id", BigId, nullable=True),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("accents", sa.Text(), nullable=False),
        sa.Column("stems", sa.Text(), nullable=False),
        sa.Column("exact", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["collectif_id"], ["collectif.id"], name=op.f("fk_search_row_collectif_id_collectif"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["entry_id"], ["entry.id"], name=op.f("fk_search_row_entry_id_entry"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["other_id"], ["entry.id"], name=op.f("fk_search_row_other_id_entry"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["service_id"], ["service.id"], name=op.f("fk_search_row_service_id_service"), ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_search_row")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_search_row_entry_id", "search_row", ["entry_id"], unique=False)
    op.create_index("ix_search_row_other_id", "search_row", ["other_id"], unique=False)
    op.create_index("uq_search_row_said_id_kind", "search_row", ["said_id", "kind"], unique=True)
    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            "CREATE VIRTUAL TABLE search_fts USING fts5"
            "(title, stems, exact, content='search_row', content_rowid='id', columnsize=0, tokenize='ascii')"
        )
    else:
        op.execute(
            "CREATE TABLE search_fts (id BIGINT PRIMARY KEY REFERENCES search_row (id) ON DELETE CASCADE, vector TSVECTOR NOT NULL)"
        )
        op.execute("CREATE INDEX ix_search_fts_vector ON search_fts USING gin (vector)")
    op.create_table(
        "archive_request",
        sa.Column("id", BigId, nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("collectif_id", BigId, nullable=False),
        sa.Column("user_id", BigId, nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("ready_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["collectif_id"], ["collectif.id"], name=op.f("fk_archive_request_collectif_id_collectif"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_archive_request_user_id_user"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_archive_request")),
        sa.UniqueConstraint("collectif_id", "user_id", name=op.f("uq_archive_request_collectif_id_user_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_archive_request_public_id")),
    )
    op.create_table(
        "archive_arrival",
        sa.Column("collectif_id", BigId, nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("is_renamed", sa.Boolean(), nullable=False),
        sa.Column("by_address", sa.Boolean(), nullable=False),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("lines", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["collectif_id"], ["collectif.id"], name=op.f("fk_archive_arrival_collectif_id_collectif"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("collectif_id", name=op.f("pk_archive_arrival")),
    )
    op.create_table(
        "archived_person",
        sa.Column("id", BigId, nullable=False),
        sa.Column("collectif_id", BigId, nullable=False),
        sa.Column("user_id", BigId, nullable=False),
        sa.Column("code", sa.String(length=16), nullable=False),
        sa.Column("is_new", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["collectif_id"], ["collectif.id"], name=op.f("fk_archived_person_collectif_id_collectif"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_archived_person_user_id_user"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_archived_person")),
        sa.UniqueConstraint("collectif_id", "code", name=op.f("uq_archived_person_collectif_id_code")),
    )
    op.create_index("ix_archived_person_user_id", "archived_person", ["user_id"], unique=False)
    op.create_table(
        "account_ending",
        sa.Column("user_id", BigId, nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("keeps_recits", sa.Boolean(), nullable=False),
        sa.Column("keeps_words", sa.Boolean(), nullable=False),
        sa.Column("keeps_in_groups", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_account_ending_user_id_user"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("user_id", name=op.f("pk_account_ending")),
    )
    op.create_index("ix_account_ending_due_at", "account_ending", ["due_at"], unique=False)


def downgrade() -> None:
    op.drop_index("ix_account_ending_due_at", table_name="account_ending")
    op.drop_table("account_ending")
    op.drop_table("feed_address")
    op.drop_index("ix_archived_person_user_id", table_name="archived_person")
    op.drop_table("archived_person")
    op.drop_table("archive_arrival")
    op.drop_table("archive_request")
    op.execute("DROP TABLE search_fts")
    op.drop_index("uq_search_row_said_id_kind", table_name="search_row")
    op.drop_index("ix_search_row_other_id", table_name="search_row")
    op.drop_index("ix_search_row_entry_id", table_name="search_row")
    op.drop_table("search_row")
