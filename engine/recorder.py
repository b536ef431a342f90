"""What a run leaves behind: its signals at every recorded step, and its evaluations."""

from dataclasses import dataclass

import numpy as np

from engine.arrays import Floats, Ints
from engine.evaluation import record_columns
from engine.history import History, HistoryMark
from engine.measures import EVERY_STEP, MEASURES

STEP, EPOCH, COST = range(3)  # the first columns of the history
FIRST_MEASURE = 3
BLOCK = 256  # steps between two looks for extremes
EVALUATION_START = ("step", "epoch")


@dataclass(frozen=True, slots=True, eq=False)
class RecorderMark:
    """How far a recorder had come.

    ``norms`` are of the steps since its last record, ``when`` their steps and epochs (rows, 2).
    """

    history: HistoryMark
    evaluations: HistoryMark
    evaluated: int
    when: Floats
    norms: Floats

    @property
    def parts(self) -> tuple[Floats | Ints, ...]:
        history, evaluations = self.history, self.evaluations
        shared = (history.rows, history.ordinals, evaluations.rows, evaluations.ordinals)
        return (self.when, self.norms, *shared)


class Recorder:
    """Two bounded histories, and the norms of the steps between two records.

    A step is numbered by the updates before it: record 0 tells of the initial weights.
    """

    def __init__(self, layers: int) -> None:
        self._layers = layers
        columns = FIRST_MEASURE + len(MEASURES) * layers
        self.history = History(columns, tracked=range(COST, FIRST_MEASURE + layers))
        self.evaluations = History(len(EVALUATION_START) + len(record_columns(layers)))
        self._evaluated = 0
        self._block = np.full((BLOCK, columns), np.nan)
        self._all_norms = self._block[:, FIRST_MEASURE : FIRST_MEASURE + EVERY_STEP * layers]
        self._norms: list[Floats] = list(self._all_norms)
        self._when: list[tuple[int, float]] = []  # step and epoch of the rows in the block

    def copy(self) -> "Recorder":
        """One that goes on from here by itself."""
        twin = Recorder(self._layers)
        twin.history, twin.evaluations = self.history.copy(), self.evaluations.copy()
        twin._evaluated, twin._when = self._evaluated, self._when.copy()
        np.copyto(twin._block, self._block)
        return twin

    def mark(self) -> RecorderMark:
        when = np.array(self._when, float).reshape(-1, 2)
        return RecorderMark(
            self.history.mark(), self.evaluations.mark(), self._evaluated, when,
            self._all_norms[: len(when)].copy(),
        )  # fmt: skip

    def return_to(self, mark: RecorderMark) -> None:
        """Stand where a recorder of as many layers stood, and go on from there by itself."""
        self.history.return_to(mark.history)
        self.evaluations.return_to(mark.evaluations)
        self._evaluated = mark.evaluated
        self._when = [(int(step), epoch) for step, epoch in mark.when.tolist()]
        self._all_norms[: len(mark.when)] = mark.norms

    @property
    def nbytes(self) -> int:
        return self.history.nbytes + self.evaluations.nbytes + self._block.nbytes

    def next_norms(self, step: int, epoch: float) -> Floats:
        """Where the norms of this step are to be written."""
        if len(self._when) == BLOCK:
            self._look_for_extremes()
        self._when.append((step, epoch))
        return self._norms[len(self._when) - 1]

    def wants(self, step: int) -> bool:
        return self.history.wants(step)

    def record(self, cost: float, table: Floats) -> None:
        """The full record of the step whose norms were written last."""
        row = self._take_newest()
        row[COST] = cost
        row[FIRST_MEASURE:] = table.ravel()
        self.history.append(row, ordinal=int(row[STEP]))

    def record_evaluation(self, step: int, epoch: float, scores: Floats, last: bool) -> None:
        """``last`` is the evaluation at the end of the run: it stays however many came before."""
        if last or self.evaluations.wants(self._evaluated):
            self.evaluations.append(np.concatenate(((step, epoch), scores)), self._evaluated)
        self._evaluated += 1

    def forget_newest(self) -> None:
        """The norms written last are not numbers: leave them out."""
        self._when.pop()

    def close(self) -> None:
        """Keep the newest step, recorded or not."""
        if self._when:
            self.history.append(self._take_newest())

    def _take_newest(self) -> Floats:
        row: Floats = self._block[len(self._when) - 1].copy()
        row[[STEP, EPOCH]] = self._when.pop()
        self._look_for_extremes()
        return row

    def _look_for_extremes(self) -> None:
        rows = self._block[: len(self._when)]
        if self._when:
            rows[:, [STEP, EPOCH]] = self._when
            self.history.append_extremes(rows)
            self._when.clear()
