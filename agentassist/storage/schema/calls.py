# SPDX-License-Identifier: Apache-2.0
"""Tables of live contacts: what was said, offered, decided, and how it ended."""

from sqlalchemy import Column, ForeignKey, Index, Integer, String, Table, UniqueConstraint, Uuid

from agentassist.domain.call import CallState, Speaker
from agentassist.domain.history import Channel, Direction
from agentassist.domain.verdict import Answer, VerdictKind
from agentassist.domain.wrap_up import Disposition, LineKind
from agentassist.storage.schema.base import belongs_to, key, metadata, text
from agentassist.storage.schema.types import CleanText, Json, UtcDateTime, Words

calls = Table(
    "calls",
    metadata,
    key(),
    Column("reference", CleanText(), nullable=False),
    Column("state", Words(CallState), nullable=False),
    text("remote"),
    text("local"),
    Column("direction", Words(Direction), nullable=False),
    text("agent"),
    text("queue"),
    belongs_to("customers", nullable=True),
    Column("started_at", UtcDateTime()),
    Column("answered_at", UtcDateTime()),
    Column("ended_at", UtcDateTime()),
    Column("context", Json(), nullable=False),
    UniqueConstraint("reference"),
    Index("ix_calls_customer_id", "customer_id"),
)

utterances = Table(
    "utterances",
    metadata,
    key(),
    belongs_to("calls"),
    Column("speaker", Words(Speaker), nullable=False),
    text("text"),
    Column("said_at", UtcDateTime(), nullable=False),
    belongs_to("customers", nullable=True),
    Index("ix_utterances_call_id", "call_id", "said_at"),
    Index("ix_utterances_customer_id", "customer_id"),
)

# What the agent is typing, written through so that it outlives a crash.
drafts = Table(
    "drafts",
    metadata,
    belongs_to("calls", primary_key=True),
    text("text"),
    Column("saved_at", UtcDateTime(), nullable=False),
)

# Append-only.
decisions = Table(
    "decisions",
    metadata,
    key(),
    belongs_to("calls", nullable=True),
    belongs_to("customers", nullable=True),
    text("policy_id"),
    text("bundle"),
    Column("verdict", Words(VerdictKind), nullable=False),
    Column("answer", Words(Answer), nullable=False),
    Column("at", UtcDateTime(), nullable=False),
    text("request"),
    text("title"),
    text("offer_id"),
    text("offer"),
    text("reason"),
    text("facts"),
    Column("given", CleanText(), nullable=False, server_default="{}"),
    Column("verdict_hash", String(64), nullable=False, server_default=""),
    Index("ix_decisions_call_id", "call_id", "at"),
    Index("ix_decisions_customer_id", "customer_id", "at"),
    # What is counted of policies is read off this alone.
    Index("ix_decisions_policy_id", "policy_id", "verdict", "answer", "offer_id", "at"),
)

wrap_ups = Table(
    "wrap_ups",
    metadata,
    belongs_to("calls", primary_key=True),
    belongs_to("customers", nullable=True),
    Column("channel", Words(Channel), nullable=False),
    Column("disposition", Words(Disposition), nullable=False),
    Column("closed_at", UtcDateTime(), nullable=False),
    text("notes"),
    Index("ix_wrap_ups_customer_id", "customer_id"),
)

summary_lines = Table(
    "summary_lines",
    metadata,
    Column("call_id", Uuid(), ForeignKey("wrap_ups.call_id"), primary_key=True),
    Column("ordinal", Integer(), primary_key=True),
    belongs_to("customers", nullable=True),
    Column("kind", Words(LineKind), nullable=False),
    text("text"),
    # Ids of utterances, decisions or feedback.
    Column("sources", Json(), nullable=False),
)
