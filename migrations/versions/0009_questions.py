"""The questions that wait are looked up without the other messages."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    of_questions = sa.text("posture = 'question'")
    op.create_index(
        "ix_exchange_questions",
        "exchange",
        ["entry_id", "withdrawn_at", "suspended_at"],
        unique=False,
        sqlite_where=of_questions,
        postgresql_where=of_questions,
    )


def downgrade() -> None:
    op.drop_index("ix_exchange_questions", table_name="exchange")
