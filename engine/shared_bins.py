"""Values of several layers, counted over the same bins."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor, gcd, log10

import numpy as np

from engine.arrays import Floats, Ints

BINS = 60  # of a linear axis
BINS_OF_DECADE, FEWEST, MOST = 8, 24, 240  # of a logarithmic one
TAIL = 1e-3  # of a layer's values may lie beyond the axis on either side: in its last bins
USUAL = (-4.0, 0.0)  # decades, where nothing is known

Ends = tuple[float, float]


@dataclass(frozen=True, slots=True, eq=False)
class Sample:
    """The ``places`` of one layer's values on an axis, and what has no place there.

    On a logarithmic axis a place is log10 of the absolute value, and a zero has none.
    """

    places: Floats
    counted: int
    zeros: int
    negative: int
    not_finite: int

    @property
    def ends(self) -> Ends | None:
        """All places but for the tails lie between; None where there are no places."""
        if not len(self.places):
            return None
        k = int(TAIL * len(self.places))
        parted = np.partition(self.places, (k, len(self.places) - 1 - k))
        return float(parted[k]), float(parted[-1 - k])

    @property
    def mean(self) -> float:
        return float(self.places.mean()) if len(self.places) else float("nan")

    @property
    def spread(self) -> float:
        """The standard deviation."""
        return float(self.places.std()) if len(self.places) else float("nan")

    def counts(self, edges: Floats) -> Ints:
        """(bins,) between ``edges``, equally wide; the last ones also count what lies beyond."""
        bins, low = len(edges) - 1, edges[0]
        at = (self.places / (edges[-1] - low) - low / (edges[-1] - low)) * bins
        return np.bincount(np.clip(at, 0, bins - 1).astype(np.intp), minlength=bins)


def sample(array: Floats, most: int, log: bool, factor: float = 1.0) -> Sample:
    """At most about ``most`` of the values (rows, columns) times ``factor``, evenly chosen."""
    step = max(1, ceil(array.size / most))
    while gcd(step, array.shape[1]) > 1:  # else it meets the same columns again and again
        step += 1
    values = array.reshape(-1)[::step].astype(np.float64) * factor
    finite = values[np.isfinite(values)]
    places = np.log10(np.abs(finite[finite != 0.0])) if log else finite
    return Sample(
        places=places,
        counted=len(values),
        zeros=len(finite) - len(places),
        negative=int(np.count_nonzero(finite < 0.0)),
        not_finite=len(values) - len(finite),
    )


def log_edges(samples: Sequence[Sample]) -> Floats:
    """Of whole decades."""
    low, high = _ends(samples) or USUAL
    low, high = floor(low), max(ceil(high), floor(low) + 1)
    bins = min(max(FEWEST, (high - low) * BINS_OF_DECADE), MOST)
    return np.linspace(low, high, bins + 1)


def linear_edges(samples: Sequence[Sample], limits: Sequence[float] | None = None) -> Floats:
    """Symmetric around 0; or, with ``limits`` of the values, from the least to the greatest."""
    low, high = _ends(samples) or (0.0, 0.0)
    if limits is None:
        half = round_up(max(-low, high)) or 1.0
        return np.linspace(-half, half, BINS + 1)
    low, high = min(low, *limits, 0.0), max(high, *limits, 0.0)
    low = low if low in limits else -round_up(-low)
    high = high if high in limits else round_up(high)
    return np.linspace(low, high if high > low else low + 1.0, BINS + 1)


def round_up(value: float) -> float:
    """The next half of a leading digit's step: 3.2 becomes 3.5; 0 for what is not positive."""
    if not value > 0.0:
        return 0.0
    unit = 10.0 ** floor(log10(value)) / 2
    return ceil(value / unit - 1e-9) * unit


def _ends(samples: Sequence[Sample]) -> Ends | None:
    ends = [sample.ends for sample in samples]
    known = [pair for pair in ends if pair is not None]
    if not known:
        return None
    return min(low for low, _ in known), max(high for _, high in known)
