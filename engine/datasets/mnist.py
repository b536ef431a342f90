"""MNIST, split as in the book: 50,000 examples to train, 10,000 to validate, 10,000 to test."""

import zlib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, ClassVar
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from engine.arrays import read_only
from engine.datasets.dataset import DataSet, Split
from engine.faults import InputError
from engine.hyper import check_hypers, hyper

TRAINING = 50_000
SIDE = 28
# What a missing or damaged archive raises in importlib, zipfile, zlib and NumPy.
FAULTS = (OSError, ImportError, KeyError, ValueError, EOFError, BadZipFile, zlib.error)
DIGITS = tuple("0123456789")


@dataclass(frozen=True, slots=True)
class Mnist:
    """Handwritten digits, 28 x 28 (LeCun, Cortes and Burges): the first ``examples`` to train.

    Validation holds the last 10,000 of the 60,000 images of the training file, test the 10,000 of
    the test file; both are always whole. Pixels are bytes with unit 255.
    """

    key: ClassVar[str] = "mnist"
    label: ClassVar[str] = "MNIST digits"
    help: ClassVar[str] = "70,000 handwritten digits of 28 × 28 pixels, split as in the book"
    examples: int = hyper(TRAINING, "n", 10, TRAINING, log=True, help="examples to train on")

    def __post_init__(self) -> None:
        check_hypers(self)

    def shape(self) -> tuple[int, int]:
        return SIDE * SIDE, len(DIGITS)

    def load(self) -> DataSet:
        """Raises ``InputError`` where the file was not installed or is damaged."""
        train, validation, test = _splits()
        return DataSet(
            self.label, train.first(self.examples), validation, test, DIGITS, image=(SIDE, SIDE)
        )


@cache
def _splits() -> tuple[Split, Split, Split]:
    """Read once in a process and read-only, so that a restart costs nothing."""
    try:
        with (
            files("resources").joinpath("mnist.npz").open("rb") as file,
            np.load(file, allow_pickle=False) as arrays,
        ):
            x, labels = _rows(arrays["x_train"]), read_only(arrays["y_train"])
            test = Split(_rows(arrays["x_test"]), read_only(arrays["y_test"]), 255.0)
    except FAULTS as error:
        raise InputError(
            "mnist.npz: the file is missing from the folder 'resources', or it is damaged."
        ) from error
    train = Split(x[:TRAINING], labels[:TRAINING], 255.0)
    return train, Split(x[TRAINING:], labels[TRAINING:], 255.0), test


def _rows(images: NDArray[Any]) -> NDArray[Any]:
    return read_only(images.reshape(len(images), SIDE * SIDE))
