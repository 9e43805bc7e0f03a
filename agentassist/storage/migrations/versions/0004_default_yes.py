# SPDX-License-Identifier: Apache-2.0
"""Authority that is spent, overrides, surprises, staff, drafts of policies, thresholds."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

# Types are written out: a revision must not change when the code's own types do.


def upgrade() -> None:
    """Add columns to what is there, then the new tables."""
    _add_columns()
    _make_spending()
    _make_overrides()
    _make_wows()
    _make_staff()
    _make_drafts()
    _make_calibrations()


def _add_columns() -> None:
    given = sa.Column("given", sa.Text(), nullable=False, server_default="{}")
    op.add_column("decisions", given)
    verdict = sa.Column("verdict_hash", sa.String(64), nullable=False, server_default="")
    op.add_column("decisions", verdict)
    counted = ["policy_id", "verdict", "answer", "offer_id", "at"]
    op.create_index("ix_decisions_policy_id", "decisions", counted)
    source = sa.Column("source", sa.String(32), nullable=False, server_default="folder")
    op.add_column("policy_activations", source)
    op.add_column("policy_activations", sa.Column("draft_id", sa.Uuid()))


def _text(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text(), nullable=False) for name in names]


def _word(name: str, length: int = 32) -> sa.Column[str]:
    return sa.Column(name, sa.String(length), nullable=False)


def _time(name: str, *, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _key(name: str = "id", *, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.Uuid(), nullable=nullable)


def _number(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger(), nullable=False)


def _refers(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{target}.id"], name=f"fk_{table}_{column}")


def _make_spending() -> None:
    name = "authority_entries"
    op.create_table(
        name,
        _key(),
        *_text("action"),
        _word("currency", 3),
        *_text("role", "actor"),
        _key("customer_id", nullable=True),
        _key("call_id", nullable=True),
        *_text("policy_id"),
        _number("amount"),
        _word("state"),
        _word("day", 10),
        _time("reserved_at"),
        _time("expires_at"),
        _time("settled_at", nullable=True),
        _refers(name, "customer_id", "customers"),
        _refers(name, "call_id", "calls"),
        sa.PrimaryKeyConstraint("id", name=f"pk_{name}"),
    )
    op.create_index(f"ix_{name}_customer_id", name, ["customer_id", "action", "currency"])
    op.create_index(f"ix_{name}_actor", name, ["actor", "day", "action", "currency"])
    op.create_index(f"ix_{name}_call_id", name, ["call_id"])
    op.create_table(
        "authority_locks",
        _word("purse", 200),
        sa.PrimaryKeyConstraint("purse", name="pk_authority_locks"),
    )


def _make_overrides() -> None:
    op.create_table(
        "overrides",
        _key(),
        _key("decision_id"),
        _key("call_id", nullable=True),
        _key("customer_id", nullable=True),
        *_text("policy_id", "bundle", "rule", "verdict"),
        _word("kind"),
        *_text("actor", "signer", "reason"),
        _number("amount"),
        _word("currency", 3),
        _time("at"),
        _refers("overrides", "call_id", "calls"),
        _refers("overrides", "customer_id", "customers"),
        sa.PrimaryKeyConstraint("id", name="pk_overrides"),
    )
    op.create_index("ix_overrides_policy_id", "overrides", ["policy_id", "at"])
    op.create_index("ix_overrides_customer_id", "overrides", ["customer_id"])


def _make_wows() -> None:
    op.create_table(
        "wows",
        _key(),
        *_text("wow_id"),
        _key("call_id", nullable=True),
        _key("customer_id"),
        *_text("actor", "hint"),
        _word("answer"),
        _number("amount"),
        _word("currency", 3),
        _time("at"),
        _refers("wows", "call_id", "calls"),
        _refers("wows", "customer_id", "customers"),
        sa.PrimaryKeyConstraint("id", name="pk_wows"),
    )
    op.create_index("ix_wows_customer_id", "wows", ["customer_id", "at"])


def _make_staff() -> None:
    op.create_table(
        "staff",
        _key(),
        _word("login", 100),
        *_text("name"),
        _word("role"),
        *_text("secret"),
        sa.Column("wrong", sa.Integer(), nullable=False, server_default="0"),
        _time("wait_until", nullable=True),
        _time("created_at"),
        _time("disabled_at", nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_staff"),
    )
    op.create_index("uq_staff_login", "staff", ["login"], unique=True)


def _make_drafts() -> None:
    op.create_table(
        "policy_drafts",
        _key(),
        *_text("title", "note"),
        _word("base_digest", 64),
        *_text("files"),
        _word("state"),
        *_text("author", "editors"),
        _word("folder", 64),
        sa.Column("revision", sa.Integer(), nullable=False),
        _time("created_at"),
        _time("changed_at"),
        sa.PrimaryKeyConstraint("id", name="pk_policy_drafts"),
    )
    op.create_index("ix_policy_drafts_state", "policy_drafts", ["state", "changed_at"])
    op.create_table(
        "policy_reviews",
        _key(),
        _key("draft_id"),
        sa.Column("revision", sa.Integer(), nullable=False),
        *_text("reviewer"),
        _word("outcome"),
        *_text("note"),
        _time("at"),
        _refers("policy_reviews", "draft_id", "policy_drafts"),
        sa.PrimaryKeyConstraint("id", name="pk_policy_reviews"),
        sa.UniqueConstraint(
            "draft_id", "revision", "reviewer", name="uq_policy_reviews_draft_id_revision_reviewer"
        ),
    )


def _make_calibrations() -> None:
    op.create_table(
        "calibrations",
        _word("model", 64),
        _word("examples", 64),
        *_text("thresholds"),
        _time("made_at"),
        sa.PrimaryKeyConstraint("model", "examples", name="pk_calibrations"),
    )
