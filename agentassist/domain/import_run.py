# SPDX-License-Identifier: Apache-2.0
"""One import of one file as the database remembers it, and the rows that it left out."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from agentassist.domain.importing import RecordKind


@dataclass(frozen=True, slots=True)
class ImportRun:
    """How far an import came. `rows` were read and stored; `position` is in bytes.

    `fingerprint` names the file by what is in it and how it is read; empty for what cannot be
    read again, such as a live system. `counts` are the numbers of its report.
    """

    id: UUID
    fingerprint: str
    file: str
    kind: RecordKind
    rows: int
    position: int
    counts: Mapping[str, int]
    started_at: datetime
    changed_at: datetime
    finished_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A row that was left out: why, and what it said (by column, long values cut)."""

    id: UUID
    import_id: UUID
    file: str
    line: int
    field: str
    reason: str
    content: Mapping[str, str]
    at: datetime


@dataclass(frozen=True, slots=True)
class SavedMapping:
    """Columns and options of an import under a name; `kind` may be empty."""

    name: str
    kind: str
    columns: Mapping[str, str] = field(default_factory=dict)
    options: Mapping[str, str] = field(default_factory=dict)
