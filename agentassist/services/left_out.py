# SPDX-License-Identifier: Apache-2.0
"""Rows that an import left out: listed, and written to a file in which they can be mended.

The file has the columns of the rows and some of ours. When it is imported, those columns are
not read as data, and a row that comes in is no longer left out.
"""

import csv
from collections.abc import Sequence
from pathlib import Path

from agentassist.domain.import_run import LeftOut
from agentassist.domain.importing import LEFT_OUT_ID, LEFT_OUT_WHY, RecordKind
from agentassist.errors import BadInput, Place
from agentassist.storage.database import Database
from agentassist.storage.imports import Imports


def left_out(database: Database, kinds: Sequence[RecordKind] = ()) -> list[LeftOut]:
    """Return the rows that wait, of these kinds or of all."""
    with database.reading() as connection:
        return Imports(connection).left_out(kinds)


def forget(database: Database, rows: Sequence[LeftOut]) -> int:
    """Delete rows that nobody wants any more; return how many there were."""
    with database.transaction() as connection:
        return Imports(connection).take_in([row.id for row in rows])


def write_csv(rows: Sequence[LeftOut], path: Path) -> None:
    """Write rows as CSV (UTF-8 with a mark, so that Excel reads it); raises BadInput."""
    columns = [*dict.fromkeys(name for row in rows for name in row.content)]
    try:
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.writer(file)
            writer.writerow([*columns, LEFT_OUT_WHY, LEFT_OUT_ID])
            for row in rows:
                said = [row.content.get(name, "") for name in columns]
                writer.writerow([*said, row.reason, row.id.hex])
    except OSError as error:
        sentence = "The file cannot be written ({why})."
        raise BadInput(Place(str(path)), sentence, why=error.strerror) from error
