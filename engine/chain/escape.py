"""Why it is hard to escape: where |w σ'(wa + b)| is at least 1 (Nielsen, chapter 5, problem).

For the sigmoid, σ' ≤ 1/4 leaves an interval of input activations a only where |w| ≥ 4.
"""

from functools import cache
from math import sqrt

import numpy as np

from engine.activations import ACTIVATIONS
from engine.arrays import Floats

LEAST = 4.0  # |w|: below it, no input activation makes the term 1
_GOLDEN = (sqrt(5.0) - 1.0) / 2.0
_SAMPLES = 4001  # of a range of input activations in which crossings are looked for


def width(w: Floats) -> Floats:
    """The width of the interval of input activations, for weights of any shape; 0 below |w| = 4.

    (2/|w|) ln(|w|(1 + √(1 − 4/|w|))/2 − 1), whatever the bias.
    """
    size = np.maximum(np.abs(np.asarray(w, dtype=np.float64)), LEAST)
    with np.errstate(invalid="ignore"):
        found: Floats = 2.0 / size * np.log(size * (1.0 + np.sqrt(1.0 - LEAST / size)) / 2.0 - 1.0)
    return found


@cache
def widest() -> tuple[float, float]:
    """The |w| with the widest interval, and its width: 6.894 and 0.4477 (golden section)."""
    low, high = LEAST, 5.0 * LEAST
    while high - low > 1e-9 * high:
        part = _GOLDEN * (high - low)
        left, right = high - part, low + part
        if width(np.array(left)) < width(np.array(right)):
            low = left
        else:
            high = right
    w = (low + high) / 2.0
    return w, float(width(np.array(w)))


def interval(w: float, b: float) -> tuple[float, float] | None:
    """The input activations of a sigmoid neuron with |w σ'(wa + b)| ≥ 1, around a = −b/w."""
    if not abs(w) >= LEAST:
        return None
    centre, half = -b / w, float(width(np.array(w))) / 2.0
    return centre - half, centre + half


def term_map(activation: str, a: Floats, w: Floats | float, b: Floats | float) -> Floats:
    """|w σ'(wa + b)|, one column for each of ``a`` (n,), one row for each of ``w`` or ``b`` (m,).

    The other of the two is a number, or another (m,) that belongs to the first row by row.
    """
    rows = np.broadcast_arrays(np.atleast_1d(w), np.atleast_1d(b))
    w_column, b_column = (np.asarray(r, dtype=np.float64)[:, None] for r in rows)
    with np.errstate(all="ignore"):
        z = w_column * np.asarray(a, dtype=np.float64) + b_column
        return np.abs(w_column * _prime(activation, z))


def crossings(activation: str, w: float, b: float, low: float, high: float) -> Floats:
    """Where in low ≤ a ≤ high the term passes 1, for any activation: bisected between samples.

    Two crossings that lie closer than a 4,000th of the range may be missed.
    """
    if not w:
        return np.empty(0)
    samples = np.linspace(low, high, _SAMPLES)
    above = term_map(activation, samples, w, b)[0] >= 1.0
    at = np.flatnonzero(above[1:] != above[:-1])
    left, right = samples[at], samples[at + 1]
    for _ in range(60):
        middle = (left + right) / 2.0
        stays = (term_map(activation, middle, w, b)[0] >= 1.0) == above[at]
        left, right = np.where(stays, middle, left), np.where(stays, right, middle)
    return np.asarray((left + right) / 2.0)


def _prime(activation: str, z: Floats) -> Floats:
    entry = ACTIVATIONS[activation]
    a, prime = np.empty_like(z), np.empty_like(z)
    entry.fn(z, a)
    entry.exact_prime(z, a, prime)
    return prime
