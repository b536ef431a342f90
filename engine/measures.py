"""What is measured of every layer: one table of signals, and the arithmetic behind them."""

from dataclasses import dataclass
from math import isfinite

import numpy as np

from engine.activations import ACTIVATIONS
from engine.arrays import Floats
from engine.network import Network, Workspace
from engine.parameters import Parameters

SATURATED = 0.05  # a neuron is saturated where |σ'(z)| is under this share of its maximum


@dataclass(frozen=True, slots=True)
class Measure:
    """One number per layer; the first ``EVERY_STEP`` of the table are taken at every step."""

    key: str
    label: str
    symbol: str
    definition: str
    formula: str


MEASURES = (
    Measure(
        "bias_gradient", "speed of learning", "‖δ‖",
        "norm of the gradient ∂C/∂b = δ: mean over the examples first, norm after (the book's)",
        "‖δˡ‖ = √(Σⱼ (δⱼˡ)²), δˡ = ∂C/∂bˡ = 1/m Σₓ δˡ(x)  (BP3)",
    ),
    Measure(
        "delta_rms", "RMS of δ over examples", "‖δ‖ RMS",
        "root of the mean over the examples of ‖δ‖²: what the examples ask for before they cancel",
        "√(1/m Σₓ ‖δˡ(x)‖²)",
    ),
    Measure(
        "weight_gradient", "gradient of the weights", "‖∂C/∂W‖",
        "norm of the weights' gradient, without weight decay",
        "‖∂C/∂Wˡ‖ = √(Σⱼₖ (∂C/∂wⱼₖˡ)²), ∂C/∂wⱼₖˡ = 1/m Σₓ aₖˡ⁻¹ δⱼˡ  (BP4)",
    ),
    Measure(
        "weight_gradient_rms", "gradient per weight", "RMS ∂C/∂w",
        "‖∂C/∂W‖ divided by the root of the number of weights",
        "‖∂C/∂Wˡ‖ / √(nˡ nˡ⁻¹)",
    ),
    Measure(
        "weight_decay", "weight decay", "‖λ/n·W‖",
        "norm of what weight decay adds to the weights' gradient; no other measure contains it but"
        " the next",
        "‖λ/n · Wˡ‖, the gradient of λ/2n Σ w²; n training examples (chapter 3)",
    ),
    Measure(
        "decayed_gradient", "gradient + decay", "‖∂C/∂W + λ/n·W‖",
        "norm of the gradient of the regularised cost: what other tools plot, and where a vanishing"
        " gradient looks healthy",
        "‖∂C/∂Wˡ + λ/n · Wˡ‖",
    ),
    Measure(
        "update_ratio", "update to weight", "‖ΔW‖ / ‖W‖",
        "norm of the optimizer's step over that of the weights; decoupled decay not counted",
        "‖ΔWˡ‖ / ‖Wˡ‖; with gradient descent ΔW = −η ∂C/∂W",
    ),
    Measure(
        "saturated", "saturated neurons", "share saturated",
        "share of neurons and examples with |σ'(z)| under 5 % of its maximum",
        "|σ′(z)| < 0.05 · max |σ′|",
    ),
    Measure(
        "mean_prime", "mean |σ'(z)|", "mean |σ'|", "mean of |σ'(z)| over neurons and examples",
        "1/(m nˡ) Σₓ Σⱼ |σ′(zⱼˡ)|",
    ),
)  # fmt: skip
EVERY_STEP = 3
KEYS = tuple(measure.key for measure in MEASURES)
_AT = {key: k for k, key in enumerate(KEYS)}
# Outside, a sum of squares may have lost its terms.
_TRUSTED = {"f": (1e-30, 1e37), "d": (1e-290, 1e300)}


