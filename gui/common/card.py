"""A card and what stands on it: a title, a caption, a verdict, a flat choice."""

from collections.abc import Mapping

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from gui.common.table_combo import Choice, TableCombo
from gui.common.typeface import typeface

PADDING, SPACING = 14, 4
ARROW = 26  # pixels right of a flat choice's text, before the user's scale
LEAST_LETTERS = 6  # of one that may be cut


class Card(QFrame):
    """A frame with one column of rows."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(PADDING, PADDING - 4, PADDING - 4, PADDING - 6)
        self.column.setSpacing(SPACING)

    def add_row(self, *widgets: QWidget, stretch_after: int = 1) -> None:
        row = QHBoxLayout()
        row.setSpacing(2 * SPACING)
        for k, widget in enumerate(widgets, 1):
            row.addWidget(widget)
            if k == stretch_after:
                row.addStretch(1)
        self.column.addLayout(row)


class Chip(QLabel):
    """A verdict in words, in its colour; empty, it is hidden."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "chip")
        self.setObjectName("verdict")
        self._words = self._brief = ""
        self._is_brief = False
        self.hide()

    def tell(self, kind: str, words: str, explanation: str, brief: str = "") -> None:
        """``brief`` is said instead of ``words`` where there is little room."""
        if words != self._words:
            self._words, self._brief = words, brief or words
            self.setAccessibleName(words)
            self.set_brief(self._is_brief)
            self.setVisible(bool(words))
        self.setToolTip(explanation)
        if self.property("verdict") != kind:
            self.setProperty("verdict", kind)
            self.style().unpolish(self)
            self.style().polish(self)

    def set_brief(self, brief: bool) -> None:
        self._is_brief = brief
        text = self._brief if brief else self._words
        if text != self.text():
            self.setText(text)

    @property
    def full_width(self) -> int:
        """Pixels that all of its words need."""
        return self._width_of(self._words)

    @property
    def brief_width(self) -> int:
        return self._width_of(self._brief)

    def _width_of(self, words: str) -> int:
        advance = self.fontMetrics().horizontalAdvance
        return self.sizeHint().width() - advance(self.text()) + advance(words)


class FlatCombo(TableCombo):
    """A choice that looks like the text it stands in for, and a small arrow."""

    def __init__(self, name: str, table: Mapping[str, Choice], help: str = "") -> None:
        super().__init__(name, table, help)
        self._arrow = ARROW
        self._as_text = False
        self._is_cut = False
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.currentIndexChanged.connect(self.updateGeometry)

    def set_as_text(self, as_text: bool) -> None:
        """In a picture nothing can be chosen."""
        self._as_text = as_text
        self.updateGeometry()

    def let_cut(self) -> None:
        """Where there is no room, its text ends in an ellipsis; the tooltip has it whole."""
        self._is_cut = True

    def sizeHint(self) -> QSize:
        font, arrow = self.fontMetrics(), 0 if self._as_text else self._arrow
        return QSize(font.horizontalAdvance(self.currentText()) + arrow, font.height() + 8)

    def minimumSizeHint(self) -> QSize:
        full = self.sizeHint()
        if not self._is_cut or self._as_text:
            return full
        least = LEAST_LETTERS * self.fontMetrics().averageCharWidth() + self._arrow
        return QSize(min(full.width(), least), full.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._as_text:
            super().paintEvent(event)
            return
        painter = QPainter(self)
        painter.setPen(self.palette().color(QPalette.ColorRole.Text))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignVCenter, self.currentText())
        painter.end()

    def set_type(self, within: QWidget, pixels: int, bold: bool = False) -> None:
        size = typeface(within, pixels).pixelSize()
        self._arrow = typeface(within, ARROW).pixelSize()
        self.setStyleSheet(
            "QComboBox, QComboBox:focus { border: none; border-radius: 0; padding: 0;"
            f" min-height: 0; background: transparent; font-size: {size}px;"
            f" font-weight: {'bold' if bold else 'normal'}; }}"
            "QComboBox { border-bottom: 2px solid transparent; }"
            "QComboBox:focus { border-bottom: 2px solid palette(highlight); }"
        )


def caption(text: str = "") -> QLabel:
    """A line in small type: what is drawn."""
    label = QLabel(text)
    label.setProperty("role", "caption")
    return label


def card_title(text: str) -> QLabel:
    label = QLabel(text)
    label.setProperty("role", "card")
    return label
