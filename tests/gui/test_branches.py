"""Document, run control and session together: a branch is one undoable step."""

from collections.abc import Iterator

import numpy as np
import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from engine.edits import change_training, insert_layer
from engine.snapshot import Snapshot
from engine.spec import Experiment
from gui.bridge.session import TrainingSession
from gui.document import ExperimentDocument
from gui.run_control import RunControl
from tests.gui.bridge.conftest import CIRCLES


class Bench(QObject):
    """What the window has beside its widgets."""

    def __init__(self, qtbot: QtBot) -> None:
        super().__init__()
        self.qtbot = qtbot
        self.document = ExperimentDocument(CIRCLES)
        self.session = TrainingSession()
        self.control = RunControl(self.document, self.session, self)
        self.told: list[str] = []
        self.begun: list[Experiment] = []
        self.control.told.connect(self.told.append)
        self.control.begun.connect(self.begun.append)

    def wait(self, step: int) -> Snapshot:
        session = self.session
        self.qtbot.waitUntil(
            lambda: (
                session.snapshot is not None and session.snapshot.step == step
                and not session._waiting
            )
        )  # fmt: skip
        assert session.snapshot is not None
        return session.snapshot

    def train(self, steps: int) -> Snapshot:
        newest = self.session.newest
        assert newest is not None
        for _ in range(steps):
            self.session.step_once()
        return self.wait(newest.step + steps)

    def branch(self, step: int) -> None:
        self.session.look_back(step)
        self.wait(step)
        self.control.branch()
        self.wait(step)

    @property
    def stack(self) -> object:
        return self.document.undo_stack


@pytest.fixture
def bench(qtbot: QtBot) -> Iterator[Bench]:
    bench = Bench(qtbot)
    bench.control.open()
    bench.wait(0)
    yield bench
    bench.control.close()


def test_a_branch_is_one_step_that_undo_takes_back(bench: Bench) -> None:
    straight = bench.train(30)
    bench.branch(12)
    assert bench.stack.undoText() == "Branch at step 12"
    assert bench.document.experiment == CIRCLES
    assert (bench.session.run_id, bench.session.branched_from) == (2, (1, 12))
    bench.train(3)
    bench.stack.undo()
    back = bench.wait(30)
    np.testing.assert_array_equal(back.history, straight.history)
    assert bench.session.run_id == 1
    assert bench.told[-1] == "Back at step 30, with the weights trained until then."
    bench.stack.redo()
    bench.wait(15)
    assert bench.session.run_id == 2


def test_settings_after_it_belong_to_the_branch_and_those_before_to_both(bench: Bench) -> None:
    change = bench.document.change
    bench.train(10)
    change("η", change_training(CIRCLES, eta=0.3))
    bench.train(10)
    bench.branch(15)
    change("η", change_training(CIRCLES, eta=0.7))
    bench.train(2)
    bench.stack.undo()  # η of the branch
    bench.qtbot.wait(30)
    assert (bench.session.run_id, bench.session.newest.step) == (2, 17)
    bench.stack.undo()  # the branch
    bench.wait(20)
    assert bench.session._worker._trainer.training.eta == 0.3
    bench.stack.undo()  # η of the straight run
    bench.qtbot.wait(30)
    assert (bench.session.run_id, bench.session.newest.step) == (1, 20)
    assert bench.session._worker._trainer.training.eta == CIRCLES.training.eta
    for _ in range(3):
        bench.stack.redo()
    bench.wait(17)
    assert bench.session._worker._trainer.training.eta == 0.7


def test_across_a_branch_and_another_network(bench: Bench) -> None:
    bench.train(8)
    bench.branch(5)
    bench.train(4)
    bench.document.change("Insert", insert_layer(CIRCLES, 0))
    bench.qtbot.waitUntil(lambda: len(bench.begun) == 3)
    bench.wait(0)
    bench.train(2)
    bench.stack.setIndex(0)
    bench.wait(8)
    assert bench.session.run_id == 1
    bench.stack.setIndex(1)
    bench.wait(9)
    assert bench.session.run_id == 2
    bench.stack.setIndex(2)
    bench.wait(2)
    assert bench.session.run_id == 3


def test_branches_of_branches(bench: Bench) -> None:
    bench.train(20)
    bench.branch(15)
    bench.train(5)
    bench.branch(10)
    assert (bench.session.run_id, bench.session.branched_from) == (3, (2, 10))
    bench.train(1)
    steps = [(2, 20), (1, 20)]
    for run, step in steps:
        bench.stack.undo()
        bench.wait(step)
        assert bench.session.run_id == run
    bench.document.change("η", change_training(CIRCLES, eta=0.2))  # what was to redo goes
    bench.train(1)
    assert (bench.session.run_id, bench.session.newest.step) == (1, 21)


def test_without_looking_back_there_is_no_branch(bench: Bench) -> None:
    bench.train(3)
    bench.control.branch()
    assert bench.stack.count() == 0
    assert bench.session.run_id == 1


def test_a_moment_that_is_not_shown_yet_is_no_place_to_branch(bench: Bench) -> None:
    bench.train(10)
    bench.session.look_back(4)
    bench.control.branch()
    assert bench.stack.count() == 0
    bench.wait(4)
    bench.control.branch()
    bench.wait(4)
    assert bench.session.run_id == 2


def test_an_edit_while_one_looks_back(bench: Bench) -> None:
    bench.train(10)
    bench.session.look_back(4)
    bench.wait(4)
    bench.document.change("Insert", insert_layer(CIRCLES, 0))
    bench.control.branch()  # not of a network that is about to go
    assert bench.stack.undoText() == "Insert"
    bench.wait(0)
    bench.train(1)
    bench.stack.undo()
    bench.wait(10)
    assert not bench.session.is_looking_back


def test_a_restart_of_a_branch_leaves_the_straight_run(bench: Bench) -> None:
    bench.train(10)
    bench.branch(4)
    bench.train(1)
    bench.control.begin(running=False, anew=True)
    bench.wait(0)
    assert bench.session.run_id == 3
    bench.stack.undo()
    bench.wait(10)
    assert bench.session.run_id == 1


def test_a_branch_tells_the_plots_to_begin(bench: Bench) -> None:
    bench.train(5)
    count = len(bench.begun)
    bench.branch(2)
    assert len(bench.begun) == count + 1


def test_a_mark_changes_the_version_and_not_the_value(qtbot: QtBot) -> None:
    document = ExperimentDocument(CIRCLES)
    seen: list[Experiment] = []
    document.changed.connect(seen.append)
    document.mark("Branch")
    assert (document.version, document.experiment, seen) == (1, CIRCLES, [CIRCLES])
    document.undo_stack.undo()
    assert document.version == 0
    document.change("η", change_training(CIRCLES, eta=0.2), merge_key="eta")
    document.change("η", change_training(CIRCLES, eta=0.3), merge_key="eta")
    document.mark("Branch")
    document.change("η", change_training(CIRCLES, eta=0.4), merge_key="eta")
    assert document.undo_stack.count() == 3
