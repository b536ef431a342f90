"""Cost and accuracy over whole splits, and the probe set, in slices that never take long."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from engine.arrays import Floats
from engine.examples import Examples, ExampleSet
from engine.measures import MEASURES, Meter
from engine.network import Network, Workspace
from engine.parameters import Parameters

SLICE = 1_000  # examples in one forward pass
MOST_TRAINING = 10_000  # training examples that the accuracy is measured on: as many as validation


@dataclass(frozen=True, slots=True, eq=False)
class Score:
    """Mean cost and share of right answers; not-a-number for an empty split."""

    cost: float
    accuracy: float


class Evaluation:
    """Measures one network on fixed examples; owns the workspaces for it, made when needed."""

    def __init__(self, network: Network, examples: ExampleSet, probe: int) -> None:
        self._network = network
        self._train = examples.train.first(MOST_TRAINING)
        self._validation = examples.validation
        self._probe = examples.train.first(probe)
        self.gradient = Parameters(network.architecture, network.dtype)
        self._meter: Meter | None = None
        self._workspaces: dict[int, Workspace] = {}

    def rest(self) -> None:
        """Give the workspaces back."""
        self._meter = None
        self._workspaces.clear()

    @property
    def nbytes(self) -> int:
        """What ``rest`` gives back."""
        return sum(ws.nbytes for ws in self._workspaces.values())

    def slices(self, decay: float | None = None) -> Iterator[Floats | None]:
        """Yield None after each slice of work, at last the record: see ``record_columns``.

        The network must not change meanwhile. ``decay`` is λ/n.
        """
        scores = np.zeros((2, 2))
        for k, part in enumerate((self._train, self._validation)):
            for start in range(0, len(part), SLICE):
                scores[k] += self._score(part, slice(start, start + SLICE))
                yield None
            scores[k] = scores[k] / len(part) if len(part) else np.nan
        yield np.concatenate((scores.ravel(), self.probe(decay).ravel()))

    def probe(self, decay: float | None = None) -> Floats:
        """Every measure on the probe set, (measures, layers); ``gradient`` is its gradient."""
        ws = self._workspace(len(self._probe))
        if self._meter is None:
            self._meter = Meter(self._network, ws, self.gradient)
        self._network.forward(ws, self._probe.x.T)
        self._network.backward(ws, self._probe.y.T, self.gradient)
        return self._meter.all(decay=decay)

    def score(self, examples: Examples) -> Score:
        total = np.zeros(2)
        for start in range(0, len(examples), SLICE):
            total += self._score(examples, slice(start, start + SLICE))
        cost, accuracy = total / len(examples) if len(examples) else (np.nan, np.nan)
        return Score(float(cost), float(accuracy))

    def _score(self, part: Examples, rows: slice) -> tuple[float, int]:
        x, y, labels = part.x[rows], part.y[rows], part.labels[rows]
        ws = self._workspace(len(x))
        self._network.forward(ws, x.T)
        cost = self._network.cost.value(ws.z[-1], ws.a[-1], y.T).real
        return cost, int(np.count_nonzero(ws.a[-1].argmax(axis=0) == labels))

    def _workspace(self, examples: int) -> Workspace:
        if examples not in self._workspaces:
            self._workspaces[examples] = self._network.workspace(examples)
        return self._workspaces[examples]


SCORES = ("cost_train", "accuracy_train", "cost_validation", "accuracy_validation")


def record_columns(layers: int) -> tuple[str, ...]:
    """The names of an evaluation's columns, as ``slices`` yields them."""
    probe = (f"probe_{m.key}_{l}" for m in MEASURES for l in range(1, layers + 1))
    return (*SCORES, *probe)
