# SPDX-License-Identifier: Apache-2.0
"""Which revision of the schema a database has, without loading Alembic (0.9 s)."""

from sqlalchemy import Connection, inspect, text

from agentassist.errors import NewerData, UserError

KNOWN = ("0001", "0002", "0003", "0004")
"""Every revision this version understands, oldest first; a test compares the scripts."""

HEAD = KNOWN[-1]


def revision_of(connection: Connection) -> str | None:
    """Return the revision of the schema; None when nothing was set up yet."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def refuse_foreign(connection: Connection, url: str) -> None:
    """Refuse a file in which another program keeps its tables.

    Raises:
        UserError: there are tables, and none of ours.
    """
    if inspect(connection).get_table_names():
        raise UserError(
            "The file of {url} belongs to another program. Choose another with --data-dir.",
            url=url,
        )


def refuse_newer(revision: str | None, url: str) -> None:
    """Refuse a database that this version does not understand.

    Raises:
        NewerData: a newer version of the program wrote it.
    """
    if revision is not None and revision not in KNOWN:
        raise NewerData(
            "The database {url} was written by a newer version of the program (schema "
            "{revision}, this version knows {head}). Update the program, or open another "
            "database with --data-dir.",
            url=url,
            revision=revision,
            head=HEAD,
        )
