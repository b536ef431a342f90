"""Which floating-point type a run takes."""

from typing import Any

import numpy as np

from engine.architecture import ArchitectureSpec
from engine.network import greatest_shrinking

ROOM = 24  # bits kept free above float32's smallest normal number
DEEP = 50  # layers from which on float64 is taken whatever the activation


def dtype_for(architecture: ArchitectureSpec, precision: str) -> "np.dtype[Any]":
    """``auto`` is float32 unless the square of a vanishing gradient would underflow there.

    With sigmoids the bound 0.25^L leaves float32's normal numbers at L = 63; its square, which the
    norms need, at 32; with room to spare, float64 begins at 26 hidden layers.
    """
    if precision != "auto":
        return np.dtype(precision)
    bits = -np.finfo(np.float32).minexp - ROOM
    deep = len(architecture.layers) > DEEP or 2 * greatest_shrinking(architecture) > bits
    return np.dtype(np.float64 if deep else np.float32)
