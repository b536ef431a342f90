"""A map of the layers against the epochs, or the steps, whose colours are sizes."""

import numpy as np
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen, QResizeEvent

from engine.arrays import Floats, Ints
from engine.layer_record import LayerRecord
from gui.common.colour_ramps import image_of
from gui.common.plane import PlaneAxis
from gui.common.scale import LinearScale, LogScale, Range
from gui.plots.maps.colour_key import key_room, paint_key
from gui.plots.maps.hatching import hatch
from gui.plots.maps.size_colours import FIRST, GROUND, ZERO, sequential, shades
from gui.plots.parts.layer_axis import LayerScale, hidden_scale
from gui.plots.parts.pointed_plane import Place, PointedPlane
from gui.plots.parts.run_axis import EPOCHS, FIRST_STEPS, STEPS, places
from gui.plots.parts.trace import Trace
from gui.plots.parts.window import FIRST as FIRST_EPOCHS
from gui.plots.parts.window import RunWindow
from gui.theme import Theme

COLUMN = 2.0  # pixels
FAINT = 0.6  # of the hatching's colour
THIN = 5.0  # pixels: a lower row is marked with one line
STRIPE = 3.0  # pixels of a layer's own colour beside its row, before the user's scale


class HeatPicture(PointedPlane):
    """A row for every hidden layer, the first at the bottom; a place is on the x axis and a row."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "")
        self.against = EPOCHS
        self.run, self.scale = RunWindow(), LogScale()
        self.layers: LayerScale = hidden_scale(1)
        self.trace = Trace(self.scale, 1)
        self.levels: Range = (-4.0, 0.0)  # log10 at the ends of the colours
        self._known: Range | None = None
        self._reached = 0.0
        self._at: Ints = np.empty((1, 0), np.int32)  # places in the table of colours
        self._image = QImage()
        self._colours = sequential(theme)
        self._stale = 0  # columns from here on are to be coloured anew
        self.beside = STRIPE
        self.restart(1, 1.0)

    # -- what is shown -------------------------------------------------------------------------

    def restart(self, layers: int, length: float, against: str = EPOCHS) -> None:
        """A new run of so many epochs, or steps: nothing is known of it yet."""
        self.layers, self.pointed = hidden_scale(layers), None
        self.against = against
        self.setAccessibleName(f"Size of the gradient of every layer against {against}")
        self.run.restart(length, FIRST_STEPS if against == STEPS else FIRST_EPOCHS)
        self._reached = 0.0
        self.y_axis = PlaneAxis(self.layers, self.layers.range)
        self.begin_anew()

    def begin_anew(self) -> None:
        """Another quantity, of the same run."""
        self.trace = Trace(self.scale, len(self.layers.which))
        self._known = None
        self._lay_columns()

    def set_length(self, length: float) -> None:
        self.run.length = length
        self.run.reach(self._reached)
        self._lay_columns()

    def take(self, record: LayerRecord, reached: float) -> bool:
        """The run has come so far; True if there are records to ``paint_news`` of."""
        values = record.values[:, self.layers.which]
        if not self.trace.take(record.table, places(record, self.against), values, record.kept):
            return False
        self._reached = reached
        if self.trace.replaced:
            self._stale = 0
        else:
            self._stale = min(self._stale, max(0, self.trace.columns.changed - 2))
        self.trace.settle()
        return True

    def paint_news(self) -> None:
        """Only the columns that are new, unless the range of the axis or of sizes has changed."""
        is_fitting = self._at.shape[1] == self.columns  # other type, other axes, another rectangle
        if self.run.reach(self._reached) or not is_fitting:
            self._lay_columns()
            return
        if self._fit_levels():
            self._stale = 0
            self.renew()
        self._colour_columns()

    def set_theme(self, theme: Theme) -> None:
        self._colours = sequential(theme)
        super().set_theme(theme)
        self._lay_columns()

    @property
    def known_range(self) -> Range | None:
        """Of the sizes, what the records have asked for: it is kept as long as they fit."""
        return self._known

    def return_to(self, known: Range | None) -> None:
        """As if nothing had been drawn since ``known_range`` was so: at another size, say."""
        self._known = known
        self.levels = self.levels if known is None else known
        self._lay_columns()

    # -- from records to pixels ----------------------------------------------------------------

    @property
    def columns(self) -> int:
        return max(1, round(self.rect_of_plane.width() / COLUMN))

    def column_of(self, x: Floats) -> Ints:
        found: Ints = np.clip(x * (self.columns / self.run.end), 0, self.columns - 1)
        return found.astype(np.intp)

    def level(self, place: Place) -> float:
        """log10 of the size there: the mean over the records of a column; not-a-number if none."""
        points = self.trace.columns.points()
        x, y = points.x, points.y
        at = int(self.column_of(np.array([place[0]]))[0])
        k = int(np.searchsorted(self.column_of(x), at, "right")) - 1
        return float(y[k, place[1]]) if k >= 0 and place[0] <= self._last_place else float("nan")

    @property
    def _last_place(self) -> float:
        """Where what is known ends: the column of the newest step is known as a whole."""
        width = self.run.end / self.columns
        return (float(self.column_of(np.array([self._reached]))[0]) + 1.0) * width

    def _lay_columns(self) -> None:
        end = self.run.end
        scale = LinearScale(counted=self.against == STEPS)
        self.x_axis = PlaneAxis(scale, (0.0, end), self.against)
        self.right = key_room(self.metrics, self.share, 1, "") / self.share
        self._rect = None
        self.trace.reduce(0.0, end / self.columns, self.columns)
        self.trace.settle()
        self._at = np.full((len(self.layers.which), self.columns), GROUND, np.int32)
        self._stale = 0
        self._fit_levels()
        self._colour_columns()
        self.renew()

    def _fit_levels(self) -> bool:
        """The ends of the colours; True if they are others now. Looking back changes none."""
        if self._known is not None and self._reached < self.run.furthest:
            return False
        before, extent = self.levels, self.trace.extent()
        self.levels = self.scale.fit(*extent, self._known)
        self._known = self.levels if np.isfinite(extent[0]) else None
        return self.levels != before

    def _colour_columns(self) -> None:
        """A record stands until the next one; what is yet to come is left empty."""
        points = self.trace.columns.points()
        x, y = points.x, points.y
        first = self._stale
        if len(x):
            end = int(self.column_of(np.array([max(self._reached, x[-1])]))[0]) + 1
            at = np.searchsorted(self.column_of(x), np.arange(first, end), "right") - 1
            self._at[:, first:end] = shades(y[np.maximum(at, 0)], *self.levels).T
            self._at[:, end:] = GROUND  # one may have gone back
            self._stale = max(0, end - 1)
        self._compose(first)

    def _compose(self, first: int = 0) -> None:
        form = QImage.Format.Format_ARGB32_Premultiplied
        self._image = image_of(self._colours[self._at[::-1]], form)
        if width := self._at.shape[1]:
            left = self.rect_of_plane.left() + first * self.rect_of_plane.width() / width
            self.update(self.rect().adjusted(int(left) - 1, 0, 0, 0))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_columns()

    # -- the hand ------------------------------------------------------------------------------

    def place_at(self, at: QPointF) -> Place | None:
        if not self.rect_of_plane.contains(at):
            return None
        x, row = self.position(at)
        return min(x, self._reached), min(max(round(row), 0), len(self.layers.which) - 1)

    def moved(self, place: Place | None, across: int, up: int) -> Place | None:
        if place is None:
            return self._reached, 0
        x = min(max(place[0] + across * self.run.end / self.columns, 0.0), self._reached)
        return x, min(max(place[1] + up, 0), len(self.layers.which) - 1)

    # -- painting ------------------------------------------------------------------------------

    def _y_ticks(self, pixels: float) -> list[float]:
        most = max(1, int(pixels / (1.15 * self.metrics.height())))
        return self.layers.ticks(*self.layers.range, most)

    def paint_ground(self, painter: QPainter) -> None:
        rect = self.rect_of_plane
        hidden, n = max(1, self.layers.layers - 1), len(self.layers.which)
        wide, high = STRIPE * self.share, rect.height() / n
        for k, l in enumerate(self.layers.which.tolist()):
            top = round(rect.bottom() - (k + 1) * high)
            row = QRectF(rect.left() - wide - 1, top, wide, round(rect.bottom() - k * high) - top)
            painter.fillRect(row, self._theme.layer(l, hidden))
        ramp = self._colours[FIRST:]
        paint_key(
            painter, self._theme, self.metrics, rect, self.share, [ramp], self.levels,
        )  # fmt: skip

    def paint_content(self, painter: QPainter) -> None:
        rect = self.rect_of_plane
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        if not (self._at != ZERO).all():
            hatch(painter, rect, self._theme.blend(self._theme.dim, FAINT, self._theme.panel))
        painter.drawImage(rect, self._image)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if self.pointed is not None:
            self._paint_cross(painter, rect, self.pointed)

    def _paint_cross(self, painter: QPainter, rect: QRectF, place: Place) -> None:
        x, high = round(self.across(place[0])) + 0.5, rect.height() / len(self.layers.which)
        y = rect.bottom() - place[1] * high
        rows = (y, y - high) if high > THIN else (y - high / 2,)
        cross = [QLineF(x, rect.top(), x, rect.bottom())]
        cross += [QLineF(rect.left(), row, rect.right(), row) for row in rows]
        for colour, wide in ((self._theme.panel, 3), (self._theme.ink, 1)):
            painter.setPen(QPen(QColor(colour), wide))
            painter.drawLines(cross)
