"""Peer groups: spaces beside the collectifs, their members and what these decide; words that may be sealed have no length."""

import sqlalchemy as sa
from alembic import op

BigId = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "peer_group",
        sa.Column("id", BigId, nullable=False),
        sa.Column("called", sa.Text(), nullable=False),
        sa.Column("engagement", sa.Text(), nullable=False),
        sa.Column("pacte", sa.Text(), nullable=False),
        sa.Column("pacte_version", sa.Integer(), nullable=False),
        sa.Column("shows_history", sa.Boolean(), nullable=False),
        sa.Column("exclusion_rule", sa.String(length=24), nullable=False),
        sa.Column("dissolution_rule", sa.String(length=24), nullable=False),
        sa.Column("versement_days", sa.Integer(), nullable=False),
        sa.Column("dissolves_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["id"], ["collectif.id"], name=op.f("fk_peer_group_id_collectif"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_peer_group")),
    )
    op.create_table(
        "group_decision",
        sa.Column("id", BigId, nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("group_id", BigId, nullable=False),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("about_id", BigId, nullable=True),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("rule", sa.String(length=24), nullable=False),
        sa.Column("asked_by_id", BigId, nullable=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closes_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("outcome", sa.String(length=24), nullable=True),
        sa.Column("unheard", sa.Integer(), nullable=False),
        sa.Column("voices", sa.Integer(), nullable=False),
        sa.Column("after_id", BigId, nullable=True),
        sa.ForeignKeyConstraint(
            ["after_id"], ["group_decision.id"], name=op.f("fk_group_decision_after_id_group_decision"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["about_id"], ["user.id"], name=op.f("fk_group_decision_about_id_user"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["asked_by_id"], ["user.id"], name=op.f("fk_group_decision_asked_by_id_user"), ondelete="SET NULL"),
        sa.ForeignKeyConstraint(
            ["group_id"], ["peer_group.id"], name=op.f("fk_group_decision_group_id_peer_group"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_group_decision")),
        sa.UniqueConstraint("public_id", name=op.f("uq_group_decision_public_id")),
    )
    with op.batch_alter_table("group_decision", schema=None) as batch_op:
        batch_op.create_index("ix_group_decision_closes_at", ["closes_at"], unique=False)
        batch_op.create_index("ix_group_decision_group_id", ["group_id"], unique=False)

    op.create_table(
        "group_join_request",
        sa.Column("id", BigId, nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("group_id", BigId, nullable=False),
        sa.Column("user_id", BigId, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["group_id"], ["peer_group.id"], name=op.f("fk_group_join_request_group_id_peer_group"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_group_join_request_user_id_user"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_group_join_request")),
        sa.UniqueConstraint("group_id", "user_id", name=op.f("uq_group_join_request_group_id_user_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_group_join_request_public_id")),
    )
    with op.batch_alter_table("group_join_request", schema=None) as batch_op:
        batch_op.create_index("ix_group_join_request_user_id", ["user_id"], unique=False)

    op.create_table(
        "group_member",
        sa.Column("id", BigId, nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("group_id", BigId, nullable=False),
        sa.Column("user_id", BigId, nullable=False),
        sa.Column("role", sa.String(length=24), nullable=False),
        sa.Column("arrived_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("left_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("shut_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("pacte_version", sa.Integer(), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["group_id"], ["peer_group.id"], name=op.f("fk_group_member_group_id_peer_group"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_group_member_user_id_user"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_group_member")),
        sa.UniqueConstraint("group_id", "user_id", name=op.f("uq_group_member_group_id_user_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_group_member_public_id")),
    )
    with op.batch_alter_table("group_member", schema=None) as batch_op:
        batch_op.create_index("ix_group_member_user_id", ["user_id"], unique=False)

    op.create_table(
        "group_ballot",
        sa.Column("id", BigId, nullable=False),
        sa.Column("decision_id", BigId, nullable=False),
        sa.Column("user_id", BigId, nullable=False),
        sa.Column("is_yes", sa.Boolean(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["decision_id"], ["group_decision.id"], name=op.f("fk_group_ballot_decision_id_group_decision"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_group_ballot_user_id_user"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_group_ballot")),
        sa.UniqueConstraint("decision_id", "user_id", name=op.f("uq_group_ballot_decision_id_user_id")),
    )
    with op.batch_alter_table("group_ballot", schema=None) as batch_op:
        batch_op.create_index("ix_group_ballot_user_id", ["user_id"], unique=False)

    op.create_table(
        "group_opening",
        sa.Column("id", BigId, nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("group_id", BigId, nullable=False),
        sa.Column("user_id", BigId, nullable=True),
        sa.Column("called", sa.Text(), nullable=False),
        sa.Column("asked_by_id", BigId, nullable=True),
        sa.Column("shows_past", sa.Boolean(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("accepted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("declined_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["asked_by_id"], ["user.id"], name=op.f("fk_group_opening_asked_by_id_user"), ondelete="SET NULL"),
        sa.ForeignKeyConstraint(
            ["group_id"], ["peer_group.id"], name=op.f("fk_group_opening_group_id_peer_group"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_group_opening_user_id_user"), ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_group_opening")),
        sa.UniqueConstraint("public_id", name=op.f("uq_group_opening_public_id")),
    )
    with op.batch_alter_table("group_opening", schema=None) as batch_op:
        batch_op.create_index("ix_group_opening_group_id", ["group_id"], unique=False)
        batch_op.create_index("ix_group_opening_user_id", ["user_id"], unique=False)

    op.create_table(
        "seance",
        sa.Column("id", BigId, nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("collectif_id", BigId, nullable=False),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("agenda", sa.Text(), nullable=False),
        sa.Column("preparation", sa.Text(), nullable=False),
        sa.Column("report", sa.Text(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("opens_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("step", sa.String(length=24), nullable=False),
        sa.Column("changes", sa.Integer(), nullable=False),
        sa.Column("facilitator_id", BigId, nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("cancelled_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["collectif_id"], ["collectif.id"], name=op.f("fk_seance_collectif_id_collectif"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["facilitator_id"], ["user.id"], name=op.f("fk_seance_facilitator_id_user"), ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_seance")),
        sa.UniqueConstraint("public_id", name=op.f("uq_seance_public_id")),
    )
    with op.batch_alter_table("seance", schema=None) as batch_op:
        batch_op.create_index("ix_seance_collectif_id_starts_at", ["collectif_id", "starts_at"], unique=False)

    op.create_table(
        "seance_contribution",
        sa.Column("id", BigId, nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("seance_id", BigId, nullable=False),
        sa.Column("author_id", BigId, nullable=False),
        sa.Column("step", sa.String(length=24), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["author_id"], ["user.id"], name=op.f("fk_seance_contribution_author_id_user"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["seance_id"], ["seance.id"], name=op.f("fk_seance_contribution_seance_id_seance"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_seance_contribution")),
        sa.UniqueConstraint("public_id", name=op.f("uq_seance_contribution_public_id")),
    )
    with op.batch_alter_table("seance_contribution", schema=None) as batch_op:
        batch_op.create_index("ix_seance_contribution_seance_id", ["seance_id"], unique=False)

    op.create_table(
        "seance_depot",
        sa.Column("id", BigId, nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("seance_id", BigId, nullable=False),
        sa.Column("author_id", BigId, nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kept_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["author_id"], ["user.id"], name=op.f("fk_seance_depot_author_id_user"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["seance_id"], ["seance.id"], name=op.f("fk_seance_depot_seance_id_seance"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_seance_depot")),
        sa.UniqueConstraint("public_id", name=op.f("uq_seance_depot_public_id")),
        sa.UniqueConstraint("seance_id", "author_id", name=op.f("uq_seance_depot_seance_id_author_id")),
    )
    op.create_table(
        "seance_takeaway",
        sa.Column("id", BigId, nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("seance_id", BigId, nullable=False),
        sa.Column("author_id", BigId, nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["author_id"], ["user.id"], name=op.f("fk_seance_takeaway_author_id_user"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["seance_id"], ["seance.id"], name=op.f("fk_seance_takeaway_seance_id_seance"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_seance_takeaway")),
        sa.UniqueConstraint("public_id", name=op.f("uq_seance_takeaway_public_id")),
        sa.UniqueConstraint("seance_id", "author_id", name=op.f("uq_seance_takeaway_seance_id_author_id")),
    )
    op.create_table(
        "seance_choice",
        sa.Column("id", BigId, nullable=False),
        sa.Column("seance_id", BigId, nullable=False),
        sa.Column("author_id", BigId, nullable=False),
        sa.Column("depot_id", BigId, nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["author_id"], ["user.id"], name=op.f("fk_seance_choice_author_id_user"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["depot_id"], ["seance_depot.id"], name=op.f("fk_seance_choice_depot_id_seance_depot"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["seance_id"], ["seance.id"], name=op.f("fk_seance_choice_seance_id_seance"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_seance_choice")),
        sa.UniqueConstraint("seance_id", "author_id", name=op.f("uq_seance_choice_seance_id_author_id")),
    )
    with op.batch_alter_table("seance_choice", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_seance_choice_depot_id"), ["depot_id"], unique=False)

    op.create_table(
        "seance_text",
        sa.Column("id", BigId, nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        sa.Column("suspended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("suspended_by_id", BigId, nullable=True),
        sa.Column("suspended_why", sa.Text(), nullable=False),
        sa.Column("seance_id", BigId, nullable=False),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("depot_id", BigId, nullable=True),
        sa.Column("contribution_id", BigId, nullable=True),
        sa.Column("takeaway_id", BigId, nullable=True),
        sa.Column("author_id", BigId, nullable=True),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["author_id"], ["user.id"], name=op.f("fk_seance_text_author_id_user"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["contribution_id"], ["seance_contribution.id"], name=op.f("fk_seance_text_contribution_id_seance_contribution"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["depot_id"], ["seance_depot.id"], name=op.f("fk_seance_text_depot_id_seance_depot"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["seance_id"], ["seance.id"], name=op.f("fk_seance_text_seance_id_seance"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["suspended_by_id"], ["user.id"], name=op.f("fk_seance_text_suspended_by_id_user"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["takeaway_id"], ["seance_takeaway.id"], name=op.f("fk_seance_text_takeaway_id_seance_takeaway"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_seance_text")),
        sa.UniqueConstraint("contribution_id", name=op.f("uq_seance_text_contribution_id")),
        sa.UniqueConstraint("depot_id", name=op.f("uq_seance_text_depot_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_seance_text_public_id")),
        sa.UniqueConstraint("takeaway_id", name=op.f("uq_seance_text_takeaway_id")),
    )
    with op.batch_alter_table("seance_text", schema=None) as batch_op:
        batch_op.create_index("ix_seance_text_seance_id", ["seance_id"], unique=False)

    op.create_table(
        "seance_writer",
        sa.Column("id", BigId, nullable=False),
        sa.Column("seance_id", BigId, nullable=False),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("user_id", BigId, nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["seance_id"], ["seance.id"], name=op.f("fk_seance_writer_seance_id_seance"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_seance_writer_user_id_user"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_seance_writer")),
        sa.UniqueConstraint("seance_id", "kind", "user_id", name=op.f("uq_seance_writer_seance_id_kind_user_id")),
    )
    with op.batch_alter_table("seance_writer", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_seance_writer_user_id"), ["user_id"], unique=False)

    with op.batch_alter_table("report", schema=None) as batch_op:
        batch_op.add_column(sa.Column("seance_text_id", BigId, nullable=True))
        batch_op.alter_column("entry_id", existing_type=BigId, nullable=True)
        batch_op.create_foreign_key(
            op.f("fk_report_seance_text_id_seance_text"), "seance_text", ["seance_text_id"], ["id"], ondelete="CASCADE"
        )
        batch_op.create_index(batch_op.f("ix_report_seance_text_id"), ["seance_text_id"], unique=False)
        batch_op.create_check_constraint(op.f("ck_report_one_place"), "(entry_id IS NULL) <> (seance_text_id IS NULL)")

    with op.batch_alter_table("notice", schema=None) as batch_op:
        batch_op.add_column(sa.Column("seance_id", BigId, nullable=True))
        batch_op.create_foreign_key(op.f("fk_notice_seance_id_seance"), "seance", ["seance_id"], ["id"], ondelete="CASCADE")
        batch_op.create_index(batch_op.f("ix_notice_seance_id"), ["seance_id"], unique=False)

    op.create_table(
        "versement",
        sa.Column("id", BigId, nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("group_id", BigId, nullable=False),
        sa.Column("author_id", BigId, nullable=False),
        sa.Column("source_id", BigId, nullable=True),
        sa.Column("exchange_id", BigId, nullable=True),
        sa.Column("depot_id", BigId, nullable=True),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decision_id", BigId, nullable=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("is_told", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["author_id"], ["user.id"], name=op.f("fk_versement_author_id_user"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["decision_id"], ["group_decision.id"], name=op.f("fk_versement_decision_id_group_decision"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["depot_id"], ["seance_depot.id"], name=op.f("fk_versement_depot_id_seance_depot"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["exchange_id"], ["exchange.id"], name=op.f("fk_versement_exchange_id_exchange"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["group_id"], ["peer_group.id"], name=op.f("fk_versement_group_id_peer_group"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["source_id"], ["entry.id"], name=op.f("fk_versement_source_id_entry"), ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_versement")),
        sa.UniqueConstraint("decision_id", name=op.f("uq_versement_decision_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_versement_public_id")),
    )
    with op.batch_alter_table("versement", schema=None) as batch_op:
        batch_op.create_index("ix_versement_group_id", ["group_id"], unique=False)

    with op.batch_alter_table("action", schema=None) as batch_op:
        batch_op.alter_column("title", existing_type=sa.String(length=200), type_=sa.Text(), existing_nullable=False)

    with op.batch_alter_table("action_note", schema=None) as batch_op:
        batch_op.alter_column("suspended_why", existing_type=sa.String(length=600), type_=sa.Text(), existing_nullable=False)

    with op.batch_alter_table("collectif", schema=None) as batch_op:
        batch_op.add_column(sa.Column("kind", sa.String(length=24), nullable=False, server_default="collectif"))
    with op.batch_alter_table("collectif", schema=None) as batch_op:
        batch_op.alter_column("kind", server_default=None)

    with op.batch_alter_table("notice_settings", schema=None) as batch_op:
        batch_op.add_column(sa.Column("silences_groups", sa.Boolean(), nullable=False, server_default=sa.false()))
    with op.batch_alter_table("notice_settings", schema=None) as batch_op:
        batch_op.alter_column("silences_groups", server_default=None)

    with op.batch_alter_table("unsubscribe_link", schema=None) as batch_op:
        batch_op.add_column(sa.Column("of_groups", sa.Boolean(), nullable=False, server_default=sa.false()))
    with op.batch_alter_table("unsubscribe_link", schema=None) as batch_op:
        batch_op.alter_column("of_groups", server_default=None)

    with op.batch_alter_table("echo", schema=None) as batch_op:
        batch_op.alter_column("suspended_why", existing_type=sa.String(length=600), type_=sa.Text(), existing_nullable=False)

    with op.batch_alter_table("entry", schema=None) as batch_op:
        batch_op.alter_column("title", existing_type=sa.String(length=200), type_=sa.Text(), existing_nullable=False)
        batch_op.alter_column("excerpt", existing_type=sa.String(length=400), type_=sa.Text(), existing_nullable=False)
        batch_op.alter_column("byline", existing_type=sa.String(length=400), type_=sa.Text(), existing_nullable=False)
        batch_op.alter_column("suspended_why", existing_type=sa.String(length=600), type_=sa.Text(), existing_nullable=False)

    with op.batch_alter_table("exchange", schema=None) as batch_op:
        batch_op.alter_column("signature", existing_type=sa.String(length=120), type_=sa.Text(), existing_nullable=False)
        batch_op.alter_column("suspended_why", existing_type=sa.String(length=600), type_=sa.Text(), existing_nullable=False)

    with op.batch_alter_table("publication_request", schema=None) as batch_op:
        batch_op.alter_column("teller", existing_type=sa.String(length=160), type_=sa.Text(), existing_nullable=False)

    with op.batch_alter_table("recit", schema=None) as batch_op:
        batch_op.alter_column("teller", existing_type=sa.String(length=160), type_=sa.Text(), existing_nullable=False)

    with op.batch_alter_table("recognition", schema=None) as batch_op:
        batch_op.alter_column("to_name", existing_type=sa.String(length=120), type_=sa.Text(), existing_nullable=False)

    with op.batch_alter_table("rereading", schema=None) as batch_op:
        batch_op.alter_column("suspended_why", existing_type=sa.String(length=600), type_=sa.Text(), existing_nullable=False)

    with op.batch_alter_table("section", schema=None) as batch_op:
        batch_op.alter_column("heading", existing_type=sa.String(length=120), type_=sa.Text(), existing_nullable=False)

    with op.batch_alter_table("synthese", schema=None) as batch_op:
        batch_op.alter_column("signature", existing_type=sa.String(length=120), type_=sa.Text(), existing_nullable=False)
        batch_op.alter_column("suspended_why", existing_type=sa.String(length=600), type_=sa.Text(), existing_nullable=False)


def downgrade() -> None:
    if op.get_bind().execute(sa.text("SELECT 1 FROM collectif WHERE kind <> 'collectif'")).first():
        raise RuntimeError("peer groups exist: the former version would show their rows; dissolve them first")

    with op.batch_alter_table("versement", schema=None) as batch_op:
        batch_op.drop_index("ix_versement_group_id")

    op.drop_table("versement")
    op.execute("DELETE FROM notice WHERE seance_id IS NOT NULL")
    with op.batch_alter_table("notice", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_notice_seance_id"))
        batch_op.drop_constraint(op.f("fk_notice_seance_id_seance"), type_="foreignkey")
        batch_op.drop_column("seance_id")

    op.execute("DELETE FROM report WHERE entry_id IS NULL")
    with op.batch_alter_table("report", schema=None) as batch_op:
        batch_op.drop_constraint(op.f("ck_report_one_place"), type_="check")
        batch_op.drop_index(batch_op.f("ix_report_seance_text_id"))
        batch_op.drop_constraint(op.f("fk_report_seance_text_id_seance_text"), type_="foreignkey")
        batch_op.drop_column("seance_text_id")
        batch_op.alter_column("entry_id", existing_type=BigId, nullable=False)

    with op.batch_alter_table("seance_writer", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_seance_writer_user_id"))

    op.drop_table("seance_writer")
    with op.batch_alter_table("seance_text", schema=None) as batch_op:
        batch_op.drop_index("ix_seance_text_seance_id")

    op.drop_table("seance_text")
    with op.batch_alter_table("seance_choice", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_seance_choice_depot_id"))

    op.drop_table("seance_choice")
    op.drop_table("seance_takeaway")
    op.drop_table("seance_depot")
    with op.batch_alter_table("seance_contribution", schema=None) as batch_op:
        batch_op.drop_index("ix_seance_contribution_seance_id")

    op.drop_table("seance_contribution")
    with op.batch_alter_table("seance", schema=None) as batch_op:
        batch_op.drop_index("ix_seance_collectif_id_starts_at")

    op.drop_table("seance")
    with op.batch_alter_table("group_opening", schema=None) as batch_op:
        batch_op.drop_index("ix_group_opening_user_id")
        batch_op.drop_index("ix_group_opening_group_id")

    op.drop_table("group_opening")

    with op.batch_alter_table("synthese", schema=None) as batch_op:
        batch_op.alter_column("suspended_why", existing_type=sa.Text(), type_=sa.String(length=600), existing_nullable=False)
        batch_op.alter_column("signature", existing_type=sa.Text(), type_=sa.String(length=120), existing_nullable=False)

    with op.batch_alter_table("section", schema=None) as batch_op:
        batch_op.alter_column("heading", existing_type=sa.Text(), type_=sa.String(length=120), existing_nullable=False)

    with op.batch_alter_table("rereading", schema=None) as batch_op:
        batch_op.alter_column("suspended_why", existing_type=sa.Text(), type_=sa.String(length=600), existing_nullable=False)

    with op.batch_alter_table("recognition", schema=None) as batch_op:
        batch_op.alter_column("to_name", existing_type=sa.Text(), type_=sa.String(length=120), existing_nullable=False)

    with op.batch_alter_table("recit", schema=None) as batch_op:
        batch_op.alter_column("teller", existing_type=sa.Text(), type_=sa.String(length=160), existing_nullable=False)

    with op.batch_alter_table("publication_request", schema=None) as batch_op:
        batch_op.alter_column("teller", existing_type=sa.Text(), type_=sa.String(length=160), existing_nullable=False)

    with op.batch_alter_table("exchange", schema=None) as batch_op:
        batch_op.alter_column("suspended_why", existing_type=sa.Text(), type_=sa.String(length=600), existing_nullable=False)
        batch_op.alter_column("signature", existing_type=sa.Text(), type_=sa.String(length=120), existing_nullable=False)

    with op.batch_alter_table("entry", schema=None) as batch_op:
        batch_op.alter_column("suspended_why", existing_type=sa.Text(), type_=sa.String(length=600), existing_nullable=False)
        batch_op.alter_column("byline", existing_type=sa.Text(), type_=sa.String(length=400), existing_nullable=False)
        batch_op.alter_column("excerpt", existing_type=sa.Text(), type_=sa.String(length=400), existing_nullable=False)
        batch_op.alter_column("title", existing_type=sa.Text(), type_=sa.String(length=200), existing_nullable=False)

    with op.batch_alter_table("unsubscribe_link", schema=None) as batch_op:
        batch_op.drop_column("of_groups")

    with op.batch_alter_table("notice_settings", schema=None) as batch_op:
        batch_op.drop_column("silences_groups")

    with op.batch_alter_table("echo", schema=None) as batch_op:
        batch_op.alter_column("suspended_why", existing_type=sa.Text(), type_=sa.String(length=600), existing_nullable=False)

    with op.batch_alter_table("collectif", schema=None) as batch_op:
        batch_op.drop_column("kind")

    with op.batch_alter_table("action_note", schema=None) as batch_op:
        batch_op.alter_column("suspended_why", existing_type=sa.Text(), type_=sa.String(length=600), existing_nullable=False)

    with op.batch_alter_table("action", schema=None) as batch_op:
        batch_op.alter_column("title", existing_type=sa.Text(), type_=sa.String(length=200), existing_nullable=False)

    with op.batch_alter_table("group_ballot", schema=None) as batch_op:
        batch_op.drop_index("ix_group_ballot_user_id")

    op.drop_table("group_ballot")
    with op.batch_alter_table("group_member", schema=None) as batch_op:
        batch_op.drop_index("ix_group_member_user_id")

    op.drop_table("group_member")
    with op.batch_alter_table("group_join_request", schema=None) as batch_op:
        batch_op.drop_index("ix_group_join_request_user_id")

    op.drop_table("group_join_request")
    with op.batch_alter_table("group_decision", schema=None) as batch_op:
        batch_op.drop_index("ix_group_decision_group_id")
        batch_op.drop_index("ix_group_decision_closes_at")

    op.drop_table("group_decision")
    op.drop_table("peer_group")
