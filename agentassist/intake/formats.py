# SPDX-License-Identifier: Apache-2.0
"""The formats that can be imported, and which of them a file is.

A format yields parts: records of one kind each, in the order in which they must be stored.
A table is one part whose columns are mapped by their names; an export of a whole system has
several, whose columns are our fields already.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from agentassist.domain.importing import RawRecord, RecordKind, RowFault
from agentassist.errors import BadInput, Place


class Records(Protocol):
    """Records and faults of one part: iterate once, in constant memory, then `close`.

    Attributes: `columns`, and `position` and `size` in bytes (0 where they are not known).
    """

    columns: tuple[str, ...]
    size: int

    @property
    def position(self) -> int:
        """How many bytes have been read."""

    def __iter__(self) -> Iterator[RawRecord | RowFault]:
        """Yield each record, or what is wrong with it."""

    def close(self) -> None:
        """End it."""


@dataclass(frozen=True, slots=True)
class Part:
    """Records of one kind. `kind` is None where the columns have to tell.

    `ours` says that the columns are names of our fields, so that nothing has to be mapped.
    """

    records: Records
    kind: RecordKind | None = None
    ours: bool = False


@dataclass(frozen=True, slots=True)
class Hints:
    """What the person says about a file; empty where it is to be found out.

    `region` is the country of numbers without a country code; `own` are our own addresses
    and numbers, and our names in chats, which tell what we sent from what we received. `dates`
    is dmy or mdy.
    """

    encoding: str = ""
    delimiter: str = ""
    region: str = ""
    zone: str = ""
    own: tuple[str, ...] = ()
    dates: str = ""


class Format(Protocol):
    """One format."""

    @property
    def name(self) -> str:
        """The name that `--format` takes."""

    def recognises(self, path: Path) -> bool:
        """Say whether `path` is likely of this format; looks at the name and little more."""

    def parts(self, path: Path, hints: Hints) -> Iterator[Part]:
        """Yield the parts, each opened when it is its turn and closed by the taker.

        Raises:
            BadInput: the file cannot be read at all.
        """


def recognise(path: Path, formats: tuple[Format, ...], name: str = "") -> Format:
    """Return the format called `name`, else the first that recognises the file.

    Raises:
        BadInput: there is no such format, or none that recognises it.
    """
    known = ", ".join(item.name for item in formats)
    if name:
        found = next((item for item in formats if item.name == name), None)
        sentence = 'There is no format "{name}": use one of {known}.'
        problem = BadInput(Place(str(path)), sentence, name=name[:40], known=known)
    else:
        found = next((item for item in formats if item.recognises(path)), None)
        sentence = "It is not clear what this is: say so with --format, one of {known}."
        problem = BadInput(Place(str(path)), sentence, known=known)
    if found is None:
        raise problem
    return found
