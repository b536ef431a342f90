"""The number at the handle while it is dragged, large enough for the last row."""

from PySide6.QtCore import QPoint, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from engine.numerals import short
from gui.common.formula.boxes import Box, Row, Text, plain
from gui.common.formula.layout import LaidOut, lay_out
from gui.common.formula.symbols import EQUALS
from gui.common.typeface import typeface
from gui.common.value_field import signed
from gui.theme import TITLE, Theme

GAP, BESIDE, ABOVE, CORNER = 2, 8, 5, 6  # pixels: to the handle, around the text


class ValueBubble(QWidget):
    """Lies over its window; the mouse passes it by. It grows with its text and does not shrink.

    It paints its text itself: a layout in it would have the whole window laid out at every move.
    """

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)  # what is below is not painted
        self._theme: Theme | None = None
        self._colour, self._ink = QColor(), QColor()
        self._box: Box = Row()
        self._laid = LaidOut()
        self._font = typeface(self, TITLE, bold=True)

    @property
    def text(self) -> str:
        return plain(self._box)

    def tell(self, symbol: Box, value: float, colour: QColor, theme: Theme) -> None:
        if (colour, theme) != (self._colour, self._theme):
            self._colour, self._theme = colour, theme
            self._ink = theme.legible(colour, theme.panel)
        number = Text(signed(short(value, 6)))
        self._box = Row(Row(symbol, colour=self._ink), EQUALS, number)
        self._laid = lay_out(self._box, self._font)
        wide = round(self._laid.width) + 2 * BESIDE
        self.resize(max(wide, self.width() * self.isVisible()), self._font.pixelSize() + 2 * ABOVE)
        self.update()

    def point_at(self, place: QPoint) -> None:
        """Over this place of the window, and inside of it."""
        room = self.window().width() - self.width()
        x = min(max(0, place.x() - self.width() // 2), max(0, room))
        self.move(x, max(0, place.y() - self.height() - GAP))
        if not self.isVisible():
            self.show()
            self.raise_()

    def paintEvent(self, _event: QPaintEvent) -> None:
        if (theme := self._theme) is None:
            return
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(theme.background))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.blend(theme.dim, 0.45, theme.panel), 1.0))
        painter.setBrush(QColor(theme.panel))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), CORNER, CORNER)
        baseline = ABOVE + 0.86 * self._font.pixelSize()
        left = (self.width() - self._laid.width) / 2
        self._laid.paint(painter, left, baseline, QColor(theme.ink))
        painter.end()