class Meter:
    """Measures one network; its scratch space is made beforehand for one batch size."""

    def __init__(self, network: Network, ws: Workspace, gradient: Parameters) -> None:
        sizes = network.architecture.sizes
        self.layers = len(sizes) - 1
        self._network, self._ws, self._gradient = network, ws, gradient
        neurons = len(ws.all_delta)
        starts = np.concatenate(([0], np.cumsum(sizes[1:-1])))
        self._starts = np.concatenate((starts, neurons + starts)).astype(np.intp)
        self._squares = np.empty_like(ws.all_delta)
        self._batch = np.full(ws.batch, ws.batch, network.dtype)
        # Of every neuron: the square of its mean error, then the mean over examples of the square.
        self._per_neuron = np.empty(2 * neurons)
        self._mean_first, self._mean_last = np.split(self._per_neuron, 2)
        self._flat = [W.reshape(-1) for W in gradient.W]
        self._cells = np.empty(self.layers, network.dtype)
        self._each_cell = [self._cells[l : l + 1].reshape(()) for l in range(self.layers)]
        self._zeros = np.zeros(EVERY_STEP * self.layers)
        self._trusted = _TRUSTED[network.dtype.char]
        self._weights_per_layer = np.array([W.size for W in gradient.W], float)
        self._activations = [ACTIVATIONS[layer.activation] for layer in network.architecture.layers]

    def norms(self, out: Floats) -> None:
        """The first ``EVERY_STEP`` measures after a backward pass, into ``out`` (3 x layers,)."""
        ws = self._ws
        np.copyto(self._mean_first, self._gradient.biases)  # float64 from here on
        np.multiply(self._mean_first, self._mean_first, self._mean_first)
        np.multiply(ws.all_delta, ws.all_delta, self._squares)
        np.copyto(self._mean_last, np.dot(self._squares, self._batch))
        np.add.reduceat(self._per_neuron, self._starts, out=out[: 2 * self.layers])
        for flat, cell in zip(self._flat, self._each_cell, strict=True):
            np.dot(flat, flat, cell)
        out[2 * self.layers :] = self._cells
        if np.minimum.reduce(out) < self._trusted[0]:
            self._squares_in_double(out)
        np.sqrt(out, out)

    def finite_norms(self, out: Floats) -> bool:
        """The same, also where squares leave the range of float32; False if one is no number."""
        self.norms(out)
        if isfinite(out.dot(self._zeros)):
            return True
        np.square(out, out)
        self._squares_in_double(out)
        np.sqrt(out, out)
        return bool(np.isfinite(out).all())

    def _squares_in_double(self, out: Floats) -> None:
        L, ws = self.layers, self._ws
        least, greatest = self._trusted
        for l in range(L):
            if not least < out[L + l] < greatest:
                out[L + l] = ws.batch * np.square(ws.delta[l], dtype=float).sum()
            if not least < out[2 * L + l] < greatest:
                out[2 * L + l] = np.square(self._flat[l], dtype=float).sum()

    def all(
        self,
        norms: Floats | None = None,
        move: list[Floats] | None = None,
        decay: float | None = None,
    ) -> Floats:
        """Every measure, (measures, layers).

        Those of the optimizer's step are not-a-number where ``move``, ΔW, is not given, those of
        weight decay where ``decay``, λ/n, is not.
        """
        if norms is None:
            norms = np.empty(EVERY_STEP * self.layers)
            self.norms(norms)
        table = np.full((len(MEASURES), self.layers), np.nan)
        table[:EVERY_STEP] = norms.reshape(EVERY_STEP, self.layers)
        self._of_weights(table, move, decay)
        self._slopes(table[_AT["saturated"]], table[_AT["mean_prime"]])
        return table

    def _of_weights(self, table: Floats, move: list[Floats] | None, decay: float | None) -> None:
        gradient = table[_AT["weight_gradient"]]
        table[_AT["weight_gradient_rms"]] = gradient / np.sqrt(self._weights_per_layer)
        lengths = _lengths(self._network.parameters.W)
        if decay is not None:
            np.multiply(lengths, decay, out=table[_AT["weight_decay"]])
            table[_AT["decayed_gradient"]] = self._decayed(decay) if decay else gradient
        if move is not None:
            steps = _lengths(move)
            np.divide(steps, lengths, out=table[_AT["update_ratio"]], where=lengths > 0)

    def _decayed(self, decay: float) -> Floats:
        """‖∂C/∂W + λ/n·W‖: not from the parts, which all but cancel where training rests.

        The squares are summed in double precision where they leave the range of float32.
        """
        share = np.array(decay, self._network.dtype)
        sums = np.empty(self.layers)
        for l, (g, W) in enumerate(zip(self._flat, self._network.parameters.W, strict=True)):
            total = np.multiply(W.reshape(-1), share)
            np.add(total, g, total)
            square = float(np.dot(total, total))
            if not self._trusted[0] < square < self._trusted[1]:
                square = float(np.square(total, dtype=float).sum())
            sums[l] = square
        return np.sqrt(sums)

    def _slopes(self, saturated: Floats, mean: Floats) -> None:
        for l, (sigma, prime) in enumerate(zip(self._activations, self._ws.prime, strict=True)):
            size = np.abs(prime)
            saturated[l] = np.count_nonzero(size < SATURATED * sigma.max_prime) / size.size
            mean[l] = size.mean(dtype=float)


def _lengths(matrices: list[Floats]) -> Floats:
    return np.array([np.linalg.norm(W) for W in matrices], float)
