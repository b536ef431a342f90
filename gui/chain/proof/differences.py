"""How many digits of the derivative finite differences get right, step by step."""

from collections.abc import Sequence
from math import floor, isfinite, log10

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QHelpEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from engine.chain.witness import Difference, Witness
from engine.numerals import scientific
from gui.common.scale import power_of_ten
from gui.common.typeface import typeface
from gui.theme import CAPTION, Theme

MOST = 16.0  # decimal digits of a float
ONE = 1.0  # fewer digits than this are none


class DifferencesPlot(QWidget):
    """A bar for every step h, from large to small, under the line of the exact method."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.witness: Witness | None = None
        self.setObjectName("differences")
        self.setAccessibleName("Digits that finite differences get right")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_witness(self, w: Witness) -> None:
        self.witness = w
        self.setAccessibleDescription(w.differences_sentence)
        self.update()

    @property
    def failed(self) -> bool:
        return self.witness is not None and self.witness.best.digits < ONE

    def words(self, room: float) -> str:
        """The longest that there are so many pixels for."""
        if self.witness is None:
            return ""
        metrics, w = QFontMetricsF(typeface(self, CAPTION)), self.witness
        short = f"at best {floor(w.best.digits)} digits"
        if self.failed:
            silent = all(d.value == 0.0 for d in w.differences)
            short = "100 % wrong at every h" if silent else "no digit at any h"
        fitting = (w.differences_sentence, f"Finite differences: {short}", short)
        return next((t for t in fitting if metrics.horizontalAdvance(t) <= room), short)

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(240, 80)

    def minimumSizeHint(self) -> QSize:
        return QSize(100, 30)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and self.witness is not None:
            room, steps = self._room, self.witness.differences
            k = int((event.pos().x() - room.left()) / room.width() * len(steps))
            tip = _tip(steps[k]) if 0 <= k < len(steps) else self.witness.differences_sentence
            QToolTip.showText(event.globalPos(), tip, self)
            return True
        return super().event(event)

    @property
    def _line(self) -> float:
        return QFontMetricsF(typeface(self, CAPTION)).height()

    @property
    def _room(self) -> QRectF:
        """Of the bars."""
        axis = QFontMetricsF(typeface(self, CAPTION)).horizontalAdvance("16") + 6
        line = self._line
        return QRectF(axis, 1.6 * line, self.width() - axis, self.height() - 2.6 * line - 3)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(typeface(self, CAPTION))
        if self.witness is not None and self._room.height() > 4:
            self._paint_axes(painter, self.witness)
            self._paint_bars(painter, self.witness)
        painter.end()

    def _paint_axes(self, painter: QPainter, w: Witness) -> None:
        theme, room, line = self._theme, self._room, self._line
        painter.setPen(theme.legible(theme.exploding if self.failed else theme.dim, theme.panel))
        painter.drawText(QRectF(0, 0, self.width() + 9, line), 0, self.words(self.width()))
        for digits in (0, 8, 16) if room.height() > 2.2 * line else (0, 16):
            y = round(room.bottom() - digits / MOST * room.height()) + 0.5
            painter.setPen(QColor(theme.line))
            painter.drawLine(QPointF(room.left(), y), QPointF(room.right(), y))
            painter.setPen(QColor(theme.dim))
            rect = QRectF(0, y - line / 2, room.left() - 5, line)
            painter.drawText(rect, int(Qt.AlignmentFlag.AlignRight), str(digits))
        self._paint_steps(painter, [d.h for d in w.differences])

    def _paint_steps(self, painter: QPainter, steps: Sequence[float]) -> None:
        """The first, the last and every fifth power of ten that has room between them."""
        room, last = self._room, len(steps) - 1
        metrics = QFontMetricsF(painter.font())
        taken: list[tuple[float, float]] = []
        for k in (0, last, *range(1, last)):
            exponent = round(log10(steps[k]))
            text = ("h = " if k == 0 else "") + power_of_ten(exponent)
            width = metrics.horizontalAdvance(text)
            middle = room.left() + (k + 0.5) * room.width() / (last + 1)
            x = max(room.left(), min(middle - width / 2, room.right() - width))
            free = all(x > right + 4 or x + width + 4 < left for left, right in taken)
            if k in (0, last) or (exponent % 5 == 0 and free):
                taken.append((x, x + width))
                painter.drawText(QPointF(x, self.height() - metrics.descent()), text)

    def _paint_bars(self, painter: QPainter, w: Witness) -> None:
        theme, room = self._theme, self._room
        pitch = room.width() / len(w.differences)
        painter.setPen(Qt.PenStyle.NoPen)
        for k, difference in enumerate(w.differences):
            digits = difference.digits if isfinite(difference.digits) else 0.0
            painter.setBrush(QColor(theme.exploding if digits < ONE else theme.accent))
            height = max(2.0, min(digits, MOST) / MOST * room.height())
            bar = QRectF(room.left() + (k + 0.2) * pitch, 0, 0.6 * pitch, height)
            bar.moveBottom(room.bottom())
            painter.drawRect(bar)
        if w.digits > 0:
            y = room.bottom() - min(w.digits, MOST) / MOST * room.height()
            painter.setPen(QPen(QColor(theme.balanced), 2))
            painter.drawLine(QPointF(room.left(), y), QPointF(room.right(), y))


def _tip(difference: Difference) -> str:
    h = power_of_ten(round(log10(difference.h)))
    digits = difference.digits if isfinite(difference.digits) else 0.0
    return f"h = {h}: {scientific(difference.value, digits=8)}, {digits:.1f} digits"
