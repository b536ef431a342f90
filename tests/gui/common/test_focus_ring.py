"""What has come into focus by the keyboard has a line around it; a click draws none."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QFocusEvent
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QTableWidget,
    QWidget,
)
from pytestqt.qtbot import QtBot

from gui.common.focus_ring import FocusRing, ring_all
from gui.common.style import style_sheet
from gui.theme import DARK, LIGHT, Theme

Reason = Qt.FocusReason


class Window(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.first, self.picture = QCheckBox(), QWidget()
        self.picture.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.picture.setFixedSize(80, 60)
        self.table, self.combo = QTableWidget(2, 2), QComboBox()
        row = QHBoxLayout(self)
        for widget in (self.first, self.picture, self.table, self.combo):
            row.addWidget(widget)

    def ring(self, of: QWidget) -> FocusRing | None:
        return next((ring for ring in self.findChildren(FocusRing) if ring.around is of), None)


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[Window]:
    window = Window()
    ring_all(window)
    qtbot.addWidget(window)
    window.setStyleSheet(style_sheet(LIGHT))
    window.show()
    window.activateWindow()
    window.first.setFocus()
    qtbot.waitUntil(window.first.hasFocus)
    yield window
    window.hide()


def is_ringed(window: Window, of: QWidget) -> bool:
    ring = window.ring(of)
    return ring is not None and ring.isVisible()


def test_only_what_the_style_does_not_mark_has_one(window: Window) -> None:
    assert window.ring(window.picture) is not None
    assert window.ring(window.table) is not None
    assert window.ring(window.first) is window.ring(window.combo) is None


def test_tab_shows_it_and_leaving_hides_it(window: Window, qtbot: QtBot) -> None:
    qtbot.keyClick(window.first, Qt.Key.Key_Tab)
    assert window.picture.hasFocus()
    assert is_ringed(window, window.picture)
    qtbot.keyClick(window.picture, Qt.Key.Key_Tab)
    assert window.table.hasFocus()
    assert is_ringed(window, window.table)
    assert not is_ringed(window, window.picture)


def test_a_click_does_not_and_a_key_after_it_does(window: Window, qtbot: QtBot) -> None:
    qtbot.mouseClick(window.picture, Qt.MouseButton.LeftButton)
    assert window.picture.hasFocus()
    assert not is_ringed(window, window.picture)
    qtbot.keyClick(window.picture, Qt.Key.Key_Left)
    assert is_ringed(window, window.picture)


@pytest.mark.parametrize("by_key", [True, False])
def test_a_window_that_comes_back_looks_as_before(
    window: Window, qtbot: QtBot, by_key: bool
) -> None:
    reason = Reason.TabFocusReason if by_key else Reason.MouseFocusReason
    window.picture.setFocus(reason)
    for kind in (QFocusEvent.Type.FocusOut, QFocusEvent.Type.FocusIn):
        event = QFocusEvent(kind, Reason.ActiveWindowFocusReason)
        QApplication.sendEvent(window.picture, event)
        shown = by_key and kind is QFocusEvent.Type.FocusIn
        assert is_ringed(window, window.picture) == shown


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_it_is_a_line_in_the_accent_at_the_edge(window: Window, qtbot: QtBot, theme: Theme) -> None:
    window.setStyleSheet(style_sheet(theme))
    window.picture.setFocus(Reason.TabFocusReason)
    window.picture.setFixedSize(120, 90)
    qtbot.waitUntil(lambda: window.picture.width() == 120)
    image, at = window.grab().toImage(), window.picture.geometry()
    middle = at.center()
    edges = (
        QPoint(middle.x(), at.top() - 1), QPoint(middle.x(), at.bottom() + 1),
        QPoint(at.left() - 1, middle.y()), QPoint(at.right() + 1, middle.y()),
    )  # fmt: skip
    assert {image.pixelColor(edge).name() for edge in edges} == {QColor(theme.accent).name()}
    assert image.pixelColor(middle.x(), at.top()) != QColor(theme.accent)  # nothing is covered
    assert window.childAt(middle) is window.picture  # the mouse reaches the picture
    window.picture.hide()
    assert not is_ringed(window, window.picture)
