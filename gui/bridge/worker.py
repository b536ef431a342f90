"""The only code that runs in the training thread."""

import logging
from dataclasses import replace
from itertools import count
from time import perf_counter
from typing import TypeGuard

import numpy as np
from PySide6.QtCore import QObject, Signal, Slot

from engine.datasets.dataset import DataSource
from engine.examples import ExampleSet, prepare
from engine.faults import InputError
from engine.inspection import Subject
from engine.keyframes import BUDGET
from engine.precision import dtype_for
from engine.snapshot import Snapshot
from engine.spec import Experiment, TrainingSpec
from engine.trainer import Trainer
from gui.bridge.kept_runs import KeptRuns, Line, Run

log = logging.getLogger(__name__)


class TrainingWorker(QObject):
    """Trains for as long as it is asked to, answers with a snapshot, and waits.

    It never runs on its own: a thread that keeps taking the interpreter lock starves the
    thread that paints.
    """

    advanced = Signal(int, object, object)  # run, Snapshot, Line
    failed = Signal(int, str)

    def __init__(self) -> None:
        super().__init__()
        self.newest_run = 0  # written by the session: loads that were overtaken are skipped
        self._run = 0
        self._trainer: Trainer | None = None
        self._twin: Trainer | None = None  # stands at the moment that one looks back to
        self._budget = BUDGET
        self._ids = count(1)
        self._line = Line()
        self._versions: set[int] = set()  # of the document, that the trainer belongs to
        self._kept = KeptRuns()
        self._look = 0.0  # seconds that the last one took: the next grant leaves them
        self._prepared: tuple[object, np.dtype[np.floating], ExampleSet] | None = None

    @Slot(int, object, object, bool, object)
    def load(
        self,
        run: int,
        experiment: Experiment,
        version: int | None = None,
        anew: bool = False,
        subject: Subject | None = None,
    ) -> None:
        """As ``TrainingSession.load`` tells; answer with a snapshot, weights included."""
        if run != self.newest_run:
            return
        self._run = run
        try:
            self._trainer = self._take_up(experiment, None if anew else version)
            if version is not None and anew:
                self._kept.forget(version)
            snapshot = self._begin(self._trainer, version, subject)
        except Exception as error:
            self._fail(error)
        else:
            self.advanced.emit(run, snapshot, self._line)

    @Slot(int, object, object, object)
    def branch(
        self, run: int, step: int, version: int | None = None, subject: Subject | None = None
    ) -> None:
        """Go on from an earlier moment as a new run, and keep the one that led further."""
        straight = self._trainer
        if straight is None or run != self.newest_run:
            return
        self._run = run
        try:
            self._trainer = straight.branch(step)
            self._kept.keep(Run(straight, self._versions, self._line))
            self._versions = set()
            self._line = Line(next(self._ids), (self._line.id, self._trainer.step_count))
            snapshot = self._begin(self._trainer, version, subject)
        except Exception as error:
            self._fail(error)
        else:
            self.advanced.emit(run, snapshot, self._line)

    @Slot(int, object, object)
    def look_back(self, run: int, step: int, subject: Subject | None = None) -> None:
        """Answer with what there was to see at the nearest keyframe at or before ``step``."""
        if self._trainer is None or run != self._run:
            return
        try:
            snapshot = self._earlier(self._trainer, step, subject)
        except Exception as error:
            self._fail(error)
        else:
            self.advanced.emit(run, snapshot, self._line)

    @Slot(object)
    def allow(self, budget: int) -> None:
        """So many bytes for the moments that one can look back to."""
        self._budget = budget
        if self._trainer is not None:
            self._trainer.keyframes.budget = budget

    @Slot()
    def forget(self) -> None:
        """Give back the memory of all runs that are kept; the one that is here is not to be."""
        self._kept, self._versions = KeptRuns(), set()

    @Slot(int, object, object)
    def change(self, run: int, training: TrainingSpec, version: int | None = None) -> None:
        """Settings that the run takes over; from now on it belongs to this version too."""
        if self._trainer is None or run != self._run:
            return  # the run that they were meant for was overtaken
        try:
            self._trainer.change(training)
        except InputError as error:
            self.failed.emit(self._run, str(error))
        else:
            self._versions |= set() if version is None else {version}

    @Slot(float, int, bool, object)
    def advance(
        self, seconds: float, steps: int, weights: bool, subject: Subject | None = None
    ) -> None:
        """Take at most ``steps`` steps, and stop once ``seconds`` have passed; at least a unit.

        With ``weights``, the answer carries them, and a look at ``subject``.
        """
        if self._trainer is None:
            return
        self._twin = None
        subject = subject if weights else None
        try:
            _train(self._trainer, seconds - (self._look if subject else 0.0), steps)
            began = perf_counter()
            snapshot = self._trainer.snapshot(weights, subject)
        except Exception as error:
            self._fail(error)
            return
        if subject:
            self._look = perf_counter() - began
        self.advanced.emit(self._run, snapshot, self._line)

    def _begin(self, trainer: Trainer, version: int | None, subject: Subject | None) -> Snapshot:
        """From here on, the trainer belongs to this version of the document."""
        self._twin = None
        trainer.keyframes.budget = self._budget
        self._versions |= set() if version is None else {version}
        self._kept.make_room(trainer.examples, trainer.keyframes.sizes)
        return trainer.snapshot(weights=True, subject=subject)

    def _earlier(self, trainer: Trainer, step: int, subject: Subject | None) -> Snapshot:
        """One twin goes from moment to moment: its room is made once."""
        frame = trainer.keyframes.at(step)
        if self._twin is None or self._twin.architecture != frame.architecture:
            self._twin = trainer.at(step)
        else:
            self._twin.return_to(frame)
        self._twin.change(trainer.training)  # the rest of the run is counted as it is planned now
        return replace(self._twin.snapshot(True, subject), moments=trainer.moments)

    def _fail(self, error: Exception) -> None:
        """The run ends, the application does not."""
        if isinstance(error, InputError | MemoryError):
            sentence = str(error) or "there is not enough memory for this network"
        else:
            log.exception("training stopped", exc_info=error)
            sentence = f"{type(error).__name__}: {error}"
        self.failed.emit(self._run, sentence)

    def _take_up(self, experiment: Experiment, version: int | None) -> Trainer:
        """What was kept of this version, or the run that is here if it can go on, or a new one."""
        left = Run(self._trainer, self._versions, self._line)
        self._trainer, self._versions = None, set()
        self._kept.keep(left)
        kept = None if version is None else self._kept.take(version, experiment)
        if kept is not None:
            self._versions, self._line = kept.versions, kept.line
            if kept.trainer is not None:
                kept.trainer.change(experiment.training)
                self._prepared = *_data_of(experiment), kept.trainer.examples
                return kept.trainer
        elif version is not None and _goes_on(left.trainer, experiment):
            return left.trainer.fork(experiment)
        if kept is None:
            self._line = Line(next(self._ids))
        trainer = Trainer(experiment, self._examples(experiment))
        trainer.keyframes.budget = self._budget
        trainer.evaluate()
        return trainer

    def _examples(self, experiment: Experiment) -> ExampleSet:
        """The data in this run's precision; kept, so that a restart does not load again."""
        source, dtype = _data_of(experiment)
        if self._prepared is None or self._prepared[:2] != (source, dtype):
            self._prepared = None  # free the old before the new
            self._prepared = source, dtype, prepare(source.load(), dtype)
        return self._prepared[2]


def _data_of(experiment: Experiment) -> tuple[DataSource, "np.dtype[np.floating]"]:
    training = experiment.training
    return training.data, dtype_for(experiment.architecture, training.precision)


def _goes_on(trainer: Trainer | None, experiment: Experiment) -> TypeGuard[Trainer]:
    """Whether a run has begun and can go on as the experiment."""
    if trainer is None:
        return False
    restart = trainer.training.needs_restart(experiment.training)
    same = not trainer.architecture.needs_restart(experiment.architecture)
    return trainer.step_count > 0 and same and not restart


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
