"""A map of all neurons: a column for every layer, a cell for every neuron, its error as colour."""

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen, QResizeEvent

from engine.arrays import Floats
from gui.common.colour_ramps import image_of
from gui.common.plane import GAP, PlaneAxis
from gui.common.scale import LinearScale, LogScale, Range
from gui.plots.maps.colour_key import key_room, paint_key
from gui.plots.maps.hatching import hatch
from gui.plots.maps.neuron_cells import NeuronCells, lay_out
from gui.plots.maps.size_colours import FIRST, GROUND, SHADES, ZERO, signed, signed_shades
from gui.plots.parts.layer_axis import LayerScale, every_scale
from gui.plots.parts.pointed_plane import Place, PointedPlane
from gui.theme import Theme

MOST_CELLS = 200  # in a layer
OUTLIERS = 0.02  # of the smallest: they do not count for the range of the colours
GAP_FROM = 5.0  # pixels of a column: from there on, a line of paper parts it from the next
FAINT = 0.6  # of the hatching's colour
STRIPE = 3.0  # pixels of a layer's own colour, before the user's scale
HEADS = ("−", "+")


class Unmarked(LinearScale):
    """No ticks: a cell's number depends on its column."""

    def ticks(self, low: float, high: float, most: int) -> list[float]:
        return []


class NeuronPicture(PointedPlane):
    """The first neuron of a layer is at the top; a place is a layer and a cell of it."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "δ of every neuron")
        self.scale = LogScale()
        self.layers: LayerScale = every_scale(1)
        self.levels: Range = (-4.0, 0.0)
        self.delta: Sequence[Floats] = ()
        self.cells: NeuronCells | None = None
        self.values: Floats = np.empty(0)  # of the cells
        self._known: Range | None = None
        self._image = QImage()
        self._has_zeros = False
        self._colours = signed(theme)
        self.y_axis = PlaneAxis(Unmarked())
        self.set_layers(1)

    def set_layers(self, layers: int) -> None:
        """A network of so many: nothing is known of it yet."""
        self.layers, self.pointed = every_scale(layers), None
        self.x_axis = PlaneAxis(self.layers, self.layers.range)
        self.delta, self.cells = (), None
        self.forget_range()

    def forget_range(self) -> None:
        self._known = None
        self.renew()

    def set_delta(self, delta: Sequence[Floats]) -> None:
        """δ of every neuron, an array for every layer."""
        self.delta = delta
        sizes = tuple(map(len, delta))
        if self.cells is None or self.cells.sizes != sizes:
            self.cells = self._laid_out(sizes)
        self.values = self.cells.largest(delta)
        self._fit_range()
        self._compose()

    def set_theme(self, theme: Theme) -> None:
        self._colours = signed(theme)
        super().set_theme(theme)
        self._compose()

    # -- from numbers to pixels ----------------------------------------------------------------

    def _laid_out(self, sizes: Sequence[int]) -> NeuronCells:
        pixels = max(1, round(self.rect_of_plane.height() * self.devicePixelRatio()))
        return lay_out(sizes, pixels, min(MOST_CELLS, pixels))

    def _fit_range(self) -> None:
        sizes = np.abs(self.values)
        sizes = sizes[np.isfinite(sizes) & (sizes > 0)]
        low = high = np.nan
        if n := len(sizes):
            low = np.log10(np.partition(sizes, k := int(OUTLIERS * (n - 1)))[k])
            high = np.log10(sizes.max())
        shown = self.scale.fit(float(low), float(high), self._known)
        self._known = shown if n else None
        if shown != self.levels:
            self.levels = shown
            self.renew()

    def _compose(self) -> None:
        if self.cells is None:
            return
        at = np.append(signed_shades(self.values, *self.levels), GROUND)  # gaps are −1
        self._has_zeros = bool((at == ZERO).any())
        form = QImage.Format.Format_ARGB32_Premultiplied
        form = form if self._has_zeros else QImage.Format.Format_RGB32
        self._image = image_of(self._colours[at[self.cells.table]], form)
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.right = key_room(self.metrics, self.share, len(HEADS), "") / self.share
        super().resizeEvent(event)
        if self.delta:
            self.point(None)  # there may be fewer cells now
            self.cells = None
            self.set_delta(self.delta)

    # -- the hand ------------------------------------------------------------------------------

    def place_at(self, at: QPointF) -> Place | None:
        rect = self.rect_of_plane
        if self.cells is None or not rect.contains(at):
            return None
        l = min(max(round(self.position(at)[0]), 0), len(self.layers.which) - 1)
        n = self.cells.cells(l)
        return l, min(int((at.y() - rect.top()) / rect.height() * n), n - 1)

    def moved(self, place: Place | None, across: int, up: int) -> Place | None:
        if self.cells is None:
            return None
        if place is None:
            return 0, 0
        l = min(max(int(place[0]) + across, 0), len(self.layers.which) - 1)
        before, n = self.cells.cells(int(place[0])), self.cells.cells(l)
        cell = place[1] if l == place[0] else place[1] * n // before
        return l, min(max(cell - up, 0), n - 1)

    # -- painting ------------------------------------------------------------------------------

    def _x_ticks(self, pixels: float) -> list[float]:
        widest = self.metrics.horizontalAdvance("out") + 2 * GAP
        return self.layers.ticks(*self.layers.range, max(1, int(pixels / widest)))

    def paint_ground(self, painter: QPainter) -> None:
        rect, n = self.rect_of_plane, len(self.layers.which)
        wide = rect.width() / n
        for l in range(n):
            output = l == n - 1
            colour = QColor(self._theme.dim) if output else self._theme.layer(l, max(1, n - 1))
            left = round(rect.left() + l * wide)
            room = round(rect.left() + (l + 1) * wide) - left
            painter.fillRect(QRectF(left, rect.bottom() + 1, room, STRIPE * self.share), colour)
        ramps = [self._colours[FIRST : FIRST + SHADES], self._colours[FIRST + SHADES :]]
        paint_key(
            painter, self._theme, self.metrics, rect, self.share, ramps, self.levels, HEADS,
        )  # fmt: skip
        painter.setPen(QColor(self._theme.dim))

    def paint_content(self, painter: QPainter) -> None:
        rect, n = self.rect_of_plane, len(self.layers.which)
        if self.cells is None:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        if self._has_zeros:
            hatch(painter, rect, self._theme.blend(self._theme.dim, FAINT, self._theme.panel))
        painter.drawImage(rect, self._image)
        wide = rect.width() / n
        if wide >= GAP_FROM:
            painter.setPen(QPen(QColor(self._theme.panel), max(1, round(min(wide / 12, 4)))))
            xs = [rect.left() + l * wide for l in range(1, n)]
            painter.drawLines([QLineF(x, rect.top(), x, rect.bottom()) for x in xs])
        if self.pointed is not None:
            self._paint_frame(painter, rect, self.pointed)

    def _paint_frame(self, painter: QPainter, rect: QRectF, place: Place) -> None:
        assert self.cells is not None
        wide, high = (
            rect.width() / len(self.layers.which),
            rect.height() / self.cells.cells(int(place[0])),
        )
        cell = QRectF(rect.left() + place[0] * wide, rect.top() + place[1] * high, wide, high)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for colour, pen in ((self._theme.panel, 4), (self._theme.ink, 2)):
            painter.setPen(QPen(QColor(colour), pen))
            painter.drawRect(cell)
