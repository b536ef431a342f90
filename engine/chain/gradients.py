"""The size of ∂C/∂b_1 of every prefix of many chains, summed term by term."""

import numpy as np

from engine.activations import ACTIVATIONS
from engine.arrays import Floats
from engine.chain.spec import ChainSpec
from engine.chain.trace import forward, primes
from engine.costs import COSTS


def first_gradients(chain: ChainSpec, w: Floats, b: Floats) -> tuple[Floats, Floats]:
    """log₁₀|∂C/∂b_1| and log₁₀|∂C/∂b_1 / ∂C/∂b_n| of the first n neurons, n = 1 … N; both (N, M).

    Neither is infinite unless a term is 0 or not finite.
    """
    with np.errstate(all="ignore"):
        z, a = forward(chain, w, b)
        prime = np.log10(np.abs(primes(chain, z, a)))
        ratio = np.zeros_like(z)
        np.cumsum(prime[:-1] + np.log10(np.abs(w[1:])), axis=0, out=ratio[1:])
        return ratio + last_gradient(chain, z, a[1:], prime), ratio


def last_gradient(chain: ChainSpec, z: Floats, a: Floats, log10_prime: Floats) -> Floats:
    """log₁₀|∂C/∂b_n| of chains that end with these neurons, in arrays of any one shape."""
    slope = np.empty_like(z)
    if chain.output != chain.activation:
        a = np.empty_like(z)
        ACTIVATIONS[chain.output].exact(z, a)
    COSTS[chain.cost].delta(a, np.full_like(z, chain.y), np.ones_like(z), slope)
    last: Floats = np.log10(np.abs(slope))
    return last if COSTS[chain.cost].output else last + log10_prime  # a − y holds σ' already
