# SPDX-License-Identifier: Apache-2.0
"""How alike two short texts are, for the rules of the domain."""

from rapidfuzz.distance import OSA


def alike(one: str, other: str) -> float:
    """Return 1 for equal texts, less for each letter that is wrong, swapped or missing.

    The distance is optimal string alignment: two swapped neighbours are one slip.
    """
    return OSA.normalized_similarity(one, other)
