# SPDX-License-Identifier: Apache-2.0
"""Whether a graph may be used: it agrees with its reference, and its vectors are sound."""

from collections.abc import Callable, Sequence

import numpy as np

from agentassist.errors import UserError
from agentassist.retrieval.check_sentences import PARAPHRASES, check_sentences
from agentassist.retrieval.model_folder import Agreement, Precision, Reference

_NEIGHBOURS = 10
_LENGTH_ERROR = 1e-3
_LEAST_LIKE_ALONE = 0.999
_SOME = 24

# Lowest cosine of any check sentence, mean cosine, mean overlap of the ten nearest. The
# check sentences are variations of each other, so neighbours are closer than in real text.
_LEAST = {
    Precision.FP32: (0.999, 0.9999, 0.98),
    Precision.GIVEN: (0.97, 0.99, 0.85),
    Precision.INT8: (0.99, 0.998, 0.95),
}

Encode = Callable[[Sequence[str]], np.ndarray]


def agreement_of(
    expected: np.ndarray, got: np.ndarray, reference: Reference = Reference.LIBRARY
) -> Agreement:
    """Compare two sets of unit vectors [n, d] of the same sentences."""
    cosines = np.sum(expected * got, axis=1)
    shared = [
        len(set(left) & set(right)) / _NEIGHBOURS
        for left, right in zip(_nearest(expected), _nearest(got), strict=True)
    ]
    return Agreement(float(cosines.mean()), float(cosines.min()), float(np.mean(shared)), reference)


def agrees(agreement: Agreement, precision: Precision) -> bool:
    """Tell whether a graph of this precision is close enough to its reference."""
    lowest, cosine, overlap = _LEAST[precision]
    return (
        agreement.lowest >= lowest and agreement.cosine >= cosine and agreement.overlap >= overlap
    )


def refuse_unsound(encode: Encode, dimension: int) -> None:
    """Check vectors without knowing the right ones.

    They must have the promised dimension, be numbers, have length one, be the same again
    and alone, and put sentences of one meaning nearer than sentences of two.

    Raises:
        UserError: they do not; the sentence says which.
    """
    sentences = check_sentences()[:: len(check_sentences()) // _SOME]
    vectors = encode(sentences)
    if dimension and vectors.shape != (len(sentences), dimension):
        raise UserError(
            "the vectors have {found} dimensions, the folder promises {promised}.",
            found=vectors.shape[-1],
            promised=dimension,
        )
    _refuse_no_numbers(vectors)
    if not np.array_equal(vectors, encode(sentences)):
        raise UserError("the graph gives another vector each time.")
    alone = np.concatenate([encode([one]) for one in sentences])
    if np.sum(alone * vectors, axis=1).min() < _LEAST_LIKE_ALONE:
        raise UserError("the vector of a sentence depends on what is encoded beside it.")
    _refuse_meaningless(encode)


def _refuse_no_numbers(vectors: np.ndarray) -> None:
    if not np.isfinite(vectors).all():
        raise UserError("the graph gives vectors that are no numbers.")
    if np.abs(np.linalg.norm(vectors, axis=1) - 1).max() > _LENGTH_ERROR:
        raise UserError("the vectors do not have length one.")


def _refuse_meaningless(encode: Encode) -> None:
    left = encode([one for one, _ in PARAPHRASES])
    right = encode([other for _, other in PARAPHRASES])
    likeness = left @ right.T
    others = likeness[~np.eye(len(likeness), dtype=bool)]
    if not np.diag(likeness).mean() > others.mean():
        raise UserError("sentences that mean the same are no nearer than others.")


def _nearest(vectors: np.ndarray) -> list[list[int]]:
    likeness = vectors @ vectors.T
    np.fill_diagonal(likeness, -np.inf)
    nearest: list[list[int]] = np.argsort(-likeness, axis=1)[:, :_NEIGHBOURS].tolist()
    return nearest
