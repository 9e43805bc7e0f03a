# SPDX-License-Identifier: Apache-2.0
"""Tables of what is not finished: open loops, and what one shift leaves to the next."""

from sqlalchemy import BigInteger, Boolean, Column, Index, Integer, Table, Uuid

from agentassist.domain.history import Channel
from agentassist.domain.loop import LoopKind
from agentassist.storage.schema.base import belongs_to, key, metadata, text
from agentassist.storage.schema.types import Json, UtcDateTime, Words

# Found by reading what came in; promises are open by themselves and not repeated here.
# `origin_id` is the interaction that opened the loop, and there is one loop of a kind for it;
# `closing_id` is the one that closed it, empty when an agent did. `refs` are order numbers,
# `answered_at` is when a complaint got its first answer.
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
    text("refs"),
    Column("public", Boolean(), nullable=False),
    text("owner"),
    Column("snoozed_until", UtcDateTime()),
    Column("opened_at", UtcDateTime(), nullable=False),
    Column("answered_at", UtcDateTime()),
    Column("closed_at", UtcDateTime()),
    text("closed_by"),
    text("closed_why"),
    Column("closing_id", Uuid()),
    Index("uq_loops_origin_id_kind", "origin_id", "kind", unique=True),
    Index("ix_loops_closed_at", "closed_at", "opened_at"),
    Index("ix_loops_customer_id", "customer_id", "closed_at"),
    Index("ix_loops_conversation_id", "conversation_id"),
)

# How far the interactions were read, one row. Everything with an id up to `read_to` was, except
# what others wrote late: `late` counts the ids shortly before it, and a count that grew tells.
# While a database is read for the first time, `built_to` is the customer it has come to.
loop_marks = Table(
    "loop_marks",
    metadata,
    Column("id", Integer(), primary_key=True, autoincrement=False),
    Column("read_to", Uuid()),
    Column("late", BigInteger(), nullable=False),
    Column("built_to", Uuid()),
    Column("calls_to", Uuid()),
    Column("built", Boolean(), nullable=False),
    Column("changed_at", UtcDateTime(), nullable=False),
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
