"""Where the gradient of one example dies: what every step back contributes to its size."""

from dataclasses import dataclass

import numpy as np

from engine.activations import ACTIVATIONS
from engine.arrays import Floats, read_only
from engine.look import Look, Pass
from engine.way_back import LOG10_2, Scaled, WayBack, scaled, total

PER_LAYER = 4e5  # multiplications in the time that the calls for one layer take
OUTPUT = 50.0  # multiplications in the time that one output takes to be a part of the cost


@dataclass(frozen=True, slots=True, eq=False)
class WaterfallReading:
    """δ of one example, layer by layer, and the factors between; all sizes are log10.

    Arrays (layers,) run from the first layer to the output. ``length`` is log10 ‖δ^l‖. For every
    hidden layer, length[l] − length[l + 1] = weights[l] + prime[l] + rest[l]:
    ``weights`` is log10 ‖(W^{l+1})ᵀδ^{l+1}‖ / ‖δ^{l+1}‖,
    ``prime`` is log10 ‖Σ'(z^l) (W^{l+1})ᵀδ^{l+1}‖ / ‖(W^{l+1})ᵀδ^{l+1}‖,
    ``rest`` is log10 ‖δ^l‖ / ‖Σ'(z^l) (W^{l+1})ᵀδ^{l+1}‖: what skip connections bring, else 0.
    At the output ``slope`` is log10 ‖∇_a C‖ and length[-1] = slope + prime[-1]; where the cost is
    made for the output, δ^L = a − y: ``slope`` is not-a-number, prime[-1] 0. A vector of zeros has
    length −∞; what there is to say of the steps after it is not-a-number.

    ``greatest_prime`` and ``mean_prime`` are log10 of max |σ'| and of the mean |σ'(z^l)| over the
    neurons: what ``prime`` can be at most, and what it would be if all neurons were alike.
    ``delta`` are the vectors themselves (what is tiny may round to 0): ``direction`` (n_l,) times
    10^``greatest``, the log10 of the greatest |δ_j|. ``lost`` is true where δ is 0 in the precision
    of the run but not here. ``cost`` is that of the example, ``input`` its vector; ``example``
    counts within the probe set of ``examples``.
    """

    example: int
    examples: int
    label: int
    predicted: int
    cost: float
    input: Floats
    delta: tuple[Floats, ...]
    direction: tuple[Floats, ...]
    greatest: Floats
    length: Floats
    weights: Floats
    prime: Floats
    rest: Floats
    slope: float
    greatest_prime: Floats
    mean_prime: Floats
    lost: tuple[bool, ...]

    @property
    def shrinking(self) -> float:
        """log10 ‖δ^1‖ / ‖δ^L‖."""
        return float(_less(self.length[:1], self.length[-1:])[0])

    @property
    def shares(self) -> tuple[float, float, float]:
        """What Σ', the weights and the rest contribute to ``shrinking``; it is their sum."""
        with np.errstate(invalid="ignore"):
            by_prime, by_weights, by_rest = (
                float(part[:-1].sum()) for part in (self.prime, self.weights, self.rest)
            )
        return by_prime, by_weights, by_rest

    @property
    def speeds(self) -> Floats:
        """‖δ‖ of every layer over that of the last hidden one, at most 10^300."""
        return np.asarray(10.0 ** np.minimum(_less(self.length, self.length[-2:-1]), 300.0))

    @property
    def zeros(self) -> tuple[int, ...]:
        """The layers, from 0, whose δ is 0."""
        return tuple(np.flatnonzero(np.isneginf(self.length)).tolist())


@dataclass(frozen=True, slots=True)
class WaterfallWish:
    """``example`` is an index into the probe set; one beyond it becomes its last."""

    example: int

    def products(self, look: Look) -> float:
        layers = len(look.network.parameters.W)
        return 4.0 * len(look.network.parameters.weights) + PER_LAYER * layers

    def answer(self, look: Look) -> WaterfallReading:
        taken = look.over(self.example)
        way = WayBack(look.network, taken.ws.z)
        with np.errstate(all="ignore"):
            return _reading(self.example, look, taken, way)


@dataclass(frozen=True, slots=True)
class WorstWish:
    """Of the examples that a look takes, the one with the greatest cost; None if none is finite."""

    def products(self, look: Look) -> float:
        return OUTPUT * look.count * look.network.architecture.sizes[-1]

    def answer(self, look: Look) -> int | None:
        taken = look.over(None)
        with np.errstate(all="ignore"):
            each = look.network.cost.each(taken.ws.z[-1], taken.ws.a[-1], taken.examples.y.T)
        costs = np.where(np.isfinite(each), each, -np.inf)
        return int(costs.argmax()) if np.isfinite(costs).any() else None


