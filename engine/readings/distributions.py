"""How the values of every layer are spread, over bins that all layers share."""

from dataclasses import dataclass

import numpy as np

from engine.activations import ACTIVATIONS, Activation
from engine.arrays import Floats, Ints, Numbers, read_only
from engine.look import Look
from engine.measures import SATURATED
from engine.shared_bins import Sample, linear_edges, log_edges, sample

MOST_VALUES = 200_000  # that are counted in one look
LEAST_OF_LAYER = 500
THOROUGH = 20  # times as many where there is time
COST = 60.0  # multiplications in the time that one value takes to be counted
FAR, BOUNDED = 1e300, 1e6  # of z; what σ stays below there is taken for its limit
GUIDE = -3.0  # log10 ‖ΔW‖ / ‖W‖: 'should be somewhere around 1e-3' (Karpathy, CS231n notes)
MANY = 0.5  # a layer is called saturated, or dead, from this share of it on


@dataclass(frozen=True, slots=True)
class Quantity:
    """What is counted; on a logarithmic axis log10 of the absolute values that are not 0."""

    key: str
    label: str
    symbol: str
    definition: str
    log: bool = False


_TABLE = (
    Quantity("z", "Weighted input z", "z", "z = W a + b of every neuron, for every example"),
    Quantity("a", "Activation a", "a", "a = σ(z) of every neuron, for every example"),
    Quantity(
        "prime", "Derivative σ′(z)", "σ′(z)", "σ′(z) of every neuron, for every example: what BP2"
        " multiplies the error with",
    ),
    Quantity(
        "delta", "Error δ", "|δ|",
        "|∂C/∂z| of every neuron, for every example: of its own cost (BP1, BP2)", log=True,
    ),
    Quantity("W", "Weights W", "w", "every weight of the layer, without the biases"),
    Quantity(
        "dC_dW", "Gradient ∂C/∂W", "|∂C/∂w|",
        "|∂C/∂w| of every weight, of the mean cost of the examples, without weight decay (BP4)",
        log=True,
    ),
)  # fmt: skip
QUANTITIES: dict[str, Quantity] = {quantity.key: quantity for quantity in _TABLE}


@dataclass(frozen=True, slots=True, eq=False)
class DistributionsReading:
    """One row per layer, the output last; ``edges`` (bins + 1,) are places on the axis.

    ``counts`` (layers, bins) are of ``counted`` (layers,) values, of very many an even choice. The
    last bins on either side also count what lies beyond. ``zeros`` of a logarithmic axis and what
    is ``not_finite`` are in no bin; ``negative`` ones are. ``mean`` and ``spread`` (standard
    deviation) are places too. ``marks`` are the limits of σ, or of σ', on the axis.

    ``saturated`` is the share of neurons and examples with |σ'| under 5 % of its maximum; ``dead``
    of the ``neurons`` have σ' = 0 on all ``examples``. ``log10_update`` is log10 ‖ΔW‖ / ‖W‖ of the
    last step, without decoupled decay; not-a-number before it.
    """

    quantity: str
    edges: Floats
    counts: Ints
    counted: Ints
    zeros: Ints
    negative: Ints
    not_finite: Ints
    mean: Floats
    spread: Floats
    marks: tuple[float, ...]
    saturated: Floats
    dead: Ints
    neurons: Ints
    log10_update: Floats
    examples: int

    @property
    def worst_layer(self) -> tuple[str, int, float]:
        """Of the hidden layers the one most of which is 'dead', else 'saturated', from 0; a share.

        Dead counts from ``MANY`` on.
        """
        hidden = slice(0, max(1, len(self.saturated) - 1))
        dead = self.dead[hidden] / self.neurons[hidden]
        if dead.max() >= MANY:
            return "dead", int(dead.argmax()), float(dead.max())
        saturated = self.saturated[hidden]
        return "saturated", int(saturated.argmax()), float(saturated.max())


