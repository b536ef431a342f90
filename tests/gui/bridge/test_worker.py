"""The worker without its thread: it is an ordinary object."""

from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from engine.trainer import start
from gui.bridge.worker import TrainingWorker, _train
from tests.gui.bridge.conftest import CIRCLES


@pytest.fixture
def worker(qtbot: QtBot) -> TrainingWorker:
    worker = TrainingWorker()
    worker.newest_run = 1
    with qtbot.waitSignal(worker.advanced):
        worker.load(1, CIRCLES)
    return worker


@pytest.mark.parametrize(("seconds", "steps", "taken"), [(0.0, 5, 1), (60.0, 1, 1), (60.0, 3, 3)])
def test_stops_for_time_or_for_steps(
    worker: TrainingWorker, seconds: float, steps: int, taken: int, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(worker.advanced) as advanced:
        worker.advance(seconds, steps, False)
    run, snapshot, _ = advanced.args
    assert (run, snapshot.step, snapshot.weights) == (1, taken, None)


def test_settings_for_a_run_that_was_overtaken_are_not_taken(worker: TrainingWorker) -> None:
    worker.newest_run = 2
    worker.load(1, CIRCLES, 7)  # not the newest
    worker.change(2, replace(CIRCLES.training, eta=3.0), 8)
    assert worker._trainer is not None
    assert worker._trainer.training == CIRCLES.training
    assert worker._versions == set()


def test_no_steps_still_finish_an_evaluation() -> None:
    trainer = start(CIRCLES)
    assert trainer.snapshot().evaluating
    _train(trainer, 60.0, 0)
    assert trainer.step_count == 0
    assert not trainer.snapshot().evaluating


def test_the_data_are_kept_between_runs(worker: TrainingWorker) -> None:
    kept = worker._examples(CIRCLES)
    worker.newest_run = 2
    worker.load(2, CIRCLES)
    assert worker._examples(CIRCLES) is kept
