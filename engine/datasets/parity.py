"""Parity: is the number of ones among n bits even or odd?"""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from engine.datasets.dataset import DataSet, Split
from engine.hyper import check_hypers, hyper


@dataclass(frozen=True, slots=True)
class Parity:
    """All 2^n patterns of ``bits`` zeros and ones, counted upwards, to train on.

    Every pattern is a training example, so validation and test are empty.
    """

    key: ClassVar[str] = "parity"
    label: ClassVar[str] = "Parity"
    help: ClassVar[str] = "all patterns of n bits; the class is whether the ones are even or odd"
    bits: int = hyper(4, "n", 2, 12, help="number of bits")

    def __post_init__(self) -> None:
        check_hypers(self)

    def shape(self) -> tuple[int, int]:
        return self.bits, 2

    def load(self) -> DataSet:
        patterns = np.arange(2**self.bits)[:, None] >> np.arange(self.bits)[::-1] & 1
        train = Split(patterns.astype(np.uint8), patterns.sum(axis=1) % 2)
        nothing = train.first(0)
        return DataSet(f"Parity of {self.bits} bits", train, nothing, nothing, ("even", "odd"))
