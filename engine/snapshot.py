"""What the outside sees of a run: values that no longer change."""

from dataclasses import dataclass

import numpy as np

from engine.arrays import Floats, Ints, read_only
from engine.divergence import Divergence
from engine.evaluation import SCORES, record_columns
from engine.inspection import Inspection
from engine.keyframes import Moments
from engine.measures import MEASURES
from engine.recorder import COST, EPOCH, EVALUATION_START, FIRST_MEASURE, STEP

__all__ = ["COST", "EPOCH", "STEP", "Snapshot", "Weights", "evaluation_columns", "history_columns"]

NO_STEPS = read_only(np.empty(0, np.int64))


@dataclass(frozen=True, slots=True, eq=False)
class Weights:
    """Copies of all parameters: W[l] (n_out, n_in), b[l] (n_out,).

    ``projections`` has one entry for every skip connection, None where it is the identity.
    """

    W: tuple[Floats, ...]
    b: tuple[Floats, ...]
    projections: tuple[Floats | None, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Snapshot:
    """A consistent picture of a run after ``step`` updates. Its arrays are read-only.

    ``history`` has one row per recorded step (see ``history_columns``), ``evaluations`` one per
    evaluation. ``delta[l]`` is the mean error of every neuron of layer l + 1 in the last
    mini-batch, its bias gradient; before the first step it is that of the probe set.
    ``inspection`` shows the network as it is now on what was asked to be looked at. ``moments`` are
    those that one can return to; the snapshot shows one of them, or the newest.
    """

    step: int
    epoch: float
    last_step: int
    next_epoch_step: int  # the number of updates at the end of this epoch
    evaluating: bool  # accuracies of this moment are still being measured
    done: bool
    history: Floats
    evaluations: Floats
    delta: tuple[Floats, ...]
    weights: Weights | None
    divergence: Divergence | None
    inspection: Inspection | None = None
    moments: Moments | None = None

    @property
    def newest_step(self) -> int:
        """Where the run stands; ``step`` unless one looks back."""
        return self.step if self.moments is None else self.moments.newest

    @property
    def keyframe_steps(self) -> Ints:
        """The steps that one can look back to, but for the newest; the same array until others."""
        return NO_STEPS if self.moments is None else self.moments.steps

    @property
    def layers(self) -> int:
        return len(self.delta)

    def measure(self, index: int) -> Floats:
        """The history of one measure, (rows, layers)."""
        start = FIRST_MEASURE + index * self.layers
        block: Floats = self.history[:, start : start + self.layers]
        return block

    def score(self, key: str) -> Floats:
        """The column of the evaluations that ``key``, one of ``SCORES``, names."""
        column: Floats = self.evaluations[:, len(EVALUATION_START) + SCORES.index(key)]
        return column


def history_columns(layers: int) -> tuple[str, ...]:
    measures = (f"{m.key}_{l}" for m in MEASURES for l in range(1, layers + 1))
    return ("step", "epoch", "cost", *measures)


def evaluation_columns(layers: int) -> tuple[str, ...]:
    return (*EVALUATION_START, *record_columns(layers))
