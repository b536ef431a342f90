"""Many neurons in one cell: the one that counts is the largest in size."""

import numpy as np

from engine.arrays import Floats, Ints


def largest(values: Floats, starts: Ints) -> Floats:
    """Of every group, from each of ``starts`` to the next, the value with its sign, (groups,).

    Not-a-number where a group holds one.
    """
    high, low = np.maximum.reduceat(values, starts), np.minimum.reduceat(values, starts)
    found: Floats = np.where(high >= -low, high, low)
    return found
