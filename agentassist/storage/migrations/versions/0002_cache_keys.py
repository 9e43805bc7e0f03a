# SPDX-License-Identifier: Apache-2.0
"""The key that the search index on disk is sealed with."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Make the table; the key itself is made at the first use."""
    op.create_table(
        "cache_keys",
        sa.Column("name", sa.String(64), nullable=False),
        sa.Column("value", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_cache_keys"),
    )
