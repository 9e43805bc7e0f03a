# SPDX-License-Identifier: Apache-2.0
"""Records in the form in which they are compared, on disk: memory does not grow with them."""

import pickle
from array import array
from functools import lru_cache
from tempfile import TemporaryFile

from agentassist.domain.person import Person

_KEPT = 20_000


class PersonStore:
    """Holds people by number, in the order in which they were added. `close` deletes the file.

    The file has no name and belongs to this process alone, so what is read was written here.
    """

    def __init__(self) -> None:
        self._file = TemporaryFile(prefix="agentassist-")  # noqa: SIM115 - closed by close
        self._ends = array("Q", [0])
        self._cached = lru_cache(_KEPT)(self._read)

    def __len__(self) -> int:
        return len(self._ends) - 1

    def add(self, person: Person) -> int:
        """Keep a person and return its number."""
        self._file.seek(self._ends[-1])
        written = self._file.write(pickle.dumps(person, pickle.HIGHEST_PROTOCOL))
        self._ends.append(self._ends[-1] + written)
        return len(self) - 1

    def __getitem__(self, number: int) -> Person:
        return self._cached(number)

    def _read(self, number: int) -> Person:
        self._file.seek(self._ends[number])
        person: Person = pickle.loads(self._file.read(self._ends[number + 1] - self._ends[number]))  # noqa: S301 - our own file
        return person

    def close(self) -> None:
        """Forget everybody."""
        self._cached.cache_clear()
        self._file.close()
