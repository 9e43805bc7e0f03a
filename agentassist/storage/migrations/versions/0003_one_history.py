# SPDX-License-Identifier: Apache-2.0
"""Birth dates, guesses and shared numbers, moves, pins, open loops, and how imports fared."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

# Types are written out: a revision must not change when the code's own types do.


def upgrade() -> None:
    """Add columns to what is there, then the new tables."""
    _add_columns()
    _make_not_same()
    _make_history()
    _make_loops()
    _make_imports()
    _make_mail()


def _add_columns() -> None:
    born = sa.Column("birth_date", sa.Text(), nullable=False, server_default="")
    op.add_column("customers", born)
    organisation = sa.Column("organisation", sa.Text(), nullable=False, server_default="")
    op.add_column("customers", organisation)
    op.create_index("ix_customers_birth_date", "customers", ["birth_date"])
    key = sa.Column("name_key", sa.String(200), nullable=False, server_default="")
    op.add_column("customers", key)
    op.create_index("ix_customers_name_key", "customers", ["name_key"])
    standing = sa.Column("standing", sa.String(32), nullable=False, server_default="own")
    op.add_column("contact_points", standing)
    chosen = sa.Column("chosen", sa.Text(), nullable=False, server_default="{}")
    op.add_column("merges", chosen)
    op.add_column("purchases", _time("delivered_at", nullable=True))
    op.add_column("promises", sa.Column("interaction_id", sa.Uuid()))


def _text(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text(), nullable=False) for name in names]


def _time(name: str, *, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _key(name: str = "id") -> sa.Column[object]:
    return sa.Column(name, sa.Uuid(), nullable=False)


def _refers(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{target}.id"], name=f"fk_{table}_{column}")


def _make_not_same() -> None:
    op.create_table(
        "not_same",
        _key("one_id"),
        _key("other_id"),
        _time("at"),
        *_text("actor", "reason"),
        _refers("not_same", "one_id", "customers"),
        _refers("not_same", "other_id", "customers"),
        sa.PrimaryKeyConstraint("one_id", "other_id", name="pk_not_same"),
    )
    op.create_index("ix_not_same_other_id", "not_same", ["other_id"])


def _make_history() -> None:
    has_status = sa.text("status <> ''")
    op.create_index(
        "ix_interactions_status",
        "interactions",
        ["customer_id", "status", "position", "id"],
        sqlite_where=has_status,
        postgresql_where=has_status,
    )
    _make_moves()
    op.create_table(
        "pins",
        _key("interaction_id"),
        sa.Column("customer_id", sa.Uuid()),
        _time("pinned_at"),
        *_text("actor", "note"),
        _refers("pins", "interaction_id", "interactions"),
        _refers("pins", "customer_id", "customers"),
        sa.PrimaryKeyConstraint("interaction_id", name="pk_pins"),
    )
    op.create_index("ix_pins_customer_id", "pins", ["customer_id"])


def _make_moves() -> None:
    op.create_table(
        "moves",
        _key(),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("to_customer_id", sa.Uuid()),
        _time("moved_at"),
        *_text("actor", "reason"),
        _time("undone_at", nullable=True),
        *_text("undone_by"),
        _refers("moves", "to_customer_id", "customers"),
        sa.PrimaryKeyConstraint("id", name="pk_moves"),
    )
    op.create_index("uq_moves_position", "moves", ["position"], unique=True)
    op.create_index("ix_moves_to_customer_id", "moves", ["to_customer_id"])
    op.create_table(
        "moved",
        _key("move_id"),
        sa.Column("kind", sa.String(32), nullable=False),
        _key("row_id"),
        sa.Column("before", sa.Uuid()),
        _refers("moved", "move_id", "moves"),
        sa.PrimaryKeyConstraint("move_id", "kind", "row_id", name="pk_moved"),
    )
    op.create_index("ix_moved_row_id", "moved", ["row_id"])
    op.create_index("ix_moved_before", "moved", ["before"])


def _make_loops() -> None:
    op.create_table(
        "loops",
        _key(),
        sa.Column("customer_id", sa.Uuid()),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("channel", sa.String(32), nullable=False),
        _key("origin_id"),
        sa.Column("conversation_id", sa.Uuid()),
        *_text("subject", "refs"),
        sa.Column("public", sa.Boolean(), nullable=False),
        *_text("owner"),
        _time("snoozed_until", nullable=True),
        _time("opened_at"),
        _time("answered_at", nullable=True),
        _time("closed_at", nullable=True),
        *_text("closed_by", "closed_why"),
        sa.Column("closing_id", sa.Uuid()),
        _refers("loops", "customer_id", "customers"),
        _refers("loops", "origin_id", "interactions"),
        sa.PrimaryKeyConstraint("id", name="pk_loops"),
    )
    op.create_index("uq_loops_origin_id_kind", "loops", ["origin_id", "kind"], unique=True)
    op.create_index("ix_loops_closed_at", "loops", ["closed_at", "opened_at"])
    op.create_index("ix_loops_customer_id", "loops", ["customer_id", "closed_at"])
    op.create_index("ix_loops_conversation_id", "loops", ["conversation_id"])
    op.create_table(
        "loop_marks",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("read_to", sa.Uuid()),
        sa.Column("late", sa.BigInteger(), nullable=False),
        sa.Column("built_to", sa.Uuid()),
        sa.Column("calls_to", sa.Uuid()),
        sa.Column("built", sa.Boolean(), nullable=False),
        _time("changed_at"),
        sa.PrimaryKeyConstraint("id", name="pk_loop_marks"),
    )
    op.create_table(
        "handovers",
        _key(),
        _time("at"),
        *_text("from_agent", "to_agent", "note", "items"),
        _time("taken_at", nullable=True),
        *_text("taken_by"),
        sa.PrimaryKeyConstraint("id", name="pk_handovers"),
    )
    op.create_index("ix_handovers_taken_at", "handovers", ["taken_at"])


def _make_imports() -> None:
    op.create_table(
        "imports",
        _key(),
        *_text("fingerprint", "file", "kind"),
        sa.Column("rows", sa.BigInteger(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        *_text("counts"),
        _time("started_at"),
        _time("changed_at"),
        _time("finished_at", nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_imports"),
    )
    op.create_index("ix_imports_fingerprint", "imports", ["fingerprint", "kind"])
    op.create_table(
        "quarantine",
        _key(),
        _key("import_id"),
        *_text("file"),
        sa.Column("line", sa.Integer(), nullable=False),
        *_text("field", "reason", "content"),
        _time("at"),
        sa.PrimaryKeyConstraint("id", name="pk_quarantine"),
    )
    op.create_index("ix_quarantine_import_id", "quarantine", ["import_id", "line"])
    op.create_table(
        "pulls",
        *_text("system", "address", "cursor"),
        _time("changed_at"),
        sa.PrimaryKeyConstraint("system", "address", name="pk_pulls"),
    )
    op.create_table(
        "saved_mappings",
        _key(),
        *_text("name", "kind", "columns", "options"),
        _time("changed_at"),
        sa.PrimaryKeyConstraint("id", name="pk_saved_mappings"),
    )
    op.create_index("uq_saved_mappings_name", "saved_mappings", ["name"], unique=True)


def _make_mail() -> None:
    op.create_table(
        "mail_links",
        *_text("source", "link"),
        _key("conversation_id"),
        sa.PrimaryKeyConstraint("source", "link", name="pk_mail_links"),
    )
    op.create_index("ix_mail_links_conversation_id", "mail_links", ["conversation_id"])
    op.create_table(
        "mail_folders",
        *_text("account", "folder"),
        sa.Column("uidvalidity", sa.BigInteger(), nullable=False),
        sa.Column("last_uid", sa.BigInteger(), nullable=False),
        _time("changed_at"),
        sa.PrimaryKeyConstraint("account", "folder", name="pk_mail_folders"),
    )
