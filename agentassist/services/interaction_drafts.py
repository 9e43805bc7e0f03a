# SPDX-License-Identifier: Apache-2.0
"""Rows to interactions, as far as a row alone tells: all but customer and conversation."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from agentassist.domain.history import Channel, Direction
from agentassist.domain.importing import RawRecord
from agentassist.errors import BadInput
from agentassist.intake import values
from agentassist.intake.mapping import ColumnMap
from agentassist.services.import_options import ImportOptions
from agentassist.services.redaction import redact
from agentassist.services.row_values import MomentReader, read, short_key
from agentassist.storage.bulk import BulkRow, interaction_row
from agentassist.storage.rows import position_of
from agentassist.storage.schema.types import clean

_MOST_ATTRIBUTES = 20
_LONGEST_ATTRIBUTE = 500
_MOST_SPELLINGS = 100
_WORD = {channel: channel.value for channel in Channel}
_CHANNEL_BY_KEY = (("chat", Channel.CHAT), ("call", Channel.CALL), ("email", Channel.EMAIL))


@dataclass(slots=True)
class Draft:
    """An interaction before its customer is known; `thread` is the source's key of it."""

    record: RawRecord
    key: str
    channel: Channel
    at: datetime | None
    zone: str
    direction: Direction
    subject: str
    text: str
    author: str
    status: str
    reference: str
    thread: str
    attributes: dict[str, str]
    redacted: bool

    @property
    def said(self) -> tuple[int, str, str]:
        """When and what: another interaction with this key must say the same."""
        return position_of(self.at), clean(self.subject), clean(self.text)

    def row(self, owner: str | None, thread: str | None, source: str) -> BulkRow:
        """Return the row that is stored."""
        said = (
            *(self.zone, self.subject, self.text, self.author, self.status),
            *(source, self.reference),
        )
        return interaction_row(
            self.key, owner, thread, self.channel, self.at, self.direction, said, self.attributes
        )


class DraftReader:
    """Reads the interactions of one file's rows."""

    def __init__(self, columns: ColumnMap, options: ImportOptions) -> None:
        self._columns = columns
        self._options = options
        self._text = columns.reader("text")
        self._subject = columns.reader("subject")
        self._zone = columns.reader("zone")
        self._author = columns.reader("author")
        self._status = columns.reader("status")
        self._thread = columns.reader("conversation")
        self._key = columns.reader("id")
        self._unique = columns.reader("key")
        self._direction = "direction" in columns.fields
        self._usual = options.channel or _channel_by_key(columns)
        self._channels: dict[str, Channel] = {}
        self._named = columns.reader("channel")
        self._moments = MomentReader(columns, "at", options)

    def read(self, key: str, record: RawRecord) -> Draft:
        """Return the interaction of a row; raises BadInput with the place of what is wrong."""
        columns, fields = self._columns, record.fields
        text, subject = self._text(fields), self._subject(fields)
        if not text and not subject:
            raise BadInput(record.place, "The row has neither a text nor a subject.")
        at = self._moments.read(record)
        channel = self._channels.get(self._named(fields)) or self._channel(record)
        shown, headed = redact(text), redact(subject) if subject else ""
        # In the order of the fields: names cost a fifth of it all.
        return Draft(
            record,
            key,
            channel,
            at,
            self._zone(fields) or (self._options.zone if at else ""),
            self._direction_of(record, channel),
            headed,
            shown,
            self._author(fields),
            self._status(fields),
            self._reference(fields, channel),
            short_key(self._thread(fields)),
            _attributes(record, columns) if columns.ignored else {},
            shown != text or headed != subject,
        )

    def _channel(self, record: RawRecord) -> Channel:
        """Take the column, else what the person says, else what the key is called."""
        named = read(record, self._columns, "channel", values.channel)
        if named is None:
            return self._usual
        if len(self._channels) < _MOST_SPELLINGS:
            self._channels[self._named(record.fields)] = named
        return named

    def _direction_of(self, record: RawRecord, channel: Channel) -> Direction:
        told = (
            read(record, self._columns, "direction", values.direction) if self._direction else None
        )
        return told or (Direction.INTERNAL if channel is Channel.NOTE else Direction.INBOUND)

    def _reference(self, fields: Mapping[str, str], channel: Channel) -> str:
        """Return the key of the system, the row's own in its channel, or a digest of the row."""
        unique = self._unique(fields)
        if unique:
            return short_key(unique)
        own = short_key(self._key(fields))
        if own:
            return f"{_WORD[channel]}:{own}"
        said = "\x1f".join(fields.values()).encode(errors="replace")
        return f"{channel}:sha256:{sha256(said).hexdigest()[:32]}"


def _channel_by_key(columns: ColumnMap) -> Channel:
    keys = " ".join((*columns.fields.get("id", ()), *columns.fields.get("text", ())))
    return next((channel for part, channel in _CHANNEL_BY_KEY if part in keys), Channel.NOTE)


def _attributes(record: RawRecord, columns: ColumnMap) -> dict[str, str]:
    """Keep short values of columns that no field takes."""
    short = {
        name: redact(record.fields[name].strip())
        for name in columns.ignored
        if 0 < len(record.fields.get(name, "").strip()) <= _LONGEST_ATTRIBUTE
    }
    return dict(list(short.items())[:_MOST_ATTRIBUTES])
