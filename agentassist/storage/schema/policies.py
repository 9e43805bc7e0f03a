# SPDX-License-Identifier: Apache-2.0
"""Tables of policies: bundles and when they were in force, drafts, reviews, thresholds."""

from sqlalchemy import Column, ForeignKey, Index, Integer, String, Table, UniqueConstraint, Uuid

from agentassist.storage.schema.base import belongs_to, key, metadata, text
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
    # `folder` where files were loaded, `lab` where a draft was put in force, `rollback`.
    Column("source", String(32), nullable=False, server_default="folder"),
    Column("draft_id", Uuid()),
    Index("ix_policy_activations_digest", "digest"),
)

# A change on its way: `files` are those that differ from the bundle it began with; a text
# that is empty takes the file out. `revision` counts the saves, so that no save is lost.
policy_drafts = Table(
    "policy_drafts",
    metadata,
    key(),
    text("title"),
    text("note"),
    Column("base_digest", String(DIGEST_LENGTH), nullable=False),
    Column("files", Json(), nullable=False),
    Column("state", String(32), nullable=False),
    text("author"),
    # The logins that wrote in it, the latest last.
    Column("editors", Json(), nullable=False),
    # The hash of the folder it was imported from, else empty.
    Column("folder", String(DIGEST_LENGTH), nullable=False),
    Column("revision", Integer(), nullable=False),
    Column("created_at", UtcDateTime(), nullable=False),
    Column("changed_at", UtcDateTime(), nullable=False),
    Index("ix_policy_drafts_state", "state", "changed_at"),
)

# Append-only. What was said about one revision of a draft.
policy_reviews = Table(
    "policy_reviews",
    metadata,
    key(),
    belongs_to("policy_drafts", "draft_id"),
    Column("revision", Integer(), nullable=False),
    text("reviewer"),
    Column("outcome", String(32), nullable=False),
    text("note"),
    Column("at", UtcDateTime(), nullable=False),
    UniqueConstraint("draft_id", "revision", "reviewer"),
)

# From which likeness a request is shown, for one model and one set of examples.
calibrations = Table(
    "calibrations",
    metadata,
    Column("model", String(DIGEST_LENGTH), primary_key=True),
    Column("examples", String(DIGEST_LENGTH), primary_key=True),
    Column("thresholds", Json(), nullable=False),
    Column("made_at", UtcDateTime(), nullable=False),
)
