"""A lecture contradictoire may be reported, and what becomes of it told, as any other text."""

import sqlalchemy as sa
from alembic import op

BigId = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
ONE_OF_TWO = "(entry_id IS NULL) <> (seance_text_id IS NULL)"
ONE_OF_THREE = (
    "CASE WHEN entry_id IS NULL THEN 0 ELSE 1 END + CASE WHEN seance_text_id IS NULL THEN 0 ELSE 1 END"
    " + CASE WHEN reading_id IS NULL THEN 0 ELSE 1 END = 1"
)

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for table in ("report", "notice"):
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.add_column(sa.Column("reading_id", BigId, nullable=True))
            batch_op.create_foreign_key(
                op.f(f"fk_{table}_reading_id_counter_reading"), "counter_reading", ["reading_id"], ["id"], ondelete="CASCADE"
            )
            batch_op.create_index(batch_op.f(f"ix_{table}_reading_id"), ["reading_id"], unique=False)
    with op.batch_alter_table("report", schema=None) as batch_op:
        batch_op.drop_constraint(op.f("ck_report_one_place"), type_="check")
        batch_op.create_check_constraint(op.f("ck_report_one_place"), ONE_OF_THREE)


def downgrade() -> None:
    for table in ("notice", "report"):
        op.execute(f"DELETE FROM {table} WHERE reading_id IS NOT NULL")
    with op.batch_alter_table("report", schema=None) as batch_op:
        batch_op.drop_constraint(op.f("ck_report_one_place"), type_="check")
        batch_op.create_check_constraint(op.f("ck_report_one_place"), ONE_OF_TWO)
    for table in ("notice", "report"):
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.drop_index(batch_op.f(f"ix_{table}_reading_id"))
            batch_op.drop_constraint(op.f(f"fk_{table}_reading_id_counter_reading"), type_="foreignkey")
            batch_op.drop_column("reading_id")
