from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QHBoxLayout, QMenuBar, QWidget
from pytestqt.qtbot import QtBot

from gui.common.fitting_line import FittingLine
from gui.common.style import style_sheet
from gui.theme import LIGHT

LONG = "784-" + "30-20-" * 60 + "10"


class Row(QWidget):
    """A menu bar, the line, and an empty stretch."""

    def __init__(self, scale: float = 1.0) -> None:
        super().__init__()
        self.setStyleSheet(style_sheet(LIGHT, scale))
        self.bar, self.line = QMenuBar(), FittingLine()
        for name in ("File", "Edit", "View"):
            self.bar.addMenu(name)
        row = QHBoxLayout(self)
        row.addWidget(self.bar)
        row.addWidget(self.line)
        row.addStretch(1)
        self.bar.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.resize(600, 60)

    def picture(self, text: str) -> QImage:
        self.line.setText(text)
        return self.line.grab().toImage()


@pytest.fixture(params=[1.0, 1.5])
def row(shown: Callable[[Row], Row], request: pytest.FixtureRequest) -> Row:
    row = shown(Row(request.param))
    row.bar.setFocus()
    return row


def settled(row: Row, text: str) -> int:
    row.line.setText(text)
    row.layout().activate()
    return row.line.width()


def test_it_is_as_wide_as_its_text(row: Row) -> None:
    usual = settled(row, "784-30-10")
    for text in ("784-[30 relu]*20-[30 tanh]", "784-[30 relu]*20-[30 tanh]-10"):
        assert settled(row, text) > usual
        spare = row.line.room.width() - row.line.fontMetrics().horizontalAdvance(text)
        assert 0 <= spare <= row.line.fontMetrics().horizontalAdvance("00")
    assert settled(row, "784-10") == usual


def test_it_takes_no_more_than_the_room(row: Row) -> None:
    menus = row.bar.width()
    assert settled(row, LONG) > 200
    assert row.line.geometry().right() < row.width()
    assert row.bar.width() == menus >= row.bar.sizeHint().width()
    assert row.line.minimumSizeHint().width() < row.line.sizeHint().width()


def test_both_ends_of_a_long_text_are_seen(row: Row, qtbot: QtBot) -> None:
    settled(row, LONG)
    assert row.picture(LONG) != row.picture(f"{LONG[:-2]}99")
    assert row.picture(LONG) != row.picture(f"99{LONG[2:]}")
    assert row.picture(LONG) == row.picture(LONG.replace("20-30-20-10", "20-30-20-10", 1))
    row.line.elides = False
    row.line.setText(LONG)
    row.line.setCursorPosition(0)
    start = row.line.grab().toImage()
    row.line.setText(f"{LONG[:-2]}99")
    row.line.setCursorPosition(0)
    assert row.line.grab().toImage() == start


def test_what_is_edited_is_not_elided(row: Row) -> None:
    settled(row, LONG)
    row.line.setFocus(Qt.FocusReason.OtherFocusReason)
    row.line.setCursorPosition(0)
    start = row.line.grab().toImage()
    row.line.setText(f"{LONG[:-2]}99")
    row.line.setCursorPosition(0)
    assert row.line.grab().toImage() == start, "its end is out of sight"
