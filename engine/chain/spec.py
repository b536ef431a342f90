"""A chain of single neurons as an immutable value, checked where it is made."""

from dataclasses import dataclass, field
from math import isfinite

import numpy as np

from engine.activations import HIDDEN
from engine.chain.draws import Draw
from engine.costs import COSTS
from engine.faults import InputError, check_choice
from engine.hyper import check_hypers, hyper
from engine.numerals import short

LONGEST = 1_000  # neurons
WITH_SLIDERS = 12  # longer chains take their values from the draw
GREATEST = 1e6  # |w_j| and |b_j|
CHAIN_COSTS = {key: cost for key, cost in COSTS.items() if key != "log_likelihood"}


@dataclass(frozen=True, slots=True)
class ChainSpec:
    """``w[j]`` and ``b[j]`` belong to neuron j + 1: z_j = w_j a_{j−1} + b_j, a_j = σ(z_j).

    A ``tied`` chain has one weight and one bias: a recurrent neuron unrolled in time (Hochreiter,
    1991), every one of whose steps sees them again. Raises ``InputError``.
    """

    w: tuple[float, ...]
    b: tuple[float, ...]
    activation: str = "sigmoid"
    cost: str = "quadratic"
    x: float = hyper(0.5, "a₀", -1e3, 1e3, help="the input of the first neuron")
    y: float = hyper(0.0, "y", -1e3, 1e3, help="the target: what the last neuron should give")
    tied: bool = False
    draw: Draw = field(default_factory=Draw)
    name: str = ""

    def __post_init__(self) -> None:
        check_hypers(self)
        check_choice("activation", self.activation, HIDDEN)
        check_choice("cost", self.cost, CHAIN_COSTS)
        check_length(len(self.w))
        if len(self.w) != len(self.b):
            raise InputError(f"{len(self.w):,} weights need as many biases, not {len(self.b):,}")
        for symbol, values in (("w", self.w), ("b", self.b)):
            check_values(symbol, values)
        if self.tied and len({*self.w}) * len({*self.b}) > 1:
            raise InputError("a tied chain has one weight and one bias for all of its neurons")

    @property
    def neurons(self) -> int:
        return len(self.w)

    @property
    def output(self) -> str:
        """The activation of the last neuron: the one that the cost is made for, if any."""
        return COSTS[self.cost].output or self.activation

    @property
    def text(self) -> str:
        """Such as '4 neurons · sigmoid'."""
        count = "1 neuron" if self.neurons == 1 else f"{self.neurons:,} neurons"
        last = "" if self.output == self.activation else f", the last {HIDDEN[self.output].label}"
        return f"{count}{' in time' * self.tied} · {HIDDEN[self.activation].label}{last}"


def check_length(neurons: int) -> None:
    if not 1 <= neurons <= LONGEST:
        raise InputError(f"a chain has 1 to {LONGEST:,} neurons, not {neurons:,}")


def drawn(neurons: int, draw: Draw | None = None) -> ChainSpec:
    """A chain with the values of a draw."""
    check_length(neurons)
    draw = draw or Draw()
    w, b = draw.sample(neurons)
    return ChainSpec(tuple(w.tolist()), tuple(b.tolist()), draw=draw)


def start_chain() -> ChainSpec:
    """Four neurons as in the chapter's picture, with weights and biases of usual sizes."""
    return ChainSpec((1.2, -0.8, 1.6, 0.9), (0.3, -0.2, 0.5, -0.4), x=0.8)


def check_values(symbol: str, values: tuple[float, ...]) -> None:
    """Raise ``InputError`` at the first that no weight or bias may be."""
    if np.all(np.abs(np.asarray(values, dtype=np.float64)) <= GREATEST):
        return
    j, value = next(
        (j, v) for j, v in enumerate(values, 1) if not (isfinite(v) and abs(v) <= GREATEST)
    )
    limit = short(GREATEST)
    raise InputError(f"{symbol}_{j} must lie between -{limit} and {limit}, not {value:g}")
