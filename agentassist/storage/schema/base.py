# SPDX-License-Identifier: Apache-2.0
"""What all tables share: one metadata with names for every constraint."""

from uuid import UUID

from sqlalchemy import Column, ForeignKey, MetaData, Uuid

from agentassist.storage.schema.types import CleanText, Reference

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def key() -> Column[UUID]:
    """Return the primary key of a table: a UUIDv7 that the writer made."""
    return Column("id", Uuid(), primary_key=True)


def belongs_to(
    target: str, name: str = "", *, nullable: bool = False, primary_key: bool = False
) -> Column[UUID]:
    """Return a column that refers to the key of table `target`."""
    column = name or f"{target.removesuffix('s')}_id"
    return Column(
        column,
        Uuid(),
        ForeignKey(f"{target}.id"),
        nullable=nullable,
        primary_key=primary_key,
    )


def text(name: str, *, primary_key: bool = False) -> Column[str]:
    """Return a column of text from outside; empty rather than NULL."""
    return Column(name, CleanText(), nullable=False, primary_key=primary_key)


def origin() -> tuple[Column[str], Column[str]]:
    """Return the columns that name the system a row came from and its key there."""
    return Column("source", CleanText(), nullable=False), Column("source_ref", Reference())
