"""A formula as a label."""

from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui.common.formula.boxes import Box, Row, plain
from gui.common.formula.layout import LaidOut, lay_out
from gui.common.typeface import typeface
from gui.theme import TEXT


class FormulaLabel(QWidget):
    """As wide as its formula and at least as high as a line of text; grows with the font."""

    def __init__(self, formula: Box | None = None, pixels: int = TEXT, bold: bool = False) -> None:
        super().__init__()
        self._formula: Box = Row()
        self._pixels, self._bold = pixels, bold
        self._laid = LaidOut()
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        self.set_formula(formula or self._formula)

    @property
    def formula(self) -> Box:
        return self._formula

    def set_formula(self, formula: Box) -> None:
        """The accessible name becomes the formula in plain letters."""
        self._formula = formula
        self.setAccessibleName(plain(formula))
        self._lay_out()

    def set_pixels(self, pixels: int) -> None:
        """Before the scale of the window's type."""
        self._pixels = pixels
        self._lay_out()

    def sizeHint(self) -> QSize:
        metrics = QFontMetricsF(self._font())
        above, below = self._reach(metrics)
        return QSize(round(self._laid.width + 1.5), round(above + below + 0.5))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def baseline(self) -> float:
        """Pixels from the top."""
        above, below = self._reach(QFontMetricsF(self._font()))
        return (self.height() - above - below) / 2 + above

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        ink = self.palette().color(QPalette.ColorRole.WindowText)
        self._laid.paint(painter, 0.5, self.baseline(), ink)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._lay_out()

    def _reach(self, metrics: QFontMetricsF) -> tuple[float, float]:
        """Pixels above and below the baseline."""
        return max(metrics.ascent(), self._laid.ascent), max(metrics.descent(), self._laid.descent)

    def _lay_out(self) -> None:
        self._laid = lay_out(self._formula, self._font())
        self.updateGeometry()
        self.update()

    def _font(self) -> QFont:
        return typeface(self, self._pixels, self._bold)
