# SPDX-License-Identifier: Apache-2.0
"""What the formats of mail share: opening, naming, and telling sent mail from received."""

import io
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

from agentassist.domain.importing import RawRecord, RowFault
from agentassist.errors import BadInput, Place
from agentassist.intake.formats import Hints
from agentassist.intake.mail import MAX_MAIL, Sight, record_of

_BUFFER = 1024 * 1024


def sized(path: Path) -> tuple[BinaryIO, int]:
    """Open a file of bytes and return it with its size; raises BadInput."""
    try:
        file = io.BufferedReader(io.FileIO(path), _BUFFER)
    except OSError as error:
        sentence = "The file cannot be read ({why})."
        raise BadInput(Place(shown(path)), sentence, why=error.strerror) from error
    return file, os.fstat(file.fileno()).st_size


def shown(path: Path) -> str:
    """Return a path as text, also one whose name is no text."""
    return os.fsencode(path).decode("utf-8", "replace")


def own_of(hints: Hints) -> tuple[str, ...]:
    """Return our own addresses and domains in lower case."""
    return tuple(own.strip().casefold() for own in hints.own if "@" in own)


def shortened(place: Place) -> RowFault:
    """Return the note that a mail was longer than what is read of it."""
    sentence = "The mail is longer than {most} bytes: only its beginning was read."
    return RowFault(place, sentence, {"most": MAX_MAIL}, kept=True)


def read_mail(path: Path, own: tuple[str, ...], *, sent: bool) -> list[RawRecord | RowFault]:
    """Return the record of a file that is one mail, or what is wrong with it.

    Without a date in the mail it is that of the file.
    """
    place = Place(shown(path))
    try:
        with path.open("rb") as file:
            raw = file.read(MAX_MAIL + 1)
            at = datetime.fromtimestamp(os.fstat(file.fileno()).st_mtime, UTC)
    except (OSError, OverflowError, ValueError) as error:
        why = getattr(error, "strerror", None) or "no time"
        return [RowFault(place, "The file cannot be read ({why}).", {"why": why})]
    note = [shortened(place)] if len(raw) > MAX_MAIL else []
    return [*note, record_of(raw, place, Sight(own, sent, at))]
