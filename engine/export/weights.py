"""The parameters of a network as ``weights.npz``, which the exported code loads.

``W1``, ``b1``, ``W2``, ... belong to layers 1, 2, ...: W is (n_out, n_in), as in z = W a + b, b is
(n_out,). ``Pk`` (n_target, n_source) is the projection of the k-th skip connection, if it has one.
The files of ``engine.results`` have the same names. No array needs pickle.
"""

from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np

from engine.architecture import ArchitectureSpec
from engine.atomic_file import write_bytes
from engine.faults import InputError
from engine.snapshot import Weights

FILE_NAME = "weights.npz"


def named_arrays(weights: Weights) -> dict[str, Any]:
    """The arrays under the names that they have in the file."""
    return (
        {f"W{n}": W for n, W in enumerate(weights.W, 1)}
        | {f"b{n}": b for n, b in enumerate(weights.b, 1)}
        | {f"P{k}": P for k, P in enumerate(weights.projections, 1) if P is not None}
    )


def write_weights(path: Path, architecture: ArchitectureSpec, weights: Weights) -> None:
    """Write ``path`` in one go; ``InputError`` where it, or what is to be written, is not right."""
    arrays: dict[str, Any] = named_arrays(weights)
    expected = _shapes(architecture)
    if {name: array.shape for name, array in arrays.items()} != expected:
        raise InputError(f"these weights do not belong to the network {architecture.text}")
    buffer = BytesIO()
    np.savez(buffer, **arrays)
    write_bytes(path, buffer.getvalue())


def _shapes(architecture: ArchitectureSpec) -> dict[str, tuple[int, ...]]:
    sizes = architecture.sizes
    shapes: dict[str, tuple[int, ...]] = {}
    for n, (i, o) in enumerate(pairwise(sizes), 1):
        shapes |= {f"W{n}": (o, i), f"b{n}": (o,)}
    return shapes | {f"P{k}": p for k, p in enumerate(architecture.projections, 1) if p}
