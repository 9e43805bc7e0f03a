# SPDX-License-Identifier: Apache-2.0
"""Tables of customers: who they are, how they are reached, what they like."""

from sqlalchemy import Column, Index, Integer, String, Table, UniqueConstraint
from sqlalchemy import text as sql

from agentassist.domain.customer import ContactKind, Standing
from agentassist.storage.schema.base import belongs_to, key, metadata, origin, text
from agentassist.storage.schema.types import Json, UtcDateTime, Words

NAME_LENGTH = 200
TAIL_DIGITS = 8

customers = Table(
    "customers",
    metadata,
    key(),
    text("name"),
    Column("name_folded", String(NAME_LENGTH), nullable=False, index=True),
    text("language"),
    text("tier"),
    text("time_zone"),
    text("address"),
    text("postal_code"),
    *origin(),
    text("birth_date"),
    Column("name_key", String(NAME_LENGTH), nullable=False, index=True),
    text("organisation"),
    UniqueConstraint("source", "source_ref"),
    Index("ix_customers_birth_date", "birth_date"),
    Index("ix_customers_postal_code", "postal_code"),
    # An import links records that name a customer by name and post code only.
)

# `tail` holds the last eight digits of a phone backwards, so that a suffix is a prefix
# of an indexed column.
contact_points = Table(
    "contact_points",
    metadata,
    belongs_to("customers", primary_key=True),
    Column("kind", Words(ContactKind), primary_key=True),
    Column("value", text("value").type, primary_key=True),
    Column("ordinal", Integer(), nullable=False),
    text("shown"),
    text("label"),
    Column("tail", String(TAIL_DIGITS), index=True),
    Column("standing", Words(Standing), nullable=False),
    Index("ix_contact_points_kind_value", "kind", "value"),
)

preferences = Table(
    "preferences",
    metadata,
    key(),
    belongs_to("customers"),
    text("topic"),
    text("text"),
    Column("stated_at", UtcDateTime()),
    belongs_to("interactions", nullable=True),
    Index("ix_preferences_customer_id", "customer_id"),
)

# A merge never destroys: both customers stay, and reading follows the open record.
merges = Table(
    "merges",
    metadata,
    key(),
    belongs_to("customers"),
    belongs_to("customers", "survivor_id"),
    Column("merged_at", UtcDateTime(), nullable=False),
    text("actor"),
    text("reason"),
    Column("evidence", Json(), nullable=False),
    Column("snapshot", Json(), nullable=False),
    Column("undone_at", UtcDateTime()),
    text("undone_by"),
    Column("chosen", Json(), nullable=False),
    Index(
        "uq_merges_open",
        "customer_id",
        unique=True,
        sqlite_where=sql("undone_at IS NULL"),
        postgresql_where=sql("undone_at IS NULL"),
    ),
    Index("ix_merges_survivor_id", "survivor_id"),
)

# Pairs that a person said are two people; `one_id` is the smaller key.
not_same = Table(
    "not_same",
    metadata,
    belongs_to("customers", "one_id", primary_key=True),
    belongs_to("customers", "other_id", primary_key=True),
    Column("at", UtcDateTime(), nullable=False),
    text("actor"),
    text("reason"),
    Index("ix_not_same_other_id", "other_id"),
)
