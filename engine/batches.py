"""The mini-batches of a run, in an order that depends on the seed alone."""

from collections.abc import Mapping
from copy import copy, deepcopy
from dataclasses import dataclass
from typing import Any

import numpy as np

from engine.arrays import Floats, Ints
from engine.examples import Examples
from engine.parameters import stream
from engine.spec import FULL_BATCH

MOST_SIZES = 4


@dataclass(frozen=True, slots=True)
class Place:
    """How much has been dealt. ``stream`` is the state of the random stream that the order follows:

    before the order of this epoch was drawn, or, where it is yet to be drawn, as it stands.
    """

    epochs: int
    dealt: int
    stream: Mapping[str, Any]


class Batches:
    """Deals the training examples: a new permutation every epoch; a full batch is not copied."""

    def __init__(self, examples: Examples, seed: int) -> None:
        self._examples = examples
        self._rng = stream(seed, "order")
        self._order: Ints = np.empty(0, np.intp)
        self._before: Mapping[str, Any] = {}  # the stream's state before the order was drawn
        self._buffers: dict[int, tuple[Floats, Floats]] = {}
        self.n = len(examples)
        self.dealt = 0  # of this epoch
        self.epochs = 0

    @property
    def epoch(self) -> float:
        return self.epochs + self.dealt / self.n

    def copy(self) -> "Batches":
        """One that deals the same from here on."""
        twin = copy(self)
        twin._rng, twin._buffers = deepcopy(self._rng), {}
        return twin

    @property
    def place(self) -> Place:
        stream = self._before if self.dealt else self._rng.bit_generator.state
        return Place(self.epochs, self.dealt, stream)

    def return_to(self, place: Place) -> None:
        """Deal what batches of the same examples dealt from there on."""
        self.epochs, self.dealt = place.epochs, place.dealt
        self._rng.bit_generator.state = dict(place.stream)
        if self.dealt:
            self._draw_order()

    def rest(self) -> None:
        """Give the buffers back."""
        self._buffers.clear()

    @property
    def nbytes(self) -> int:
        buffers = sum(x.nbytes + y.nbytes for x, y in self._buffers.values())
        return self._order.nbytes + buffers

    def size(self, batch: int) -> int:
        """How many examples the next batch will have if ``batch`` are asked for."""
        return min(batch or self.n, self.n - self.dealt)

    def deal(self, batch: int) -> tuple[Floats, Floats]:
        """Inputs (features, size) and targets (classes, size) of the next mini-batch.

        They are valid until the next call.
        """
        size = self.size(batch)
        if size == self.n:
            x, y = self._examples.x, self._examples.y
        else:
            x, y = self._take(size)
        self.dealt += size
        if self.dealt >= self.n:
            self.epochs, self.dealt = self.epochs + 1, 0
        return x.T, y.T

    def _draw_order(self) -> None:
        self._before = self._rng.bit_generator.state
        self._order = self._rng.permutation(self.n)

    def _take(self, size: int) -> tuple[Floats, Floats]:
        if self.dealt == 0 or not len(self._order):
            self._draw_order()
        if size not in self._buffers:
            make_room(self._buffers)
            x, y = self._examples.x, self._examples.y
            self._buffers[size] = (
                np.empty((size, x.shape[1]), x.dtype), np.empty((size, y.shape[1]), y.dtype)
            )  # fmt: skip
        rows = self._order[self.dealt : self.dealt + size]
        x, y = self._buffers[size]
        self._examples.x.take(rows, 0, x, "clip")  # clip: else numpy buffers
        self._examples.y.take(rows, 0, y, "clip")
        return x, y


def make_room(by_size: dict[int, Any]) -> None:
    """Of what is kept for every size of a batch, forget all but the newest sizes.

    A run needs two, the usual one and that at the end of an epoch; who drags the setting, hundreds.
    """
    while len(by_size) >= MOST_SIZES:
        del by_size[next(iter(by_size))]


def steps_in(examples: int, batch: int) -> int:
    """Mini-batches in one epoch; the last may be smaller."""
    return 1 if batch == FULL_BATCH else -(-examples // min(batch, examples))
