"""The identity neuron: w_2 σ(w_1 x + b) ≈ x for x in [0, 1] (Nielsen, chapter 5, problem).

Without an offset the error has a least value, which ``best`` finds. With an offset, which the next
neuron's bias takes up, it falls with w_1 without end: w_1²/96 for the book's hint, in the limit.
"""

from dataclasses import dataclass
from functools import cache
from math import log, nan, sqrt

import numpy as np

from engine.activations import sigmoid
from engine.arrays import Floats
from engine.faults import InputError

LEAST_W1 = 0.01  # of the best neuron with an offset
_EXCHANGES = 8  # each doubles the right digits
_GOLDEN = (sqrt(5.0) - 1.0) / 2.0


@dataclass(frozen=True, slots=True)
class IdentityNeuron:
    """One sigmoid neuron, x → w_2 σ(w_1 x + b)."""

    w1: float
    b: float
    w2: float

    def output(self, x: Floats) -> Floats:
        a = np.empty_like(np.asarray(x, dtype=np.float64))
        sigmoid(self.w1 * np.asarray(x, dtype=np.float64) + self.b, a)
        out: Floats = self.w2 * a
        return out

    @property
    def offset(self) -> float:
        """The constant that, taken off, leaves the least greatest error: the mid-range of it.

        For the book's hint it is 2/w_1 − 1/2.
        """
        low, high = self._extremes()
        return (low + high) / 2.0

    def error(self, x: Floats, with_offset: bool) -> Floats:
        """The output, with or without the offset taken off, minus x."""
        return self.output(x) - x - (self.offset if with_offset else 0.0)

    def greatest_error(self, with_offset: bool) -> float:
        """max |error| over [0, 1], from its ends and from where the output has slope 1."""
        low, high = self._extremes()
        return (high - low) / 2.0 if with_offset else max(abs(low), abs(high))

    def _extremes(self) -> tuple[float, float]:
        e = self.error(self._stationary(), with_offset=False)
        return float(e.min()), float(e.max())

    def _stationary(self) -> Floats:
        """0, 1, and what lies between them of the solutions of w_1 w_2 σ'(w_1 x + b) = 1."""
        points = [0.0, 1.0]
        q = 1.0 / slope if (slope := self.w1 * self.w2) else nan
        if 0.0 < q <= 0.25:
            s = 2.0 * q / (1.0 + sqrt(1.0 - 4.0 * q))  # σ of the solution left of z = 0
            z = log(s) - log(1.0 - s) if s else nan
            points += [x for root in (z, -z) if 0.0 < (x := (root - self.b) / self.w1) < 1.0]
        return np.array(points)


def hint(w1: float) -> IdentityNeuron:
    """The book's hint: b = −w_1/2 and w_2 = 4/w_1 give x + 2/w_1 − 1/2, nearly.

    Raises ``InputError`` for w_1 = 0.
    """
    if not w1:
        raise InputError("the hint needs a w_1 that is not 0, since w_2 = 4/w_1")
    return IdentityNeuron(w1, -w1 / 2.0, 4.0 / w1)


def hint_bound(w1: float) -> float:
    """w_1²/96, which the error of the hint with its offset never passes; near it for small w_1."""
    return w1 * w1 / 96.0


@cache
def best(with_offset: bool) -> IdentityNeuron:
    """The neuron with the least greatest error.

    Without an offset it is w_1 = 5.648, b = −w_1/2, w_2 = 1 with 0.056. With an offset there is
    none, since a smaller w_1 is always better: it is the best with w_1 = ``LEAST_W1``.
    """
    return _best_at_least_w1() if with_offset else _alternating()


def _alternating() -> IdentityNeuron:
    """Remez' exchange: an error that is greatest four times, with changing signs, is least."""
    parameters, signs = np.array([5.0, -2.5, 1.0]), np.array([1.0, -1.0, 1.0, -1.0])
    for _ in range(_EXCHANGES):
        neuron = IdentityNeuron(*parameters.tolist())
        x = np.sort(neuron._stationary())
        a = neuron.output(x) / neuron.w2
        rise = neuron.w2 * a * (1.0 - a)  # of the output with b
        system = np.column_stack((rise * x, rise, a, -signs))
        parameters += np.linalg.solve(system, -neuron.error(x, with_offset=False))[:3]
    return IdentityNeuron(*parameters.tolist())


def _best_at_least_w1() -> IdentityNeuron:
    """By symmetry b = −w_1/2; w_2 by golden section, from the hint's upwards."""
    w1, least = LEAST_W1, 4.0 / LEAST_W1
    low, high = least, least * (1.0 + w1 * w1)
    while high - low > 1e-12 * least:
        part = _GOLDEN * (high - low)
        left, right = (IdentityNeuron(w1, -w1 / 2.0, w2) for w2 in (high - part, low + part))
        if left.greatest_error(True) > right.greatest_error(True):
            low = left.w2
        else:
            high = right.w2
    return IdentityNeuron(w1, -w1 / 2.0, (low + high) / 2.0)
