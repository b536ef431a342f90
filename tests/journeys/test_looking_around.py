from PySide6.QtCore import QPoint, QPointF, Qt
from pytestqt.qtbot import QtBot

from gui.main_window import MainWindow

Key, Modifier = Qt.Key, Qt.KeyboardModifier


def test_space_plays_where_the_network_has_the_focus(quick: MainWindow, qtbot: QtBot) -> None:
    qtbot.keyClick(quick.network.canvas, Key.Key_Space)
    qtbot.waitUntil(lambda: quick.session.is_running)
    qtbot.keyClick(quick.network.canvas, Key.Key_Space)
    assert not quick.session.is_running


def test_space_and_a_drag_pan_while_it_trains(window: MainWindow, qtbot: QtBot) -> None:
    canvas, viewport = window.network.canvas, window.network.canvas.viewport()
    qtbot.keyClick(canvas, Key.Key_Space)
    qtbot.waitUntil(lambda: window.session.snapshot.step > 0)
    canvas.navigation.zoom_by(6.0, QPointF(300, 250))
    before = canvas.horizontalScrollBar().value()
    qtbot.keyPress(canvas, Key.Key_Space)
    qtbot.mousePress(viewport, Qt.MouseButton.LeftButton, pos=QPoint(300, 250))
    qtbot.mouseMove(viewport, QPoint(340, 250))
    qtbot.mouseRelease(viewport, Qt.MouseButton.LeftButton, pos=QPoint(340, 250))
    qtbot.keyRelease(canvas, Key.Key_Space)
    assert canvas.horizontalScrollBar().value() == before - 40
    assert window.session.is_running


def test_the_menu_keys_zoom(window: MainWindow, qtbot: QtBot) -> None:
    canvas = window.network.canvas
    qtbot.keyClick(canvas, Key.Key_Equal, Modifier.ControlModifier)
    assert canvas.navigation.zoom > 1
    assert canvas.minimap.isVisible()
    qtbot.keyClick(canvas, Key.Key_0, Modifier.ControlModifier)
    assert canvas.navigation.zoom == 1
    assert not canvas.minimap.isVisible()
