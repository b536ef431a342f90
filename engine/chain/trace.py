"""Forward and backward through chains: every term of the gradient, for one chain or for many."""

from dataclasses import dataclass
from math import nan

import numpy as np

from engine.activations import ACTIVATIONS, Activation
from engine.arrays import Floats, Numbers
from engine.chain.spec import ChainSpec
from engine.costs import COSTS


@dataclass(frozen=True, slots=True, eq=False)
class ChainTrace:
    """All numbers of one chain of N neurons; neuron j (from 1) has index j − 1, but a[0] = a_0.

    ``term`` is w_j σ'(z_j), ``slope`` is ∂C/∂a_N. ``delta`` is ∂C/∂z_j = ∂C/∂b_j as a float, which
    for a long chain is 0 or infinite; ``log10_delta`` is log₁₀|∂C/∂b_j| summed term by term, which
    is neither unless a term is 0 or not finite.
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

    @property
    def ratio(self) -> float:
        """∂C/∂b_1 to ∂C/∂b_N, without sign; computed so that neither need be a float."""
        with np.errstate(all="ignore"):
            return float(10.0 ** (self.log10_delta[0] - self.log10_delta[-1]))

    @property
    def step(self) -> float:
        """|σ'(z_j) w_{j+1}|, the geometric mean of the N − 1 steps from the last to the first."""
        steps = len(self.delta) - 1
        if not steps:
            return nan
        with np.errstate(all="ignore"):
            return float(10.0 ** ((self.log10_delta[0] - self.log10_delta[-1]) / steps))


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
        delta, log10_delta = backward(chain, w, a, prime)
        dC_dw = a[:-1] * delta
        value = cost.value(z[-1:], a[-1:], y).real
    return ChainTrace(
        chain, z[:, 0], a[:, 0], prime[:, 0], (w * prime)[:, 0], float(slope[0, 0]), value,
        delta[:, 0], log10_delta[:, 0], dC_dw[:, 0],
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


def forward(chain: ChainSpec, w: Numbers, b: Numbers) -> tuple[Numbers, Numbers]:
    """z (N, M) and a (N + 1, M) of M chains with weights and biases (N, M), real or complex."""
    n, dtype = len(w), np.result_type(w, b)
    z, a = np.empty(w.shape, dtype), np.empty((n + 1, *w.shape[1:]), dtype)
    a[0] = chain.x
    for j in range(n):
        np.multiply(w[j], a[j], z[j])
        np.add(z[j], b[j], z[j])
        _activation(chain, j == n - 1).fn(z[j], a[j + 1])
    return z, a


def primes(chain: ChainSpec, z: Floats, a: Floats) -> Floats:
    """σ'(z_j), (N, M)."""
    prime = np.empty_like(z)
    for part, last in ((slice(None, -1), False), (slice(-1, None), True)):
        _activation(chain, last).exact_prime(z[part], a[1:][part], prime[part])
    return prime


def backward(chain: ChainSpec, w: Floats, a: Floats, prime: Floats) -> tuple[Floats, Floats]:
    """δ and log₁₀|δ|, both (N, M), from a cumulative product from the last neuron to the first."""
    last = np.empty_like(prime[-1:])
    COSTS[chain.cost].delta(a[-1:], np.full_like(last, chain.y), prime[-1:], last)
    steps = np.concatenate((prime[:-1] * w[1:], last))
    with np.errstate(all="ignore"):
        sizes = np.log10(np.abs(prime[:-1])) + np.log10(np.abs(w[1:]))
        logs = np.concatenate((sizes, np.log10(np.abs(last))))
        delta: Floats = np.cumprod(steps[::-1], axis=0)[::-1]
        log10_delta: Floats = np.cumsum(logs[::-1], axis=0)[::-1]
    return delta, log10_delta


def _activation(chain: ChainSpec, last: bool) -> Activation:
    return ACTIVATIONS[chain.output if last else chain.activation]
