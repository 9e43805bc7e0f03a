# SPDX-License-Identifier: Apache-2.0
"""Tables of policy bundles: every one that was ever in force, and when it was."""

from sqlalchemy import Column, ForeignKey, Index, String, Table

from agentassist.storage.schema.base import key, metadata, text
from agentassist.storage.schema.knowledge import DIGEST_LENGTH
from agentassist.storage.schema.types import Json, UtcDateTime

policy_bundles = Table(
    "policy_bundles",
    metadata,
    Column("digest", String(DIGEST_LENGTH), primary_key=True),
    Column("files", Json(), nullable=False),
    Column("saved_at", UtcDateTime(), nullable=False),
)

# Append-only: the newest row is in force, and rolling back is one more row.
policy_activations = Table(
    "policy_activations",
    metadata,
    key(),
    Column("digest", String(DIGEST_LENGTH), ForeignKey("policy_bundles.digest"), nullable=False),
    Column("activated_at", UtcDateTime(), nullable=False),
    text("actor"),
    Index("ix_policy_activations_digest", "digest"),
)
