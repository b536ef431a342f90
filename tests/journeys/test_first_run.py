"""Open the program, press one key, watch the layers learn."""

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from engine.spec import Experiment
from gui.main_window import MainWindow


def step(window: MainWindow) -> int:
    return window.session.snapshot.step if window.session.snapshot else -1


def test_it_starts_ready_on_the_books_network(window: MainWindow) -> None:
    assert window.document.experiment.architecture.text == "784-30-30-10"
    assert window.document.experiment.training.data.key == "mnist"
    assert step(window) == 0
    assert not window.message.text


def test_space_trains_on_mnist_and_the_plots_follow(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.keyClick(window, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: window.session.is_running)
    qtbot.waitUntil(lambda: step(window) > 500, timeout=30_000)
    qtbot.keyClick(window, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: not window.session.is_running)
    snapshot = window.session.snapshot
    assert snapshot is not None
    assert np.isfinite(snapshot.measure(0)).all()
    plot = window.network.plots.card("speed_of_learning").plot
    assert [end.text for end in plot.labels.ends] == ["layer 1", "layer 2"]
    newest = plot.layers[0].trace.newest()
    assert np.isfinite(newest).all()
    assert (newest < 0).all()  # log10 of speeds well below 1
    columns = window.network.canvas.network.columns
    _, first, second, output = (column.bars.heights() for column in columns)
    assert len(first) == len(second) > 5
    assert max(map(abs, [*first, *second])) > 1.0
    assert len(output) == 10


def test_keys_step_restart_and_new_seed(quick: MainWindow, qtbot: QtBot) -> None:
    for expected in (1, 2, 3):
        qtbot.keyClick(quick, Qt.Key.Key_S)
        qtbot.waitUntil(lambda n=expected: step(quick) == n)
    first = quick.session.snapshot.history[:, 2].copy()
    qtbot.keyClick(quick, Qt.Key.Key_E)
    qtbot.waitUntil(lambda: step(quick) == 20 and not quick.session.is_running)
    qtbot.keyClick(quick, Qt.Key.Key_R)
    qtbot.waitUntil(lambda: step(quick) == 0)
    for expected in (1, 2, 3):
        qtbot.keyClick(quick, Qt.Key.Key_S)
        qtbot.waitUntil(lambda n=expected: step(quick) == n)
    np.testing.assert_array_equal(quick.session.snapshot.history[:, 2], first)
    seed = quick.document.experiment.training.seed
    qtbot.keyClick(quick, Qt.Key.Key_N)
    qtbot.waitUntil(lambda: step(quick) == 0)
    assert quick.document.experiment.training.seed != seed
    quick.document.undo_stack.undo()
    assert quick.document.experiment.training.seed == seed


def button(window: MainWindow, name: str) -> QWidget:
    found = [b for b in window.network.transport.findChildren(QWidget, name) if b.isVisible()]
    assert found, name
    return found[0]


def test_the_same_with_the_mouse(quick: MainWindow, qtbot: QtBot) -> None:
    qtbot.mouseClick(button(quick, "step"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: step(quick) == 1)
    qtbot.mouseClick(button(quick, "play"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: step(quick) > 50)
    qtbot.mouseClick(button(quick, "play"), Qt.MouseButton.LeftButton)
    assert not quick.session.is_running
    qtbot.mouseClick(button(quick, "restart"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: step(quick) == 0)


def test_it_runs_to_its_last_epoch_and_says_so(
    quick: MainWindow, spirals: Experiment, qtbot: QtBot
) -> None:
    qtbot.keyClick(quick, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: quick.session.snapshot.done, timeout=20_000)
    assert step(quick) == 1000
    assert not quick.session.is_running
    assert not quick.actions_by_name["play"].isChecked()
    qtbot.keyClick(quick, Qt.Key.Key_Space)  # nothing is left to play
    assert not quick.actions_by_name["play"].isChecked()


@pytest.mark.parametrize("name", ["dark", "larger", "smaller", "settings", "half_rate"])
def test_view_commands_do_not_disturb_a_run(quick: MainWindow, name: str, qtbot: QtBot) -> None:
    qtbot.keyClick(quick, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: step(quick) > 0)
    quick.actions_by_name[name].trigger()
    before = step(quick)
    qtbot.waitUntil(lambda: step(quick) > before or quick.session.snapshot.done)
    assert not quick.message.text
