"""The largest singular value of a matrix, faster than all of them."""

import numpy as np

from engine.arrays import Floats

SMALL = 200  # the smaller side of a matrix up to which all of its Gram matrix is decomposed
_STEPS = 300  # of Lanczos' method at most
_TOLERANCE = 1e-10


def largest_singular_value(A: Floats) -> float:
    """The spectral norm; nan where an element is not finite."""
    A = np.asarray(A, dtype=np.float64)
    if not np.isfinite(A).all():
        return float("nan")
    if not A.size:
        return 0.0
    A = A if len(A) <= A.shape[1] else A.T
    if len(A) > SMALL and (found := _lanczos(A)) is not None:
        return found
    greatest = float(np.abs(A).max()) or 1.0  # squares of tiny and of huge elements are no floats
    A = A / greatest
    return greatest * float(np.sqrt(max(0.0, np.linalg.eigvalsh(A @ A.T)[-1])))


def _lanczos(A: Floats) -> float | None:
    """By Lanczos' method for A Aᵀ, until the residual is small; None where it does not get so.

    The vectors lose their orthogonality, which repeats values but leaves the largest right.
    """
    greatest = float(np.abs(A).max())
    if not greatest:
        return 0.0
    A = A / greatest
    T = np.zeros((_STEPS + 1, _STEPS + 1))
    q = np.random.default_rng(0).standard_normal(len(A))
    before, q = np.zeros(len(A)), q / np.linalg.norm(q)
    for k in range(_STEPS):
        r = A @ (q @ A)
        T[k, k] = q @ r
        r -= T[k, k] * q + T[k, k - 1] * before
        T[k, k + 1] = T[k + 1, k] = beta = float(np.linalg.norm(r))
        if (k % 10 == 9 or not beta) and (found := _ritz(T[: k + 1, : k + 1], beta)) is not None:
            return greatest * found
        before, q = q, r / beta
    return None


def _ritz(T: Floats, beta: float) -> float | None:
    values, vectors = np.linalg.eigh(T)
    settled = beta * abs(vectors[-1, -1]) <= _TOLERANCE * values[-1]
    return float(np.sqrt(values[-1])) if settled else None
