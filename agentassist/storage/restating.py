# SPDX-License-Identifier: Apache-2.0
"""Interactions that came in before, and of which their system says something else now.

A ticket is solved, a comment is redacted, a chat goes on: the record is the same one, so the
interaction is too. What the new record leaves empty stays as it was.
"""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, bindparam, select, update

from agentassist.storage.rows import chunks
from agentassist.storage.schema.history import interactions

CHANGING = ("text", "subject", "author", "status", "attributes")
"""What a later record may say otherwise; who, when and where stay."""


def restate(
    connection: Connection, source: str, given: Mapping[str, Mapping[str, Any]]
) -> frozenset[UUID]:
    """Update what is stored and differs; return the ids of what changed.

    `given` has the values of CHANGING for each key in `source`; a key that is not stored is
    passed over.
    """
    changed: list[dict[str, Any]] = []
    columns = [interactions.c[name] for name in ("id", "source_ref", *CHANGING)]
    query = select(*columns).where(interactions.c.source == source)
    for chunk in chunks(given):
        for row in connection.execute(query.where(interactions.c.source_ref.in_(chunk))):
            before = {name: getattr(row, name) for name in CHANGING}
            now = {name: given[row.source_ref][name] or before[name] for name in CHANGING}
            if now != before:
                changed.append({f"new_{name}": value for name, value in now.items()})
                changed[-1]["key"] = row.id
    if changed:
        connection.execute(_UPDATE, changed)
    return frozenset(row["key"] for row in changed)


_UPDATE = (
    update(interactions)
    .where(interactions.c.id == bindparam("key"))
    .values({name: bindparam(f"new_{name}") for name in CHANGING})
)
