# SPDX-License-Identifier: Apache-2.0
"""The first tables of every noun, and an audit that cannot be changed."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

# Types are written out: a revision must not change when the code's own types do.


def upgrade() -> None:
    """Make all tables in an empty database."""
    _make_customers()
    _make_history()
    _make_purchases()
    _make_knowledge()
    _make_acts()
    _make_policies()
    _make_calls()
    _make_wrap_ups()
    _make_audit()
    if op.get_bind().dialect.name == "postgresql":
        _protect_on_postgresql()
    else:
        _protect_on_sqlite()


def _required(name: str, kind: sa.types.TypeEngine[Any]) -> sa.Column[Any]:
    return sa.Column(name, kind, nullable=False)


def _key(name: str = "id") -> sa.Column[Any]:
    return sa.Column(name, sa.Uuid(), nullable=False)


def _text(*names: str) -> list[sa.Column[Any]]:
    return [sa.Column(name, sa.Text(), nullable=False) for name in names]


def _time(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=False)


def _origin(table: str) -> list[sa.schema.SchemaItem]:
    unique = sa.UniqueConstraint("source", "source_ref", name=f"uq_{table}_source_source_ref")
    return [*_text("source"), sa.Column("source_ref", sa.Text()), unique]


def _refers(table: str, column: str, target: str, key: str = "id") -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{target}.{key}"], name=f"fk_{table}_{column}")


def _make_customers() -> None:
    op.create_table(
        "customers",
        _key(),
        *_text("name"),
        _required("name_folded", sa.String(200)),
        *_text("language", "tier", "time_zone", "address", "postal_code"),
        *_origin("customers"),
        sa.PrimaryKeyConstraint("id", name="pk_customers"),
    )
    op.create_index("ix_customers_name_folded", "customers", ["name_folded"])
    op.create_index("ix_customers_postal_code", "customers", ["postal_code"])
    op.create_table(
        "contact_points",
        _key("customer_id"),
        _required("kind", sa.String(32)),
        *_text("value"),
        _required("ordinal", sa.Integer()),
        *_text("shown", "label"),
        sa.Column("tail", sa.String(8)),
        _refers("contact_points", "customer_id", "customers"),
        sa.PrimaryKeyConstraint("customer_id", "kind", "value", name="pk_contact_points"),
    )
    op.create_index("ix_contact_points_kind_value", "contact_points", ["kind", "value"])
    op.create_index("ix_contact_points_tail", "contact_points", ["tail"])
    op.create_table(
        "merges",
        _key(),
        _key("customer_id"),
        _key("survivor_id"),
        _time("merged_at"),
        *_text("actor", "reason", "evidence", "snapshot"),
        sa.Column("undone_at", sa.DateTime(timezone=True)),
        *_text("undone_by"),
        _refers("merges", "customer_id", "customers"),
        _refers("merges", "survivor_id", "customers"),
        sa.PrimaryKeyConstraint("id", name="pk_merges"),
    )
    op.create_index("ix_merges_survivor_id", "merges", ["survivor_id"])
    open_only = sa.text("undone_at IS NULL")
    op.create_index(
        "uq_merges_open",
        "merges",
        ["customer_id"],
        unique=True,
        sqlite_where=open_only,
        postgresql_where=open_only,
    )


def _make_history() -> None:
    op.create_table(
        "conversations",
        _key(),
        sa.Column("customer_id", sa.Uuid()),
        *_text("topic"),
        *_origin("conversations"),
        _refers("conversations", "customer_id", "customers"),
        sa.PrimaryKeyConstraint("id", name="pk_conversations"),
    )
    op.create_index("ix_conversations_customer_id", "conversations", ["customer_id"])
    op.create_table(
        "interactions",
        _key(),
        sa.Column("customer_id", sa.Uuid()),
        _required("channel", sa.String(32)),
        _required("position", sa.BigInteger()),
        sa.Column("occurred_at", sa.DateTime(timezone=True)),
        *_text("zone"),
        _required("direction", sa.String(32)),
        *_text("subject", "text", "author", "status"),
        sa.Column("conversation_id", sa.Uuid()),
        *_origin("interactions"),
        *_text("attributes"),
        _refers("interactions", "conversation_id", "conversations"),
        _refers("interactions", "customer_id", "customers"),
        sa.PrimaryKeyConstraint("id", name="pk_interactions"),
    )
    op.create_index(
        "ix_interactions_channel", "interactions", ["customer_id", "channel", "position", "id"]
    )
    op.create_index("ix_interactions_conversation_id", "interactions", ["conversation_id"])
    op.create_index("ix_interactions_timeline", "interactions", ["customer_id", "position", "id"])
    op.create_table(
        "preferences",
        _key(),
        _key("customer_id"),
        *_text("topic", "text"),
        sa.Column("stated_at", sa.DateTime(timezone=True)),
        sa.Column("interaction_id", sa.Uuid()),
        _refers("preferences", "customer_id", "customers"),
        _refers("preferences", "interaction_id", "interactions"),
        sa.PrimaryKeyConstraint("id", name="pk_preferences"),
    )
    op.create_index("ix_preferences_customer_id", "preferences", ["customer_id"])
    op.create_table(
        "promises",
        _key(),
        _key("customer_id"),
        *_text("text", "owner"),
        _time("due_at"),
        _time("made_at"),
        sa.Column("call_id", sa.Uuid()),
        sa.Column("kept_at", sa.DateTime(timezone=True)),
        _refers("promises", "customer_id", "customers"),
        sa.PrimaryKeyConstraint("id", name="pk_promises"),
    )
    op.create_index("ix_promises_customer_id", "promises", ["customer_id", "due_at"])
    op.create_index("ix_promises_due_at", "promises", ["due_at"])


def _make_purchases() -> None:
    op.create_table(
        "purchases",
        _key(),
        _key("customer_id"),
        *_text("order_number", "shown", "status"),
        sa.Column("total_minor", sa.BigInteger()),
        sa.Column("total_currency", sa.Text()),
        *_text("payment"),
        _required("position", sa.BigInteger()),
        sa.Column("ordered_at", sa.DateTime(timezone=True)),
        *_origin("purchases"),
        _refers("purchases", "customer_id", "customers"),
        sa.PrimaryKeyConstraint("id", name="pk_purchases"),
    )
    op.create_index("ix_purchases_customer_id", "purchases", ["customer_id", "position", "id"])
    op.create_index("ix_purchases_order_number", "purchases", ["order_number"])
    op.create_table(
        "purchase_lines",
        _key("purchase_id"),
        _required("ordinal", sa.Integer()),
        _key("customer_id"),
        *_text("name", "item_ref"),
        sa.Column("price_minor", sa.BigInteger()),
        sa.Column("price_currency", sa.Text()),
        _required("quantity", sa.BigInteger()),
        *_text("options"),
        _refers("purchase_lines", "customer_id", "customers"),
        _refers("purchase_lines", "purchase_id", "purchases"),
        sa.PrimaryKeyConstraint("purchase_id", "ordinal", name="pk_purchase_lines"),
    )
    op.create_table(
        "payment_methods",
        _key(),
        _key("customer_id"),
        *_text("kind", "brand", "last_four"),
        sa.Column("balance_minor", sa.BigInteger()),
        sa.Column("balance_currency", sa.Text()),
        *_origin("payment_methods"),
        _refers("payment_methods", "customer_id", "customers"),
        sa.PrimaryKeyConstraint("id", name="pk_payment_methods"),
    )
    op.create_index("ix_payment_methods_customer_id", "payment_methods", ["customer_id"])


def _make_knowledge() -> None:
    op.create_table(
        "articles",
        _key(),
        *_text("key", "title", "body", "language"),
        _required("audience", sa.String(32)),
        _required("state", sa.String(32)),
        *_text("labels", "products", "questions", "short_answer", "owner"),
        sa.Column("verify_by", sa.Date()),
        _required("version", sa.Integer()),
        *_text("extra"),
        _required("digest", sa.String(64)),
        sa.PrimaryKeyConstraint("id", name="pk_articles"),
        sa.UniqueConstraint("key", name="uq_articles_key"),
    )
    op.create_index("ix_articles_state", "articles", ["state"])
    op.create_table(
        "article_versions",
        _key("article_id"),
        _required("version", sa.Integer()),
        *_text("content"),
        _time("saved_at"),
        _refers("article_versions", "article_id", "articles"),
        sa.PrimaryKeyConstraint("article_id", "version", name="pk_article_versions"),
    )
    op.create_table(
        "passages",
        _key(),
        _key("article_id"),
        _required("ordinal", sa.Integer()),
        *_text("heading", "text"),
        _required("digest", sa.String(64)),
        _refers("passages", "article_id", "articles"),
        sa.PrimaryKeyConstraint("id", name="pk_passages"),
        sa.UniqueConstraint("article_id", "ordinal", name="uq_passages_article_id_ordinal"),
    )
    op.create_index("ix_passages_digest", "passages", ["digest"])
    op.create_table(
        "vectors",
        _required("model_digest", sa.String(64)),
        _required("digest", sa.String(64)),
        _required("vector", sa.LargeBinary()),
        sa.PrimaryKeyConstraint("model_digest", "digest", name="pk_vectors"),
    )
    op.create_table(
        "counters",
        _required("name", sa.String(64)),
        _required("value", sa.BigInteger()),
        sa.PrimaryKeyConstraint("name", name="pk_counters"),
    )


def _make_acts() -> None:
    op.create_table(
        "feedback",
        _key(),
        _key("article_id"),
        _required("kind", sa.String(32)),
        *_text("query"),
        _time("at"),
        sa.Column("call_id", sa.Uuid()),
        sa.Column("passage_id", sa.Uuid()),
        *_text("reason"),
        _refers("feedback", "article_id", "articles"),
        sa.PrimaryKeyConstraint("id", name="pk_feedback"),
    )
    op.create_index("ix_feedback_article_id", "feedback", ["article_id", "at"])
    op.create_index("ix_feedback_call_id", "feedback", ["call_id"])
    op.create_table(
        "gaps",
        _key(),
        *_text("query", "language"),
        _time("at"),
        sa.Column("call_id", sa.Uuid()),
        sa.PrimaryKeyConstraint("id", name="pk_gaps"),
    )
    op.create_index("ix_gaps_at", "gaps", ["at"])


def _make_policies() -> None:
    op.create_table(
        "policy_bundles",
        _required("digest", sa.String(64)),
        *_text("files"),
        _time("saved_at"),
        sa.PrimaryKeyConstraint("digest", name="pk_policy_bundles"),
    )
    op.create_table(
        "policy_activations",
        _key(),
        _required("digest", sa.String(64)),
        _time("activated_at"),
        *_text("actor"),
        _refers("policy_activations", "digest", "policy_bundles", "digest"),
        sa.PrimaryKeyConstraint("id", name="pk_policy_activations"),
    )
    op.create_index("ix_policy_activations_digest", "policy_activations", ["digest"])


def _make_calls() -> None:
    op.create_table(
        "calls",
        _key(),
        *_text("reference"),
        _required("state", sa.String(32)),
        *_text("remote", "local"),
        _required("direction", sa.String(32)),
        *_text("agent", "queue"),
        sa.Column("customer_id", sa.Uuid()),
        sa.Column("started_at", sa.DateTime(timezone=True)),
        sa.Column("answered_at", sa.DateTime(timezone=True)),
        sa.Column("ended_at", sa.DateTime(timezone=True)),
        *_text("context"),
        _refers("calls", "customer_id", "customers"),
        sa.PrimaryKeyConstraint("id", name="pk_calls"),
        sa.UniqueConstraint("reference", name="uq_calls_reference"),
    )
    op.create_index("ix_calls_customer_id", "calls", ["customer_id"])
    op.create_table(
        "utterances",
        _key(),
        _key("call_id"),
        _required("speaker", sa.String(32)),
        *_text("text"),
        _time("said_at"),
        sa.Column("customer_id", sa.Uuid()),
        _refers("utterances", "call_id", "calls"),
        _refers("utterances", "customer_id", "customers"),
        sa.PrimaryKeyConstraint("id", name="pk_utterances"),
    )
    op.create_index("ix_utterances_call_id", "utterances", ["call_id", "said_at"])
    op.create_index("ix_utterances_customer_id", "utterances", ["customer_id"])
    op.create_table(
        "drafts",
        _key("call_id"),
        *_text("text"),
        _time("saved_at"),
        _refers("drafts", "call_id", "calls"),
        sa.PrimaryKeyConstraint("call_id", name="pk_drafts"),
    )
    op.create_table(
        "decisions",
        _key(),
        sa.Column("call_id", sa.Uuid()),
        sa.Column("customer_id", sa.Uuid()),
        *_text("policy_id", "bundle"),
        _required("verdict", sa.String(32)),
        _required("answer", sa.String(32)),
        _time("at"),
        *_text("request", "title", "offer_id", "offer", "reason", "facts"),
        _refers("decisions", "call_id", "calls"),
        _refers("decisions", "customer_id", "customers"),
        sa.PrimaryKeyConstraint("id", name="pk_decisions"),
    )
    op.create_index("ix_decisions_call_id", "decisions", ["call_id", "at"])
    op.create_index("ix_decisions_customer_id", "decisions", ["customer_id", "at"])


def _make_wrap_ups() -> None:
    op.create_table(
        "wrap_ups",
        _key("call_id"),
        sa.Column("customer_id", sa.Uuid()),
        _required("channel", sa.String(32)),
        _required("disposition", sa.String(32)),
        _time("closed_at"),
        *_text("notes"),
        _refers("wrap_ups", "call_id", "calls"),
        _refers("wrap_ups", "customer_id", "customers"),
        sa.PrimaryKeyConstraint("call_id", name="pk_wrap_ups"),
    )
    op.create_index("ix_wrap_ups_customer_id", "wrap_ups", ["customer_id"])
    op.create_table(
        "summary_lines",
        _key("call_id"),
        _required("ordinal", sa.Integer()),
        sa.Column("customer_id", sa.Uuid()),
        _required("kind", sa.String(32)),
        *_text("text", "sources"),
        _refers("summary_lines", "call_id", "wrap_ups", "call_id"),
        _refers("summary_lines", "customer_id", "customers"),
        sa.PrimaryKeyConstraint("call_id", "ordinal", name="pk_summary_lines"),
    )


def _make_audit() -> None:
    op.create_table(
        "audit",
        sa.Column("position", sa.BigInteger(), nullable=False, autoincrement=False),
        _time("at"),
        *_text("kind", "actor", "subject", "details"),
        _required("previous", sa.String(64)),
        _required("hash", sa.String(64)),
        sa.PrimaryKeyConstraint("position", name="pk_audit"),
    )
    op.create_index("ix_audit_subject", "audit", ["subject"])
    op.create_table(
        "audit_head",
        sa.Column("id", sa.BigInteger(), nullable=False, autoincrement=False),
        _required("position", sa.BigInteger()),
        _required("hash", sa.String(64)),
        sa.PrimaryKeyConstraint("id", name="pk_audit_head"),
    )


_REFUSAL = "the audit is append-only"


def _protect_on_sqlite() -> None:
    for act in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER audit_no_{act.lower()} BEFORE {act} ON audit "
            f"BEGIN SELECT RAISE(ABORT, '{_REFUSAL}'); END"
        )


def _protect_on_postgresql() -> None:
    op.execute(
        "CREATE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{_REFUSAL}' USING ERRCODE = '23001'; END $$"
    )
    for level, acts in (("ROW", "UPDATE OR DELETE"), ("STATEMENT", "TRUNCATE")):
        op.execute(
            f"CREATE TRIGGER audit_no_{level.lower()} BEFORE {acts} ON audit "
            f"FOR EACH {level} EXECUTE FUNCTION audit_refuse()"
        )
