"""The factors of neurons that a drawing leaves out, as one."""

import numpy as np

from engine.chain.trace import ChainTrace, Factor


def elided(t: ChainTrace, first: int, last: int) -> Factor:
    """The product of w_j σ'(z_j), j = ``first`` … ``last`` (from 1), which no float need hold.

    ``running`` goes on to the right as in ``factors``: it is ∂C/∂a_{first−1}.
    """
    terms = t.term[first - 1 : last]
    w = t.chain.w[first - 1]
    with np.errstate(all="ignore"):
        value = float(np.prod(terms))
        running = w * float(t.delta[first - 1])
        size = float(np.log10(abs(w)) + t.log10_delta[first - 1])
    return Factor("elided", first, value, running, size)


def elided_size(t: ChainTrace, first: int, last: int) -> float:
    """log₁₀ of the absolute value of that product, summed term by term."""
    with np.errstate(all="ignore"):
        weights = np.log10(np.abs(np.array(t.chain.w[first - 1 : last])))
        return float((weights + np.log10(np.abs(t.prime[first - 1 : last]))).sum())
