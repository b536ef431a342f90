"""Forward and backward pass of a dense network, in the notation of Nielsen, chapter 2.

Everything is written into arrays that were made beforehand, and what is the same for every layer
is done for all of them in one call; ``docs/architecture.md`` says what that brings.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np

from engine.activations import ACTIVATIONS
from engine.architecture import ArchitectureSpec
from engine.arrays import Floats, Numbers
from engine.costs import COSTS
from engine.parameters import Parameters
from engine.skips import Skips

NARROW = 32  # examples in a batch


class Workspace:
    """The intermediate values of one pass over ``batch`` examples.

    ``z``, ``a``, ``prime`` and ``delta`` hold one view (n, batch) per layer of ``all_z``, ... with
    all neurons of the network above one another. ``delta`` is δ/batch, so that sums over examples
    are means.
    """

    def __init__(self, architecture: ArchitectureSpec, batch: int, dtype: Any) -> None:
        sizes = architecture.sizes[1:]
        self.batch = batch
        self.ones = np.ones(batch, dtype)
        self.share = np.array(1.0 / batch, dtype)  # of one example in the mean
        self.all_z, self.all_a, self.all_prime, self.all_delta = (
            np.zeros((sum(sizes), batch), dtype) for _ in range(4)
        )
        ends = np.cumsum(sizes)
        rows = [slice(end - n, end) for n, end in zip(sizes, ends, strict=True)]
        self.z = [self.all_z[r] for r in rows]
        self.a = [self.all_a[r] for r in rows]
        self.a_rows = [a.T for a in self.a[:-1]]
        self.prime = [self.all_prime[r] for r in rows]
        self.delta = [self.all_delta[r] for r in rows]
        self.input: Numbers = np.zeros((architecture.inputs, 0), dtype)
        # Adding a column to a narrow matrix costs more than spreading all columns at once first.
        self.all_b = np.zeros_like(self.all_z) if batch <= NARROW else None
        self.b = [self.all_b[r] for r in rows] if self.all_b is not None else None

    @property
    def nbytes(self) -> int:
        return 4 * self.all_z.nbytes


class Network:
    """Parameters, gradient and the two passes; ``dtype`` complex128 is for the complex step."""

    def __init__(self, architecture: ArchitectureSpec, cost: str, dtype: Any = np.float64) -> None:
        self.architecture = architecture
        self.dtype = np.dtype(dtype)
        self.parameters = Parameters(architecture, dtype)
        self.gradient = Parameters(architecture, dtype)
        self.cost = COSTS[cost]
        self._fn = [ACTIVATIONS[layer.activation].fn for layer in architecture.layers]
        self._columns = [b[:, None] for b in self.parameters.b]
        self._all_columns = self.parameters.biases[:, None]
        self._down = [W.T for W in self.parameters.W[:0:-1]]
        self._skips = Skips(architecture, self.parameters) if architecture.skips else None
        self._runs = _runs(architecture)
        self._floor = _underflow_floor(architecture, self.dtype)

    def workspace(self, batch: int) -> Workspace:
        return Workspace(self.architecture, batch, self.dtype)

    def forward(self, ws: Workspace, x: Numbers) -> None:
        """Fill z and a for inputs ``x`` (inputs, batch)."""
        ws.input = a_before = x
        dot, add = np.dot, np.add
        if ws.all_b is not None:
            np.copyto(ws.all_b, self._all_columns)
        biases = ws.b or self._columns
        layers = zip(self.parameters.W, biases, ws.z, ws.a, self._fn, strict=True)
        if self._skips is not None:  # a loop of its own: the other pays nothing for it
            for l, (W, b, z, a, fn) in enumerate(layers):
                dot(W, a_before, z)
                add(z, b, z)
                self._skips.arrive(l, x, ws.a, z)
                fn(z, a)
                a_before = a
            return
        for W, b, z, a, fn in layers:
            dot(W, a_before, z)
            add(z, b, z)
            fn(z, a)
            a_before = a

    def mean_cost(self, ws: Workspace, y: Floats) -> complex:
        """The cost of the last forward pass, averaged over the batch; ``y`` is (outputs, batch)."""
        return self.cost.value(ws.z[-1], ws.a[-1], y) / ws.batch

    def backward(self, ws: Workspace, y: Floats, gradient: Parameters | None = None) -> None:
        """Fill σ'(z), δ and the gradient of the mean cost (the network's own by default)."""
        gradient = gradient or self.gradient
        for prime, rows in self._runs:
            prime(ws.all_z[rows], ws.all_a[rows], ws.all_prime[rows])
        dot, multiply = np.dot, np.multiply
        delta = ws.delta
        self.cost.delta(ws.a[-1], y, ws.prime[-1], delta[-1])  # BP1
        multiply(delta[-1], ws.share, delta[-1])
        if self._skips is not None:
            self._lead_back(ws, gradient)
        else:
            downwards = zip(self._down, delta[:0:-1], delta[-2::-1], ws.prime[-2::-1], strict=True)
            for W_T, above, d, prime in downwards:
                dot(W_T, above, d)  # BP2
                multiply(d, prime, d)
                if self._floor:
                    _flush(d, self._floor)
        dot(ws.all_delta, ws.ones, gradient.biases)  # BP3, for all layers at once
        dot(delta[0], ws.input.T, gradient.W[0])  # BP4
        for d, a_before, dC_dW in zip(delta[1:], ws.a_rows, gradient.W[1:], strict=True):
            dot(d, a_before, dC_dW)

    def pull(self, l: int, delta: Sequence[Numbers], out: Numbers) -> None:
        """What of δ arrives at layer l (from 0, not the output) before the product with σ'(z).

        The sum over all connections that leave it: W of the next layer, and the skips.
        """
        np.dot(self.parameters.W[l + 1].T, delta[l + 1], out)
        if self._skips is not None:
            self._skips.pull(l, delta, out)

    def _lead_back(self, ws: Workspace, gradient: Parameters) -> None:
        assert self._skips is not None
        delta = ws.delta
        for l in reversed(range(len(delta) - 1)):
            self.pull(l, delta, delta[l])  # BP2, summed over all ways back
            np.multiply(delta[l], ws.prime[l], delta[l])
            if self._floor:
                _flush(delta[l], self._floor)
        self._skips.gradient(ws.input, ws.a, delta, gradient.projections)


def _runs(architecture: ArchitectureSpec) -> list[tuple[Any, slice]]:
    """Neighbouring layers with the same activation need one call for their derivatives."""
    runs: list[tuple[Any, slice]] = []
    end = 0
    for layer in architecture.layers:
        prime = ACTIVATIONS[layer.activation].prime
        start, end = end, end + layer.neurons
        if runs and runs[-1][0] is prime:
            start = runs.pop()[1].start
        runs.append((prime, slice(start, end)))
    return runs


def greatest_shrinking(architecture: ArchitectureSpec) -> float:
    """log2 of the product of max |σ'| over the hidden layers: 2 a layer for the sigmoid.

    A bound for weights of norm one; the chapter's 1/4 per layer. Where skip connections lead round
    layers, it bounds the longest way back: what comes over the shorter ones is larger.
    """
    hidden = architecture.layers[:-1]
    return -float(sum(np.log2(ACTIVATIONS[layer.activation].max_prime) for layer in hidden))


def _underflow_floor(architecture: ArchitectureSpec, dtype: "np.dtype[Any]") -> float:
    """Below this size δ is set to zero, or 0 where the network is too shallow to get there.

    Denormal numbers make every product that they enter many times slower; the room of 2^10 above
    them is for the factors that follow. Skip connections only make δ larger: the depth still tells.
    """
    if dtype.kind == "c":
        return 0.0
    info = np.finfo(dtype)
    reach = greatest_shrinking(architecture) + len(architecture.layers)
    return float(info.tiny) * 2.0**10 if 2 * reach > -info.minexp else 0.0


def _flush(delta: Floats, floor: float) -> None:
    np.copyto(delta, 0.0, where=np.abs(delta) < floor)
