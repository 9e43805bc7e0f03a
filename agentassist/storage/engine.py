# SPDX-License-Identifier: Apache-2.0
"""How a connection to each kind of database is made, and how its transactions begin."""

from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event

BUSY_SECONDS = 5.0
CONNECT_SECONDS = 3
READING = "agentassist_reading"
"""Execution option of a connection that promises not to write."""
OF_MANY = "agentassist_of_many"
"""Execution option of a transaction that more like it follow."""

_PAGES = 1_000
_PAGES_OF_MANY = 16_000
"""How long the log may grow, in pages, before a commit folds it back into the file. After each
transaction of an import that would cost as much as storing its rows."""


def make_engine(url: URL) -> Engine:
    """Return an engine that has not connected yet."""
    return _sqlite(url) if url.get_backend_name() == "sqlite" else _postgresql(url)


def _sqlite(url: URL) -> Engine:
    engine = create_engine(
        url,
        hide_parameters=True,
        connect_args={"timeout": BUSY_SECONDS, "isolation_level": None},
    )
    event.listen(engine, "connect", _set_pragmas)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _set_pragmas(connection: Any, _record: object) -> None:
    # FULL: in WAL, NORMAL may lose acknowledged commits when the power fails.
    # 16 MB of page cache keep the index of a long timeline warm. No memory map: a
    # failing disk would then end the process instead of raising an error.
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        "cache_size=-16384",
        "temp_store=MEMORY",
        "trusted_schema=OFF",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    # A writer that begins as a reader fails at its first write when another one was
    # faster; IMMEDIATE waits for its turn instead.
    reading = bool(connection.get_execution_options().get(READING))
    connection.exec_driver_sql(f"PRAGMA query_only={int(reading)}")
    if not reading:
        pages = _PAGES_OF_MANY if connection.get_execution_options().get(OF_MANY) else _PAGES
        connection.exec_driver_sql(f"PRAGMA wal_autocheckpoint={pages}")
    connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")


def _postgresql(url: URL) -> Engine:
    engine = create_engine(
        url,
        hide_parameters=True,
        pool_size=4,
        max_overflow=2,
        pool_timeout=BUSY_SECONDS,
        pool_pre_ping=True,
        connect_args={
            "connect_timeout": CONNECT_SECONDS,
            "application_name": "agentassist",
            "keepalives_idle": 10,
            "keepalives_interval": 3,
            "keepalives_count": 3,
        },
    )
    event.listen(engine, "begin", _begin_postgresql)
    return engine


def _begin_postgresql(connection: Connection) -> None:
    if connection.get_execution_options().get(READING):
        connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
