"""A data set's splits as arrays in the precision of a run."""

from dataclasses import dataclass
from typing import Any

from engine.arrays import Floats, Ints
from engine.datasets import DataSet
from engine.datasets.dataset import Split


@dataclass(frozen=True, slots=True, eq=False)
class Examples:
    """Inputs ``x`` (n, features), one-hot targets ``y`` (n, classes), classes ``labels`` (n,)."""

    x: Floats
    y: Floats
    labels: Ints

    def __len__(self) -> int:
        return len(self.labels)

    def first(self, n: int) -> "Examples":
        return Examples(self.x[:n], self.y[:n], self.labels[:n])


@dataclass(frozen=True, slots=True, eq=False)
class ExampleSet:
    """Training, validation and test examples in one precision; the last two may be empty."""

    train: Examples
    validation: Examples
    test: Examples
    class_names: tuple[str, ...] = ()

    @property
    def nbytes(self) -> int:
        splits = (self.train, self.validation, self.test)
        return sum(part.x.nbytes + part.y.nbytes for part in splits)


def prepare(data: DataSet, dtype: Any) -> ExampleSet:
    def floats(split: Split) -> Examples:
        return Examples(split.inputs(dtype), split.targets(data.classes, dtype), split.labels)

    splits = floats(data.train), floats(data.validation), floats(data.test)
    return ExampleSet(*splits, data.class_names)
