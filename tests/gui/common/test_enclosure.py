"""A wall keeps the unrest of a part from what stands around it."""

from PySide6.QtCore import QEvent, QObject
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
