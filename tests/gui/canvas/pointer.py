"""What a hand does to the network's view: real events, one frame apart."""

from PySide6.QtCore import QPoint, QPointF, Qt
from pytestqt.qtbot import QtBot

from gui.canvas.view import NetworkView

LEFT = Qt.MouseButton.LeftButton
Modifiers = Qt.KeyboardModifier
NONE = Qt.KeyboardModifier.NoModifier
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
ALT = Qt.KeyboardModifier.AltModifier
FRAME = 20  # ms: moves of the pointer are joined to one a frame


def point(view: NetworkView, x: float, y: float) -> QPoint:
    return view.mapFromScene(QPointF(x, y))


def header(view: NetworkView, column: int) -> QPoint:
    layout = view.network.layout
    return point(view, layout.columns[column].x, layout.bands.number)


def neuron(view: NetworkView, column: int, row: int) -> QPoint:
    at = view.network.layout.columns[column]
    return point(view, at.x, float(at.y[row]))


def ground(view: NetworkView) -> QPoint:
    """Empty: to the left of the input."""
    return point(view, 3, view.network.layout.bands.speeds + 14)


def port(view: NetworkView, column: int) -> QPoint:
    layout = view.network.layout
    return point(view, layout.columns[column].x, layout.bands.frame[0])


def click(
    qtbot: QtBot, view: NetworkView, at: QPoint, modifiers: Qt.KeyboardModifier = NONE
) -> None:
    qtbot.mouseClick(view.viewport(), LEFT, modifiers, at)
    qtbot.wait(FRAME)


def hover(qtbot: QtBot, view: NetworkView, at: QPoint) -> None:
    for nudge in (1, 0):
        qtbot.mouseMove(view.viewport(), at + QPoint(nudge, 0))
        qtbot.wait(FRAME)


def press(
    qtbot: QtBot, view: NetworkView, at: QPoint, modifiers: Qt.KeyboardModifier = NONE
) -> None:
    qtbot.mousePress(view.viewport(), LEFT, modifiers, at)


def drag(qtbot: QtBot, view: NetworkView, *way: QPoint) -> None:
    for at in way:
        qtbot.mouseMove(view.viewport(), at)
        qtbot.wait(FRAME)


def release(qtbot: QtBot, view: NetworkView, at: QPoint) -> None:
    qtbot.mouseRelease(view.viewport(), LEFT, pos=at)
