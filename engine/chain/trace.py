"""Forward and backward through chains: every term of the gradient, for one chain or for many."""

from collections.abc import Callable
from dataclasses import dataclass
from math import nan

import numpy as np

from engine.activations import ACTIVATIONS, Activation
from engine.arrays import Floats, Numbers
from engine.chain.spec import ChainSpec
from engine.costs import COSTS

_LEAST = 1e-290  # what is smaller may have lost digits


@dataclass(frozen=True, slots=True, eq=False)
class ChainTrace:
    """All numbers of one chain of N neurons; neuron j (from 1) has index j − 1, but a[0] = a_0.

    ``term`` is w_j σ'(z_j), ``slope`` is ∂C/∂a_N. ``delta`` is ∂C/∂z_j = ∂C/∂b_j as a float, which
    for a long chain is 0 or infinite; ``log10_delta`` is log₁₀|∂C/∂b_j| summed term by term, which
    is neither unless a term is 0 or not finite. ``log10_ratio`` is log₁₀|∂C/∂b_j / ∂C/∂b_N|, also
    where both are 0: the sum of the terms between them.
    """

    chain: ChainSpec
    z: Floats  # (N,)
    a: Floats  # (N + 1,)
    prime: Floats  # (N,) σ'(z_j)
    term: Floats  # (N,)
    slope: float
    cost: float
    delta: Floats  # (N,)
    log10_delta: Floats  # (N,)
    dC_dw: Floats  # (N,) a_{j−1} ∂C/∂b_j (BP4)
    log10_ratio: Floats  # (N,)

    @property
    def log10_dC_dw(self) -> Floats:
        """(N,): log₁₀|∂C/∂w_j|, also where ``dC_dw`` is 0 or infinite by rounding."""
        with np.errstate(all="ignore"):
            size: Floats = np.log10(np.abs(self.a[:-1])) + self.log10_delta
        return size

    @property
    def ratio(self) -> float:
        """∂C/∂b_1 to ∂C/∂b_N, without sign; neither need be a float."""
        return _power(float(self.log10_ratio[0]))

    @property
    def step(self) -> float:
        """|σ'(z_j) w_{j+1}|, the geometric mean of the N − 1 steps from the last to the first."""
        steps = len(self.delta) - 1
        return _power(float(self.log10_ratio[0]) / steps) if steps else nan

    @property
    def shared(self) -> "Shared | None":
        """The gradient of the one weight and the one bias of a tied chain, else None."""
        if not self.chain.tied:
            return None
        with np.errstate(all="ignore"):
            return Shared(float(self.dC_dw.sum()), float(self.delta.sum()))


@dataclass(frozen=True, slots=True)
class Shared:
    """∂C/∂w and ∂C/∂b of a neuron unrolled in time: the sums over its steps j."""

    dC_dw: float
    dC_db: float


@dataclass(frozen=True, slots=True)
class Factor:
    """One factor of ∂C/∂b_1: σ'(z_j) (``prime``), w_j (``weight``) or ∂C/∂a_N (``slope``).

    ``running`` is the product of this factor and of all to its right; ``log10_running`` the
    logarithm of its size, also where that is no float.
    """

    kind: str
    j: int  # the neuron, from 1
    value: float
    running: float
    log10_running: float


def trace(chain: ChainSpec) -> ChainTrace:
    """Forward, then backward as in the chapter: ∂C/∂b_j = σ'(z_j) w_{j+1} ∂C/∂b_{j+1} (BP2)."""
    w, b = np.array(chain.w)[:, None], np.array(chain.b)[:, None]
    with np.errstate(all="ignore"):
        z, a = forward(chain, w, b)
        prime = primes(chain, z, a)
        y = np.array([[chain.y]])
        cost = COSTS[chain.cost]
        slope = cost.slope(z[-1:], a[-1:], y)
        delta, log10_delta, log10_ratio = backward(chain, w, a, prime)
        dC_dw = a[:-1] * delta
        value = cost.value(z[-1:], a[-1:], y).real
    return ChainTrace(
        chain, z[:, 0], a[:, 0], prime[:, 0], (w * prime)[:, 0], float(slope[0, 0]), value,
        delta[:, 0], log10_delta[:, 0], dC_dw[:, 0], log10_ratio[:, 0],
    )  # fmt: skip


