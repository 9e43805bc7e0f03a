# SPDX-License-Identifier: Apache-2.0
"""Runs Alembic inside a transaction of ours, so that an upgrade is all or nothing."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

from agentassist.storage.schema import metadata

_FOLDER = Path(__file__).parent
_LOCK = 0x61676E74
"""Key of the PostgreSQL advisory lock that keeps two administrators apart."""


def upgrade(connection: Connection) -> None:
    """Run every migration that the database does not have yet."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
    config = _config()
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def revisions() -> tuple[str, ...]:
    """Return the revisions of the scripts, oldest first."""
    script = ScriptDirectory.from_config(_config())
    return tuple(item.revision for item in reversed(list(script.walk_revisions())))


def differences(connection: Connection) -> list[object]:
    """Compare the database with the tables that the code declares; empty when equal."""
    from alembic.autogenerate import compare_metadata  # noqa: PLC0415  # for tests and checks

    context = MigrationContext.configure(connection, opts={"compare_type": True})
    return list(compare_metadata(context, metadata))


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(_FOLDER))
    config.set_main_option("path_separator", "os")
    return config
