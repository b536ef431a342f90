"""What the network says of examples that it should know: how often right, and where it is wrong."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from engine.arrays import Floats, Ints, read_only
from engine.examples import Examples, ExampleSet
from engine.look import MOST_PRODUCTS, Look

TRAIN, VALIDATION = "train", "validation"
SLICE = 500  # examples in one pass
THOROUGH = 40  # times as many multiplications where there is time
NOTHING = -1  # instead of a class: the outputs are not all numbers

Cell = tuple[int, int]


@dataclass(frozen=True, slots=True, eq=False)
class Prediction:
    """One example of a split: ``index`` in it, ``inputs`` (features,), its class ``label``.

    ``predicted`` is the class of the greatest output, which is ``output``; ``NOTHING`` and
    not-a-number where the outputs are not all numbers. ``cost`` is that of the example alone.
    """

    index: int
    inputs: Floats
    label: int
    predicted: int
    output: float
    cost: float


@dataclass(frozen=True, slots=True, eq=False)
class PredictionsReading:
    """Of the first ``count`` of the ``total`` examples of ``split``.

    ``confusion`` (classes, classes) counts examples of the class of its row that were taken for
    that of its column; ``undecided`` (classes,) those whose outputs are not all numbers. ``worst``
    are the examples with the greatest cost, the greatest first: of all that are wrong, or of the
    ``cell`` (row, column) that was asked for.
    """

    split: str
    count: int
    total: int
    confusion: Ints
    undecided: Ints
    worst: tuple[Prediction, ...]
    cell: Cell | None
    class_names: tuple[str, ...]

    @property
    def right(self) -> int:
        return int(np.trace(self.confusion))

    @property
    def wrong(self) -> int:
        """Who says nothing is wrong too."""
        return self.count - self.right

    @property
    def accuracy(self) -> float:
        """Not-a-number where there are no examples."""
        return self.right / self.count if self.count else float("nan")

    @property
    def of_class(self) -> Ints:
        """How many examples each class has, (classes,)."""
        total: Ints = self.confusion.sum(axis=1) + self.undecided
        return total

    @property
    def greatest_mistake(self) -> int:
        """The greatest count beside the diagonal."""
        mistakes = self.confusion - np.diag(np.diag(self.confusion))
        return int(mistakes.max(initial=0))


@dataclass(frozen=True, slots=True)
class PredictionsWish:
    """Of the ``split``, or the training examples where it is empty; ``worst`` examples of it."""

    split: str = VALIDATION
    worst: int = 12
    cell: Cell | None = None

    def products(self, look: Look) -> float:
        count = affordable(look, len(_examples(look.examples, self.split)[1]))
        return float(count * len(look.network.parameters.weights))

    def answer(self, look: Look) -> PredictionsReading:
        name, examples = _examples(look.examples, self.split)
        part = examples.first(affordable(look, len(examples)))
        said, outputs, costs = _said(look, part)
        classes = part.y.shape[1]
        decided = said != NOTHING
        cells = part.labels[decided] * classes + said[decided]
        confusion = np.bincount(cells, minlength=classes * classes)
        undecided = np.bincount(part.labels[~decided], minlength=classes)
        worst = [
            Prediction(
                k, read_only(part.x[k].copy()), int(part.labels[k]), int(said[k]),
                float(outputs[k]), float(costs[k]),
            )
            for k in self._worst(part.labels, said, costs).tolist()
        ]  # fmt: skip
        return PredictionsReading(
            name, len(part), len(examples), read_only(confusion.reshape(classes, classes)),
            read_only(undecided), tuple(worst), self.cell, look.examples.class_names,
        )  # fmt: skip

    def _worst(self, labels: Ints, said: Ints, costs: Floats) -> Ints:
        """Places of the greatest costs; what is not a number is greater than all."""
        if self.cell is None:
            chosen = np.flatnonzero(labels != said)
        else:
            chosen = np.flatnonzero((labels == self.cell[0]) & (said == self.cell[1]))
        of_chosen = np.where(np.isnan(costs[chosen]), np.inf, costs[chosen])
        return chosen[np.argsort(-of_chosen, kind="stable")[: self.worst]]


def affordable(look: Look, total: int) -> int:
    """How many of ``total`` examples are asked in one look."""
    if look.thorough:
        room = THOROUGH * MOST_PRODUCTS
        return min(total, max(SLICE, int(room / len(look.network.parameters.weights))))
    return min(total, look.affordable(1))


def _examples(examples: ExampleSet, split: str) -> tuple[str, Examples]:
    if split == VALIDATION and len(examples.validation):
        return VALIDATION, examples.validation
    return TRAIN, examples.train


def _said(look: Look, part: Examples) -> tuple[Ints, Floats, Floats]:
    """Of every example the class, its output and the cost, (n,)."""
    said = np.empty(len(part), np.intp)
    outputs, costs = np.empty(len(part)), np.empty(len(part))
    for rows in _slices(len(part)):
        ws = look.forward(part.x[rows])
        z, a = ws.z[-1], ws.a[-1]
        said[rows] = a.argmax(axis=0)
        outputs[rows] = a[said[rows], np.arange(a.shape[1])]
        costs[rows] = look.network.cost.each(z, a, part.y[rows].T)
        said[rows][np.isnan(outputs[rows])] = NOTHING  # argmax finds the first that is no number
    return said, outputs, costs


def _slices(n: int) -> Iterator[slice]:
    return (slice(start, start + SLICE) for start in range(0, n, SLICE))
