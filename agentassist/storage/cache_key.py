# SPDX-License-Identifier: Apache-2.0
"""The secret that seals caches outside of the database; whoever reads it reads everything."""

import secrets

from sqlalchemy import Connection, select

from agentassist.storage.database import Database
from agentassist.storage.rows import insert_new
from agentassist.storage.schema.knowledge import cache_keys

_INDEX = "index"
_BYTES = 32


def cache_key(database: Database) -> bytes:
    """Return the key of the search index, 32 random bytes, made at the first call.

    Raises:
        Unavailable: the database does not answer.
    """
    with database.reading() as connection:
        key = _stored(connection)
    if key is None:
        with database.transaction() as connection:
            made = {"name": _INDEX, "value": secrets.token_bytes(_BYTES)}
            insert_new(connection, cache_keys, [made])
            key = _stored(connection)
    return key or b""


def _stored(connection: Connection) -> bytes | None:
    query = select(cache_keys.c.value).where(cache_keys.c.name == _INDEX)
    return connection.execute(query).scalar_one_or_none()
