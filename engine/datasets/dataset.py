"""What a data source gives: labelled examples, split into training, validation and test."""

from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from engine.arrays import Floats, Ints


@dataclass(frozen=True, slots=True, eq=False)
class Split:
    """Examples ``x`` (n, features) and their classes ``labels`` (n,); may be empty.

    ``unit`` is the value in ``x`` that means 1.0: 255 where ``x`` holds the bytes of pixels.
    """

    x: NDArray[Any]
    labels: Ints
    unit: float = 1.0

    def __len__(self) -> int:
        return len(self.labels)

    def first(self, n: int) -> "Split":
        return Split(self.x[:n], self.labels[:n], self.unit)

    def inputs(self, dtype: Any) -> Floats:
        """The features as floats, (n, features): one row per example."""
        x: Floats = self.x.astype(dtype)
        return x if self.unit == 1.0 else np.divide(x, self.unit, out=x)

    def targets(self, classes: int, dtype: Any) -> Floats:
        """One-hot rows, (n, classes)."""
        return np.eye(classes, dtype=dtype)[self.labels]


@dataclass(frozen=True, slots=True, eq=False)
class DataSet:
    """Named splits of one task. ``image`` is (height, width) where the features are pixels."""

    name: str
    train: Split
    validation: Split
    test: Split
    class_names: tuple[str, ...]
    image: tuple[int, int] | None = None

    @property
    def features(self) -> int:
        return int(self.train.x.shape[1])

    @property
    def classes(self) -> int:
        return len(self.class_names)


class DataSource(Protocol):
    """A frozen dataclass of settings that can produce its data set.

    ``load`` raises ``InputError`` where the data cannot be had; the same settings give the same
    arrays. ``shape`` tells (features, classes) without the cost of loading where that is possible.
    """

    @property
    def key(self) -> str: ...
    @property
    def label(self) -> str: ...
    @property
    def help(self) -> str: ...

    def load(self) -> DataSet: ...
    def shape(self) -> tuple[int, int]: ...
