"""One histogram a layer over one axis, the first layer below; many are strips of shades."""

from fractions import Fraction
from math import isfinite

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from engine.arrays import Floats
from engine.readings.distributions import QUANTITIES, DistributionsReading
from gui.common.plane import GAP
from gui.common.scale import LogScale
from gui.plots.distributions.layer_rows_columns import BesideRows
from gui.plots.distributions.layer_rows_layout import GAUGED, RowsLayout, lay_out
from gui.plots.distributions.layer_rows_words import WideScale
from gui.plots.distributions.shade_strips import strips_image
from gui.plots.parts.pointed_plane import Place, PointedPlane
from gui.theme import Theme

FILLED = 0.5  # of a layer's colour in its histogram
FULL = 0.9  # of a row's height
SPIKE = 3.0  # times the second greatest bin: a greater one is cut off there
ROOMY = 2.5  # an axis that is so much wider than it must be closes up


class LayerRows(PointedPlane):
    """Shows one reading; ``pointed`` is (0, layer)."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "Distributions of the layers")
        self.shown: DistributionsReading | None = None
        self.titles: tuple[str, ...] = ("",)  # of the axis, the longest first
        self.layout_of_rows: RowsLayout | None = None

    def _measure(self) -> None:
        super()._measure()
        self._beside = BesideRows(self._theme, self.caption, self.share)

    # -- what is shown -------------------------------------------------------------------------

    def show_distributions(self, shown: DistributionsReading | None) -> None:
        before, self.shown = self.shown, shown
        if shown is None:
            self.renew()
            return
        quantity = QUANTITIES[shown.quantity]
        self.titles = f"{quantity.symbol} · {shown.examples:,} examples", quantity.symbol
        same = before is not None and before.quantity == shown.quantity
        ends = float(shown.edges[0]), float(shown.edges[-1])
        if not (same and _holds(self.x_axis.range, ends)):
            self.x_axis.scale = LogScale() if quantity.log else WideScale()
            self.x_axis.range = ends
            self.renew()
        elif self._placed() != self._rect:
            self.renew()
        self.update()

    def colour(self, l: int) -> QColor:
        """Of a hidden layer; the output has none of its own."""
        layers = 1 if self.shown is None else len(self.shown.counts)
        if l == layers - 1 and layers > 1:
            return QColor(self._theme.dim)
        return self._theme.layer(l, max(1, layers - 1))

    @property
    def colours(self) -> list[QColor]:
        return [] if self.shown is None else [self.colour(l) for l in range(len(self.shown.counts))]

    # -- places --------------------------------------------------------------------------------

    def place_at(self, at: QPointF) -> Place | None:
        layout = self.layout_of_rows
        l = None if layout is None else layout.layer_at(at.y())
        return None if l is None else (0.0, l)

    def moved(self, place: Place | None, across: int, up: int) -> Place | None:
        if self.shown is None:
            return None
        last = len(self.shown.counts) - 1
        if place is None:
            return 0.0, 0 if up >= 0 else last
        return 0.0, min(max(place[1] + up, 0), last)

    def _placed(self) -> QRectF:
        if self.shown is None:
            self.layout_of_rows = None
            return super()._placed()
        self.layout_of_rows = lay_out(
            self.width(), self.height(), self.metrics, self.shown, self.share
        )
        return self.layout_of_rows.plot

    # -- painting ------------------------------------------------------------------------------

    def paint_ground(self, painter: QPainter) -> None:
        if self.shown is None:
            return
        rect = self.rect_of_plane
        painter.setPen(QPen(QColor(self._theme.line), 1))
        painter.drawLines([
            QLineF(x, rect.top(), x, rect.bottom())
            for tick in self._x_ticks(rect.width()) for x in (round(self.across(tick)) + 0.5,)
        ])  # fmt: skip
        if self.layout_of_rows is not None:
            painter.setFont(self.caption)
            self._beside.paint_headings(painter, self.layout_of_rows)
            self._paint_greatest(painter, self.shown)

    def _paint_greatest(self, painter: QPainter, shown: DistributionsReading) -> None:
        """The bound that the chapter's argument is about."""
        if shown.quantity != "prime" or not self.layout_of_rows or not self.layout_of_rows.headings:
            return
        text = f"max σ′ = {Fraction(shown.marks[-1]).limit_denominator(8)}"
        if abs(Fraction(shown.marks[-1]).limit_denominator(8) - shown.marks[-1]) > 1e-9:
            text = f"max σ′ = {shown.marks[-1]:.3g}"
        left = self.across(shown.marks[-1]) - self.metrics.horizontalAdvance(text)
        if left >= 0.0:
            painter.drawText(QPointF(left, self.metrics.ascent()), text)

    def _paint_rows(self, painter: QPainter) -> None:
        """The names of the layers change with what is pointed at."""

    def _paint_columns(self, painter: QPainter) -> None:
        """Ticks end to end; the title stands under the columns, if there are some."""
        if self.shown is None or self.layout_of_rows is None:
            return
        layout, rect = self.layout_of_rows, self.rect_of_plane
        baseline = rect.bottom() + GAP + self.metrics.ascent()
        width_of = self.metrics.horizontalAdvance
        beside = rect.right() + layout.gutters[1] + 2 * GAP
        most = layout.columns[GAUGED][0] if GAUGED in layout.columns else float(self.width())
        title = next((t for t in self.titles if beside + width_of(t) < most), self.titles[-1])
        end = beside if beside + width_of(title) < most else rect.right() - width_of(title)
        painter.drawText(QPointF(end, baseline), title)
        free = rect.left() if layout.gutters[0] else 0.0
        for tick in self._x_ticks(rect.width()):
            text = self.x_axis.scale.text(tick).replace("-", "−")
            left = max(self.across(tick) - width_of(text) / 2, free)
            if left + width_of(text) <= end - GAP:
                painter.drawText(QPointF(left, baseline), text)
                free = left + width_of(text) + 2 * GAP

    def paint_content(self, painter: QPainter) -> None:
        shown, layout = self.shown, self.layout_of_rows
        if shown is None or layout is None:
            painter.setPen(QColor(self._theme.dim))
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, "not looked at yet")
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        if layout.strips:
            self._paint_strips(painter, shown, layout)
        else:
            for l in range(len(shown.counts)):
                self._paint_histogram(painter, shown, layout, l)
        painter.setPen(QPen(QColor(self._theme.dim), 1, Qt.PenStyle.DashLine))
        for mark in shown.marks:
            x = round(self.across(mark))
            painter.drawLine(QLineF(x, layout.plot.top(), x, layout.plot.bottom()))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pointed = None if self.pointed is None else min(self.pointed[1], len(shown.counts) - 1)
        self._beside.paint(painter, shown, layout, self.colours, pointed)

    def _paint_histogram(
        self, painter: QPainter, shown: DistributionsReading, layout: RowsLayout, l: int
    ) -> None:
        base = round(layout.top(l) + layout.row) - 1.0
        counts, colour, theme = shown.counts[l].astype(float), self.colour(l), self._theme
        top = greatest(counts)
        x, y = self._steps(shown.edges, np.minimum(counts / top, 1.0), base, FULL * layout.row)
        painter.setPen(QPen(colour, 1))
        painter.setBrush(theme.blend(colour, FILLED, theme.panel))
        painter.drawPolygon(pg.functions.arrayToQPolygonF(x, y))
        painter.setPen(QPen(QColor(theme.panel), 2))
        cut = base - 0.72 * FULL * layout.row
        for k in np.flatnonzero(counts > top).tolist():  # a break, for it goes on above
            left, right = (self.across(float(shown.edges[j])) for j in (k, k + 1))
            painter.drawLine(QLineF(left - 1, cut + 2, right + 1, cut - 2))
        if isfinite(mean := float(shown.mean[l])):
            painter.setPen(QPen(QColor(theme.ink), 2))
            at = round(self.across(mean))
            painter.drawLine(QLineF(at, base - 0.5 * layout.row, at, base))

    def _steps(
        self, edges: Floats, heights: Floats, base: float, height: float
    ) -> tuple[Floats, Floats]:
        """The outline of a histogram in pixels, along its base and back over its bars."""
        (low, high), rect = self.x_axis.range, self.rect_of_plane
        pixels = rect.left() + (edges - low) * (rect.width() / (high - low))
        x = np.concatenate((pixels[:1], np.repeat(pixels, 2)[1:-1], pixels[-1:]))
        tops = base - height * np.repeat(heights, 2)
        return x, np.concatenate(([base], tops, [base]))

    def _paint_strips(
        self, painter: QPainter, shown: DistributionsReading, layout: RowsLayout
    ) -> None:
        left, right = (self.across(float(shown.edges[k])) for k in (0, -1))
        rect = QRectF(left, layout.plot.top(), right - left, layout.plot.height())
        image = strips_image(shown.counts, self.colours, self._theme, rect.size())
        painter.drawImage(rect, image)
        painter.setPen(QPen(QColor(self._theme.ink), 1))
        ticks = [
            QLineF(at, layout.top(l), at, layout.top(l) + layout.row)
            for l, mean in enumerate(shown.mean.tolist()) if isfinite(mean)
            for at in (round(self.across(mean)),)
        ]  # fmt: skip
        painter.drawLines(ticks)


def greatest(counts: Floats) -> float:
    """What fills the height: the greatest bin, if it is no spike."""
    second, first = np.sort(counts)[-2:].tolist()
    return min(first, SPIKE * second) if second > 0.0 else first or 1.0


def _holds(range_: tuple[float, float], ends: tuple[float, float]) -> bool:
    """Whether the axis can stay as it is: so that it does not jump about."""
    (low, high), (least, most) = range_, ends
    return low <= least and most <= high and high - low <= ROOMY * (most - least)
