# SPDX-License-Identifier: Apache-2.0
"""What every benchmark is told: how large, and where it may keep what takes long to make."""

from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CACHE = ROOT / ".bench"


@dataclass(frozen=True, slots=True)
class Options:
    """`quick` measures on small data, to see that everything works rather than how fast.

    `large` measures on data that take minutes to make and gigabytes to keep, where there is a
    budget for them.
    """

    quick: bool = False
    cache: Path = CACHE
    large: bool = False

    @property
    def extent(self) -> str:
        """Return the extent in a word."""
        return "quick" if self.quick else "large" if self.large else "full"

    def folder(self, name: str) -> Path:
        """Return a folder of the cache, made when it is not there."""
        path = self.cache / name
        path.mkdir(parents=True, exist_ok=True)
        return path
