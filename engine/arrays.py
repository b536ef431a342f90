"""Array types, and the one convention for shapes.

A mini-batch is a matrix with one **column** per example, as in Nielsen's chapter 2: activations
and errors are ``(n, batch)``, weights ``W`` are ``(n_out, n_in)``, so that ``z = W a + b`` is
``W @ a + b``. Data sets, as everywhere else, hold one **row** per example.
"""

from collections.abc import Iterable
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

Numbers: TypeAlias = NDArray[Any]  # float32, float64, or complex128 (complex step)
Floats: TypeAlias = NDArray[np.floating[Any]]
Ints: TypeAlias = NDArray[np.integer[Any]]


def read_only(array: NDArray[Any]) -> NDArray[Any]:
    """A view of ``array`` that cannot be written through."""
    view = array.view()
    view.flags.writeable = False
    return view


def copies(arrays: Iterable[Floats]) -> tuple[Floats, ...]:
    """Of each one that nobody changes any more, read-only."""
    return tuple(read_only(array.copy()) for array in arrays)
