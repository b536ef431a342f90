"""∂C/∂b_1 of a chain by the complex step (Squire and Trapp, 1998): forward passes only.

With b_1 + ih, the derivative is Im C / h to rounding, since nothing is subtracted. Where σ is
analytic in pieces, its kinks are all that is in the way: a neuron on one is taken just beside it,
on the side into which b_1 moves it.
"""

from math import copysign, frexp, inf, isfinite, ldexp

import numpy as np

from engine.activations import ACTIVATIONS
from engine.arrays import Numbers
from engine.chain.scaled import Scaled
from engine.chain.trace import ChainTrace, forward
from engine.costs import COSTS

STEP = 1e-30
_AT = frexp(STEP)[1]  # the power of two that the imaginary part is kept near
_FAINT = 1e-290
_RISE, _FALL = 60, 200  # and how far it may get: its square must stay below the last digit


class ComplexStep:
    """``derivative`` is that of C as b_1 rises (``direction`` 1) or falls (−1).

    ``kinks`` are the neurons on a kink that b_1 moves, from 1. ``restarts`` is how often the
    imaginary part had become so small or great that it was brought back to about 1e-30; it is
    ``faint`` where a single neuron has put it below all floats, and some of its digits with it.
    """

    def __init__(self, t: ChainTrace, direction: float = 1.0) -> None:
        self._t = t
        self.restarts = self._exponent = 0
        self.kinks: tuple[int, ...] = ()
        self.faint = False
        w = np.array(t.chain.w)[:, None]
        b = np.array(t.chain.b, dtype=np.complex128)[:, None]
        b[0] += 1j * direction * STEP
        with np.errstate(all="ignore"):
            z, a = forward(t.chain, w, b, self._arrived)
            cost = COSTS[t.chain.cost].value(z[-1:], a[-1:], np.array([[t.chain.y]]))
        self.faint |= abs(cost.imag) < _FAINT
        self.derivative = Scaled(direction * cost.imag / STEP + 0.0, self._exponent)  # no -0

    def _arrived(self, j: int, z: Numbers) -> None:
        moved = float(z[0].imag)
        self.faint |= abs(moved) < _FAINT
        if not moved or not isfinite(moved):
            return
        drift = frexp(moved)[1] - _AT
        if (
            not -_FALL < drift < _RISE
        ):  # all that follows is linear in it: a power of two costs no digit
            z.imag = ldexp(moved, -drift)
            self._exponent += drift
            self.restarts += 1
        here, chain = float(self._t.z[j]), self._t.chain
        key = chain.output if j == chain.neurons - 1 else chain.activation
        if here in ACTIVATIONS[key].kinks:
            z.real = np.nextafter(here, copysign(inf, moved))
            self.kinks += (j + 1,)
