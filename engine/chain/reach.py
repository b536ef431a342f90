"""For how many input activations |w σ'(wa + b)| is at least 1, with every activation function."""

from dataclasses import dataclass
from functools import cache
from math import asinh, inf

import numpy as np

from engine.activations import ACTIVATIONS
from engine.arrays import Floats

_FAR = 1e6  # a |z| at which σ' has come to its limit
_SAMPLES = 20_001


@dataclass(frozen=True, slots=True)
class Reach:
    """|w| below ``least``: for no input; from ``unbounded`` on: for all beyond some input."""

    least: float
    unbounded: float


@cache
def reach(activation: str) -> Reach:
    limit = float(np.abs(_prime(activation, np.array([-_FAR, _FAR]))).max())
    least = 1.0 / ACTIVATIONS[activation].max_prime
    return Reach(least, 1.0 / limit if limit > 1e-9 else inf)


def set_width(activation: str, w: Floats) -> Floats:
    """The width of {a: |w σ'(wa + b)| ≥ 1} for weights of any shape, whatever the bias.

    It is the width of {z: |σ'(z)| ≥ 1/|w|}, over |w|; to three digits, from samples of σ'.
    """
    known, size = reach(activation), np.abs(np.asarray(w, dtype=np.float64))
    primes, widths = _cumulative(activation)
    with np.errstate(divide="ignore", invalid="ignore"):
        found = np.interp(1.0 / size, primes, widths) / size
    found[~(size >= known.least)] = 0.0
    found[size >= known.unbounded] = inf
    return found


@cache
def _cumulative(activation: str) -> tuple[Floats, Floats]:
    """Values of |σ'|, ascending, and the width of the set of z where it is at least that."""
    u = np.linspace(-asinh(_FAR), asinh(_FAR), _SAMPLES)
    z = np.sinh(u)
    cell = np.cosh(u) * (u[1] - u[0])
    prime = np.abs(_prime(activation, z))
    order = np.argsort(-prime, kind="stable")
    return prime[order][::-1], (np.cumsum(cell[order]) - cell[order] / 2.0)[::-1]


def _prime(activation: str, z: Floats) -> Floats:
    entry = ACTIVATIONS[activation]
    a, prime = np.empty_like(z), np.empty_like(z)
    with np.errstate(all="ignore"):
        entry.fn(z, a)
        entry.exact_prime(z, a, prime)
    return prime
