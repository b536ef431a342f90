import sys

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot


class Emitter(QObject):
    emitted = Signal(int)


def test_qt_calls_leave_the_counts_of_none_and_true_alone(qtbot: QtBot) -> None:
    """PySide6 6.12.0 on Python < 3.12 drops a reference in every void call and every emit."""
    widget, emitter = QWidget(), Emitter()
    qtbot.addWidget(widget)
    none, true = sys.getrefcount(None), sys.getrefcount(True)
    for number in range(2000):
        widget.setObjectName("x")
        widget.update()
        emitter.emitted.emit(number)
    assert sys.getrefcount(None) >= none - 100
    assert sys.getrefcount(True) >= true - 100
