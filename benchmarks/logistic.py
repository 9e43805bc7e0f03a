# SPDX-License-Identifier: Apache-2.0
"""Logistic regression by Newton's steps: what the small fits of this folder share."""

import numpy as np

_STEPS = 30


def newton(design: np.ndarray, y: np.ndarray, weight: np.ndarray, ridge: np.ndarray) -> np.ndarray:
    """Return the coefficients [k] of a design [n, k] for answers 0 or 1 [n].

    `weight` [n] is how much each row counts, `ridge` [k] the penalty on each coefficient.
    """
    found = np.zeros(design.shape[1])
    for _ in range(_STEPS):
        p = 1 / (1 + np.exp(-design @ found))
        slope = design.T @ (weight * (p - y)) + ridge * found
        curve = (design * (weight * p * (1 - p))[:, None]).T @ design + np.diag(ridge)
        found -= np.linalg.solve(curve, slope)
    return found
