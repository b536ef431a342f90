"""The number at the handle while it is dragged, large enough for the last row."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from engine.numerals import short
from gui.common.formula.boxes import Box, Row, Text
from gui.common.formula.label import FormulaLabel
from gui.common.formula.symbols import EQUALS
from gui.common.value_field import signed
from gui.theme import TITLE

GAP = 2


class ValueBubble(QFrame):
    """Lies over its window; the mouse passes it by. It grows with its text and does not shrink."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setProperty("role", "bubble")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._label = FormulaLabel(pixels=TITLE, bold=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 0, 8, 0)
        row.addWidget(self._label)

    def tell(self, symbol: Box, value: float, ink: QColor) -> None:
        number = Text(signed(short(value, 6)))
        self._label.set_formula(Row(Row(symbol, colour=ink), EQUALS, number))
        hint = self.sizeHint()
        self.resize(hint.expandedTo(self.size()) if self.isVisible() else hint)

    def point_at(self, place: QPoint) -> None:
        """Over this place of the window, and inside of it."""
        room = self.window().width() - self.width()
        x = min(max(0, place.x() - self.width() // 2), max(0, room))
        self.move(x, max(0, place.y() - self.height() - GAP))
        if not self.isVisible():
            self.show()
            self.raise_()
