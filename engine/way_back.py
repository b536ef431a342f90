"""The way of δ back through a network, in double precision and out of reach of underflow.

BP2 is linear in δ: a matrix with a column for every δ is led back as one is. Its size stands apart
as a power of two, so that neither a fading nor a growing product of many layers leaves the floats.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from math import log10

import numpy as np

from engine.activations import ACTIVATIONS
from engine.arrays import Floats
from engine.network import Network

LOG10_2 = log10(2.0)


@dataclass(frozen=True, slots=True, eq=False)
class Scaled:
    """The array ``part`` · 2^``exponent``; the greatest element of ``part`` is between ½ and 1.

    Or ``part`` is zero, or not finite.
    """

    part: Floats
    exponent: int = 0

    @property
    def log10_length(self) -> float:
        """log10 of the root of the sum of squares: minus infinity where all is zero."""
        with np.errstate(all="ignore"):
            return float(np.log10(np.linalg.norm(self.part))) + self.exponent * LOG10_2

    def values(self) -> Floats:
        """As plain floats, which may be 0 or infinite where they leave their range."""
        with np.errstate(all="ignore"):
            return np.ldexp(self.part, self.exponent)


def scaled(array: Floats, exponent: int = 0) -> Scaled:
    """``array`` · 2^``exponent``."""
    array = np.asarray(array, np.float64)
    greatest = float(np.abs(array).max(initial=0.0))
    if not 0.0 < greatest < np.inf:
        return Scaled(array, exponent if greatest else 0)
    shift = int(np.frexp(greatest)[1])
    return Scaled(np.ldexp(array, -shift), exponent + shift)


def total(parts: Iterable[Scaled]) -> Scaled:
    """Their sum; what is 2^-1074 of the greatest no longer counts."""
    parts = [part for part in parts if part.part.any()] or list(parts)
    top = max(part.exponent for part in parts)
    with np.errstate(all="ignore"):
        array = sum(np.ldexp(part.part, max(part.exponent - top, -2000)) for part in parts)
    return scaled(np.asarray(array), top)


class WayBack:
    """Over the examples of ``z``, one array (n, examples) per layer, with all digits of σ'."""

    def __init__(self, network: Network, z: Iterable[Floats]) -> None:
        self._network = network
        self._W = network.parameters.W
        self._ends = [(s - 1, t - 1) for s, t in network.architecture.skip_columns]
        self.z = [np.asarray(layer, np.float64) for layer in z]
        self.examples = self.z[0].shape[1]

    @cached_property
    def a(self) -> list[Floats]:
        """σ(z) of every layer."""
        a: list[Floats] = [np.empty_like(z) for z in self.z]
        for layer, z, out in zip(self._network.architecture.layers, self.z, a, strict=True):
            ACTIVATIONS[layer.activation].exact(z, out)
        return a

    @cached_property
    def prime(self) -> list[Floats]:
        """σ'(z) of every layer; of softmax outputs a (1 − a), its diagonal."""
        prime: list[Floats] = [np.empty_like(z) for z in self.z]
        layers = self._network.architecture.layers
        for layer, z, a, out in zip(layers, self.z, self.a, prime, strict=True):
            ACTIVATIONS[layer.activation].exact_prime(z, a, out)
        return prime

    def by_weights(self, l: int, above: Scaled) -> Scaled:
        """(W^{l+1})ᵀ δ^{l+1}, without the product with σ'; l counts from 0."""
        return _pulled(self._W[l + 1], above)

    def by_skips(self, l: int, deltas: list[Scaled]) -> list[Scaled]:
        """What of the later δ comes over the skip connections that leave layer l."""
        projections = self._network.parameters.projections
        found = []
        for (source, target), P in zip(self._ends, projections, strict=True):
            if source == l:
                delta = deltas[target]
                found.append(delta if P is None else _pulled(P, delta))
        return found

    def times_prime(self, l: int, pulled: Scaled) -> Scaled:
        """Σ'(z^l) · ``pulled``, (n, columns): as many columns in turn for every example."""
        prime, shape = self.prime[l], pulled.part.shape
        part = pulled.part.reshape(len(prime), self.examples, -1) * prime[:, :, None]
        return scaled(part.reshape(shape), pulled.exponent)

    def back(self, last: Scaled) -> list[Scaled]:
        """δ of every layer, from the first to the output, whose own is ``last`` (n, columns)."""
        deltas = [last] * len(self.z)
        for l in reversed(range(len(self.z) - 1)):
            ways = [self.by_weights(l, deltas[l + 1]), *self.by_skips(l, deltas)]
            deltas[l] = self.times_prime(l, total(ways))
        return deltas


def _pulled(W: Floats, above: Scaled) -> Scaled:
    with np.errstate(all="ignore"):
        return scaled(np.asarray(W, np.float64).T @ above.part, above.exponent)
