# SPDX-License-Identifier: Apache-2.0
"""Tables of a customer's history. Every row carries `customer_id`."""

from sqlalchemy import BigInteger, Column, Index, Integer, Table, UniqueConstraint, Uuid
from sqlalchemy import text as sql

from agentassist.domain.history import Channel, Direction
from agentassist.domain.merge import MovedKind
from agentassist.storage.schema.base import belongs_to, key, metadata, origin, text
from agentassist.storage.schema.types import CleanText, Json, UtcDateTime, Words

_HAS_STATUS = sql("status <> ''")

conversations = Table(
    "conversations",
    metadata,
    key(),
    belongs_to("customers", nullable=True),
    text("topic"),
    *origin(),
    UniqueConstraint("source", "source_ref"),
    Index("ix_conversations_customer_id", "customer_id"),
)

# Append-only. `position` orders a timeline: microseconds since 1970, and for an unknown
# time less than any known one, so that NULLs never meet the differing rules of databases.
# The index by channel serves both the counts (it covers them) and a filtered page. That by
# status holds only what has one.
interactions = Table(
    "interactions",
    metadata,
    key(),
    belongs_to("customers", nullable=True),
    Column("channel", Words(Channel), nullable=False),
    Column("position", BigInteger(), nullable=False),
    Column("occurred_at", UtcDateTime()),
    text("zone"),
    Column("direction", Words(Direction), nullable=False),
    text("subject"),
    text("text"),
    text("author"),
    text("status"),
    belongs_to("conversations", nullable=True),
    *origin(),
    Column("attributes", Json(), nullable=False),
    UniqueConstraint("source", "source_ref"),
    Index("ix_interactions_timeline", "customer_id", "position", "id"),
    Index("ix_interactions_channel", "customer_id", "channel", "position", "id"),
    Index("ix_interactions_conversation_id", "conversation_id"),
    Index(
        "ix_interactions_status",
        "customer_id",
        "status",
        "position",
        "id",
        sqlite_where=_HAS_STATUS,
        postgresql_where=_HAS_STATUS,
    ),
)

purchases = Table(
    "purchases",
    metadata,
    key(),
    belongs_to("customers"),
    text("order_number"),
    text("shown"),
    text("status"),
    Column("total_minor", BigInteger()),
    Column("total_currency", CleanText()),
    text("payment"),
    Column("position", BigInteger(), nullable=False),
    Column("ordered_at", UtcDateTime()),
    *origin(),
    Column("delivered_at", UtcDateTime()),
    UniqueConstraint("source", "source_ref"),
    Index("ix_purchases_customer_id", "customer_id", "position", "id"),
    Index("ix_purchases_order_number", "order_number"),
)

purchase_lines = Table(
    "purchase_lines",
    metadata,
    belongs_to("purchases", primary_key=True),
    Column("ordinal", Integer(), primary_key=True),
    belongs_to("customers"),
    text("name"),
    text("item_ref"),
    Column("price_minor", BigInteger()),
    Column("price_currency", CleanText()),
    Column("quantity", BigInteger(), nullable=False),
    text("options"),
)

payment_methods = Table(
    "payment_methods",
    metadata,
    key(),
    belongs_to("customers"),
    text("kind"),
    text("brand"),
    text("last_four"),
    Column("balance_minor", BigInteger()),
    Column("balance_currency", CleanText()),
    *origin(),
    UniqueConstraint("source", "source_ref"),
    Index("ix_payment_methods_customer_id", "customer_id"),
)

# `call_id` has no constraint: a promise may outlive the records of its call, and the entry
# of the timeline that it was made from.
promises = Table(
    "promises",
    metadata,
    key(),
    belongs_to("customers"),
    text("text"),
    text("owner"),
    Column("due_at", UtcDateTime(), nullable=False),
    Column("made_at", UtcDateTime(), nullable=False),
    Column("call_id", Uuid()),
    Column("kept_at", UtcDateTime()),
    Column("interaction_id", Uuid()),
    Index("ix_promises_customer_id", "customer_id", "due_at"),
    Index("ix_promises_due_at", "due_at"),
)

# What was given to another customer. `position` orders moves however clocks differ.
moves = Table(
    "moves",
    metadata,
    key(),
    Column("position", BigInteger(), nullable=False),
    belongs_to("customers", "to_customer_id", nullable=True),
    Column("moved_at", UtcDateTime(), nullable=False),
    text("actor"),
    text("reason"),
    Column("undone_at", UtcDateTime()),
    text("undone_by"),
    Index("uq_moves_position", "position", unique=True),
    Index("ix_moves_to_customer_id", "to_customer_id"),
)

# Each row that a move took along, and the customer it had before; NULL for nobody.
moved = Table(
    "moved",
    metadata,
    belongs_to("moves", primary_key=True),
    Column("kind", Words(MovedKind), primary_key=True),
    Column("row_id", Uuid(), primary_key=True),
    Column("before", Uuid()),
    Index("ix_moved_row_id", "row_id"),
    Index("ix_moved_before", "before"),
)

# A pin stays until somebody takes it away; one on what is nobody's waits for an owner.
pins = Table(
    "pins",
    metadata,
    belongs_to("interactions", primary_key=True),
    belongs_to("customers", nullable=True),
    Column("pinned_at", UtcDateTime(), nullable=False),
    text("actor"),
    text("note"),
    Index("ix_pins_customer_id", "customer_id"),
)
