"""Tick labels and grid lines: few, thin, opaque, and painted only when the range changes."""

from collections.abc import Sequence
from typing import Any

import pyqtgraph as pg
from PySide6.QtCore import QLineF, QRectF
from PySide6.QtGui import QColor, QFont, QPainter, QPen
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from gui.common.scale import Scale
from gui.theme import Theme

WIDTH, HEIGHT = 44, 24  # of the axes, before the user's scale
NEARLY = 4  # pixels in which two lengths of an axis may differ
APART = 4  # pixels between two labels in a row, at least
SPACING = 34  # pixels between two grid lines, at least


class TickAxis(pg.AxisItem):  # type: ignore[misc]  # pyqtgraph has no types
    """Tick labels without a line, between the positions ``start`` and ``end``."""

    def __init__(self, orientation: str, scale: Scale, spacing: float = SPACING) -> None:
        super().__init__(orientation, showValues=True)
        self.scale_of_values, self.spacing = scale, spacing
        self.start, self.end = float("-inf"), float("inf")
        self.ending = ""  # the quantity, after the last label that has room for it
        self.quantity = ""  # the same in place of that label, where it would read as its factor
        self._last = -1
        self._length = 0.0  # pixels, as the lines at the labels have it
        self.setStyle(tickLength=0, tickTextOffset=6, autoExpandTextSpace=False)
        self.setStyle(hideOverlappingLabels=20)  # how far a label may stand out at either end
        self.setCacheMode(QGraphicsItem.CacheMode.DeviceCoordinateCache)

    def set_type(self, theme: Theme, font: QFont) -> None:
        self.setTextPen(theme.dim)
        self.setTickFont(font)
        self.refresh()

    def refresh(self) -> None:
        self.picture = None
        self.update()

    def resizeEvent(self, event: object = None) -> None:
        """Qt draws a larger one over what its cache holds of the smaller: begin with none."""
        super().resizeEvent(event)
        mode = self.cacheMode()
        self.setCacheMode(QGraphicsItem.CacheMode.NoCache)
        self.setCacheMode(mode)
        self.refresh()

    def positions(self, low: float, high: float, pixels: float) -> list[float]:
        first = max(low, self.start)
        pixels *= (high - first) / (high - low)
        fewest = 1 if self.start > low and pixels < 1.3 * self.spacing else 2
        most = max(fewest, int(pixels / self.spacing))
        return self.scale_of_values.ticks(first, min(high, self.end), most)

    def lines(self, low: float, high: float, pixels: float) -> list[float]:
        """Where lines stand: at every label, though pyqtgraph takes the axis for a bit longer."""
        self._length = pixels
        return self.positions(low, high, pixels)

    def tickValues(self, low: float, high: float, size: float) -> list[tuple[float, list[float]]]:
        if self._length > 0 and abs(size - self._length) < NEARLY:
            size = self._length
        values = self.positions(low, high, size)
        room = low + (high - low) * (1 - self.spacing / 2 / size)
        self._last = max((k for k, value in enumerate(values) if value <= room), default=-1)
        return [(1.0, values)]

    def tickStrings(self, values: Sequence[float], _scale: float, _spacing: float) -> list[str]:
        texts = [self.scale_of_values.text(value) for value in values]
        if self.ending and 0 <= self._last < len(texts):
            texts[self._last] += f" {self.ending}"
        if self.quantity and texts:
            texts[-1] = self.quantity
        return texts

    def drawPicture(self, p: QPainter, _axis: object, _ticks: object, texts: Any) -> None:
        """The labels only: ticks without length would leave dots. The longest has its room.

        Of labels that would lie upon one another or touch, the first is written.
        """
        p.setPen(self.textPen())
        ended = [r for r, _, text in texts if self.ending and self.ending in text][:1]
        taken = [*ended]
        for rect, flags, text in texts:
            wide = rect.adjusted(-APART, 0, APART, 0)
            if rect in ended or not any(wide.intersects(other) for other in taken):
                taken.append(rect)
                p.drawText(rect, int(flags), text)


class Grid(QGraphicsItem):
    """Horizontal lines at the ticks of an axis, in the pixels of its view box."""

    def __init__(self, view: pg.ViewBox) -> None:
        super().__init__(view)
        self.setZValue(-10)
        self._rect = QRectF()
        self._lines: list[QLineF] = []
        self._pen = QPen()

    def set_colour(self, colour: str) -> None:
        self._pen = QPen(QColor(colour), 1)
        self.update()

    def place(self, rect: QRectF, rows: Sequence[float], right: float) -> None:
        self.prepareGeometryChange()
        self._rect = rect
        self._lines = [QLineF(0, round(y) + 0.5, right, round(y) + 0.5) for y in rows]

    def boundingRect(self) -> QRectF:
        return self._rect.adjusted(0, -1, 0, 1)

    def paint(
        self, painter: QPainter, _option: QStyleOptionGraphicsItem, _widget: QWidget | None = None
    ) -> None:
        painter.setPen(self._pen)
        painter.drawLines(self._lines)
