# SPDX-License-Identifier: Apache-2.0
"""How sure is sure, measured on the knowledge base itself: no two are made alike.

A threshold that fits one knowledge base is noise in the next. What can be told without
anybody's labels is how many phrases lead to each article, and how close phrases that
lead elsewhere come.
"""

import math
from collections.abc import Sequence

import numpy as np

from agentassist.retrieval.catalog import Catalog
from agentassist.retrieval.confidence import Calibration
from agentassist.retrieval.phrases import EXEMPLARS, PhraseKind
from agentassist.retrieval.scale import Scale
from agentassist.retrieval.vector_index import VectorIndex
from agentassist.retrieval.vote import NEIGHBOURS

_FEWEST = 20
_FEWEST_ARTICLES = 2
_SAMPLE = 100


def calibrate(catalog: Catalog, phrases: VectorIndex, scale: Scale) -> Calibration:
    """Return what a knowledge base tells of itself; the usual where it is too small."""
    rows = [row for row in _exemplars(catalog) if row in phrases]
    owners = {catalog.phrases.owner(row) for row in rows}
    if len(rows) < _FEWEST or len(owners) < _FEWEST_ARTICLES:
        return Calibration()
    sample = rows[:: max(1, len(rows) // _SAMPLE)][:_SAMPLE]
    rivals = scale.of(np.array([_rival(catalog, phrases, row) for row in sample]))
    return Calibration(math.log(len(rows) / len(owners)), float(rivals.mean()))


def _exemplars(catalog: Catalog) -> Sequence[int]:
    table = catalog.phrases
    return [
        row
        for row, record in enumerate(table.records)
        if record.kind in EXEMPLARS
        and record.kind is not PhraseKind.DISMISSED
        and table.owners[row] >= 0
    ]


def _rival(catalog: Catalog, phrases: VectorIndex, row: int) -> float:
    """Return the cosine of the nearest phrase that leads elsewhere, or of the last one seen."""
    own = catalog.phrases.owner(row)
    vector = phrases.vectors(np.array([row]))[0]
    rows, cosines = phrases.search(vector, NEIGHBOURS)
    others = (
        cosine
        for other, cosine in zip(rows.tolist(), cosines.tolist(), strict=True)
        if catalog.phrases.owner(other) not in {own, -1}
        and catalog.phrases.records[other].kind in EXEMPLARS
    )
    return float(next(others, cosines[-1]))
