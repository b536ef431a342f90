"""Histograms of the values of a layer."""

import numpy as np

from engine.arrays import Floats, read_only
from engine.inspection import BINS, Histogram

HUGE = 1e150  # its square is still finite; beyond, a network has diverged


def histogram(values: Floats) -> Histogram:
    """BINS equal bins from the least to the greatest value; what is not finite is left out."""
    numbers = values.astype(np.float64).ravel()
    numbers = numbers[np.abs(numbers) < HUGE]
    if not len(numbers):
        edges, nan = np.linspace(0.0, 1.0, BINS + 1), float("nan")
        return Histogram(read_only(edges), read_only(np.zeros(BINS)), nan, nan)
    low, high = _range(numbers)
    # np.histogram refuses bins that are narrower than the numbers are fine.
    bins = ((numbers - low) * (BINS / (high - low))).astype(np.intp)
    counts = np.bincount(np.minimum(bins, BINS - 1), minlength=BINS).astype(np.float64)
    edges = np.linspace(low, high, BINS + 1)
    return Histogram(
        read_only(edges), read_only(counts), float(numbers.mean()), float(numbers.std())
    )


def _range(numbers: Floats) -> tuple[float, float]:
    """From the least to the greatest; a little wider where they are the same."""
    low, high = float(numbers.min()), float(numbers.max())
    if high - low > BINS * np.finfo(float).tiny and low < low + (high - low) / BINS:
        return low, high
    room = max(abs(low), 1.0) / 2
    return low - room, high + room
