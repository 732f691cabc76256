"""Tensions: what people gathered, what the computation proposes, what was decided; letters, what they tell, who receives them."""

import sqlalchemy as sa
from alembic import op

BigId = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "digest_settings",
        sa.Column("collectif_id", BigId, nullable=False),
        sa.Column("rhythm", sa.String(length=24), nullable=False),
        sa.Column("weekday", sa.Integer(), nullable=False),
        sa.Column("hour", sa.Integer(), nullable=False),
        sa.Column("waits_for_edition", sa.Boolean(), nullable=False),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("done_until", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("hour BETWEEN 0 AND 23", name=op.f("ck_digest_settings_hour")),
        sa.CheckConstraint("weekday BETWEEN 0 AND 6", name=op.f("ck_digest_settings_weekday")),
        sa.ForeignKeyConstraint(
            ["collectif_id"], ["collectif.id"], name=op.f("fk_digest_settings_collectif_id_collectif"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("collectif_id", name=op.f("pk_digest_settings")),
    )
    op.create_table(
        "own_idea",
        sa.Column("id", BigId, nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("collectif_id", BigId, nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["collectif_id"], ["collectif.id"], name=op.f("fk_own_idea_collectif_id_collectif"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_own_idea")),
        sa.UniqueConstraint("public_id", name=op.f("uq_own_idea_public_id")),
    )
    op.create_index("ix_own_idea_collectif_id", "own_idea", ["collectif_id"], unique=False)
    op.create_table(
        "tension_grouping",
        sa.Column("collectif_id", BigId, nullable=False),
        sa.Column("computed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("difficulties", sa.Integer(), nullable=False),
        sa.Column("mark", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["collectif_id"], ["collectif.id"], name=op.f("fk_tension_grouping_collectif_id_collectif"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("collectif_id", name=op.f("pk_tension_grouping")),
    )
    op.create_table(
        "tension_settings",
        sa.Column("collectif_id", BigId, nullable=False),
        sa.Column("members_curate", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["collectif_id"], ["collectif.id"], name=op.f("fk_tension_settings_collectif_id_collectif"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("collectif_id", name=op.f("pk_tension_settings")),
    )
    op.create_table(
        "digest",
        sa.Column("id", BigId, nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("collectif_id", BigId, nullable=False),
        sa.Column("state", sa.String(length=24), nullable=False),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("edito", sa.Text(), nullable=False),
        sa.Column("edito_by_id", BigId, nullable=True),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("composed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("edited_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("is_ready", sa.Boolean(), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("published_by_id", BigId, nullable=True),
        sa.Column("sent_to", sa.Integer(), nullable=True),
        sa.Column("is_posted", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["collectif_id"], ["collectif.id"], name=op.f("fk_digest_collectif_id_collectif"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["edito_by_id"], ["user.id"], name=op.f("fk_digest_edito_by_id_user"), ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["published_by_id"], ["user.id"], name=op.f("fk_digest_published_by_id_user"), ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_digest")),
        sa.UniqueConstraint("collectif_id", "number", name=op.f("uq_digest_collectif_id_number")),
        sa.UniqueConstraint("collectif_id", "until", name=op.f("uq_digest_collectif_id_until")),
        sa.UniqueConstraint("public_id", name=op.f("uq_digest_public_id")),
    )
    op.create_index("ix_digest_state_due_at", "digest", ["state", "due_at"], unique=False)
    op.create_table(
        "digest_link",
        sa.Column("id", BigId, nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("user_id", BigId, nullable=False),
        sa.Column("collectif_id", BigId, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["collectif_id"], ["collectif.id"], name=op.f("fk_digest_link_collectif_id_collectif"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_digest_link_user_id_user"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_digest_link")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_digest_link_token_hash")),
    )
    op.create_index(op.f("ix_digest_link_collectif_id"), "digest_link", ["collectif_id"], unique=False)
    op.create_index(op.f("ix_digest_link_user_id"), "digest_link", ["user_id"], unique=False)
    op.create_table(
        "digest_refusal",
        sa.Column("user_id", BigId, nullable=False),
        sa.Column("collectif_id", BigId, nullable=False),
        sa.Column("refused_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["collectif_id"], ["collectif.id"], name=op.f("fk_digest_refusal_collectif_id_collectif"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_digest_refusal_user_id_user"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("user_id", "collectif_id", name=op.f("pk_digest_refusal")),
    )
    op.create_index("ix_digest_refusal_collectif_id", "digest_refusal", ["collectif_id"], unique=False)
    op.create_table(
        "tension",
        sa.Column("id", BigId, nullable=False),
        sa.Column("state", sa.String(length=24), nullable=True),
        sa.Column("state_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["id"], ["entry.id"], name=op.f("fk_tension_id_entry"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tension")),
    )
    op.create_table(
        "arbitrage",
        sa.Column("id", BigId, nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("tension_id", BigId, nullable=False),
        sa.Column("decided", sa.Text(), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.Column("author_id", BigId, nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("corrected_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["author_id"], ["user.id"], name=op.f("fk_arbitrage_author_id_user"), ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["tension_id"], ["tension.id"], name=op.f("fk_arbitrage_tension_id_tension"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_arbitrage")),
        sa.UniqueConstraint("public_id", name=op.f("uq_arbitrage_public_id")),
    )
    op.create_index("ix_arbitrage_tension_id", "arbitrage", ["tension_id"], unique=False)
    op.create_table(
        "digest_item",
        sa.Column("id", BigId, nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("digest_id", BigId, nullable=False),
        sa.Column("rubric", sa.String(length=24), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("entry_id", BigId, nullable=True),
        sa.Column("action_id", BigId, nullable=True),
        sa.Column("exchange_id", BigId, nullable=True),
        sa.Column("seance_id", BigId, nullable=True),
        sa.Column("balise", sa.String(length=16), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("link", sa.String(length=600), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("mark", sa.String(length=64), nullable=False),
        sa.Column("is_by_hand", sa.Boolean(), nullable=False),
        sa.Column("is_removed", sa.Boolean(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        sa.Column("edited_by_id", BigId, nullable=True),
        sa.ForeignKeyConstraint(["action_id"], ["action.id"], name=op.f("fk_digest_item_action_id_action"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["digest_id"], ["digest.id"], name=op.f("fk_digest_item_digest_id_digest"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["edited_by_id"], ["user.id"], name=op.f("fk_digest_item_edited_by_id_user"), ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["entry_id"], ["entry.id"], name=op.f("fk_digest_item_entry_id_entry"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["exchange_id"], ["exchange.id"], name=op.f("fk_digest_item_exchange_id_exchange"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["seance_id"], ["seance.id"], name=op.f("fk_digest_item_seance_id_seance"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_digest_item")),
        sa.UniqueConstraint("public_id", name=op.f("uq_digest_item_public_id")),
    )
    op.create_index("ix_digest_item_action_id", "digest_item", ["action_id"], unique=False)
    op.create_index("ix_digest_item_digest_id", "digest_item", ["digest_id"], unique=False)
    op.create_index("ix_digest_item_entry_id", "digest_item", ["entry_id"], unique=False)
    op.create_index(op.f("ix_digest_item_exchange_id"), "digest_item", ["exchange_id"], unique=False)
    op.create_index("ix_digest_item_seance_id", "digest_item", ["seance_id"], unique=False)
    op.create_table(
        "tension_act",
        sa.Column("id", BigId, nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("collectif_id", BigId, nullable=False),
        sa.Column("tension_id", BigId, nullable=True),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("actor_id", BigId, nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("before", sa.Text(), nullable=False),
        sa.Column("seance_id", BigId, nullable=True),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("undone_by_id", BigId, nullable=True),
        sa.ForeignKeyConstraint(["actor_id"], ["user.id"], name=op.f("fk_tension_act_actor_id_user"), ondelete="SET NULL"),
        sa.ForeignKeyConstraint(
            ["collectif_id"], ["collectif.id"], name=op.f("fk_tension_act_collectif_id_collectif"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["seance_id"], ["seance.id"], name=op.f("fk_tension_act_seance_id_seance"), ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["tension_id"], ["tension.id"], name=op.f("fk_tension_act_tension_id_tension"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["undone_by_id"], ["user.id"], name=op.f("fk_tension_act_undone_by_id_user"), ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tension_act")),
        sa.UniqueConstraint("public_id", name=op.f("uq_tension_act_public_id")),
    )
    op.create_index("ix_tension_act_collectif_id_at", "tension_act", ["collectif_id", "at"], unique=False)
    op.create_index("ix_tension_act_tension_id_at", "tension_act", ["tension_id", "at"], unique=False)
    op.create_table(
        "tension_link",
        sa.Column("difficulty_id", BigId, nullable=False),
        sa.Column("tension_id", BigId, nullable=False),
        sa.Column("linked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("linked_by_id", BigId, nullable=True),
        sa.ForeignKeyConstraint(
            ["difficulty_id"], ["difficulty.id"], name=op.f("fk_tension_link_difficulty_id_difficulty"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["linked_by_id"], ["user.id"], name=op.f("fk_tension_link_linked_by_id_user"), ondelete="SET NULL"),
        sa.ForeignKeyConstraint(
            ["tension_id"], ["tension.id"], name=op.f("fk_tension_link_tension_id_tension"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("difficulty_id", name=op.f("pk_tension_link")),
    )
    op.create_index("ix_tension_link_tension_id", "tension_link", ["tension_id"], unique=False)
    op.create_table(
        "tension_proposal",
        sa.Column("id", BigId, nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("collectif_id", BigId, nullable=False),
        sa.Column("tension_id", BigId, nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("strength", sa.String(length=20), nullable=False),
        sa.Column("is_recurring", sa.Boolean(), nullable=False),
        sa.Column("reasons", sa.Text(), nullable=False),
        sa.Column("computed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["collectif_id"], ["collectif.id"], name=op.f("fk_tension_proposal_collectif_id_collectif"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["tension_id"], ["tension.id"], name=op.f("fk_tension_proposal_tension_id_tension"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tension_proposal")),
        sa.UniqueConstraint("public_id", name=op.f("uq_tension_proposal_public_id")),
    )
    op.create_index("ix_tension_proposal_collectif_id_position", "tension_proposal", ["collectif_id", "position"], unique=False)
    op.create_index("ix_tension_proposal_tension_id", "tension_proposal", ["tension_id"], unique=False)
    op.create_table(
        "tension_seance",
        sa.Column("tension_id", BigId, nullable=False),
        sa.Column("seance_id", BigId, nullable=False),
        sa.ForeignKeyConstraint(["seance_id"], ["seance.id"], name=op.f("fk_tension_seance_seance_id_seance"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["tension_id"], ["tension.id"], name=op.f("fk_tension_seance_tension_id_tension"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("tension_id", "seance_id", name=op.f("pk_tension_seance")),
    )
    op.create_index("ix_tension_seance_seance_id", "tension_seance", ["seance_id"], unique=False)
    op.create_table(
        "tension_trial",
        sa.Column("id", BigId, nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("tension_id", BigId, nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("service_name", sa.String(length=120), nullable=False),
        sa.Column("author_id", BigId, nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("outcome_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["author_id"], ["user.id"], name=op.f("fk_tension_trial_author_id_user"), ondelete="SET NULL"),
        sa.ForeignKeyConstraint(
            ["tension_id"], ["tension.id"], name=op.f("fk_tension_trial_tension_id_tension"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tension_trial")),
        sa.UniqueConstraint("public_id", name=op.f("uq_tension_trial_public_id")),
    )
    op.create_index("ix_tension_trial_tension_id", "tension_trial", ["tension_id"], unique=False)
    op.create_table(
        "arbitrage_party",
        sa.Column("id", BigId, nullable=False),
        sa.Column("arbitrage_id", BigId, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("enjeu", sa.Text(), nullable=False),
        sa.Column("effort", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["arbitrage_id"], ["arbitrage.id"], name=op.f("fk_arbitrage_party_arbitrage_id_arbitrage"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_arbitrage_party")),
        sa.UniqueConstraint("arbitrage_id", "position", name=op.f("uq_arbitrage_party_arbitrage_id_position")),
    )
    op.create_table(
        "digest_quote",
        sa.Column("id", BigId, nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("item_id", BigId, nullable=False),
        sa.Column("entry_id", BigId, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        sa.Column("signature", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["entry_id"], ["entry.id"], name=op.f("fk_digest_quote_entry_id_entry"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["item_id"], ["digest_item.id"], name=op.f("fk_digest_quote_item_id_digest_item"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_digest_quote")),
        sa.UniqueConstraint("public_id", name=op.f("uq_digest_quote_public_id")),
    )
    op.create_index("ix_digest_quote_entry_id", "digest_quote", ["entry_id"], unique=False)
    op.create_index("ix_digest_quote_item_id", "digest_quote", ["item_id"], unique=False)
    op.create_table(
        "tension_apart",
        sa.Column("one_id", BigId, nullable=False),
        sa.Column("other_id", BigId, nullable=False),
        sa.Column("collectif_id", BigId, nullable=False),
        sa.Column("act_id", BigId, nullable=False),
        sa.CheckConstraint("one_id < other_id", name=op.f("ck_tension_apart_in_order")),
        sa.ForeignKeyConstraint(
            ["act_id"], ["tension_act.id"], name=op.f("fk_tension_apart_act_id_tension_act"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["collectif_id"], ["collectif.id"], name=op.f("fk_tension_apart_collectif_id_collectif"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["one_id"], ["difficulty.id"], name=op.f("fk_tension_apart_one_id_difficulty"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["other_id"], ["difficulty.id"], name=op.f("fk_tension_apart_other_id_difficulty"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("one_id", "other_id", name=op.f("pk_tension_apart")),
    )
    op.create_index("ix_tension_apart_act_id", "tension_apart", ["act_id"], unique=False)
    op.create_index("ix_tension_apart_collectif_id", "tension_apart", ["collectif_id"], unique=False)
    op.create_index("ix_tension_apart_other_id", "tension_apart", ["other_id"], unique=False)
    op.create_table(
        "tension_proposal_item",
        sa.Column("proposal_id", BigId, nullable=False),
        sa.Column("difficulty_id", BigId, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["difficulty_id"], ["difficulty.id"], name=op.f("fk_tension_proposal_item_difficulty_id_difficulty"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["proposal_id"],
            ["tension_proposal.id"],
            name=op.f("fk_tension_proposal_item_proposal_id_tension_proposal"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("proposal_id", "difficulty_id", name=op.f("pk_tension_proposal_item")),
        sa.UniqueConstraint("proposal_id", "position", name=op.f("uq_tension_proposal_item_proposal_id_position")),
    )
    op.create_index("ix_tension_proposal_item_difficulty_id", "tension_proposal_item", ["difficulty_id"], unique=False)


def downgrade() -> None:
    # the version before knows no tension; on SQLite foreign keys are asleep during a migration
    op.execute("DELETE FROM entry WHERE kind = 'tension'")
    if op.get_bind().dialect.name == "sqlite":
        _forget_what_hung_from_them()
    op.drop_index("ix_tension_proposal_item_difficulty_id", table_name="tension_proposal_item")
    op.drop_table("tension_proposal_item")
    op.drop_index("ix_tension_apart_other_id", table_name="tension_apart")
    op.drop_index("ix_tension_apart_collectif_id", table_name="tension_apart")
    op.drop_index("ix_tension_apart_act_id", table_name="tension_apart")
    op.drop_table("tension_apart")
    op.drop_index("ix_digest_quote_item_id", table_name="digest_quote")
    op.drop_index("ix_digest_quote_entry_id", table_name="digest_quote")
    op.drop_table("digest_quote")
    op.drop_table("arbitrage_party")
    op.drop_index("ix_tension_trial_tension_id", table_name="tension_trial")
    op.drop_table("tension_trial")
    op.drop_index("ix_tension_seance_seance_id", table_name="tension_seance")
    op.drop_table("tension_seance")
    op.drop_index("ix_tension_proposal_tension_id", table_name="tension_proposal")
    op.drop_index("ix_tension_proposal_collectif_id_position", table_name="tension_proposal")
    op.drop_table("tension_proposal")
    op.drop_index("ix_tension_link_tension_id", table_name="tension_link")
    op.drop_table("tension_link")
    op.drop_index("ix_tension_act_tension_id_at", table_name="tension_act")
    op.drop_index("ix_tension_act_collectif_id_at", table_name="tension_act")
    op.drop_table("tension_act")
    op.drop_index("ix_digest_item_seance_id", table_name="digest_item")
    op.drop_index(op.f("ix_digest_item_exchange_id"), table_name="digest_item")
    op.drop_index("ix_digest_item_entry_id", table_name="digest_item")
    op.drop_index("ix_digest_item_digest_id", table_name="digest_item")
    op.drop_index("ix_digest_item_action_id", table_name="digest_item")
    op.drop_table("digest_item")
    op.drop_index("ix_arbitrage_tension_id", table_name="arbitrage")
    op.drop_table("arbitrage")
    op.drop_table("tension")
    op.drop_index("ix_digest_refusal_collectif_id", table_name="digest_refusal")
    op.drop_table("digest_refusal")
    op.drop_index(op.f("ix_digest_link_user_id"), table_name="digest_link")
    op.drop_index(op.f("ix_digest_link_collectif_id"), table_name="digest_link")
    op.drop_table("digest_link")
    op.drop_index("ix_digest_state_due_at", table_name="digest")
    op.drop_table("digest")
    op.drop_table("tension_settings")
    op.drop_table("tension_grouping")
    op.drop_index("ix_own_idea_collectif_id", table_name="own_idea")
    op.drop_table("own_idea")
    op.drop_table("digest_settings")


def _forget_what_hung_from_them() -> None:
    """Messages, reports, notices of the tensions that went; all of them hang by a key that cascades."""
    base = op.get_bind()
    for _ in range(8):  # what hangs from what hung
        orphans = base.execute(sa.text("PRAGMA foreign_key_check")).all()
        for table, row_id, *_ in orphans:
            base.execute(sa.text(f'DELETE FROM "{table}" WHERE rowid = :row'), {"row": row_id})
        if not orphans:
            return
