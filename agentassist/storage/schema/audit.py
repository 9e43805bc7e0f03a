# SPDX-License-Identifier: Apache-2.0
"""Tables of the audit: a chain of hashes, and a head that shows a cut end."""

from sqlalchemy import BigInteger, Column, Index, String, Table

from agentassist.storage.schema.base import metadata, text
from agentassist.storage.schema.knowledge import DIGEST_LENGTH
from agentassist.storage.schema.types import CleanText, UtcDateTime

# Append-only by trigger on both databases. `details` is the canonical JSON that was hashed.
audit = Table(
    "audit",
    metadata,
    Column("position", BigInteger(), primary_key=True, autoincrement=False),
    Column("at", UtcDateTime(), nullable=False),
    text("kind"),
    text("actor"),
    text("subject"),
    Column("details", CleanText(), nullable=False),
    Column("previous", String(DIGEST_LENGTH), nullable=False),
    Column("hash", String(DIGEST_LENGTH), nullable=False),
    Index("ix_audit_subject", "subject"),
)

# One row: the last position and hash. It is also what writers lock to append in turn.
audit_head = Table(
    "audit_head",
    metadata,
    Column("id", BigInteger(), primary_key=True, autoincrement=False),
    Column("position", BigInteger(), nullable=False),
    Column("hash", String(DIGEST_LENGTH), nullable=False),
)
