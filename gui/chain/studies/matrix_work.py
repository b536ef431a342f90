"""Works out a network's row of norms in small pieces, a few times a second at most."""

from collections.abc import Iterator
from dataclasses import dataclass
from time import perf_counter

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from engine.chain.matrices import MatrixFactor, network_factors
from engine.inspection import Inspection
from engine.snapshot import Weights
from engine.spec import Experiment
from gui.common.throttle import Throttle

SLICE = 0.008  # seconds of work between two turns of the window


@dataclass(frozen=True, slots=True, eq=False)
class Subject:
    """A network at one moment, and one example in it."""

    experiment: Experiment
    weights: Weights
    inspection: Inspection
    row: tuple[MatrixFactor, ...] = ()  # when it is known

    @property
    def layers(self) -> int:
        return len(self.weights.W)


class MatrixWork(QObject):
    """The newest that is wanted is next; what is under way is finished first."""

    found = Signal(object)  # a Subject with its row

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._next: Subject | None = None
        self._now: Subject | None = None
        self._pieces: Iterator[MatrixFactor] = iter(())
        self._row: list[MatrixFactor] = []
        self._soon = Throttle(self)
        self._soon.due.connect(self._on_due)
        self._turn = QTimer(self, interval=0)
        self._turn.timeout.connect(self._on_turn)

    def want(self, subject: Subject) -> None:
        self._next = subject
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
        self._row = []
        now = self._now
        self._pieces = network_factors(now.weights, now.inspection, now.experiment.training.cost)
        self._turn.start()
        self._on_turn()  # most networks take less than a millisecond

    @Slot()
    def _on_turn(self) -> None:
        end = perf_counter() + SLICE
        while perf_counter() < end:
            factor = next(self._pieces, None)
            if factor is None:
                self._finish()
                return
            self._row.append(factor)

    def _finish(self) -> None:
        self._turn.stop()
        now, self._now = self._now, None
        assert now is not None
        row = tuple(reversed(self._row))
        self.found.emit(Subject(now.experiment, now.weights, now.inspection, row))
        if self._next is not None:
            self._soon.request()
