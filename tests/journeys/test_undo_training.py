"""Undo brings back the trained weights, not only the shape."""

import numpy as np
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from engine.edits import (
    change_layer,
    change_training,
    insert_layer,
    set_parameter,
)
from engine.snapshot import Snapshot
from gui.main_window import MainWindow
from tests.journeys.conftest import ready


def trained(window: MainWindow, qtbot: QtBot, steps: int) -> Snapshot:
    for _ in range(steps):
        window.session.step_once()
    qtbot.waitUntil(lambda: at_step(window, steps))
    assert window.session.snapshot is not None
    return window.session.snapshot


def at_step(window: MainWindow, step: int) -> bool:
    snapshot = window.session.snapshot
    return snapshot is not None and snapshot.step == step and not snapshot.evaluating


def same(a: Snapshot, b: Snapshot | None) -> bool:
    if a.weights is None or b is None or b.weights is None or a.step != b.step:
        return False
    pairs = zip(a.weights.W + a.weights.b, b.weights.W + b.weights.b, strict=True)
    return all(np.array_equal(x, y) for x, y in pairs)


def test_undo_and_redo_bring_both_runs_back(quick: MainWindow, qtbot: QtBot) -> None:
    first = trained(quick, qtbot, 7)
    document = quick.document
    document.change("Insert", insert_layer(document.experiment, 1))
    qtbot.waitUntil(lambda: ready(quick, document.experiment) and at_step(quick, 0))
    assert "the run starts anew" in quick.message.text
    assert "7 steps" in quick.message.text
    second = trained(quick, qtbot, 4)
    document.undo_stack.undo()
    qtbot.waitUntil(lambda: at_step(quick, 7))
    assert same(first, quick.session.snapshot)
    assert quick.session.snapshot is not None
    assert np.array_equal(first.history, quick.session.snapshot.history, equal_nan=True)
    assert "Back at step 7" in quick.message.text
    document.undo_stack.redo()
    qtbot.waitUntil(lambda: at_step(quick, 4))
    assert same(second, quick.session.snapshot)


def test_an_edit_while_it_trains_pauses_it(quick: MainWindow, qtbot: QtBot) -> None:
    qtbot.keyClick(quick, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: quick.session.snapshot is not None and quick.session.snapshot.step > 3)
    quick.network.canvas.select_layers((0,))
    qtbot.keyClick(quick.network.canvas, Qt.Key.Key_Delete)
    assert not quick.session.is_running
    qtbot.waitUntil(lambda: at_step(quick, 0))
    assert "starts anew" in quick.message.text
    assert not quick.actions_by_name["play"].isChecked()
    quick.document.undo_stack.undo()
    qtbot.waitUntil(lambda: "Back at step" in quick.message.text)
    assert not quick.session.is_running


def test_a_typed_weight_goes_on_from_the_same_step_and_is_taken_back(
    quick: MainWindow, qtbot: QtBot
) -> None:
    before = trained(quick, qtbot, 5)
    document = quick.document
    document.change("Set", set_parameter(document.experiment, 1, 2, 3, 0.75, frozen=True))
    qtbot.waitUntil(lambda: at_step(quick, 5) and not same(before, quick.session.snapshot))
    after = quick.session.snapshot
    assert after is not None
    assert after.weights is not None
    assert after.weights.W[1][2, 3] == np.float32(0.75)
    assert before.weights is not None
    assert np.array_equal(before.weights.W[0], after.weights.W[0])
    for _ in range(3):
        quick.session.step_once()
    qtbot.waitUntil(lambda: at_step(quick, 8))
    assert quick.session.snapshot is not None
    assert quick.session.snapshot.weights is not None
    assert quick.session.snapshot.weights.W[1][2, 3] == np.float32(0.75)
    document.undo_stack.undo()
    qtbot.waitUntil(lambda: at_step(quick, 5))
    assert same(before, quick.session.snapshot)


def test_a_frozen_layer_stays_while_the_others_learn(quick: MainWindow, qtbot: QtBot) -> None:
    before = trained(quick, qtbot, 2)
    document = quick.document
    document.change("Freeze", change_layer(document.experiment, 0, frozen=True))
    qtbot.waitUntil(lambda: at_step(quick, 2))
    for _ in range(3):
        quick.session.step_once()
    qtbot.waitUntil(lambda: at_step(quick, 5))
    after = quick.session.snapshot
    assert after is not None
    assert before.weights is not None
    assert after.weights is not None
    assert np.array_equal(before.weights.W[0], after.weights.W[0])
    assert not np.array_equal(before.weights.W[1], after.weights.W[1])


def test_restart_begins_at_step_0_whatever_was_trained(quick: MainWindow, qtbot: QtBot) -> None:
    trained(quick, qtbot, 3)
    quick.actions_by_name["restart"].trigger()
    qtbot.waitUntil(lambda: at_step(quick, 0))
    first = trained(quick, qtbot, 3)
    quick.actions_by_name["restart"].trigger()
    qtbot.waitUntil(lambda: at_step(quick, 0))
    assert same(first, trained(quick, qtbot, 3))


def test_live_settings_keep_the_run(quick: MainWindow, qtbot: QtBot) -> None:
    trained(quick, qtbot, 3)
    document = quick.document
    document.change("Set η", change_training(document.experiment, eta=0.5))
    document.change("Insert", insert_layer(document.experiment, 1))
    qtbot.waitUntil(lambda: ready(quick, document.experiment) and at_step(quick, 0))
    document.undo_stack.undo()
    qtbot.waitUntil(lambda: at_step(quick, 3))
    document.undo_stack.undo()
    qtbot.wait(50)
    assert at_step(quick, 3)
    assert document.experiment.training.eta == 0.1


def test_opening_the_same_network_begins_anew(quick: MainWindow, qtbot: QtBot) -> None:
    trained(quick, qtbot, 3)
    quick.files.show(change_layer(quick.document.experiment, 0, frozen=True))
    qtbot.waitUntil(lambda: at_step(quick, 0))


@pytest.mark.parametrize("verb", ["forward_pass", "backward_pass"])
def test_passes_are_commands_of_the_window(quick: MainWindow, qtbot: QtBot, verb: str) -> None:
    qtbot.waitUntil(lambda: quick.network.canvas.network.live.inspection is not None)
    quick.actions_by_name[verb].trigger()
    player = quick.network.panel.close_look.player
    assert player.current is not None
    qtbot.keyClick(quick.network.panel.bar.pass_bar, Qt.Key.Key_Escape)
    assert player.current is None
