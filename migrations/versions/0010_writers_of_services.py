"""Who wrote in a service is looked up person after person."""

from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_authorship_service_id_user_id", "authorship", ["service_id", "user_id"], unique=False)


def downgrade() -> None:
    op.drop_index("ix_authorship_service_id_user_id", table_name="authorship")
