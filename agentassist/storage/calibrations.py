# SPDX-License-Identifier: Apache-2.0
"""Thresholds that were learnt for a model and a set of examples: a desk learns them once."""

from dataclasses import asdict
from datetime import datetime

from sqlalchemy import Connection, select

from agentassist.domain.thresholds import Thresholds, from_mapping
from agentassist.storage.rows import upsert
from agentassist.storage.schema.policies import calibrations


class Calibrations:
    """Reads and writes calibrations on one connection, inside its transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def find(self, model: str, examples: str) -> Thresholds | None:
        """Return what was learnt for a model and the digest of the examples.

        None where nothing was, or what is stored cannot be read: it is learnt again.
        """
        table = calibrations.c
        query = select(table.thresholds).where(table.model == model, table.examples == examples)
        return from_mapping(self._connection.execute(query).scalar_one_or_none())

    def save(self, model: str, examples: str, learnt: Thresholds, at: datetime) -> None:
        """Keep what was learnt; an earlier row for the same gives way."""
        row = {"model": model, "examples": examples, "thresholds": asdict(learnt), "made_at": at}
        upsert(self._connection, calibrations, row)
