"""Random edits, training, undo and redo: every run comes back as it stood."""

from dataclasses import replace

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.architecture import GivenParameter
from engine.edits import change_training, insert_layer
from engine.spec import Experiment
from gui.bridge.worker import TrainingWorker
from tests.gui.bridge.conftest import CIRCLES

STEPS = st.sampled_from(
    ["layer", "give", "freeze", "eta", "seed", "train", "train", "undo", "undo", "redo", "anew"]
)


class Window:
    """What the window asks of the worker, and by itself what has to come back."""

    def __init__(self) -> None:
        self.worker, self.run = TrainingWorker(), 0
        self.states: list[tuple[int, Experiment]] = [(1, CIRCLES)]
        self.at, self.newest = 0, 1
        self.right: dict[int, tuple[int, np.ndarray]] = {}
        self.load()

    def now(self) -> tuple[int, np.ndarray]:
        trainer = self.worker._trainer
        assert trainer is not None
        return trainer.step_count, trainer.network.parameters.vector.copy()

    def load(self, anew: bool = False) -> None:
        version, experiment = self.states[self.at]
        self.run += 1
        self.worker.newest_run = self.run
        self.worker.load(self.run, experiment, version, anew)
        self.right.pop(version, None) if anew else None

    def show(self, at: int) -> None:
        """Go to another state of the document."""
        before, self.at = self.states[self.at][1], at
        version, after = self.states[at]
        for alias in self.worker._versions:
            self.right[alias] = self.now()
        restart = before.training.needs_restart(after.training)
        if before.architecture == after.architecture and not restart:
            self.worker.change(self.run, after.training, version)
            return
        self.load()
        if version in self.right:
            step, vector = self.right[version]
            assert self.now()[0] == step
            np.testing.assert_array_equal(self.now()[1], vector)

    def edit(self, experiment: Experiment) -> None:
        self.newest += 1
        self.states = [*self.states[: self.at + 1], (self.newest, experiment)]
        self.show(self.at + 1)

    def do(self, what: str) -> None:
        experiment, number = self.states[self.at][1], self.newest
        spec = experiment.architecture
        if what == "layer":
            self.edit(insert_layer(experiment, number % len(spec.layers)))
        elif what == "give":
            given = (GivenParameter(spec.layers[0].id, 0, 0, number / 8, number % 2 == 0),)
            self.edit(replace(experiment, architecture=replace(spec, given=given)))
        elif what == "freeze":
            layers = (replace(spec.layers[0], frozen=not spec.layers[0].frozen), *spec.layers[1:])
            self.edit(replace(experiment, architecture=replace(spec, layers=layers)))
        elif what in ("eta", "seed"):
            value = 0.1 + number / 100 if what == "eta" else number
            self.edit(change_training(experiment, **{what: value}))
        else:
            self.move(what)

    def move(self, what: str) -> None:
        if what == "train":
            self.worker.advance(60.0, 3, False)
        elif what == "undo" and self.at > 0:
            self.show(self.at - 1)
        elif what == "redo" and self.at < len(self.states) - 1:
            self.show(self.at + 1)
        elif what == "anew":
            self.load(anew=True)
            assert self.now()[0] == 0


@given(st.lists(STEPS, min_size=10, max_size=40))
@settings(max_examples=60, deadline=None)
def test_every_run_comes_back_as_it_stood(steps: list[str]) -> None:
    window = Window()
    failures: list[str] = []
    window.worker.failed.connect(lambda run, message: failures.append(message))
    for what in steps:
        window.do(what)
        trainer, experiment = window.worker._trainer, window.states[window.at][1]
        assert trainer is not None
        assert trainer.architecture == experiment.architecture
        assert trainer.training == experiment.training
    assert failures == []
