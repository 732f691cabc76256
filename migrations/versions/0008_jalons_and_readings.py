"""The named dates of trends are called as the dictionary calls them; a lecture keeps the filters of the page it was written on."""

import sqlalchemy as sa
from alembic import op

BigId = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
FILTERS = sa.String(length=120)
KEPT = "public_id, collectif_id, day, name, created_by_id, created_at"

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _move("milestone", "jalon")
    with op.batch_alter_table("counter_reading", schema=None) as batch_op:
        batch_op.add_column(sa.Column("filters", FILTERS, nullable=False, server_default=""))
    with op.batch_alter_table("counter_reading", schema=None) as batch_op:  # the model gives this value
        batch_op.alter_column("filters", existing_type=FILTERS, existing_nullable=False, server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("counter_reading", schema=None) as batch_op:
        batch_op.drop_column("filters")
    _move("jalon", "milestone")


def _move(before: str, after: str) -> None:
    """A table made anew: renamed, it would keep the old name in its constraints and its sequence. Nothing holds its ids."""
    op.create_table(
        after,
        sa.Column("id", BigId, nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("collectif_id", BigId, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("created_by_id", BigId, nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["collectif_id"], ["collectif.id"], name=op.f(f"fk_{after}_collectif_id_collectif"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["created_by_id"], ["user.id"], name=op.f(f"fk_{after}_created_by_id_user"), ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{after}")),
        sa.UniqueConstraint("public_id", name=op.f(f"uq_{after}_public_id")),
    )
    op.create_index(f"ix_{after}_collectif_id_day", after, ["collectif_id", "day"], unique=False)
    op.execute(f"INSERT INTO {after} ({KEPT}) SELECT {KEPT} FROM {before} ORDER BY id")
    op.drop_index(f"ix_{before}_collectif_id_day", table_name=before)
    op.drop_table(before)
