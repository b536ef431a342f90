"""A wall keeps the unrest of a part from what stands around it."""

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from gui.common.enclosure import Enclosure


class Requests(QObject):
    """Counts how often a widget is asked to lay itself out anew."""

    def __init__(self, watched: QWidget) -> None:
        super().__init__(watched)
        self.count = 0
        watched.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.count += event.type() == QEvent.Type.LayoutRequest
        return False


def part(qtbot: QtBot, enclosed: bool) -> tuple[QWidget, QLabel, Requests]:
    window, inner, label = QWidget(), QWidget(), QLabel("1")
    QVBoxLayout(inner).addWidget(label)
    QVBoxLayout(window).addWidget(Enclosure(inner) if enclosed else inner)
    qtbot.addWidget(window)
    window.resize(300, 100)
    window.show()
    qtbot.waitExposed(window)
    label.setText("2")  # the first request is always passed on
    qtbot.wait(20)
    return window, label, Requests(window)


def test_a_text_of_another_width_lays_out_its_part_only(qtbot: QtBot) -> None:
    for enclosed in (True, False):
        _window, label, requests = part(qtbot, enclosed)
        for n in range(5):
            label.setText("9" * (n + 2))
            qtbot.wait(5)
        assert (requests.count > 0) is not enclosed
        assert label.width() > 100  # and it has its room


def test_another_height_is_passed_on(qtbot: QtBot) -> None:
    window, label, requests = part(qtbot, enclosed=True)
    label.setText("two\nlines, and\na third")
    qtbot.waitUntil(lambda: requests.count > 0)
    window.resize(300, 200)
    assert label.parentWidget().size() == label.parentWidget().parentWidget().size()


class Narrowing(QWidget):
    """Takes a second row below 300 pixels, as a header does that wraps."""

    def __init__(self) -> None:
        super().__init__()
        self.rows = [QLabel("one"), QLabel("two")]
        for row in self.rows:
            (self.layout() or QVBoxLayout(self)).addWidget(row)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.rows[1].setVisible(self.width() < 300)


def test_another_height_by_another_width_is_passed_on(qtbot: QtBot) -> None:
    window, part = QWidget(), Narrowing()
    column = QVBoxLayout(window)
    column.addWidget(Enclosure(part))
    column.addWidget(QWidget(), 1)
    qtbot.addWidget(window)
    window.resize(400, 200)
    window.show()
    qtbot.waitExposed(window)
    qtbot.waitUntil(lambda: part.rows[1].isHidden())
    qtbot.wait(50)
    high = part.height()
    window.resize(250, 200)
    qtbot.waitUntil(lambda: part.height() > high + 10)
    window.resize(400, 200)
    qtbot.waitUntil(lambda: part.height() == high)
