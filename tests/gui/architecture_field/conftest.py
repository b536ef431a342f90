"""A window with the field in it, and hands that type."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QHBoxLayout, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from engine.architecture import dense
from engine.architecture_text import describe
from engine.spec import Experiment
from gui.architecture_field import ArchitectureField
from gui.common.fault_note import FaultNote
from gui.common.style import style_sheet
from gui.document import ExperimentDocument
from gui.theme import LIGHT, Theme

Key = Qt.Key
START = "784-30-30-10"


class Window(QWidget):
    """The field in a row, another widget, and the window's own keys."""

    def __init__(self, theme: Theme = LIGHT, scale: float = 1.0, width: int = 700) -> None:
        super().__init__()
        self.document = ExperimentDocument(Experiment(dense(784, 30, 30, 10)), self)
        self.setStyleSheet(style_sheet(theme, scale))
        self.field = ArchitectureField(self.document, theme)
        self.other = QPushButton("other")
        self.refused: list[str] = []
        self.finished: list[bool] = []
        self.shortcuts: list[str] = []
        row = QHBoxLayout()
        row.addWidget(self.field)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.addLayout(row)
        column.addWidget(self.other)
        column.addStretch(1)
        self.field.refused.connect(self.refused.append)
        self.field.finished.connect(lambda: self.finished.append(True))
        for key in ("Space", "S", "Ctrl+S", "Escape", "Ctrl+Z"):
            QShortcut(QKeySequence(key), self, lambda key=key: self.shortcuts.append(key))
        self.resize(width, 160)

    @property
    def text(self) -> str:
        return describe(self.document.experiment.architecture)

    @property
    def note(self) -> str:
        notes = [note.text() for note in self.findChildren(FaultNote) if note.isVisible()]
        return notes[0] if notes else ""

    @property
    def steps(self) -> list[str]:
        stack = self.document.undo_stack
        return [stack.text(n) for n in range(stack.count())]


@pytest.fixture
def window(shown: Callable[[Window], Window]) -> Window:
    window = shown(Window())
    window.other.setFocus()
    return window


def retype(qtbot: QtBot, field: ArchitectureField, text: str, end: Key | None = None) -> None:
    field.setFocus(Qt.FocusReason.ShortcutFocusReason)
    field.selectAll()
    if text.isascii():
        qtbot.keyClicks(field, text)
    else:
        QApplication.clipboard().setText(text)
        qtbot.keyClick(field, Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    field._completer.close()
    if end is not None:
        qtbot.keyClick(field, end)


def squiggle(field: ArchitectureField, colour: str) -> tuple[int, int]:
    """The first and last abscissa of the wavy line, found in the picture."""
    field.setCursorPosition(0)  # so that no cursor is painted in the way
    image: QImage = field.grab().toImage()
    rows = range(image.height() // 2 + 4, image.height() - 2)
    wanted = QColor(colour)
    found = [
        x
        for x in range(10, image.width() - 10)  # without the round corners
        if any(_near(image.pixelColor(x, y), wanted) for y in rows)
    ]
    return (found[0], found[-1]) if found else (-1, -1)


def _near(a: QColor, b: QColor) -> bool:
    return sum(abs(x - y) for x, y in zip(a.getRgb()[:3], b.getRgb()[:3], strict=True)) < 60
