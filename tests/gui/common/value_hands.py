"""A slider of a value in a window, and what hands do with it."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import (
    QMouseEvent,
)
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from engine.hyper import Hyper
from gui.common.formula.symbols import w
from gui.common.style import style_sheet
from gui.common.value_slider import Shape, ValueSlider
from gui.theme import LIGHT

Key, Modifier = Qt.Key, Qt.KeyboardModifier
WEIGHT = Hyper("w", "w₂", 1.0, -1e6, 1e6, False, "weight from neuron 1 to neuron 2")
Told = list[tuple[float, object]]


def shown_slider(shown: Callable[[QWidget], QWidget], shape: Shape = Shape.WIDE) -> ValueSlider:
    """±4 wide, at 1, in a window with the style of the program."""
    window = QWidget()
    window.setStyleSheet(style_sheet(LIGHT))
    slider = ValueSlider(WEIGHT, w(2), shape)
    slider.set_range(-4.0, 4.0)
    other = ValueSlider(WEIGHT, w(3))
    column = QVBoxLayout(window)
    column.addWidget(slider)
    column.addWidget(other)
    slider.window_, slider.other = window, other  # kept as long as the slider
    window.resize(240, 120)
    shown(window)
    return slider


def listen(slider: ValueSlider) -> Told:
    told: Told = []
    slider.value_changed.connect(lambda value, key: told.append((value, key)))
    return told


def handle(slider: ValueSlider) -> QPoint:
    groove = slider.groove
    return QPoint(round(groove.at(groove.value())), groove.height() // 2)


def drag(qtbot: QtBot, slider: ValueSlider, *offsets: int) -> None:
    """From the handle, by each offset in turn."""
    groove, start = slider.groove, handle(slider)
    qtbot.mousePress(groove, Qt.MouseButton.LeftButton, pos=start)
    for offset in offsets:
        at = QPointF(start + QPoint(offset, 0))
        QApplication.sendEvent(
            groove,
            QMouseEvent(
                QEvent.Type.MouseMove, at, groove.mapToGlobal(at), Qt.MouseButton.NoButton,
                Qt.MouseButton.LeftButton, Modifier.NoModifier,
            ),
        )  # fmt: skip
    qtbot.mouseRelease(groove, Qt.MouseButton.LeftButton, pos=start + QPoint(offsets[-1], 0))


def retype(qtbot: QtBot, slider: ValueSlider, text: str) -> None:
    slider.field.setFocus()
    slider.field.selectAll()
    qtbot.keyClicks(slider.field, text)
    qtbot.keyClick(slider.field, Key.Key_Return)


def field_text(slider: ValueSlider) -> str:
    return slider.field.text()
