# SPDX-License-Identifier: Apache-2.0
"""A policy read back as sentences, in English or Korean, for the people who answer for it."""

from dataclasses import dataclass

Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Spoken:
    """One sentence. `path` is the rule it tells of, `depth` how far it stands in.

    Paths are those of the file: ("decline", 0), ("decline", 0, "alternative", 1).
    """

    text: str
    path: Path = ()
    depth: int = 0