def factors(t: ChainTrace) -> tuple[Factor, ...]:
    """σ'(z_1), w_2, σ'(z_2), …, w_N, σ'(z_N), ∂C/∂a_N: their product is ∂C/∂b_1."""
    n = t.chain.neurons
    with np.errstate(all="ignore"):
        weights = np.log10(np.abs(np.array(t.chain.w)))
        row = [Factor("slope", n, t.slope, t.slope, float(np.log10(abs(t.slope))))]
        for j in range(n, 0, -1):
            delta, size = float(t.delta[j - 1]), float(t.log10_delta[j - 1])
            row.append(Factor("prime", j, float(t.prime[j - 1]), delta, size))
            if j > 1:
                w = t.chain.w[j - 1]
                row.append(Factor("weight", j, w, w * delta, size + float(weights[j - 1])))
    return tuple(reversed(row))


def forward(
    chain: ChainSpec, w: Numbers, b: Numbers, arrived: Callable[[int, Numbers], None] | None = None
) -> tuple[Numbers, Numbers]:
    """z (N, M) and a (N + 1, M) of M chains with weights and biases (N, M), real or complex.

    ``arrived(j, z)`` is called with every z_{j+1} (M,) before σ, and may change it.
    """
    n, dtype = len(w), np.result_type(w, b)
    z, a = np.empty(w.shape, dtype), np.empty((n + 1, *w.shape[1:]), dtype)
    a[0] = chain.x
    for j in range(n):
        np.multiply(w[j], a[j], z[j])
        np.add(z[j], b[j], z[j])
        if arrived is not None:
            arrived(j, z[j])
        _activation(chain, j == n - 1).exact(z[j], a[j + 1])
    return z, a


def primes(chain: ChainSpec, z: Floats, a: Floats) -> Floats:
    """σ'(z_j), (N, M)."""
    prime = np.empty_like(z)
    for part, last in ((slice(None, -1), False), (slice(-1, None), True)):
        _activation(chain, last).exact_prime(z[part], a[1:][part], prime[part])
    return prime


def backward(
    chain: ChainSpec, w: Floats, a: Floats, prime: Floats
) -> tuple[Floats, Floats, Floats]:
    """δ, log₁₀|δ| and log₁₀|δ / δ_N|, (N, M): products from the last neuron to the first."""
    last = np.empty_like(prime[-1:])
    COSTS[chain.cost].delta(a[-1:], np.full_like(last, chain.y), prime[-1:], last)
    with np.errstate(all="ignore"):
        steps = np.concatenate((prime[:-1] * w[1:], last))
        logs = np.log10(np.abs(prime[:-1])) + np.log10(np.abs(w[1:]))
        log10_ratio: Floats = _running(np.add, np.concatenate((logs, np.zeros_like(last))))
        log10_delta: Floats = log10_ratio + np.log10(np.abs(last))
        delta: Floats = _running(np.multiply, steps)
        lost = ~((np.abs(delta) > _LEAST) & (np.abs(delta) < np.inf))
        if lost.any():  # a product that was no float on the way may be one again
            signs = _running(np.multiply, np.sign(steps))
            np.copyto(delta, signs * 10.0**log10_delta, where=lost)
    return delta, log10_delta, log10_ratio


def _running(of: np.ufunc, steps: Floats) -> Floats:
    """From the last to the first."""
    return np.asarray(of.accumulate(steps[::-1], axis=0)[::-1])


def _power(exponent: float) -> float:
    with np.errstate(all="ignore"):
        return float(np.float64(10.0) ** exponent)


def _activation(chain: ChainSpec, last: bool) -> Activation:
    return ACTIVATIONS[chain.output if last else chain.activation]
