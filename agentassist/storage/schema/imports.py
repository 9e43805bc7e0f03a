# SPDX-License-Identifier: Apache-2.0
"""Tables of imports: how far each came, what it left out, how columns map, live systems."""

from sqlalchemy import BigInteger, Column, Index, Integer, Table, Uuid

from agentassist.storage.schema.base import key, metadata, text
from agentassist.storage.schema.types import Json, UtcDateTime

# `fingerprint` names a file by what is in it, with everything that decides how it is read:
# an import that was stopped goes on after `rows` rows when the fingerprint is the same.
imports = Table(
    "imports",
    metadata,
    key(),
    text("fingerprint"),
    text("file"),
    text("kind"),
    Column("rows", BigInteger(), nullable=False),
    Column("position", BigInteger(), nullable=False),
    Column("counts", Json(), nullable=False),
    Column("started_at", UtcDateTime(), nullable=False),
    Column("changed_at", UtcDateTime(), nullable=False),
    Column("finished_at", UtcDateTime()),
    Index("ix_imports_fingerprint", "fingerprint", "kind"),
)

# Rows that were left out, with why and (cut) what they said.
quarantine = Table(
    "quarantine",
    metadata,
    key(),
    Column("import_id", Uuid(), nullable=False),
    text("file"),
    Column("line", Integer(), nullable=False),
    text("field"),
    text("reason"),
    text("content"),
    Column("at", UtcDateTime(), nullable=False),
    Index("ix_quarantine_import_id", "import_id", "line"),
)

# How far each live system was read: `cursor` is what the next request begins with.
pulls = Table(
    "pulls",
    metadata,
    text("system", primary_key=True),
    text("address", primary_key=True),
    Column("cursor", Json(), nullable=False),
    Column("changed_at", UtcDateTime(), nullable=False),
)

saved_mappings = Table(
    "saved_mappings",
    metadata,
    key(),
    text("name"),
    text("kind"),
    Column("columns", Json(), nullable=False),
    Column("options", Json(), nullable=False),
    Column("changed_at", UtcDateTime(), nullable=False),
    Index("uq_saved_mappings_name", "name", unique=True),
)
