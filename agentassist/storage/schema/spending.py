# SPDX-License-Identifier: Apache-2.0
"""Tables of what was given: authority reserved and spent, overrides, and small surprises."""

from sqlalchemy import BigInteger, Column, Index, String, Table, Uuid

from agentassist.domain.spending import EntryState
from agentassist.storage.schema.base import belongs_to, key, metadata, text
from agentassist.storage.schema.types import UtcDateTime, Words

# `day` is the company's calendar day, written 2026-03-01, that a limit per day counts.
authority_entries = Table(
    "authority_entries",
    metadata,
    key(),
    text("action"),
    Column("currency", String(3), nullable=False),
    text("role"),
    text("actor"),
    belongs_to("customers", nullable=True),
    belongs_to("calls", nullable=True),
    text("policy_id"),
    Column("amount", BigInteger(), nullable=False),
    Column("state", Words(EntryState), nullable=False),
    Column("day", String(10), nullable=False),
    Column("reserved_at", UtcDateTime(), nullable=False),
    Column("expires_at", UtcDateTime(), nullable=False),
    Column("settled_at", UtcDateTime()),
    Index("ix_authority_entries_customer_id", "customer_id", "action", "currency"),
    Index("ix_authority_entries_actor", "actor", "day", "action", "currency"),
    Index("ix_authority_entries_call_id", "call_id"),
)

# One row for each purse that writers take turns at.
authority_locks = Table(
    "authority_locks",
    metadata,
    Column("purse", String(200), primary_key=True),
)

# Append-only. `kind` is within, signed or dual control.
overrides = Table(
    "overrides",
    metadata,
    key(),
    Column("decision_id", Uuid(), nullable=False),
    belongs_to("calls", nullable=True),
    belongs_to("customers", nullable=True),
    text("policy_id"),
    text("bundle"),
    text("rule"),
    text("verdict"),
    Column("kind", String(32), nullable=False),
    text("actor"),
    text("signer"),
    text("reason"),
    Column("amount", BigInteger(), nullable=False),
    Column("currency", String(3), nullable=False),
    Column("at", UtcDateTime(), nullable=False),
    Index("ix_overrides_policy_id", "policy_id", "at"),
    Index("ix_overrides_customer_id", "customer_id"),
)

# Append-only.
wows = Table(
    "wows",
    metadata,
    key(),
    text("wow_id"),
    belongs_to("calls", nullable=True),
    belongs_to("customers"),
    text("actor"),
    text("hint"),
    Column("answer", String(32), nullable=False),
    Column("amount", BigInteger(), nullable=False),
    Column("currency", String(3), nullable=False),
    Column("at", UtcDateTime(), nullable=False),
    Index("ix_wows_customer_id", "customer_id", "at"),
)
