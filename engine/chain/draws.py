"""How the weights and biases of random chains are drawn: a table of distributions."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from math import inf, log, log10, sqrt
from statistics import NormalDist

import numpy as np

from engine.arrays import Floats
from engine.faults import check_choice
from engine.hyper import check_hypers, hyper

Rng = np.random.Generator
_PER_LN = 1 / log(10.0)


@dataclass(frozen=True, slots=True)
class Distribution:
    """``sample(rng, shape)`` has standard deviation 1; ``mean_log10`` is E log₁₀|sample|.

    ``quantile(p)`` is what a sample falls below with probability p.
    """

    key: str
    label: str
    formula: str
    sample: Callable[[Rng, tuple[int, ...]], Floats]
    mean_log10: float
    quantile: Callable[[Floats], Floats]


_TABLE = (
    Distribution(
        "normal", "normal", "N(0, s²)",
        lambda rng, shape: rng.standard_normal(shape), -(np.euler_gamma + log(2.0)) / 2 * _PER_LN,
        lambda p: np.array([NormalDist().inv_cdf(float(q)) for q in p]),
    ),
    Distribution(
        "uniform", "uniform", "U(−√3 s, √3 s): standard deviation s",
        lambda rng, shape: rng.uniform(-sqrt(3.0), sqrt(3.0), shape),
        log10(sqrt(3.0)) - _PER_LN, lambda p: sqrt(3.0) * (2.0 * p - 1.0),
    ),
    Distribution(
        "sign", "±s", "+s or −s, each with probability 1/2",
        lambda rng, shape: rng.choice(np.array([-1.0, 1.0]), shape), 0.0,
        lambda p: np.where(p < 0.5, -1.0, 1.0),
    ),
    Distribution(
        "constant", "all equal", "s", lambda rng, shape: np.ones(shape), 0.0, np.ones_like,
    ),
)  # fmt: skip

DISTRIBUTIONS: dict[str, Distribution] = {entry.key: entry for entry in _TABLE}


@dataclass(frozen=True, slots=True)
class Draw:
    """Independent weights and biases; the same draw gives the same values.

    Raises ``InputError`` where a setting is out of its range.
    """

    weights: str = "normal"
    w_scale: float = hyper(
        1.0, "s of w", 0.0, 1e3, help="standard deviation of the weights; 1 in the chapter"
    )
    biases: str = "normal"
    b_scale: float = hyper(
        1.0, "s of b", 0.0, 1e3, help="standard deviation of the biases; 1 in the chapter"
    )
    seed: int = hyper(1, "seed", 0, 2**31 - 1, help="decides the values that are drawn")

    def __post_init__(self) -> None:
        check_hypers(self)
        check_choice("distribution", self.weights, DISTRIBUTIONS)
        check_choice("distribution", self.biases, DISTRIBUTIONS)

    def sample(self, *shape: int, block: int = 0) -> tuple[Floats, Floats]:
        """Weights and biases, each of this shape; another ``block`` has other values."""
        w_rng, b_rng = np.random.default_rng([self.seed, block]).spawn(2)
        w = self.w_scale * DISTRIBUTIONS[self.weights].sample(w_rng, shape)
        b = self.b_scale * DISTRIBUTIONS[self.biases].sample(b_rng, shape)
        return w, b

    def with_seed(self, seed: int) -> "Draw":
        return replace(self, seed=seed)

    def again(self) -> "Draw":
        """The same distributions with the next seed, after the greatest the first."""
        return self.with_seed((self.seed + 1) % 2**31)

    @property
    def mean_log10_w(self) -> float:
        """E log₁₀|w|."""
        size = log10(self.w_scale) if self.w_scale else -inf
        return size + DISTRIBUTIONS[self.weights].mean_log10
