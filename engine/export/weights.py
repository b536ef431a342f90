"""The parameters of a network as ``weights.npz``, which the exported code loads.

``W1``, ``b1``, ``W2``, ... belong to layers 1, 2, ...: W is (n_out, n_in), as in z = W a + b, b is
(n_out,). ``Pk`` (n_target, n_source) is the projection of the k-th skip connection, if it has one.
The same files are among the results of a run. No array needs pickle.
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
    arrays: dict[str, Any] = {}
    for n, (W, b) in enumerate(zip(weights.W, weights.b, strict=True), 1):
        arrays |= {f"W{n}": W, f"b{n}": b}
    return arrays | {f"P{k}": P for k, P in enumerate(weights.projections, 1) if P is not None}


def npz(weights: Weights) -> bytes:
    """The bytes of the file."""
    buffer = BytesIO()
    np.savez(buffer, **named_arrays(weights))
    return buffer.getvalue()


def write_weights(path: Path, architecture: ArchitectureSpec, weights: Weights) -> None:
    """Write ``path`` in one go; ``InputError`` where it, or what is to be written, is not right."""
    shapes = {name: array.shape for name, array in named_arrays(weights).items()}
    if shapes != _shapes(architecture):
        raise InputError(f"these weights do not belong to the network {architecture.text}")
    write_bytes(path, npz(weights))


def _shapes(architecture: ArchitectureSpec) -> dict[str, tuple[int, ...]]:
    sizes = architecture.sizes
    shapes: dict[str, tuple[int, ...]] = {}
    for n, (i, o) in enumerate(pairwise(sizes), 1):
        shapes |= {f"W{n}": (o, i), f"b{n}": (o,)}
    return shapes | {f"P{k}": p for k, p in enumerate(architecture.projections, 1) if p}
