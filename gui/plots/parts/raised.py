"""Text with raised exponents: 10^{−1.9}, where Unicode has no raised point."""

import re
from collections.abc import Sequence
from math import isinf

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui.common.typeface import typeface
from gui.theme import CAPTION

_PIECE = re.compile(r"\^\{([^}]*)\}")
SHARE, RISE = 0.8, 0.36  # of the font: the exponent's size, and how far it is raised


def power(exponent: float, digits: int = 1) -> str:
    """10 to a power that need not be whole, for this module; 0 and ∞ for what is infinite."""
    if isinf(exponent):
        return "∞" if exponent > 0 else "0"
    shown = f"{exponent:.{digits}f}"
    if float(shown) == 0.0:
        shown = shown.lstrip("-")
    return f"10^{{{shown.replace('-', '−')}}}"


def plain(text: str) -> str:
    """As a screen reader says it."""
    return _PIECE.sub(r" to the power \1", text)


class Raised:
    """Measures and paints such text in one font."""

    def __init__(self, font: QFont) -> None:
        self.font = font
        self.metrics = QFontMetricsF(font)
        self.small = QFont(font)
        self.small.setPixelSize(max(1, round(SHARE * font.pixelSize())))
        self._small_metrics = QFontMetricsF(self.small)

    def width(self, text: str) -> float:
        pieces = _PIECE.split(text)
        of_each = (self.metrics, self._small_metrics)
        return sum(of_each[k % 2].horizontalAdvance(piece) for k, piece in enumerate(pieces))

    def paint(self, painter: QPainter, left: float, baseline: float, text: str) -> None:
        """The pen is the caller's."""
        rise = RISE * self.font.pixelSize()
        for k, piece in enumerate(_PIECE.split(text)):
            raised = k % 2
            painter.setFont(self.small if raised else self.font)
            painter.drawText(QPointF(left, baseline - rise * raised), piece)
            metrics = self._small_metrics if raised else self.metrics
            left += metrics.horizontalAdvance(piece)


class RaisedLine(QWidget):
    """Shows the first of several texts that fits, of the last as much as there is room for."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._name = name
        self._texts: Sequence[str] = ("",)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(name)

    def set_texts(self, *texts: str) -> None:
        if texts != self._texts:
            self._texts = texts
            self.setAccessibleDescription(plain(texts[0]))
            self.update()

    @property
    def shown(self) -> str:
        raised, room = Raised(self._font), self.width()
        return next((t for t in self._texts if raised.width(t) <= room), self._texts[-1])

    @property
    def _font(self) -> QFont:
        return typeface(self, CAPTION)

    def sizeHint(self) -> QSize:
        return QSize(80, round(1.3 * QFontMetricsF(self._font).height()))

    def minimumSizeHint(self) -> QSize:
        return QSize(20, self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, raised, shown = QPainter(self), Raised(self._font), self.shown
        painter.setPen(self.palette().color(QPalette.ColorRole.WindowText))
        baseline = (self.height() + raised.metrics.ascent() - raised.metrics.descent()) / 2 + 1
        if raised.width(shown) <= self.width():
            raised.paint(painter, 0.0, baseline, shown)
        else:
            text = raised.metrics.elidedText(
                plain(shown), Qt.TextElideMode.ElideRight, self.width()
            )
            raised.paint(painter, 0.0, baseline, text)
        painter.end()
