"""Alembic's entry: runs on the connection that `rex.migrate` opened."""

from alembic import context

from rex.db import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,
    transaction_per_migration=False,
)
context.run_migrations()
