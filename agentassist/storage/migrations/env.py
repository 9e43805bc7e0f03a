# SPDX-License-Identifier: Apache-2.0
"""What Alembic runs: migrations on a connection that was handed over."""

from alembic import context

from agentassist.storage.schema import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
    compare_type=True,
)
with context.begin_transaction():
    context.run_migrations()
