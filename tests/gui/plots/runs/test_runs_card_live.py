"""The live run's row in the table of runs, while it trains on."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from engine.snapshot import Snapshot
from engine.trainer import start
from gui.plots.runs.runs import Runs
from tests.engine.trained_runs import SMALL
from tests.gui.plots.runs.conftest import LIVE, RELU, earlier, heard, row, tip


def moved_on(steps: int, further: int = 0) -> Snapshot:
    """Evaluated after ``steps``."""
    trainer = start(LIVE.experiment)
    for _ in range(steps):
        trainer.step()
    trainer.evaluate()
    for _ in range(further):
        trainer.step()
    return trainer.snapshot()


def test_the_live_row_follows_four_times_a_second(card: Runs, qtbot: QtBot):
    card.show_snapshot(moved_on(40))
    qtbot.waitUntil(lambda: row(card, 0)[3] == "10.0", timeout=1000)
    repaints = heard(card.model.dataChanged)
    for steps in (44, 48, 52):
        card.show_snapshot(moved_on(steps))
    assert len(repaints) <= 1
    qtbot.waitUntil(lambda: row(card, 0)[3] == "13.0", timeout=1000)
    assert row(card, 1)[3] == "2.2"


def test_a_score_says_of_which_evaluation_it_is(card: Runs, qtbot: QtBot):
    card.show_snapshot(moved_on(40, 3))
    qtbot.waitUntil(lambda: row(card, 0)[3] == "10.8", timeout=1000)
    assert "accuracy on the validation examples, evaluated at step 40, epoch 10" in tip(card, 0, 1)
    assert "cost of the training examples, evaluated at step 40, epoch 10" in tip(card, 0, 2)
    assert "evaluated" not in tip(card, 0, 3)
    header = card.model.headerData(1, Qt.Orientation.Horizontal, Qt.ItemDataRole.ToolTipRole)
    assert "validation examples, at the last evaluation" in header
    bare = replace(LIVE, id=11, evaluations=LIVE.evaluations[:0])
    card.show_runs(bare, [])
    assert "not evaluated yet" in tip(card, 0, 1)


@pytest.mark.parametrize("seen", [True, False])
def test_another_run_does_not_inherit_its_numbers(card: Runs, qtbot: QtBot, seen: bool):
    card.show_snapshot(moved_on(40))
    qtbot.waitUntil(lambda: row(card, 0)[3] == "10.0", timeout=1000)
    if seen:  # who is not seen is not told
        card.set_experiment(SMALL)
    card.show_runs(replace(LIVE, id=10, name="Run 10"), [*earlier(), LIVE])
    assert row(card, 0)[3] == "2.2"


def test_a_snapshot_of_another_network_is_left_out(card: Runs):
    trainer = start(RELU)
    trainer.evaluate()
    card.show_snapshot(trainer.snapshot())
    assert row(card, 0)[3] == "2.2"
