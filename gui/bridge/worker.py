"""The only code that runs in the training thread."""

import logging
from time import perf_counter

import numpy as np
from PySide6.QtCore import QObject, Signal, Slot

from engine.examples import ExampleSet, prepare
from engine.faults import InputError
from engine.precision import dtype_for
from engine.spec import Experiment, TrainingSpec
from engine.trainer import Trainer

log = logging.getLogger(__name__)


class TrainingWorker(QObject):
    """Trains for as long as it is asked to, answers with a snapshot, and waits.

    It never runs on its own: a thread that keeps taking the interpreter lock starves the
    thread that paints.
    """

    advanced = Signal(int, object)  # run, Snapshot
    failed = Signal(int, str)

    def __init__(self) -> None:
        super().__init__()
        self.newest_run = 0  # written by the session: loads that were overtaken are skipped
        self._run = 0
        self._trainer: Trainer | None = None
        self._prepared: tuple[object, np.dtype[np.floating], ExampleSet] | None = None

    @Slot(int, object)
    def load(self, run: int, experiment: Experiment) -> None:
        """Make the trainer of a new run; it answers with the snapshot of its start."""
        if run != self.newest_run:
            return
        self._run, self._trainer = run, None
        try:
            self._trainer = Trainer(experiment, self._examples(experiment))
            self._trainer.evaluate()
        except (InputError, MemoryError) as error:
            self.failed.emit(run, str(error) or "there is not enough memory for this network")
        except Exception as error:  # the run ends, the application does not
            log.exception("loading stopped")
            self.failed.emit(run, f"{type(error).__name__}: {error}")
        else:
            self.advanced.emit(run, self._trainer.snapshot(weights=True))

    @Slot(object)
    def change(self, training: TrainingSpec) -> None:
        if self._trainer is not None:
            try:
                self._trainer.change(training)
            except InputError as error:
                self.failed.emit(self._run, str(error))

    @Slot(float, int, bool)
    def advance(self, seconds: float, steps: int, weights: bool) -> None:
        """Take at most ``steps`` steps, and stop once ``seconds`` have passed; at least a unit."""
        if self._trainer is None:
            return
        try:
            _train(self._trainer, seconds, steps)
        except Exception as error:
            log.exception("training stopped")
            self.failed.emit(self._run, f"{type(error).__name__}: {error}")
            return
        self.advanced.emit(self._run, self._trainer.snapshot(weights))

    def _examples(self, experiment: Experiment) -> ExampleSet:
        """The data in this run's precision; kept, so that a restart does not load again."""
        source = experiment.training.data
        dtype = dtype_for(experiment.architecture, experiment.training.precision)
        if self._prepared is None or self._prepared[:2] != (source, dtype):
            self._prepared = None  # free the old before the new
            self._prepared = source, dtype, prepare(source.load(), dtype)
        return self._prepared[2]


def _train(trainer: Trainer, seconds: float, steps: int) -> None:
    deadline = perf_counter() + seconds
    first = True

    def goes_on(stepping: bool) -> bool:
        nonlocal first, steps
        if stepping:
            if steps <= 0:
                return False
            steps -= 1
        if first:
            first = False
            return True
        return perf_counter() < deadline

    trainer.run(goes_on)
