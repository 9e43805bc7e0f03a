# SPDX-License-Identifier: Apache-2.0
"""Tables of what is not finished: open loops, and what one shift leaves to the next."""

from sqlalchemy import Column, Index, Table, Uuid

from agentassist.domain.history import Channel
from agentassist.domain.loop import LoopKind
from agentassist.storage.schema.base import belongs_to, key, metadata, text
from agentassist.storage.schema.types import Json, UtcDateTime, Words

# Found by reading what came in; promises are open by themselves and not repeated here.
# `origin_id` is the interaction that opened the loop, and there is one loop of a kind for it.
loops = Table(
    "loops",
    metadata,
    key(),
    belongs_to("customers", nullable=True),
    Column("kind", Words(LoopKind), nullable=False),
    Column("channel", Words(Channel), nullable=False),
    belongs_to("interactions", "origin_id"),
    Column("conversation_id", Uuid()),
    text("subject"),
    text("owner"),
    Column("opened_at", UtcDateTime(), nullable=False),
    Column("closed_at", UtcDateTime()),
    text("closed_by"),
    text("closed_why"),
    Column("closing_id", Uuid()),
    Index("uq_loops_origin_id_kind", "origin_id", "kind", unique=True),
    Index("ix_loops_closed_at", "closed_at", "opened_at"),
    Index("ix_loops_customer_id", "customer_id", "closed_at"),
    Index("ix_loops_conversation_id", "conversation_id"),
)

# `items` are the ids of loops and promises that are handed over.
handovers = Table(
    "handovers",
    metadata,
    key(),
    Column("at", UtcDateTime(), nullable=False),
    text("from_agent"),
    text("to_agent"),
    text("note"),
    Column("items", Json(), nullable=False),
    Column("taken_at", UtcDateTime()),
    text("taken_by"),
    Index("ix_handovers_taken_at", "taken_at"),
)