@dataclass(frozen=True, slots=True)
class DistributionsWish:
    """Over the probe set; ``quantity`` is a key of ``QUANTITIES``."""

    quantity: str

    def products(self, look: Look) -> float:
        weights = len(look.network.parameters.weights)
        neurons = sum(look.network.architecture.sizes[1:])
        values = weights if self.quantity in ("W", "dC_dW") else neurons * look.count
        counted = min(values, MOST_VALUES * (THOROUGH if look.thorough else 1))
        return 3.0 * look.count * (weights + neurons) + COST * counted

    def answer(self, look: Look) -> DistributionsReading:
        quantity, ws = QUANTITIES[self.quantity], look.over(None).ws
        kinds = [ACTIVATIONS[layer.activation] for layer in look.network.architecture.layers]
        samples = self._samples(look, quantity.log)
        marks = _marks(self.quantity, kinds)
        if quantity.log:
            edges = log_edges(samples)
        else:
            edges = linear_edges(samples, marks if self.quantity in _MARKS else None)
        return DistributionsReading(
            quantity=self.quantity,
            edges=read_only(edges),
            counts=read_only(np.array([s.counts(edges) for s in samples])),
            counted=read_only(np.array([s.counted for s in samples])),
            zeros=read_only(np.array([s.zeros for s in samples])),
            negative=read_only(np.array([s.negative for s in samples])),
            not_finite=read_only(np.array([s.not_finite for s in samples])),
            mean=read_only(np.array([s.mean for s in samples])),
            spread=read_only(np.array([s.spread for s in samples])),
            marks=marks,
            saturated=read_only(_saturated(ws.prime, kinds)),
            dead=read_only(np.array([np.count_nonzero(~p.any(axis=1)) for p in ws.prime])),
            neurons=read_only(np.array([len(p) for p in ws.prime])),
            log10_update=read_only(_log10_updates(look)),
            examples=ws.batch,
        )

    def _samples(self, look: Look, log: bool) -> list[Sample]:
        arrays, factor = _values(self.quantity, look)
        most = MOST_VALUES * (THOROUGH if look.thorough else 1)
        most = max(LEAST_OF_LAYER, most // len(arrays))
        return [sample(array, most, log, factor) for array in arrays]


def _values(quantity: str, look: Look) -> tuple[list[Numbers], float]:
    """Of every layer an array, and what they are to be multiplied with."""
    taken = look.over(None)
    match quantity:
        case "W":
            return look.network.parameters.W, 1.0
        case "dC_dW":
            return taken.gradient.W, 1.0
        case "delta":
            return taken.ws.delta, float(taken.ws.batch)
        case "z":
            return taken.ws.z, 1.0
        case "a":
            return taken.ws.a, 1.0
        case "prime":
            return taken.ws.prime, 1.0
    raise KeyError(quantity)


def _limits(kind: Activation) -> tuple[float, ...]:
    """What σ comes to far out, where that is finite."""
    if not kind.elementwise:
        return 0.0, 1.0
    out = np.empty(2)
    kind.fn(np.array([-FAR, FAR]), out)
    return tuple(float(end) + 0.0 for end in out if abs(end) < BOUNDED)


def _slopes(kind: Activation) -> tuple[float, ...]:
    return 0.0, kind.max_prime


_MARKS = {"a": _limits, "prime": _slopes}


def _marks(quantity: str, kinds: list[Activation]) -> tuple[float, ...]:
    if quantity not in _MARKS:
        return ()
    return tuple(sorted({mark for kind in kinds for mark in _MARKS[quantity](kind)}))


def _saturated(primes: list[Numbers], kinds: list[Activation]) -> Floats:
    """As the measure of the same name has it."""
    limits = [SATURATED * kind.max_prime for kind in kinds]
    shares = [np.count_nonzero(np.abs(p) < x) / p.size for p, x in zip(primes, limits, strict=True)]
    return np.array(shares)


def _log10_updates(look: Look) -> Floats:
    """Minus infinity where nothing moved."""
    if look.last_step is None:
        return np.full(len(look.network.parameters.W), np.nan)
    moves, weights = look.last_step.move.W, look.network.parameters.W
    lengths = [(np.linalg.norm(m), np.linalg.norm(W)) for m, W in zip(moves, weights, strict=True)]
    step, length = np.array(lengths, float).T
    with np.errstate(all="ignore"):
        ratios: Floats = np.log10(step / length)
    return ratios
