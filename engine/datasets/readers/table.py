"""What every reader gives: checked features and labels, and the limits they are held to."""

import math
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.arrays import Ints
from engine.faults import fault
from engine.numerals import short

MAX_NUMBERS = 50_000_000  # in one array; MNIST's training images are 47,040,000
MAX_FEATURES = 65_536  # of one example: an image of 256 x 256
MAX_CLASSES = 1_000
LARGEST = 1e18  # of a feature or label: its square still fits in float32


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """Features ``x`` (n, features), ``labels`` (n,) from 0 to k - 1, and the k original names.

    ``unit`` and ``image`` mean what they mean in ``Split`` and ``DataSet``.
    """

    x: NDArray[Any]
    labels: Ints
    class_names: tuple[str, ...]
    unit: float = 1.0
    image: tuple[int, int] | None = None


def make_table(x_path: Path, x: NDArray[Any], y_path: Path, y: NDArray[Any]) -> Table:
    """Check ``x`` (n, features) or images (n, height, width) against the labels ``y`` (n,).

    Images are flattened; bytes in images mean brightness, so that 255 is 1.0. Everything else is
    kept as it is. The two paths (of one file or of two) are named where something is wrong.
    """
    if x.ndim not in (2, 3):
        raise fault(x_path, f"the features must have 2 or 3 dimensions, not {x.ndim}")
    if y.ndim != 1:
        raise fault(y_path, f"the labels must have 1 dimension, not {y.ndim}")
    if len(x) != len(y):
        raise fault(y_path, f"there are {len(y):,} labels for {len(x):,} examples")
    check_width(x_path, math.prod(x.shape[1:]))
    image = (x.shape[1], x.shape[2]) if x.ndim == 3 else None
    x = x.reshape(len(x), -1)
    _check_numbers(x_path, x, "a feature")
    labels, names = _classes(y_path, y)
    return Table(x, labels, names, 255.0 if image and x.dtype == np.uint8 else 1.0, image)


def check_shape(path: Path, what: str, shape: tuple[int, ...]) -> int:
    """The number of elements of a declared ``shape``, which must be neither empty nor too big."""
    count = math.prod(shape)
    if not shape or count == 0:
        raise fault(path, f"{what} declares no elements")
    if count > MAX_NUMBERS:
        shown = f"{count:,}" if count < 10**18 else "more than 10^18"
        raise fault(path, f"{what} declares {shown} elements; the limit is {MAX_NUMBERS:,}")
    return count


def check_width(path: Path, features: int) -> None:
    if features > MAX_FEATURES:
        raise fault(path, f"an example has {features:,} features; the limit is {MAX_FEATURES:,}")


def _check_numbers(path: Path, values: NDArray[Any], what: str) -> None:
    finite = np.isfinite(values)
    if not finite.all():
        row = int(np.argmin(finite.reshape(len(values), -1).all(axis=1)))
        raise fault(path, f"{what} of example {row + 1:,} is not a finite number")
    largest = max(float(values.max()), -float(values.min()))
    if largest > LARGEST:
        size, limit = short(largest, 6), short(LARGEST)
        raise fault(path, f"{what} is as large as {size}; the limit is {limit}")


def _classes(path: Path, y: NDArray[Any]) -> tuple[Ints, tuple[str, ...]]:
    """The labels as 0 to k - 1 in the order of their values, and those values as names."""
    _check_numbers(path, y, "the label")
    broken = y[y != np.rint(y)] if y.dtype.kind == "f" else y[:0]
    if len(broken):
        raise fault(path, f"the label {broken[0]:g} is not a whole number")
    values, labels = np.unique(y, return_inverse=True)
    if len(values) == 1:
        raise fault(
            path, f"every example has the label {int(values[0])}; at least two classes are needed"
        )
    if len(values) > MAX_CLASSES:
        raise fault(path, f"there are {len(values):,} classes; the limit is {MAX_CLASSES:,}")
    return labels.astype(np.int64), tuple(str(int(value)) for value in values)
