"""The map of |w σ'(wa + b)|, painted: its colours, the line where it is 1, and the neurons."""

from collections.abc import Sequence
from math import inf, isfinite

import numpy as np
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen

from engine.arrays import Floats, Ints
from gui.chain.studies.escape_field import Extent, W, extent_of, sizes
from gui.chain.studies.escape_neuron import EscapeNeuron, escapes
from gui.common.colour_ramps import image_of
from gui.common.heat_map import HIGH, LOW, size_colours, size_image, zero_line
from gui.common.plane import GAP, Plane, PlaneAxis
from gui.common.scale import LinearScale, Range
from gui.common.subscript import subscripted
from gui.theme import Theme

KEY, KEY_GAP = 8.0, 10.0  # width of the colour key, and the room before it
# Of the colour key, those first that stay where there is little room.
TICKS = ((0.0, "1"), (1.0, "10"), (-2.0, "0.01"), (-1.0, "0.1"), (-3.0, "0.001"))
RING, DOT = 6.5, 2.8  # radii, before the user's scale


class EscapeMap(Plane):
    """a_{j−1} to the right, w_j or b_j upwards, at the other of the neuron that is looked at."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "Map of |w σ′(wa + b)|")
        self.x_axis, self.y_axis = PlaneAxis(LinearScale()), PlaneAxis(LinearScale())
        self.right = 58.0
        self.up = W
        self.recomputed = 0  # how often the sizes were
        self.neuron: EscapeNeuron | None = None
        self.escapes: tuple[Range, ...] = ()
        self.frozen = False  # the ranges stay, while a hand is on them
        self.pointer: tuple[float, float] | None = None  # what a click would set
        self._others: Sequence[EscapeNeuron] = ()
        self._extent: Extent | None = None
        self._image, self._cells = QImage(), (1, 1)
        self._contour: Floats = np.empty((0, 4))
        self._colours: Ints = size_colours(theme)

    @property
    def extent(self) -> Extent:
        assert self._extent is not None  # from the first trace on
        return self._extent

    def show_neuron(self, neuron: EscapeNeuron, others: Sequence[EscapeNeuron]) -> None:
        self.neuron, self._others = neuron, others
        self._take(self._wanted(neuron))
        self.escapes = escapes(neuron, self.extent.a)
        self.update()

    def set_up(self, up: str) -> None:
        self.up = up
        if self.neuron is not None:
            self.show_neuron(self.neuron, self._others)

    def set_theme(self, theme: Theme) -> None:
        self._colours = size_colours(theme)
        if self._extent is not None:
            self._paint_sizes(self._extent)
        super().set_theme(theme)

    def height_of(self, neuron: EscapeNeuron) -> float:
        return neuron.w if self.up == W else neuron.b

    @property
    def point(self) -> QPointF:
        """Where the neuron stands, in pixels of the widget."""
        assert self.neuron is not None
        return self._place(self.neuron)

    # -- the sizes -----------------------------------------------------------------------------

    def _wanted(self, neuron: EscapeNeuron) -> Extent:
        wanted, shown = extent_of(neuron, self.up), self._extent
        if not self.frozen or shown is None or shown.up != wanted.up:
            return wanted
        return Extent(wanted.activation, wanted.up, wanted.fixed, shown.a, shown.y)

    def _take(self, extent: Extent) -> None:
        if extent == self._extent:
            return
        self._extent = extent
        self.x_axis.range, self.y_axis.range = extent.a, extent.y
        self._paint_sizes(extent)
        self.recomputed += 1
        self.renew()

    def _paint_sizes(self, extent: Extent) -> None:
        found = sizes(extent)
        self._cells = found.shape
        self._image = size_image(found, self._colours)
        self._contour = zero_line(found)

    # -- painting ------------------------------------------------------------------------------

    def paint_ground(self, painter: QPainter) -> None:
        rect = self.rect_of_plane
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(rect, self._image)
        painter.setPen(QPen(QColor(self._theme.ink), 1.5))
        painter.drawLines(self._contour_in(rect))
        self._paint_key(painter, rect)

    def _contour_in(self, rect: QRectF) -> list[QLineF]:
        rows, columns = self._cells
        across, up = rect.width() / columns, rect.height() / rows
        pieces = (self._contour + 0.5) * (across, -up, across, -up)
        pieces += (rect.left(), rect.bottom(), rect.left(), rect.bottom())
        return [QLineF(*piece) for piece in pieces.tolist()]

    def _paint_key(self, painter: QPainter, rect: QRectF) -> None:
        key = QRectF(rect.right() + KEY_GAP, rect.top(), KEY * self.share, rect.height())
        painter.drawImage(key, image_of(self._colours[::-1, None]))
        painter.setPen(QColor(self._theme.dim))
        line, taken = self.metrics.height(), [inf]
        for size, text in TICKS:
            y = key.top() + (HIGH - size) / (HIGH - LOW) * key.height()
            y = min(y, key.bottom() - line / 4)
            if min(abs(y - other) for other in taken) >= line:
                painter.drawText(QPointF(key.right() + 5, y + self.metrics.ascent() / 2 - 1), text)
                taken.append(y)

        below = QRectF(key.left() - 40, rect.bottom() + GAP, self.width() - key.left() + 40, line)
        painter.drawText(below, Qt.AlignmentFlag.AlignRight, "|term|")

    def paint_content(self, painter: QPainter) -> None:
        if (neuron := self.neuron) is None:
            return
        painter.setClipRect(self.rect_of_plane.adjusted(-RING, -RING, RING, RING))
        if neuron.j > 1:
            self._paint_given(painter, neuron)
        for other in self._others:
            self._paint_dot(painter, other)
        self._paint_escapes(painter, neuron)
        self._paint_ring(painter, self.point, self._colour(neuron), RING * self.share)
        if self.pointer is not None:
            place = QPointF(self.across(self.pointer[0]), self.down(self.pointer[1]))
            self._paint_ring(painter, place, self._colour(neuron), DOT * self.share)
        painter.setClipping(False)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(self._theme.accent), 2))
            painter.drawRect(self.rect_of_plane.adjusted(-1, -1, 1, 1))

    def _paint_given(self, painter: QPainter, neuron: EscapeNeuron) -> None:
        """What the neuron before gives: a click moves the neuron along this line."""
        if not isfinite(neuron.a):
            return
        rect, x = self.rect_of_plane, self.across(neuron.a)
        painter.setPen(QPen(QColor(self._theme.ink), 1, Qt.PenStyle.DashLine))
        painter.drawLine(QLineF(x, rect.top(), x, rect.bottom()))

    def _paint_dot(self, painter: QPainter, neuron: EscapeNeuron) -> None:
        if isfinite(neuron.a) and self._is_inside(neuron):
            painter.setPen(QPen(QColor(self._theme.panel), 1))
            painter.setBrush(self._colour(neuron))
            painter.drawEllipse(self._place(neuron), DOT * self.share, DOT * self.share)

    def _paint_escapes(self, painter: QPainter, neuron: EscapeNeuron) -> None:
        y, (low, high) = self.down(self.height_of(neuron)), self.extent.a
        for left, right in self.escapes:
            if right <= low or left >= high:
                continue
            line = QLineF(self.across(max(left, low)), y, self.across(min(right, high)), y)
            for colour, wide in ((QColor(self._theme.panel), 5.0), (self._colour(neuron), 2.5)):
                painter.setPen(QPen(colour, wide * self.share))
                painter.drawLine(line)

    def _paint_ring(self, painter: QPainter, place: QPointF, colour: QColor, radius: float) -> None:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for ink, wide in ((QColor(self._theme.panel), 5.0), (colour, 2.5)):
            painter.setPen(QPen(ink, wide * self.share))
            painter.drawEllipse(place, radius, radius)

    def _colour(self, neuron: EscapeNeuron) -> QColor:
        return self._theme.layer(neuron.j - 1, neuron.n)

    def _is_inside(self, neuron: EscapeNeuron) -> bool:
        (a0, a1), (y0, y1) = self.extent.a, self.extent.y
        return a0 <= neuron.a <= a1 and y0 <= self.height_of(neuron) <= y1

    def _place(self, neuron: EscapeNeuron) -> QPointF:
        """What lies beyond the map stands at its edge."""
        (a0, a1), (y0, y1) = self.extent.a, self.extent.y
        a = min(max(neuron.a, a0), a1) if neuron.a == neuron.a else a0
        return QPointF(self.across(a), self.down(min(max(self.height_of(neuron), y0), y1)))


def axis_titles(neuron: EscapeNeuron, up: str) -> tuple[str, str]:
    return subscripted("a", neuron.j - 1), neuron.w_name if up == W else neuron.b_name
