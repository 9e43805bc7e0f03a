# SPDX-License-Identifier: Apache-2.0
"""Columns and options of an import under a name, to be used for the next file of its kind."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from agentassist.domain.clock import utc_now
from agentassist.domain.history import Channel
from agentassist.domain.import_run import SavedMapping
from agentassist.domain.importing import RecordKind
from agentassist.errors import UserError
from agentassist.intake.values import DateOrder
from agentassist.services.import_options import ImportOptions
from agentassist.storage.database import Database
from agentassist.storage.saved_mappings import SavedMappings

_TEXTS = ("source", "encoding", "delimiter", "region", "currency", "zone", "format")
_PLAIN = ImportOptions()


def save_mapping(
    database: Database,
    name: str,
    options: ImportOptions,
    now: Callable[[], datetime] = utc_now,
) -> None:
    """Keep the columns and what differs from the usual options; a name is used once.

    Raises UserError for an empty name.
    """
    if not name.strip():
        raise UserError("Give the mapping a name, such as --save-mapping crm.")
    kind = options.kind.value if options.kind else ""
    mapping = SavedMapping(name.strip(), kind, dict(options.columns), _said(options))
    with database.transaction() as connection:
        SavedMappings(connection).save(mapping, now())


def with_mapping(database: Database, name: str, options: ImportOptions) -> ImportOptions:
    """Return `options` with what the mapping says wherever they say nothing themselves.

    Raises UserError naming the mappings there are.
    """
    with database.reading() as connection:
        found = SavedMappings(connection).get(name)
        known = ", ".join(mapping.name for mapping in SavedMappings(connection).all())
    if found is None:
        sentence = 'There is no mapping "{name}". There are: {known}.'
        raise UserError(sentence, name=name[:60], known=known or "-")
    said = found.options
    texts = {key: said.get(key, "") for key in _TEXTS}
    kept: dict[str, Any] = {
        key: value
        for key, value in texts.items()
        if value and getattr(options, key) in {"", getattr(_PLAIN, key)}
    }
    kind = RecordKind(found.kind) if found.kind else None
    channel = Channel(said["channel"]) if said.get("channel") else None
    return replace(
        options,
        columns={**found.columns, **options.columns},
        kind=options.kind or kind,
        dates=options.dates or DateOrder(said.get("dates", "")),
        channel=options.channel or channel,
        create_customers=options.create_customers or bool(said.get("create_customers")),
        own=options.own or tuple(said.get("own", "").split()),
        **kept,
    )


def mappings(database: Database) -> tuple[SavedMapping, ...]:
    """Return all mappings by their names."""
    with database.reading() as connection:
        return SavedMappings(connection).all()


def delete_mapping(database: Database, name: str) -> None:
    """Forget a mapping; raises UserError where there is none of this name."""
    with database.transaction() as connection:
        if not SavedMappings(connection).delete(name):
            raise UserError('There is no mapping "{name}".', name=name[:60])


def _said(options: ImportOptions) -> Mapping[str, str]:
    texts = {key: getattr(options, key) for key in _TEXTS}
    said = {key: value for key, value in texts.items() if value != getattr(_PLAIN, key)}
    rest = {
        "dates": options.dates.value,
        "channel": options.channel.value if options.channel else "",
        "create_customers": "yes" if options.create_customers else "",
        "own": " ".join(options.own),
    }
    return said | {key: value for key, value in rest.items() if value}
