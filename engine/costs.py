"""Cost functions: one table; each entry carries the cost and its derivative at the output.

All are summed over the output neurons and averaged over the examples, as in Nielsen, chapter 3.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from engine.activations import softplus
from engine.arrays import Floats, Numbers


@dataclass(frozen=True, slots=True)
class Cost:
    """``terms(z, a, y)`` add up to the cost; ``delta(a, y, prime, out)`` writes ∂C_x/∂z (BP1).

    ``slope(z, a, y)`` is ∂C_x/∂a. Arrays are (outputs, batch); terms have a column per example.
    ``output`` is the one activation that the cost is made for, if any. z and a may be complex.
    """

    key: str
    label: str
    formula: str
    terms: Callable[[Numbers, Numbers, Floats], Numbers]
    delta: Callable[[Floats, Floats, Floats, Floats], None]
    slope: Callable[[Floats, Floats, Floats], Floats]
    output: str | None = None

    def value(self, z: Numbers, a: Numbers, y: Floats) -> complex:
        """The sum over a batch."""
        return complex(self.terms(z, a, y).sum())

    def each(self, z: Numbers, a: Numbers, y: Floats) -> Numbers:
        """The cost of every example, (batch,)."""
        total: Numbers = self.terms(z, a, y).sum(axis=0)
        return total


def _quadratic(z: Numbers, a: Numbers, y: Floats) -> Numbers:
    d = a - y
    return 0.5 * (d * d)


def _quadratic_delta(a: Floats, y: Floats, prime: Floats, out: Floats) -> None:
    np.subtract(a, y, out)
    np.multiply(out, prime, out)


def _difference(a: Floats, y: Floats, prime: Floats, out: Floats) -> None:
    np.subtract(a, y, out)


def _cross_entropy(z: Numbers, a: Numbers, y: Floats) -> Numbers:
    # -y ln a - (1 - y) ln(1 - a) = ln(1 + e^z) - y z: finite however saturated the neuron is.
    terms = np.empty_like(z)
    softplus(z, terms)
    terms -= y * z
    return terms


def _cross_entropy_slope(z: Floats, a: Floats, y: Floats) -> Floats:
    # -y / a + (1 - y) / (1 - a): by z, for where a is rounded to 0 or 1.
    above = np.where(y == 1.0, 0.0, (1.0 - y) * (1.0 + np.exp(z)))  # not 0 times infinity
    below = np.where(y == 0.0, 0.0, y * (1.0 + np.exp(-z)))
    slope: Floats = above - below
    return slope


def _log_likelihood(z: Numbers, a: Numbers, y: Floats) -> Numbers:
    # -ln a_y = ln Σ exp z - z_y, shifted by the greatest z.
    top = z.real.max(axis=0)
    term: Numbers = np.log(np.exp(z - top).sum(axis=0)) + top - (y * z).sum(axis=0)
    return term[np.newaxis]


def _log_likelihood_slope(z: Floats, a: Floats, y: Floats) -> Floats:
    right = (y * z).sum(axis=0)  # -y / a, where 1 / a = Σ exp z / exp z_y
    slope: Floats = -y * np.exp(z - right).sum(axis=0)
    return slope


_TABLE = (
    Cost(
        "quadratic", "quadratic", "C = ½ Σ (a − y)²",
        _quadratic, _quadratic_delta, lambda z, a, y: a - y,
    ),
    Cost(
        "cross_entropy", "cross-entropy", "C = −Σ [y ln a + (1 − y) ln(1 − a)]",
        _cross_entropy, _difference, _cross_entropy_slope, "sigmoid",
    ),
    Cost(
        "log_likelihood", "log-likelihood", "C = −ln a_y",
        _log_likelihood, _difference, _log_likelihood_slope, "softmax",
    ),
)  # fmt: skip

COSTS: dict[str, Cost] = {entry.key: entry for entry in _TABLE}
