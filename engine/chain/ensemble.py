"""Many random chains at once: what becomes of ∂C/∂b_1 when the chain gets longer."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from math import log10

import numpy as np

from engine.arrays import Floats, read_only
from engine.chain.gradients import first_gradients
from engine.chain.prediction import predicted_mean
from engine.chain.spec import LONGEST, ChainSpec
from engine.faults import InputError

VANISHES = 0.1  # |∂C/∂b_1| below this share of |∂C/∂b_n|
EXPLODES = 10.0  # and above this multiple of it
THRESHOLDS = (
    "|∂C/∂b₁| is compared with |∂C/∂bₙ|, the gradient of the last neuron of the same chain: below "
    "a tenth of it the gradient vanishes, above ten times it explodes, between it stays. Chains "
    "where ∂C/∂b₁ is exactly 0 or not a number are counted apart."
)
QUANTILES = (0.05, 0.5, 0.95)
MOST = 20_000_000  # neurons times chains: 320 MB
_BLOCK = 500  # chains in one pass: its arrays stay in the cache


@dataclass(frozen=True, slots=True)
class Shares:
    """Of all chains; the five sum to 1. ``THRESHOLDS`` says what is counted as what."""

    vanish: float
    stay: float
    explode: float
    zero: float
    not_a_number: float


@dataclass(frozen=True, eq=False)
class Ensemble:
    """The chain n of a row of neurons consists of its first n; ``[n - 1]`` belongs to it.

    ``log10`` (neurons, chains) is log₁₀|∂C/∂b_1|, −inf where that is 0 and nan where it is not a
    number; ``log10_ratio`` is log₁₀|∂C/∂b_1 / ∂C/∂b_n|. All arrays are read-only.
    """

    chain: ChainSpec
    log10: Floats
    log10_ratio: Floats

    @property
    def neurons(self) -> int:
        return len(self.log10)

    @property
    def chains(self) -> int:
        return int(self.log10.shape[1])

    def shares(self, n: int) -> Shares:
        """Of the chains of n neurons."""
        return Shares(*(self.all_shares[n - 1]).tolist())

    @cached_property
    def all_shares(self) -> Floats:
        """(neurons, 5), the columns as in ``Shares``."""
        nan, zero = np.isnan(self.log10), np.isneginf(self.log10)
        vanish = self.log10_ratio < log10(VANISHES)
        explode = self.log10_ratio > log10(EXPLODES)
        counted = ~(nan | zero)
        kinds = (vanish & counted, ~(vanish | explode) & counted, explode & counted, zero, nan)
        return np.asarray(read_only(np.column_stack([kind.mean(axis=1) for kind in kinds])))

    @cached_property
    def quantiles(self) -> Floats:
        """(neurons, 3): 5 %, 50 % and 95 % of the chains lie below; a 0 counts as −inf.

        nan where no chain has a number.
        """
        ordered = np.sort(self.log10, axis=1)  # nan last
        numbers = np.count_nonzero(~np.isnan(ordered), axis=1)
        ranks = np.ceil(numbers[:, None] * np.array(QUANTILES)).astype(np.intp) - 1
        return read_only(np.take_along_axis(ordered, np.maximum(ranks, 0), axis=1))

    @cached_property
    def mean(self) -> Floats:
        """(neurons,): of those that are finite, as it is predicted; nan where none is."""
        finite = np.isfinite(self.log10)
        with np.errstate(invalid="ignore"):
            total = np.where(finite, self.log10, 0.0).sum(axis=1)
            return read_only(total / np.count_nonzero(finite, axis=1))

    @cached_property
    def predicted(self) -> Floats:
        """(neurons,): the mean that theory gives, see ``engine.chain.prediction``."""
        return predicted_mean(self.chain, self.neurons)

    def histogram(self, n: int, bins: int = 60) -> tuple[Floats, Floats]:
        """Edges (bins + 1,) and counts (bins,) of the finite log₁₀|∂C/∂b_1| of n neurons."""
        values = self.log10[n - 1]
        values = values[np.isfinite(values)]
        counts, edges = np.histogram(values, bins) if len(values) else _nothing(bins)
        return edges, counts.astype(np.float64)


def ensemble(chain: ChainSpec, neurons: int, chains: int = 10_000) -> Ensemble:
    """Random chains from the draw of ``chain``, with its activation, cost, input and target.

    More neurons lengthen the same chains, more chains join the same ones. If it is tied, each has
    one weight and one bias for all its neurons. Raises ``InputError``.
    """
    return next(filter(None, ensemble_in_blocks(chain, neurons, chains)))


def ensemble_in_blocks(chain: ChainSpec, neurons: int, chains: int) -> Iterator[Ensemble | None]:
    """The same with pauses for who has other things to do: None after every block, then all."""
    if not 1 <= neurons <= LONGEST:
        raise InputError(f"a chain has 1 to {LONGEST:,} neurons, not {neurons:,}")
    if not 1 <= chains <= MOST // neurons:
        raise InputError(f"chains of {neurons:,} neurons: 1 to {MOST // neurons:,} at once")
    log10, ratio = np.empty((neurons, chains)), np.empty((neurons, chains))
    for block, start in enumerate(range(0, chains, _BLOCK)):
        part = slice(start, min(start + _BLOCK, chains))
        w, b = _draw(chain, neurons, block)
        log10[:, part], ratio[:, part] = (
            found[:, : part.stop - start] for found in first_gradients(chain, w, b)
        )
        yield None
    yield Ensemble(chain, read_only(log10), read_only(ratio))


def _draw(chain: ChainSpec, neurons: int, block: int) -> tuple[Floats, Floats]:
    """(neurons, _BLOCK) weights and biases, neuron after neuron from streams of the block's own."""
    if not chain.tied:
        return chain.draw.sample(neurons, _BLOCK, block=block)
    w, b = chain.draw.sample(1, _BLOCK, block=block)
    return np.repeat(w, neurons, axis=0), np.repeat(b, neurons, axis=0)


def _nothing(bins: int) -> tuple[Floats, Floats]:
    return np.zeros(bins), np.linspace(0.0, 1.0, bins + 1)
