"""Together: difficulties, recognitions, exchanges, notes, co-authors, files, reports, notices."""

import sqlalchemy as sa
from alembic import op

BigId = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "notice_settings",
        sa.Column("user_id", BigId, nullable=False),
        sa.Column("rhythm", sa.String(length=24), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_notice_settings_user_id_user"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("user_id", name=op.f("pk_notice_settings")),
    )
    op.create_table(
        "recit_invitation",
        sa.Column("id", BigId, nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("action_id", BigId, nullable=False),
        sa.Column("user_id", BigId, nullable=False),
        sa.Column("invited_by_id", BigId, nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["action_id"], ["action.id"], name=op.f("fk_recit_invitation_action_id_action"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["invited_by_id"], ["user.id"], name=op.f("fk_recit_invitation_invited_by_id_user"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_recit_invitation_user_id_user"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recit_invitation")),
        sa.UniqueConstraint(
            "action_id", "user_id", "invited_by_id", name=op.f("uq_recit_invitation_action_id_user_id_invited_by_id")
        ),
        sa.UniqueConstraint("public_id", name=op.f("uq_recit_invitation_public_id")),
    )
    with op.batch_alter_table("recit_invitation", schema=None) as batch_op:
        batch_op.create_index("ix_recit_invitation_user_id", ["user_id"], unique=False)

    op.create_table(
        "unsubscribe_link",
        sa.Column("id", BigId, nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("user_id", BigId, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_unsubscribe_link_user_id_user"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unsubscribe_link")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_unsubscribe_link_token_hash")),
    )
    with op.batch_alter_table("unsubscribe_link", schema=None) as batch_op:
        batch_op.create_index("ix_unsubscribe_link_user_id", ["user_id"], unique=False)

    op.create_table(
        "attachment",
        sa.Column("id", BigId, nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("entry_id", BigId, nullable=False),
        sa.Column("given_by_id", BigId, nullable=True),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("label", sa.LargeBinary(), nullable=False),
        sa.Column("key_name", sa.String(length=60), nullable=False),
        sa.Column("is_published", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["entry_id"], ["entry.id"], name=op.f("fk_attachment_entry_id_entry"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["given_by_id"], ["user.id"], name=op.f("fk_attachment_given_by_id_user"), ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attachment")),
        sa.UniqueConstraint("public_id", name=op.f("uq_attachment_public_id")),
    )
    with op.batch_alter_table("attachment", schema=None) as batch_op:
        batch_op.create_index("ix_attachment_entry_id", ["entry_id"], unique=False)

    op.create_table(
        "co_author_invitation",
        sa.Column("id", BigId, nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("entry_id", BigId, nullable=False),
        sa.Column("user_id", BigId, nullable=False),
        sa.Column("invited_by_id", BigId, nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("declined_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["entry.id"], name=op.f("fk_co_author_invitation_entry_id_entry"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["invited_by_id"], ["user.id"], name=op.f("fk_co_author_invitation_invited_by_id_user"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_co_author_invitation_user_id_user"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_co_author_invitation")),
        sa.UniqueConstraint("entry_id", "user_id", name=op.f("uq_co_author_invitation_entry_id_user_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_co_author_invitation_public_id")),
    )
    with op.batch_alter_table("co_author_invitation", schema=None) as batch_op:
        batch_op.create_index("ix_co_author_invitation_user_id", ["user_id"], unique=False)

    op.create_table(
        "former_author",
        sa.Column("id", BigId, nullable=False),
        sa.Column("entry_id", BigId, nullable=False),
        sa.Column("user_id", BigId, nullable=False),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["entry.id"], name=op.f("fk_former_author_entry_id_entry"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_former_author_user_id_user"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_former_author")),
        sa.UniqueConstraint("entry_id", "user_id", name=op.f("uq_former_author_entry_id_user_id")),
    )
    with op.batch_alter_table("former_author", schema=None) as batch_op:
        batch_op.create_index("ix_former_author_user_id", ["user_id"], unique=False)

    op.create_table(
        "difficulty",
        sa.Column("id", BigId, nullable=False),
        sa.Column("section_slug", sa.String(length=40), nullable=False),
        sa.Column("is_detached", sa.Boolean(), nullable=False),
        sa.Column("effect", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["id"], ["entry.id"], name=op.f("fk_difficulty_id_entry"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_difficulty")),
    )
    op.create_table(
        "exchange",
        sa.Column("id", BigId, nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("entry_id", BigId, nullable=False),
        sa.Column("parent_id", BigId, nullable=True),
        sa.Column("root_id", BigId, nullable=True),
        sa.Column("audience", sa.String(length=24), nullable=False),
        sa.Column("posture", sa.String(length=24), nullable=False),
        sa.Column("author_id", BigId, nullable=True),
        sa.Column("service_id", BigId, nullable=True),
        sa.Column("signature", sa.String(length=120), nullable=False),
        sa.Column("quote", sa.Text(), nullable=False),
        sa.Column("quote_slug", sa.String(length=40), nullable=False),
        sa.Column("quote_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("is_detached", sa.Boolean(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("html", sa.Text(), nullable=False),
        sa.Column("pipeline", sa.Integer(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("edited_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("has_former_words", sa.Boolean(), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("suspended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("suspended_by_id", BigId, nullable=True),
        sa.Column("suspended_why", sa.String(length=600), nullable=False),
        sa.Column("taken_by_id", BigId, nullable=True),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["author_id"], ["user.id"], name=op.f("fk_exchange_author_id_user"), ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["entry_id"], ["entry.id"], name=op.f("fk_exchange_entry_id_entry"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["parent_id"], ["exchange.id"], name=op.f("fk_exchange_parent_id_exchange"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["root_id"], ["exchange.id"], name=op.f("fk_exchange_root_id_exchange"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["service_id"], ["service.id"], name=op.f("fk_exchange_service_id_service"), ondelete="SET NULL"),
        sa.ForeignKeyConstraint(
            ["suspended_by_id"], ["user.id"], name=op.f("fk_exchange_suspended_by_id_user"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["taken_by_id"], ["user.id"], name=op.f("fk_exchange_taken_by_id_user"), ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exchange")),
        sa.UniqueConstraint("public_id", name=op.f("uq_exchange_public_id")),
    )
    with op.batch_alter_table("exchange", schema=None) as batch_op:
        batch_op.create_index("ix_exchange_author_id", ["author_id"], unique=False)
        batch_op.create_index("ix_exchange_entry_id_id", ["entry_id", "id"], unique=False)
        batch_op.create_index("ix_exchange_parent_id", ["parent_id"], unique=False)

    op.create_table(
        "recognition",
        sa.Column("id", BigId, nullable=False),
        sa.Column("to_user_id", BigId, nullable=True),
        sa.Column("to_service_id", BigId, nullable=True),
        sa.Column("to_name", sa.String(length=120), nullable=False),
        sa.Column("answer", sa.String(length=24), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_by_id", BigId, nullable=True),
        sa.Column("intended", sa.String(length=24), nullable=False),
        sa.ForeignKeyConstraint(
            ["answered_by_id"], ["user.id"], name=op.f("fk_recognition_answered_by_id_user"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["id"], ["entry.id"], name=op.f("fk_recognition_id_entry"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["to_service_id"], ["service.id"], name=op.f("fk_recognition_to_service_id_service"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["to_user_id"], ["user.id"], name=op.f("fk_recognition_to_user_id_user"), ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recognition")),
    )
    with op.batch_alter_table("recognition", schema=None) as batch_op:
        batch_op.create_index("ix_recognition_to_service_id", ["to_service_id"], unique=False)
        batch_op.create_index("ix_recognition_to_user_id", ["to_user_id"], unique=False)

    op.create_table(
        "synthese",
        sa.Column("id", BigId, nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("entry_id", BigId, nullable=False),
        sa.Column("audience", sa.String(length=24), nullable=False),
        sa.Column("author_id", BigId, nullable=True),
        sa.Column("signature", sa.String(length=120), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reopened_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        sa.Column("suspended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("suspended_by_id", BigId, nullable=True),
        sa.Column("suspended_why", sa.String(length=600), nullable=False),
        sa.ForeignKeyConstraint(["author_id"], ["user.id"], name=op.f("fk_synthese_author_id_user"), ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["entry_id"], ["entry.id"], name=op.f("fk_synthese_entry_id_entry"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["suspended_by_id"], ["user.id"], name=op.f("fk_synthese_suspended_by_id_user"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_synthese")),
        sa.UniqueConstraint("public_id", name=op.f("uq_synthese_public_id")),
    )
    with op.batch_alter_table("synthese", schema=None) as batch_op:
        batch_op.create_index("ix_synthese_entry_id", ["entry_id"], unique=False)

    op.create_table(
        "action_note",
        sa.Column("id", BigId, nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("action_id", BigId, nullable=False),
        sa.Column("one_id", BigId, nullable=False),
        sa.Column("other_id", BigId, nullable=False),
        sa.Column("section_slug", sa.String(length=40), nullable=False),
        sa.Column("meeting", sa.String(length=24), nullable=False),
        sa.Column("audience", sa.String(length=24), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("author_id", BigId, nullable=True),
        sa.Column("service_name", sa.String(length=120), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("edited_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        sa.Column("suspended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("suspended_by_id", BigId, nullable=True),
        sa.Column("suspended_why", sa.String(length=600), nullable=False),
        sa.ForeignKeyConstraint(["action_id"], ["action.id"], name=op.f("fk_action_note_action_id_action"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["author_id"], ["user.id"], name=op.f("fk_action_note_author_id_user"), ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["one_id"], ["recit.id"], name=op.f("fk_action_note_one_id_recit"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["other_id"], ["recit.id"], name=op.f("fk_action_note_other_id_recit"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["suspended_by_id"], ["user.id"], name=op.f("fk_action_note_suspended_by_id_user"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_action_note")),
        sa.UniqueConstraint("public_id", name=op.f("uq_action_note_public_id")),
    )
    with op.batch_alter_table("action_note", schema=None) as batch_op:
        batch_op.create_index("ix_action_note_action_id", ["action_id"], unique=False)
        batch_op.create_index("ix_action_note_one_id", ["one_id"], unique=False)
        batch_op.create_index("ix_action_note_other_id", ["other_id"], unique=False)

    op.create_table(
        "echo",
        sa.Column("id", BigId, nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("entry_id", BigId, nullable=False),
        sa.Column("user_id", BigId, nullable=True),
        sa.Column("service_id", BigId, nullable=True),
        sa.Column("service_name", sa.String(length=120), nullable=False),
        sa.Column("college", sa.String(length=24), nullable=True),
        sa.Column("audience", sa.String(length=24), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        sa.Column("suspended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("suspended_by_id", BigId, nullable=True),
        sa.Column("suspended_why", sa.String(length=600), nullable=False),
        sa.ForeignKeyConstraint(["entry_id"], ["difficulty.id"], name=op.f("fk_echo_entry_id_difficulty"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["service_id"], ["service.id"], name=op.f("fk_echo_service_id_service"), ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_echo_user_id_user"), ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["suspended_by_id"], ["user.id"], name=op.f("fk_echo_suspended_by_id_user"), ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_echo")),
        sa.UniqueConstraint("entry_id", "user_id", name=op.f("uq_echo_entry_id_user_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_echo_public_id")),
    )
    with op.batch_alter_table("echo", schema=None) as batch_op:
        batch_op.create_index("ix_echo_user_id", ["user_id"], unique=False)

    op.create_table(
        "former_words",
        sa.Column("id", BigId, nullable=False),
        sa.Column("exchange_id", BigId, nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("html", sa.Text(), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["exchange_id"], ["exchange.id"], name=op.f("fk_former_words_exchange_id_exchange"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_former_words")),
    )
    with op.batch_alter_table("former_words", schema=None) as batch_op:
        batch_op.create_index("ix_former_words_exchange_id", ["exchange_id"], unique=False)

    op.create_table(
        "mention",
        sa.Column("id", BigId, nullable=False),
        sa.Column("exchange_id", BigId, nullable=False),
        sa.Column("user_id", BigId, nullable=False),
        sa.ForeignKeyConstraint(["exchange_id"], ["exchange.id"], name=op.f("fk_mention_exchange_id_exchange"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_mention_user_id_user"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mention")),
        sa.UniqueConstraint("exchange_id", "user_id", name=op.f("uq_mention_exchange_id_user_id")),
    )
    with op.batch_alter_table("mention", schema=None) as batch_op:
        batch_op.create_index("ix_mention_user_id", ["user_id"], unique=False)

    op.create_table(
        "notice",
        sa.Column("id", BigId, nullable=False),
        sa.Column("user_id", BigId, nullable=False),
        sa.Column("what", sa.String(length=24), nullable=False),
        sa.Column("entry_id", BigId, nullable=True),
        sa.Column("exchange_id", BigId, nullable=True),
        sa.Column("actor_id", BigId, nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("mailed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["actor_id"], ["user.id"], name=op.f("fk_notice_actor_id_user"), ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["entry_id"], ["entry.id"], name=op.f("fk_notice_entry_id_entry"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["exchange_id"], ["exchange.id"], name=op.f("fk_notice_exchange_id_exchange"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_notice_user_id_user"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice")),
    )
    with op.batch_alter_table("notice", schema=None) as batch_op:
        batch_op.create_index("ix_notice_entry_id", ["entry_id"], unique=False)
        batch_op.create_index("ix_notice_exchange_id", ["exchange_id"], unique=False)
        batch_op.create_index("ix_notice_mailed_at_seen_at_user_id", ["mailed_at", "seen_at", "user_id"], unique=False)
        batch_op.create_index("ix_notice_user_id_seen_at", ["user_id", "seen_at"], unique=False)

    op.create_table(
        "rereading",
        sa.Column("id", BigId, nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("entry_id", BigId, nullable=False),
        sa.Column("author_id", BigId, nullable=True),
        sa.Column("audience", sa.String(length=24), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("html", sa.Text(), nullable=False),
        sa.Column("pipeline", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        sa.Column("suspended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("suspended_by_id", BigId, nullable=True),
        sa.Column("suspended_why", sa.String(length=600), nullable=False),
        sa.ForeignKeyConstraint(["author_id"], ["user.id"], name=op.f("fk_rereading_author_id_user"), ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["entry_id"], ["recit.id"], name=op.f("fk_rereading_entry_id_recit"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["suspended_by_id"], ["user.id"], name=op.f("fk_rereading_suspended_by_id_user"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rereading")),
        sa.UniqueConstraint("public_id", name=op.f("uq_rereading_public_id")),
    )
    with op.batch_alter_table("rereading", schema=None) as batch_op:
        batch_op.create_index("ix_rereading_entry_id", ["entry_id"], unique=False)

    op.create_table(
        "report",
        sa.Column("id", BigId, nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("collectif_id", BigId, nullable=False),
        sa.Column("entry_id", BigId, nullable=False),
        sa.Column("exchange_id", BigId, nullable=True),
        sa.Column("note_id", BigId, nullable=True),
        sa.Column("echo_id", BigId, nullable=True),
        sa.Column("rereading_id", BigId, nullable=True),
        sa.Column("synthese_id", BigId, nullable=True),
        sa.Column("reporter_id", BigId, nullable=True),
        sa.Column("reason", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("handled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("handled_by_id", BigId, nullable=True),
        sa.Column("outcome", sa.String(length=24), nullable=True),
        sa.Column("answer", sa.LargeBinary(), nullable=True),
        sa.CheckConstraint(
            "CASE WHEN exchange_id IS NULL THEN 0 ELSE 1 END "
            "+ CASE WHEN note_id IS NULL THEN 0 ELSE 1 END "
            "+ CASE WHEN echo_id IS NULL THEN 0 ELSE 1 END "
            "+ CASE WHEN rereading_id IS NULL THEN 0 ELSE 1 END "
            "+ CASE WHEN synthese_id IS NULL THEN 0 ELSE 1 END"
            " <= 1",
            name=op.f("ck_report_one_text"),
        ),
        sa.ForeignKeyConstraint(
            ["collectif_id"], ["collectif.id"], name=op.f("fk_report_collectif_id_collectif"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["entry_id"], ["entry.id"], name=op.f("fk_report_entry_id_entry"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["exchange_id"], ["exchange.id"], name=op.f("fk_report_exchange_id_exchange"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["note_id"], ["action_note.id"], name=op.f("fk_report_note_id_action_note"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["echo_id"], ["echo.id"], name=op.f("fk_report_echo_id_echo"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["rereading_id"], ["rereading.id"], name=op.f("fk_report_rereading_id_rereading"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["synthese_id"], ["synthese.id"], name=op.f("fk_report_synthese_id_synthese"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["handled_by_id"], ["user.id"], name=op.f("fk_report_handled_by_id_user"), ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["reporter_id"], ["user.id"], name=op.f("fk_report_reporter_id_user"), ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report")),
        sa.UniqueConstraint("public_id", name=op.f("uq_report_public_id")),
    )
    with op.batch_alter_table("report", schema=None) as batch_op:
        batch_op.create_index("ix_report_collectif_id_handled_at", ["collectif_id", "handled_at"], unique=False)
        batch_op.create_index("ix_report_entry_id", ["entry_id"], unique=False)
        batch_op.create_index("ix_report_exchange_id", ["exchange_id"], unique=False)
        batch_op.create_index("ix_report_note_id", ["note_id"], unique=False)
        batch_op.create_index("ix_report_echo_id", ["echo_id"], unique=False)
        batch_op.create_index("ix_report_rereading_id", ["rereading_id"], unique=False)
        batch_op.create_index("ix_report_synthese_id", ["synthese_id"], unique=False)

    op.create_table(
        "rereading_proposal",
        sa.Column("id", BigId, nullable=False),
        sa.Column("entry_id", BigId, nullable=False),
        sa.Column("user_id", BigId, nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["recit.id"], name=op.f("fk_rereading_proposal_entry_id_recit"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_rereading_proposal_user_id_user"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rereading_proposal")),
        sa.UniqueConstraint("entry_id", "user_id", "year", name=op.f("uq_rereading_proposal_entry_id_user_id_year")),
    )
    with op.batch_alter_table("rereading_proposal", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_rereading_proposal_user_id"), ["user_id"], unique=False)

    op.create_table(
        "synthese_sentence",
        sa.Column("id", BigId, nullable=False),
        sa.Column("synthese_id", BigId, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["synthese_id"], ["synthese.id"], name=op.f("fk_synthese_sentence_synthese_id_synthese"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_synthese_sentence")),
        sa.UniqueConstraint("synthese_id", "position", name=op.f("uq_synthese_sentence_synthese_id_position")),
    )
    op.create_table(
        "synthese_source",
        sa.Column("id", BigId, nullable=False),
        sa.Column("sentence_id", BigId, nullable=False),
        sa.Column("exchange_id", BigId, nullable=False),
        sa.ForeignKeyConstraint(
            ["exchange_id"], ["exchange.id"], name=op.f("fk_synthese_source_exchange_id_exchange"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["sentence_id"],
            ["synthese_sentence.id"],
            name=op.f("fk_synthese_source_sentence_id_synthese_sentence"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_synthese_source")),
        sa.UniqueConstraint("sentence_id", "exchange_id", name=op.f("uq_synthese_source_sentence_id_exchange_id")),
    )
    with op.batch_alter_table("synthese_source", schema=None) as batch_op:
        batch_op.create_index("ix_synthese_source_exchange_id", ["exchange_id"], unique=False)

    with op.batch_alter_table("user", schema=None) as batch_op:
        batch_op.add_column(sa.Column("news_at", sa.DateTime(timezone=True), nullable=True))

    with op.batch_alter_table("entry", schema=None) as batch_op:
        batch_op.add_column(sa.Column("words", sa.Text(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("sealed", sa.LargeBinary(), nullable=True))
        batch_op.add_column(sa.Column("about_id", BigId, nullable=True))
        batch_op.add_column(sa.Column("suspended_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("suspended_by_id", BigId, nullable=True))
        batch_op.add_column(sa.Column("suspended_why", sa.String(length=600), nullable=False, server_default=""))
        batch_op.create_index("ix_entry_about_id", ["about_id"], unique=False)
        batch_op.create_foreign_key(batch_op.f("fk_entry_about_id_entry"), "entry", ["about_id"], ["id"], ondelete="SET NULL")
        batch_op.create_foreign_key(
            batch_op.f("fk_entry_suspended_by_id_user"), "user", ["suspended_by_id"], ["id"], ondelete="SET NULL"
        )

    with op.batch_alter_table("entry", schema=None) as batch_op:  # the model gives these values; no default of the base's own
        batch_op.alter_column("words", existing_type=sa.Text(), existing_nullable=False, server_default=None)
        batch_op.alter_column("suspended_why", existing_type=sa.String(length=600), existing_nullable=False, server_default=None)


def downgrade() -> None:
    # the version before knows récits alone
    op.execute("DELETE FROM entry WHERE kind <> 'recit'")
    with op.batch_alter_table("entry", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_entry_suspended_by_id_user"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("fk_entry_about_id_entry"), type_="foreignkey")
        batch_op.drop_index("ix_entry_about_id")
        batch_op.drop_column("suspended_why")
        batch_op.drop_column("suspended_by_id")
        batch_op.drop_column("suspended_at")
        batch_op.drop_column("about_id")
        batch_op.drop_column("sealed")
        batch_op.drop_column("words")

    with op.batch_alter_table("user", schema=None) as batch_op:
        batch_op.drop_column("news_at")

    with op.batch_alter_table("synthese_source", schema=None) as batch_op:
        batch_op.drop_index("ix_synthese_source_exchange_id")

    op.drop_table("synthese_source")
    op.drop_table("synthese_sentence")
    with op.batch_alter_table("rereading_proposal", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_rereading_proposal_user_id"))

    op.drop_table("rereading_proposal")
    with op.batch_alter_table("report", schema=None) as batch_op:
        batch_op.drop_index("ix_report_synthese_id")
        batch_op.drop_index("ix_report_rereading_id")
        batch_op.drop_index("ix_report_echo_id")
        batch_op.drop_index("ix_report_note_id")
        batch_op.drop_index("ix_report_exchange_id")
        batch_op.drop_index("ix_report_entry_id")
        batch_op.drop_index("ix_report_collectif_id_handled_at")

    op.drop_table("report")
    with op.batch_alter_table("rereading", schema=None) as batch_op:
        batch_op.drop_index("ix_rereading_entry_id")

    op.drop_table("rereading")
    with op.batch_alter_table("notice", schema=None) as batch_op:
        batch_op.drop_index("ix_notice_user_id_seen_at")
        batch_op.drop_index("ix_notice_mailed_at_seen_at_user_id")
        batch_op.drop_index("ix_notice_exchange_id")
        batch_op.drop_index("ix_notice_entry_id")

    op.drop_table("notice")
    with op.batch_alter_table("mention", schema=None) as batch_op:
        batch_op.drop_index("ix_mention_user_id")

    op.drop_table("mention")
    with op.batch_alter_table("former_words", schema=None) as batch_op:
        batch_op.drop_index("ix_former_words_exchange_id")

    op.drop_table("former_words")
    with op.batch_alter_table("echo", schema=None) as batch_op:
        batch_op.drop_index("ix_echo_user_id")

    op.drop_table("echo")
    with op.batch_alter_table("action_note", schema=None) as batch_op:
        batch_op.drop_index("ix_action_note_other_id")
        batch_op.drop_index("ix_action_note_one_id")
        batch_op.drop_index("ix_action_note_action_id")

    op.drop_table("action_note")
    with op.batch_alter_table("synthese", schema=None) as batch_op:
        batch_op.drop_index("ix_synthese_entry_id")

    op.drop_table("synthese")
    with op.batch_alter_table("recognition", schema=None) as batch_op:
        batch_op.drop_index("ix_recognition_to_user_id")
        batch_op.drop_index("ix_recognition_to_service_id")

    op.drop_table("recognition")
    with op.batch_alter_table("exchange", schema=None) as batch_op:
        batch_op.drop_index("ix_exchange_parent_id")
        batch_op.drop_index("ix_exchange_entry_id_id")
        batch_op.drop_index("ix_exchange_author_id")

    op.drop_table("exchange")
    op.drop_table("difficulty")
    with op.batch_alter_table("former_author", schema=None) as batch_op:
        batch_op.drop_index("ix_former_author_user_id")

    op.drop_table("former_author")
    with op.batch_alter_table("co_author_invitation", schema=None) as batch_op:
        batch_op.drop_index("ix_co_author_invitation_user_id")

    op.drop_table("co_author_invitation")
    with op.batch_alter_table("attachment", schema=None) as batch_op:
        batch_op.drop_index("ix_attachment_entry_id")

    op.drop_table("attachment")
    with op.batch_alter_table("unsubscribe_link", schema=None) as batch_op:
        batch_op.drop_index("ix_unsubscribe_link_user_id")

    op.drop_table("unsubscribe_link")
    with op.batch_alter_table("recit_invitation", schema=None) as batch_op:
        batch_op.drop_index("ix_recit_invitation_user_id")

    op.drop_table("recit_invitation")
    op.drop_table("notice_settings")
