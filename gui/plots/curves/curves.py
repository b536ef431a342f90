"""The curves of one trace, painted where they changed."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from engine.arrays import Floats, Ints
from gui.common.scale import Range
from gui.plots.parts.columns import Points
from gui.plots.parts.trace import Trace

MARGIN = 3.0  # pixels around a point that its line may touch
EDGE = 1.5  # pixels between the frame and a curve that lies beyond the axis


@dataclass(frozen=True, slots=True)
class Frame:
    """From the axes to the pixels of a view box."""

    rect: QRectF
    x: Range
    y: Range

    def across(self, x: Floats) -> Floats:
        pixels: Floats = (x - self.x[0]) * (self.rect.width() / (self.x[1] - self.x[0]))
        return pixels

    def down(self, y: Floats) -> Floats:
        """What is infinite lies on the edge."""
        height = self.rect.height()
        pixels: Floats = (self.y[1] - y) * (height / (self.y[1] - self.y[0]))
        pixels[y == -np.inf] = height - EDGE
        pixels[y == np.inf] = EDGE
        return pixels


class Curves(QGraphicsItem):
    """Lives in the pixels of the view box, so that a growing curve repaints its end only.

    With a ``spread``, every point is the mean over this share of the axis, half on either side.
    """

    def __init__(
        self, view: pg.ViewBox, trace: Trace, width: float = 1.5, spread: float = 0.0
    ) -> None:
        super().__init__(view)
        self.setFlag(QGraphicsItem.GraphicsItemFlag.ItemUsesExtendedStyleOption)
        self.trace, self._width, self._share, self._scale = trace, width, spread, 1.0
        self._rect = QRectF()
        self._pens: list[QPen] = []
        self.points: Points = trace.columns.points()
        self.across: Floats = np.empty(0)  # pixels
        self.down: Floats = np.empty((0, trace.curves))

    @property
    def rect(self) -> QRectF:
        return self._rect

    @property
    def spread(self) -> int:
        """Of the share of all columns that it was made with, so many on either side."""
        return round(self._share * self.trace.columns.columns / 2)

    def set_colours(self, colours: Sequence[QColor]) -> None:
        self._pens = [_pen(colour, self._width * self._scale) for colour in colours]
        self.update()

    def set_scale_of_type(self, scale: float) -> None:
        """Lines grow with the letters: both are read from the last row."""
        if scale != self._scale:
            self._scale = scale
            self.set_colours([pen.color() for pen in self._pens])

    def place(self, frame: Frame) -> None:
        """Everything anew: the frame has changed, or the whole record."""
        if frame.rect != self._rect:
            self.prepareGeometryChange()
            self._rect = frame.rect
        self._take_points(frame)
        self.update()

    def extend(self, frame: Frame) -> None:
        """Only the newest columns have changed."""
        if not len(self.across):
            self.place(frame)
            return
        before = self.across[-1]
        self._take_points(frame)
        columns = self.trace.columns
        first = max(0, columns.points_before(max(0, columns.changed - self.spread)) - 1)
        left = min(before, self.across[first]) - MARGIN
        right = max(before, self.across[-1]) + MARGIN
        self.update(QRectF(left, 0, right - left, self._rect.height()))

    def boundingRect(self) -> QRectF:
        return self._rect

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, _widget: QWidget | None = None
    ) -> None:
        exposed = option.exposedRect
        first, end = np.searchsorted(
            self.across, (exposed.left() - MARGIN, exposed.right() + MARGIN)
        )
        shown = slice(max(0, int(first) - 1), int(end) + 1)
        x, y = self.across[shown], self.down[shown]
        if len(x) < 2:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        whole = [bool(column.all()) for column in np.isfinite(y).T]
        for pen, column, unbroken in zip(self._pens, y.T, whole, strict=True):
            painter.setPen(pen)
            if unbroken:
                painter.drawPolyline(pg.functions.arrayToQPolygonF(x, column))
            else:
                painter.drawPath(pg.functions.arrayToQPath(x, column, connect="finite"))

    def newest(self) -> Ints:
        """The index of every curve's newest visible point, -1 where there is none."""
        end = int(np.searchsorted(self.across, self._rect.width(), "right"))
        if not end or self.across[end - 1] < 0:
            return np.full(self.trace.curves, -1)
        known = ~np.isnan(self.down[:end])
        newest: Ints = np.where(known.any(axis=0), end - 1 - known[::-1].argmax(axis=0), -1)
        return newest

    def _take_points(self, frame: Frame) -> None:
        columns = self.trace.columns
        self.points = columns.smoothed(self.spread) if self.spread else columns.points()
        self.across, self.down = frame.across(self.points.x), frame.down(self.points.y)


def _pen(colour: QColor, width: float) -> QPen:
    pen = QPen(colour, width)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    return pen
