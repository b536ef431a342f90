"""From the chain to matrices: δ^l = Σ'(z^l)(W^{l+1})ᵀ … Σ'(z^L) ∇_aC, factor by factor (124)."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from engine.arrays import Floats
from engine.costs import COSTS
from engine.inspection import Inspection
from engine.singular_value import largest_singular_value
from engine.snapshot import Weights


@dataclass(frozen=True, slots=True)
class MatrixFactor:
    """One factor of δ^1, of layer l (from 1), and what all factors to its right make of it.

    ``kind`` is "prime" (Σ'(z^l), diagonal), "weight" ((W^l)ᵀ), "slope" (∇_aC) or "delta" (δ^L,
    where it stands for the last two). ``norm`` is the largest singular value of the factor,
    ``running`` that of the product of all matrices from here to the output (1 where there is none
    yet), ``vector`` the length of the vector that the product makes of the last factor: ‖δ^l‖ at a
    "prime". The logarithms are right also where a float is 0 or infinite.
    """

    kind: str
    l: int
    shape: tuple[int, int]
    norm: float
    running: float
    vector: float
    log10_running: float
    log10_vector: float


@dataclass(frozen=True, slots=True, eq=False)
class _Scaled:
    """An array and the power of two that it is to be multiplied by."""

    array: Floats
    exponent: int = 0

    def scaled(self) -> "_Scaled":
        greatest = float(np.abs(self.array).max(initial=0.0))
        if not np.isfinite(greatest) or not greatest:
            return self
        shift = int(np.frexp(greatest)[1])
        return _Scaled(np.ldexp(self.array, -shift), self.exponent + shift)

    def norm(self) -> tuple[float, float]:
        """The largest singular value, and log₁₀ of it."""
        size = largest_singular_value(self.array)
        with np.errstate(all="ignore"):
            return float(np.ldexp(size, self.exponent)), float(
                np.log10(size) + self.exponent * np.log10(2.0)
            )


def network_row(weights: Weights, inspection: Inspection, cost: str) -> tuple[MatrixFactor, ...]:
    """``factor_row`` of what a snapshot holds; exact where the inspection is of one example."""
    return tuple(network_factors(weights, inspection, cost))[::-1]


def network_factors(weights: Weights, inspection: Inspection, cost: str) -> Iterator[MatrixFactor]:
    """The same row from its end, factor by factor: wide matrices take their time."""
    folded = COSTS[cost].output is not None
    delta = inspection.delta[-1] if folded else None
    return factors_back(weights.W, inspection.prime, inspection.pulled[-1], delta)


def factor_row(
    W: tuple[Floats, ...],
    prime: tuple[Floats, ...],
    slope: Floats,
    delta: Floats | None = None,
) -> tuple[MatrixFactor, ...]:
    """Σ'(z^1), (W^2)ᵀ, Σ'(z^2), …, Σ'(z^L), ∇_aC from the weights, σ'(z) and ∂C/∂a of one example.

    ``delta`` is δ^L for outputs that have no diagonal Σ' (softmax) or a cost made for them
    (δ^L = a − y): it replaces the last two factors. Of a mean over many examples the row shows the
    product of the means, which is not the mean of the products. Skip connections are left out: it
    is the one way through all layers. W[0] is no factor.
    """
    return tuple(factors_back(W, prime, slope, delta))[::-1]


def factors_back(
    W: tuple[Floats, ...],
    prime: tuple[Floats, ...],
    slope: Floats,
    delta: Floats | None = None,
) -> Iterator[MatrixFactor]:
    """``factor_row`` from its end to its beginning."""
    last = np.asarray(slope if delta is None else delta, dtype=np.float64)[:, None]
    L, vector, product = len(W), _Scaled(last).scaled(), _Scaled(np.eye(len(last)))
    yield _factor("slope" if delta is None else "delta", L, last, product, vector)
    for l in range(L, 0, -1):
        if l < L:
            M = np.asarray(W[l], dtype=np.float64).T
            product, vector = _times(M, product), _times(M, vector)
            yield _factor("weight", l + 1, M, product, vector)
        if l < L or delta is None:
            d = np.asarray(prime[l - 1], dtype=np.float64)[:, None]
            product, vector = _scaled_by(d, product), _scaled_by(d, vector)
            yield _factor("prime", l, d, product, vector)


def _times(M: Floats, factor: _Scaled) -> _Scaled:
    with np.errstate(all="ignore"):
        return _Scaled(M @ factor.array, factor.exponent).scaled()


def _scaled_by(d: Floats, factor: _Scaled) -> _Scaled:
    with np.errstate(all="ignore"):
        return _Scaled(d * factor.array, factor.exponent).scaled()


def _factor(kind: str, l: int, factor: Floats, product: _Scaled, vector: _Scaled) -> MatrixFactor:
    n = len(factor)
    if kind == "prime":  # diagonal
        shape, norm = (n, n), float(np.abs(factor).max())
    else:
        shape, norm = (n, factor.shape[1]), largest_singular_value(factor)
    running, log10_running = product.norm()
    length, log10_vector = vector.norm()
    return MatrixFactor(kind, l, shape, norm, running, length, log10_running, log10_vector)