def _reading(example: int, look: Look, taken: Pass, way: WayBack) -> WaterfallReading:
    network, part = look.network, taken.examples
    slope, last = _at_output(look, part.y.T, way)
    deltas, steps = _led_back(way, last)
    length, weights, prime, rest = map(read_only, _factors(slope, deltas, steps))
    kinds = [ACTIVATIONS[layer.activation] for layer in network.architecture.layers]
    z, a = way.z[-1], way.a[-1]
    return WaterfallReading(
        example=min(max(0, example), len(look.probe) - 1),
        examples=len(look.probe),
        label=int(part.labels[0]),
        predicted=int(a[:, 0].argmax()),
        cost=float(network.cost.value(z, a, np.asarray(part.y.T, np.float64)).real),
        input=read_only(np.array(part.x[0], np.float64)),
        delta=tuple(read_only(delta.values()[:, 0]) for delta in deltas),
        direction=tuple(read_only(_direction(delta)) for delta in deltas),
        greatest=read_only(np.array([_log10_greatest(delta) for delta in deltas])),
        length=length,
        weights=weights,
        prime=prime,
        rest=rest,
        slope=np.nan if slope is None else slope.log10_length,
        greatest_prime=read_only(np.log10([kind.max_prime for kind in kinds])),
        mean_prime=read_only(np.log10([np.abs(prime).mean() for prime in way.prime])),
        lost=_lost(taken, deltas),
    )


def _factors(
    slope: Scaled | None, deltas: list[Scaled], steps: list[tuple[Scaled, Scaled]]
) -> tuple[Floats, Floats, Floats, Floats]:
    """``length``, ``weights``, ``prime`` and ``rest`` of a reading, each (layers,)."""
    length = np.array([delta.log10_length for delta in deltas])
    pulled = np.array([by_weights.log10_length for by_weights, _ in steps])
    alone = np.array([by_prime.log10_length for _, by_prime in steps])
    at_output = 0.0 if slope is None else _less(length[-1:], np.array([slope.log10_length]))
    return (
        length,
        np.append(_less(pulled, length[1:]), np.nan),
        np.append(_less(alone, pulled), at_output),
        np.append(_less(length[:-1], alone), 0.0),
    )


def _lost(taken: Pass, deltas: list[Scaled]) -> tuple[bool, ...]:
    """Of every layer, whether only the precision of the run makes δ 0."""
    each = zip(taken.ws.delta, deltas, strict=True)
    return tuple(not own.any() and bool(delta.part.any()) for own, delta in each)


def _led_back(way: WayBack, last: Scaled) -> tuple[list[Scaled], list[tuple[Scaled, Scaled]]]:
    """δ of every layer; and for every hidden one Wᵀδ, and Σ' Wᵀδ, without the skips."""
    layers = len(way.z)
    deltas, steps = [last] * layers, []
    for l in reversed(range(layers - 1)):
        pulled = way.by_weights(l, deltas[l + 1])
        alone = way.times_prime(l, pulled)
        steps.append((pulled, alone))
        skips = way.by_skips(l, deltas)
        deltas[l] = way.times_prime(l, total([pulled, *skips])) if skips else alone
    return deltas, steps[::-1]


def _at_output(look: Look, y: Floats, way: WayBack) -> tuple[Scaled | None, Scaled]:
    """∇_a C and δ^L (BP1); where the cost is made for the output, no ∇_a C and a − y."""
    cost, z, a = look.network.cost, way.z[-1], way.a[-1]
    y = np.asarray(y, np.float64)
    if cost.output is None:
        slope = scaled(cost.slope(z, a, y))
        return slope, way.times_prime(len(way.z) - 1, slope)
    return None, scaled(np.where(y == 1.0, -_rest_to_one(cost.output, z), a - y))


def _rest_to_one(activation: str, z: Floats) -> Floats:
    """1 − a with all its digits, also where a is nearly 1."""
    if activation == "sigmoid":
        rest = np.empty_like(z)
        ACTIVATIONS[activation].exact(-z, rest)
        return rest
    shares = np.exp(z - z.max(axis=0))
    others = np.stack([np.delete(shares, j, axis=0).sum(axis=0) for j in range(len(z))])
    found: Floats = others / shares.sum(axis=0)
    return found


def _direction(delta: Scaled) -> Floats:
    part: Floats = delta.part[:, 0]
    greatest = np.abs(part).max()
    return part / greatest if greatest > 0.0 else part.copy()


def _log10_greatest(delta: Scaled) -> float:
    return float(np.log10(np.abs(delta.part).max())) + delta.exponent * LOG10_2


def _less(a: Floats, b: Floats) -> Floats:
    """a − b of logarithms: not-a-number for zero after zero."""
    with np.errstate(invalid="ignore"):
        return np.asarray(a - b)
