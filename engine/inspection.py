"""A close look at a network: what every neuron does with the probe set, or with one example."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from engine.arrays import Floats
from engine.look import Answer, Wish

BINS = 30  # of a histogram


@dataclass(frozen=True, slots=True)
class Subject:
    """What is to be looked at.

    ``example`` is an index into the probe set, None: the mean over it. ``layer`` (from 0, the last
    is the output) gets histograms. ``parameter`` is a layer (from 0), a neuron and a source
    (``BIAS``: the bias). ``surface`` asks for the decision surface of two-dimensional data.
    ``wishes`` are answered in turn, as many in one look as are cheap; all if it is ``thorough``.
    """

    example: int | None = None
    layer: int | None = None
    parameter: tuple[int, int, int] | None = None
    surface: bool = False
    wishes: frozenset[Wish[object]] = frozenset()
    thorough: bool = field(default=False, compare=False)  # how closely, not at what


@dataclass(frozen=True, slots=True, eq=False)
class Histogram:
    """``counts`` (BINS,) of values between ``edges`` (BINS + 1,); ``mean`` and ``spread`` (std)."""

    edges: Floats
    counts: Floats
    mean: float
    spread: float


@dataclass(frozen=True, slots=True, eq=False)
class LayerDistributions:
    """Over the neurons of a layer and the examples looked at."""

    z: Histogram
    a: Histogram
    prime: Histogram
    delta: Histogram


@dataclass(frozen=True, slots=True)
class ParameterReading:
    """A weight or bias: its value, ∂C/∂w of the last mini-batch, and its last change.

    Before the first step, the gradient is that of the probe set.
    """

    value: float
    gradient: float
    change: float
    frozen: bool


@dataclass(frozen=True, slots=True, eq=False)
class Surface:
    """Class scores (classes, side, side) over a square of the plane; row 0 is the least y.

    ``extent`` is x least, x greatest, y least, y greatest. ``points`` (n, 2) are examples of the
    training data with their ``labels``.
    """

    scores: Floats
    extent: tuple[float, float, float, float]
    points: Floats
    labels: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Inspection:
    """One forward and backward pass without an update; a tuple has one array a layer.

    ``z``, ``a``, ``prime`` and ``delta`` (n,) are means over the ``count`` examples; ``delta`` is
    ∂C/∂b. ``pulled`` (n,) is what of δ arrives at the layer before the product with σ'(z): the sum
    of Wᵀδ of the layers after it, for the output ∂C/∂a. ``sent`` (n,) is the root mean square
    over the examples of δ, before they cancel. ``input`` (inputs,) is the mean input, ``label`` the
    example's class, None for the probe set. ``answers`` are the newest to the subject's wishes.
    """

    subject: Subject
    count: int
    input: Floats
    label: int | None
    z: tuple[Floats, ...]
    a: tuple[Floats, ...]
    prime: tuple[Floats, ...]
    delta: tuple[Floats, ...]
    pulled: tuple[Floats, ...]
    sent: tuple[Floats, ...]
    dC_dW: tuple[Floats, ...]
    distributions: LayerDistributions | None = None
    reading: ParameterReading | None = None
    surface: Surface | None = None
    answers: Mapping[Wish[Any], Any] = field(default_factory=dict)

    def answer(self, wish: Wish[Answer]) -> Answer | None:
        """None where it is yet to come."""
        return self.answers.get(wish)
