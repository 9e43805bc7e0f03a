# SPDX-License-Identifier: Apache-2.0
"""Who works here: the login with which a lead signs."""

from sqlalchemy import Column, Index, Integer, String, Table

from agentassist.storage.schema.base import key, metadata, text
from agentassist.storage.schema.types import UtcDateTime

# `secret` is a salted hash that is slow to try, never the password. `wrong` counts the wrong
# passwords since the last right one; until `wait_until` none is looked at.
staff = Table(
    "staff",
    metadata,
    key(),
    Column("login", String(100), nullable=False),
    text("name"),
    Column("role", String(32), nullable=False),
    text("secret"),
    Column("wrong", Integer(), nullable=False, server_default="0"),
    Column("wait_until", UtcDateTime()),
    Column("created_at", UtcDateTime(), nullable=False),
    Column("disabled_at", UtcDateTime()),
    Index("uq_staff_login", "login", unique=True),
)
