# SPDX-License-Identifier: Apache-2.0
"""Tables of the knowledge base, its vectors, and what agents made of it."""

from sqlalchemy import (
    BigInteger,
    Column,
    Date,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    UniqueConstraint,
    Uuid,
)

from agentassist.domain.knowledge import ArticleState, Audience, FeedbackKind
from agentassist.storage.schema.base import belongs_to, key, metadata, text
from agentassist.storage.schema.types import CleanText, Json, UtcDateTime, Words

DIGEST_LENGTH = 64

articles = Table(
    "articles",
    metadata,
    key(),
    Column("key", CleanText(), nullable=False),
    text("title"),
    text("body"),
    text("language"),
    Column("audience", Words(Audience), nullable=False),
    Column("state", Words(ArticleState), nullable=False),
    Column("labels", Json(), nullable=False),
    Column("products", Json(), nullable=False),
    Column("questions", Json(), nullable=False),
    text("short_answer"),
    text("owner"),
    Column("verify_by", Date()),
    Column("version", Integer(), nullable=False),
    Column("extra", Json(), nullable=False),
    Column("digest", String(DIGEST_LENGTH), nullable=False),
    UniqueConstraint("key"),
    Index("ix_articles_state", "state"),
)

article_versions = Table(
    "article_versions",
    metadata,
    belongs_to("articles", primary_key=True),
    Column("version", Integer(), primary_key=True),
    Column("content", Json(), nullable=False),
    Column("saved_at", UtcDateTime(), nullable=False),
)

passages = Table(
    "passages",
    metadata,
    key(),
    belongs_to("articles"),
    Column("ordinal", Integer(), nullable=False),
    text("heading"),
    text("text"),
    Column("digest", String(DIGEST_LENGTH), nullable=False),
    UniqueConstraint("article_id", "ordinal"),
    Index("ix_passages_digest", "digest"),
)

# float32, little endian; the key is what was encoded and by which model, so that a
# passage that moves or is published again is never encoded twice.
vectors = Table(
    "vectors",
    metadata,
    Column("model_digest", String(DIGEST_LENGTH), primary_key=True),
    Column("digest", String(DIGEST_LENGTH), primary_key=True),
    Column("vector", LargeBinary(), nullable=False),
)

# `revision` grows with every change of what can be found: caches carry it.
counters = Table(
    "counters",
    metadata,
    Column("name", String(DIGEST_LENGTH), primary_key=True),
    Column("value", BigInteger(), nullable=False),
)

# Secrets that caches outside of the database are sealed with.
cache_keys = Table(
    "cache_keys",
    metadata,
    Column("name", String(DIGEST_LENGTH), primary_key=True),
    Column("value", LargeBinary(), nullable=False),
)

# Append-only. A passage is replaced when its article changes, so nothing refers to one.
feedback = Table(
    "feedback",
    metadata,
    key(),
    belongs_to("articles"),
    Column("kind", Words(FeedbackKind), nullable=False),
    text("query"),
    Column("at", UtcDateTime(), nullable=False),
    Column("call_id", Uuid()),
    Column("passage_id", Uuid()),
    text("reason"),
    Index("ix_feedback_article_id", "article_id", "at"),
    Index("ix_feedback_call_id", "call_id"),
)

gaps = Table(
    "gaps",
    metadata,
    key(),
    text("query"),
    text("language"),
    Column("at", UtcDateTime(), nullable=False),
    Column("call_id", Uuid()),
    Index("ix_gaps_at", "at"),
)
