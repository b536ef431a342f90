"""Finite differences, to show why they cannot check a deep chain."""

from dataclasses import dataclass

import numpy as np

from engine.arrays import Floats
from engine.chain.scaled import Scaled
from engine.chain.trace import ChainTrace, forward
from engine.costs import COSTS

STEPS = tuple(float(f"1e-{k}") for k in range(1, 16))


@dataclass(frozen=True, slots=True)
class Difference:
    """(C(b_1 + h) − C(b_1 − h)) / 2h, and the ``forward`` one, (C(b_1 + h) − C(b_1)) / h.

    ``digits`` and ``forward_digits`` (0 to 16) are those that agree with the derivative; ``error``
    is the relative error of ``value``.
    """

    h: float
    value: float
    digits: float
    error: float
    forward: float
    forward_digits: float


def differences(t: ChainTrace, exact: Scaled) -> tuple[Difference, ...]:
    """For h = 0.1 to 1e-15, all by one forward pass; ``exact`` is ∂C/∂b_1."""
    h = np.array(STEPS)
    with np.errstate(all="ignore"):
        C = _costs(t, np.concatenate((h, -h, [0.0])))
        above, below, here = C[: len(h)], C[len(h) : -1], C[-1]
        central, onward = (above - below) / (2.0 * h), (above - here) / h
    pairs = zip(STEPS, map(Scaled, central.tolist()), map(Scaled, onward.tolist()), strict=True)
    return tuple(
        Difference(h, c.factor, c.digits(exact), c.error(exact), f.factor, f.digits(exact))
        for h, c, f in pairs
    )


def _costs(t: ChainTrace, nudges: Floats) -> Floats:
    shape = (t.chain.neurons, len(nudges))
    w = np.broadcast_to(np.array(t.chain.w)[:, None], shape)
    b = np.broadcast_to(np.array(t.chain.b)[:, None], shape).copy()
    b[0] += nudges
    z, a = forward(t.chain, w, b)
    cost, y = COSTS[t.chain.cost], np.array([[t.chain.y]])
    ends = ((z[-1:, k : k + 1], a[-1:, k : k + 1]) for k in range(len(nudges)))
    return np.array([cost.value(*end, y).real for end in ends])
