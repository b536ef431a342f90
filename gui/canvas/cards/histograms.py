"""Small histograms side by side: z, a, σ'(z) and δ of one layer."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from engine.inspection import Histogram, LayerDistributions
from gui.canvas.look import Look
from gui.canvas.words.labels import quantity

WIDE, HIGH, APART = 140, 40, 14  # pixels of one histogram, before the user's scale
LINE = 15


def signed(number: float) -> str:
    """As ``quantity``, with a sign that is as wide as a minus where there is none."""
    return ("−" if number < 0 else " ") + quantity(abs(number))


def summary(histogram: Histogram) -> str:
    """Mean and standard deviation."""
    return f"{signed(histogram.mean).strip()} ± {quantity(histogram.spread)}"


class Histograms(QWidget):
    """Four of them, two by two; empty until they are known."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: Sequence[tuple[str, Histogram]] = ()
        self._look: Look | None = None
        self._colour, self._wide = QColor(), float(WIDE)

    def set_look(self, look: Look, colour: QColor, width: float) -> None:
        """Two histograms of this colour stand in ``width`` pixels."""
        self._look, self._colour = look, colour
        self._wide = (width - APART * look.scale) / 2
        self.setFixedSize(self.sizeHint())
        self.update()

    def show_distributions(self, of: LayerDistributions | None) -> None:
        """What of z, a, σ'(z), δ is known of the layer."""
        self._shown = ()
        if of is not None:
            self._shown = (("z", of.z), ("a", of.a), ("σ'(z)", of.prime), ("δ", of.delta))
        self.update()

    def texts(self) -> list[str]:
        """What is written, for whoever reads it out."""
        return [f"{name} {summary(histogram)}" for name, histogram in self._shown]

    def sizeHint(self) -> QSize:
        scale = self._look.scale if self._look else 1.0
        each = HIGH + 2 * LINE
        return QSize(round(2 * self._wide + APART * scale), round((2 * each + APART) * scale))

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._look is None:
            return
        painter, scale = QPainter(self), self._look.scale
        for k, (name, histogram) in enumerate(self._shown):
            x = (k % 2) * (self._wide + APART * scale)
            y = (k // 2) * (HIGH + 2 * LINE + APART) * scale
            self._paint_one(painter, name, histogram, x, y)
        painter.end()

    def _paint_one(
        self, painter: QPainter, name: str, histogram: Histogram, x: float, y: float
    ) -> None:
        assert self._look is not None
        theme, scale = self._look.theme, self._look.scale
        wide, high, line = self._wide, HIGH * scale, LINE * scale
        middle = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextDontClip
        painter.setFont(self._look.face("caption", True))
        painter.setPen(QColor(theme.ink))
        painter.drawText(QRectF(x, y, wide, line), middle, name)
        painter.setFont(self._look.face("caption"))
        painter.setPen(QColor(theme.dim))
        right = middle | Qt.AlignmentFlag.AlignRight
        if wide >= 0.8 * WIDE * scale:
            painter.drawText(QRectF(x, y, wide, line), right, summary(histogram))
        counts = histogram.counts.astype(float)
        top, each = float(counts.max(initial=0.0)) or 1.0, wide / len(counts)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._colour)
        base = y + line + high
        painter.drawRects([
            QRectF(x + k * each, base - high * c / top, max(each - 0.5, 1.0), high * c / top)
            for k, c in enumerate(counts.tolist()) if c > 0
        ])  # fmt: skip
        painter.fillRect(QRectF(x, base, wide, 1.0), QColor(theme.dim))
        self._paint_ends(painter, histogram, QRectF(x, base + 1, wide, line))

    def _paint_ends(self, painter: QPainter, histogram: Histogram, room: QRectF) -> None:
        assert self._look is not None
        painter.setPen(QColor(self._look.theme.dim))
        low, high = float(histogram.edges[0]), float(histogram.edges[-1])
        align = Qt.AlignmentFlag
        for number, side in ((low, align.AlignLeft), (high, align.AlignRight)):
            painter.drawText(room, side | align.AlignVCenter, signed(number).strip())
