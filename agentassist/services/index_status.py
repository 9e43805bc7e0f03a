# SPDX-License-Identifier: Apache-2.0
"""How the search index stands."""

from dataclasses import dataclass
from pathlib import Path

from agentassist.domain.knowledge import SearchMode
from agentassist.retrieval.confidence import Calibration
from agentassist.retrieval.index_cache import Words
from agentassist.services.vector_upkeep import VectorUpkeep


@dataclass(frozen=True, slots=True)
class IndexStatus:
    """How the index stands. `waiting` texts have no vector yet; `model` is empty without one."""

    articles: int
    passages: int
    vectors: int
    waiting: int
    revision: int
    mode: SearchMode
    model: str
    languages: tuple[str, ...]
    folder: Path
    calibration: Calibration


def status_of(
    words: Words, upkeep: VectorUpkeep | None, folder: Path, calibration: Calibration
) -> IndexStatus:
    """Count what can be found; nothing may change meanwhile."""
    return IndexStatus(
        articles=sum(1 for _ in words.catalog.articles()),
        passages=words.catalog.living,
        vectors=upkeep.count if upkeep else 0,
        waiting=len(upkeep.missing()) if upkeep else 0,
        revision=words.revision,
        mode=SearchMode.FULL if upkeep else SearchMode.KEYWORD_ONLY,
        model=upkeep.encoder.name if upkeep else "",
        languages=upkeep.encoder.languages if upkeep else (),
        folder=folder,
        calibration=calibration,
    )
