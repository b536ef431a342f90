"""Initial weights and biases: two tables of ways to draw them."""

from collections.abc import Callable
from dataclasses import dataclass
from math import nan, sqrt

import numpy as np

from engine.arrays import Floats

Rng = np.random.Generator


@dataclass(frozen=True, slots=True)
class Initializer:
    """``draw(rng, n_out, n_in)`` gives weights (n_out, n_in) before the layer's gain.

    ``variance(n_out, n_in)`` is that of one weight, not-a-number where their mean is not 0.
    """

    key: str
    label: str
    formula: str
    draw: Callable[[Rng, int, int], Floats]
    variance: Callable[[int, int], float]


@dataclass(frozen=True, slots=True)
class BiasInitializer:
    """``draw(rng, n_out)`` gives biases (n_out,) of mean 0 and of this variance."""

    key: str
    label: str
    formula: str
    draw: Callable[[Rng, int], Floats]
    variance: float


def _normal(rng: Rng, o: int, i: int, sigma: float) -> Floats:
    return sigma * rng.standard_normal((o, i))


def _uniform(rng: Rng, o: int, i: int, bound: float) -> Floats:
    return rng.uniform(-bound, bound, (o, i))


def _orthogonal(rng: Rng, o: int, i: int) -> Floats:
    """Orthonormal rows or columns, uniformly distributed (Saxe et al., 2013)."""
    tall = rng.standard_normal((max(o, i), min(o, i)))
    q, r = np.linalg.qr(tall)
    q *= np.where(np.diag(r) < 0, -1.0, 1.0)
    return np.ascontiguousarray(q if o >= i else q.T)


_WEIGHTS = (
    Initializer(
        "normal", "normal 1/n (book)", "N(0, 1/n_in)",
        lambda rng, o, i: _normal(rng, o, i, 1 / sqrt(i)), lambda o, i: 1 / i,
    ),
    Initializer(
        "large", "normal 1 (book's large)", "N(0, 1)",
        lambda rng, o, i: _normal(rng, o, i, 1.0), lambda o, i: 1.0,
    ),
    Initializer(
        "glorot_uniform", "Glorot uniform", "U(±√(6 / (n_in + n_out)))",
        lambda rng, o, i: _uniform(rng, o, i, sqrt(6 / (i + o))), lambda o, i: 2 / (i + o),
    ),
    Initializer(
        "glorot_normal", "Glorot normal", "N(0, 2 / (n_in + n_out))",
        lambda rng, o, i: _normal(rng, o, i, sqrt(2 / (i + o))), lambda o, i: 2 / (i + o),
    ),
    Initializer(
        "he_uniform", "He uniform", "U(±√(6 / n_in))",
        lambda rng, o, i: _uniform(rng, o, i, sqrt(6 / i)), lambda o, i: 2 / i,
    ),
    Initializer(
        "he_normal", "He normal", "N(0, 2 / n_in)",
        lambda rng, o, i: _normal(rng, o, i, sqrt(2 / i)), lambda o, i: 2 / i,
    ),
    Initializer(
        "orthogonal", "orthogonal", "WᵀW = 1 or WWᵀ = 1", _orthogonal, lambda o, i: 1 / max(o, i)
    ),
    Initializer(
        "constant", "constant", "every weight = gain",
        lambda rng, o, i: np.ones((o, i)), lambda o, i: nan,
    ),
)  # fmt: skip

_BIASES = (
    BiasInitializer(
        "normal", "normal 1 (book)", "N(0, 1)", lambda rng, o: rng.standard_normal(o), 1.0
    ),
    BiasInitializer("zero", "zero", "0", lambda rng, o: np.zeros(o), 0.0),
)  # fmt: skip

INITIALIZERS: dict[str, Initializer] = {entry.key: entry for entry in _WEIGHTS}
BIAS_INITIALIZERS: dict[str, BiasInitializer] = {entry.key: entry for entry in _BIASES}
