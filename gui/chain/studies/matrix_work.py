"""Works out a network's row of norms in small pieces, a few times a second at most."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from time import perf_counter

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from engine.chain.matrices import MatrixFactor, network_factors
from engine.inspection import Inspection
from engine.snapshot import Weights
from engine.spec import Experiment
from gui.common.throttle import Throttle

SLICE = 0.008  # seconds of work between two turns of the window


@dataclass(frozen=True, slots=True, eq=False)
class NetworkRow:
    """A network at one moment with one example in it, and its factors when they are known."""

    experiment: Experiment
    weights: Weights
    inspection: Inspection
    step: int = 0
    factors: tuple[MatrixFactor, ...] = ()

    @property
    def layers(self) -> int:
        return len(self.weights.W)


class MatrixWork(QObject):
    """The newest that is wanted is next; what is under way is finished first."""

    found = Signal(object)  # a NetworkRow with its factors

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._next: NetworkRow | None = None
        self._now: NetworkRow | None = None
        self._pieces: Iterator[MatrixFactor] = iter(())
        self._done: list[MatrixFactor] = []
        self._soon = Throttle(self)
        self._soon.due.connect(self._on_due)
        self._turn = QTimer(self, interval=0)
        self._turn.timeout.connect(self._on_turn)

    def want(self, row: NetworkRow) -> None:
        self._next = row
        if self._now is None:
            self._soon.request()

    def stop(self) -> None:
        """Nobody looks."""
        self._next = self._now = None
        self._turn.stop()

    @Slot()
    def _on_due(self) -> None:
        if self._next is None or self._now is not None:
            return
        self._now, self._next = self._next, None
        self._done = []
        now = self._now
        self._pieces = network_factors(now.weights, now.inspection, now.experiment.training.cost)
        self._turn.start()
        self._on_turn()  # most networks take less than a millisecond

    @Slot()
    def _on_turn(self) -> None:
        end = perf_counter() + SLICE
        for factor in self._pieces:
            self._done.append(factor)
            if perf_counter() >= end:
                return
        self._finish()

    def _finish(self) -> None:
        self._turn.stop()
        now, self._now = self._now, None
        assert now is not None
        self.found.emit(replace(now, factors=tuple(reversed(self._done))))
        if self._next is not None:
            self._soon.request()
