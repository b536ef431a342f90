"""A run is scrubbed back in the real window, played, branched, and taken back."""

import numpy as np
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from engine.snapshot import Snapshot
from engine.spec import Experiment
from engine.trainer import start
from gui.main_window import MainWindow
from gui.timeline.memory import MemoryMenu

LEFT = Qt.MouseButton.LeftButton
Key = Qt.Key


def trained(window: MainWindow, steps: int, qtbot: QtBot) -> Snapshot:
    for _ in range(steps):
        qtbot.keyClick(window, Key.Key_S)
    qtbot.waitUntil(
        lambda: window.session.newest.step == steps and not window.session._waiting, timeout=20_000
    )
    return window.session.newest


def wait(window: MainWindow, step: int, qtbot: QtBot) -> Snapshot:
    qtbot.waitUntil(
        lambda: (
            window.session.snapshot is not None
            and window.session.snapshot.step == step
            and not window.session._waiting
        ),
        timeout=20_000,
    )
    return window.session.snapshot


def on_rail(window: MainWindow, share: float) -> QPoint:
    rail = window.network.time_line.rail
    margin = rail._margin
    return QPoint(round(margin + share * (rail.width() - 2 * margin)), rail.height() // 2)


def test_back_and_a_branch_that_repeats_the_run_bit_for_bit(
    quick: MainWindow, spirals: Experiment, qtbot: QtBot
) -> None:
    window, bar = quick, quick.network.time_line
    straight = trained(window, 50, qtbot)
    canvas = window.network.canvas.grab().toImage()
    qtbot.mouseClick(bar.rail, LEFT, pos=on_rail(window, 0.4))
    moment = wait(window, 20, qtbot)
    qtbot.waitUntil(lambda: bar.moment.text() == "step 20 · epoch 1.00")
    assert window.network.canvas.grab().toImage() != canvas
    plain = start(spirals)
    plain.run(lambda stepping: not stepping or plain.step_count < 20)
    then = plain.snapshot(weights=True)
    np.testing.assert_array_equal(moment.history, then.history)
    for mine, its in zip(moment.weights.W, then.weights.W, strict=True):
        np.testing.assert_array_equal(mine, its)

    qtbot.mouseClick(bar.branch, LEFT)
    wait(window, 20, qtbot)
    qtbot.waitUntil(lambda: not bar.branch.isVisible())
    assert window.document.undo_stack.undoText() == "Branch at step 20"
    window.network.canvas.setFocus()
    for _ in range(30):
        qtbot.keyClick(window, Key.Key_S)
    again = wait(window, 50, qtbot)
    np.testing.assert_array_equal(again.history, straight.history)
    np.testing.assert_array_equal(again.evaluations, straight.evaluations)
    assert (window.session.run_id, window.session.branched_from[1]) == (3, 20)

    qtbot.keyClick(window, Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    back = wait(window, 50, qtbot)
    qtbot.waitUntil(lambda: window.session.run_id == 2)
    np.testing.assert_array_equal(back.history, straight.history)


def test_keys_and_play_return_to_now(quick: MainWindow, qtbot: QtBot) -> None:
    window, bar = quick, quick.network.time_line
    trained(window, 12, qtbot)
    for key, step in (
        (Key.Key_BracketLeft, 11), (Key.Key_BracketLeft, 10), (Key.Key_BracketRight, 11),
    ):  # fmt: skip
        qtbot.keyClick(window, key)
        wait(window, step, qtbot)
    qtbot.mouseClick(bar.buttons[-1], LEFT)
    bar.player.pace = 100.0  # so few moments are spread over ten seconds
    qtbot.waitUntil(lambda: bar.player.direction == 0, timeout=20_000)
    wait(window, 0, qtbot)
    qtbot.keyClick(window, Key.Key_S)
    wait(window, 13, qtbot)
    assert not window.session.is_looking_back
    qtbot.keyClick(window, Key.Key_BracketLeft)
    wait(window, 12, qtbot)
    control_shift = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    qtbot.keyClick(window, Key.Key_B, control_shift)
    qtbot.waitUntil(lambda: window.document.undo_stack.undoText() == "Branch at step 12")
    wait(window, 12, qtbot)


def test_the_memory_is_chosen_in_the_menu_and_remembered(quick: MainWindow, qtbot: QtBot) -> None:
    window = quick
    trained(window, 5, qtbot)
    menus = [action.menu() for action in window.menus["&Run"].actions()]
    menu = next(menu for menu in menus if isinstance(menu, MemoryMenu))
    menu.actions()[0].trigger()
    qtbot.waitUntil(lambda: window.session.snapshot.moments.budget == 64 * 2**20)
    assert window._settings.time_line_memory == 64
    qtbot.waitUntil(lambda: "of 64 MB" in window.network.time_line.rail.toolTip())


def test_the_keys_of_the_time_line_move_the_row_of_factors(quick: MainWindow, qtbot: QtBot) -> None:
    window = quick
    last = trained(window, 20, qtbot)
    qtbot.keyClick(window.network.canvas, Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    back = window.actions_by_name["moment_back"]
    assert not back.isEnabled()
    qtbot.keyClick(window.chain, Key.Key_7)
    study = window.chain.studies["matrices"]
    qtbot.waitUntil(lambda: study.row is not None and study.row.step == 20)
    assert back.isEnabled()
    assert back.isVisible()
    qtbot.keyClick(window.chain, Key.Key_BracketLeft)
    qtbot.keyClick(window.chain, Key.Key_BracketLeft)
    qtbot.waitUntil(lambda: study.row.step == 18)
    assert study.of.text().endswith(" · step 18")
    assert window.session.is_looking_back
    earlier = study.row.weights.W[0].copy()
    assert not np.array_equal(earlier, last.weights.W[0])
    qtbot.keyClick(window.chain, Key.Key_BracketRight)
    qtbot.waitUntil(lambda: study.row.step == 19)
    qtbot.keyClick(window.chain, Key.Key_BracketRight)
    qtbot.waitUntil(lambda: study.row.step == 20)
    assert not window.session.is_looking_back
    qtbot.keyClick(window.chain, Key.Key_BracketLeft)
    qtbot.waitUntil(lambda: study.row.step == 19)
    qtbot.keyClick(window.chain, Key.Key_1, Qt.KeyboardModifier.ControlModifier)
    bar = window.network.time_line
    qtbot.waitUntil(lambda: bar.moment.text().startswith("step 19 "))
    assert bar.rail.value() == 19


def test_other_studies_leave_the_run_alone(quick: MainWindow, qtbot: QtBot) -> None:
    window = quick
    trained(window, 5, qtbot)
    qtbot.keyClick(window.network.canvas, Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(window.chain, Key.Key_7)
    window.chain.show_entry("escape")
    qtbot.keyClick(window.chain, Key.Key_BracketLeft)
    qtbot.wait(50)
    assert not window.session.is_looking_back
    assert not window.actions_by_name["moment_back"].isVisible()
