"""What stands beside the histograms of the layers: names, shares, updates, and what is off axis."""

from collections.abc import Sequence
from math import isnan

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen, QPolygonF

from engine.arrays import Ints
from engine.readings.distributions import GUIDE, MANY, DistributionsReading
from gui.plots.distributions.layer_rows_layout import DEAD, GAUGED, SATURATED, UPDATE, RowsLayout
from gui.plots.distributions.layer_rows_words import percent, row_words, update_text
from gui.plots.parts.raised import Raised, power
from gui.theme import Theme

GAUGE_RANGE = (-6.0, 0.0)  # log10 of update to weight
GAP = " · "
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class BesideRows:
    """In one theme and type; ``share`` is the user's scale."""

    def __init__(self, theme: Theme, font: QFont, share: float) -> None:
        self._theme, self._share = theme, share
        self._raised = Raised(font)
        self._bold = QFont(font)
        self._bold.setBold(True)
        self._warning = theme.legible(theme.vanishing, theme.panel)

    def paint_headings(self, painter: QPainter, layout: RowsLayout) -> None:
        painter.setPen(QColor(self._theme.dim))
        line = self._raised.metrics.height()
        for column, (left, right) in layout.columns.items() if layout.headings else ():
            if column != GAUGED:
                painter.drawText(QRectF(left, 0, right - left, line), RIGHT, column)
            elif UPDATE not in layout.columns:
                room = QRectF(left, 0, right - left, line)
                painter.drawText(room, Qt.AlignmentFlag.AlignCenter, UPDATE)
        if GAUGED in layout.columns:
            guide = power(GUIDE, 0)
            below = layout.plot.bottom() + 5 + self._raised.metrics.ascent()
            left = self._gauge_x(layout, GUIDE) - self._raised.width(guide) / 2
            self._raised.paint(painter, left, below, guide)
            painter.setFont(self._raised.font)
        self._paint_gutter_names(painter, layout)

    def paint(
        self, painter: QPainter, shown: DistributionsReading, layout: RowsLayout,
        colours: Sequence[QColor], pointed: int | None,
    ) -> None:  # fmt: skip
        """``colours`` are those of the layers."""
        every = layout.every(self._raised.metrics.height())
        for l, colour in enumerate(colours):
            named = l % every == 0 if pointed is None else l == pointed or l % every == 0
            if pointed is not None and l != pointed and abs(l - pointed) < every:
                named = False
            if named:
                self._paint_name(painter, layout, l, colour, l == pointed)
            if layout.strips:
                self._paint_bars(painter, shown, layout, l, colour)
            elif named:
                self._paint_texts(painter, shown, layout, l)
        for lost, gutter in ((shown.zeros, 0), (shown.not_finite, 1)):
            self._paint_gutter(painter, layout, lost / shown.counted.clip(1), gutter)
        if GAUGED in layout.columns:
            self._paint_gauge(painter, shown, layout, colours)
        if pointed is not None:
            self._paint_pointed(painter, shown, layout, pointed)

    # -- a row ---------------------------------------------------------------------------------

    def _row(self, layout: RowsLayout, l: int, left: float, right: float) -> QRectF:
        """High enough for a line of text."""
        line = max(layout.row, self._raised.metrics.height())
        return QRectF(left, layout.top(l) + (layout.row - line) / 2, right - left, line)

    def _paint_name(
        self, painter: QPainter, layout: RowsLayout, l: int, colour: QColor, bold: bool
    ) -> None:
        painter.setFont(self._bold if bold else self._raised.font)
        painter.setPen(self._theme.legible(colour, self._theme.panel))
        room = self._row(layout, l, 0, layout.names_end)
        painter.drawText(room, RIGHT | Qt.TextFlag.TextDontClip, layout.names[l])
        painter.setFont(self._raised.font)

    def _paint_texts(
        self, painter: QPainter, shown: DistributionsReading, layout: RowsLayout, l: int
    ) -> None:
        dead, neurons = int(shown.dead[l]), int(shown.neurons[l])
        shares = {SATURATED: float(shown.saturated[l]), DEAD: dead / neurons}
        texts = {SATURATED: percent(shares[SATURATED]), DEAD: f"{dead:,} of {neurons:,}"}
        for column, text in texts.items():
            if column in layout.columns:
                painter.setPen(self._warning if shares[column] >= MANY else QColor(self._theme.ink))
                painter.drawText(self._row(layout, l, *layout.columns[column]), RIGHT, text)
        if UPDATE in layout.columns:
            text = update_text(float(shown.log10_update[l]))
            room = self._row(layout, l, *layout.columns[UPDATE])
            metrics = self._raised.metrics
            baseline = room.center().y() + (metrics.ascent() - metrics.descent()) / 2
            painter.setPen(QColor(self._theme.ink))
            self._raised.paint(painter, room.right() - self._raised.width(text), baseline, text)
            painter.setFont(self._raised.font)

    def _paint_bars(
        self,
        painter: QPainter,
        shown: DistributionsReading,
        layout: RowsLayout,
        l: int,
        colour: QColor,
    ) -> None:
        """Shares of a low row: the full width of the column is all."""
        shares = {SATURATED: float(shown.saturated[l]), DEAD: shown.dead[l] / shown.neurons[l]}
        for column, share in shares.items():
            if column in layout.columns:
                left, right = layout.columns[column]
                high = max(layout.row - 1, 1.0)
                bar = QRectF(left, layout.top(l), (right - left) * share, high)
                painter.fillRect(bar, colour)

    # -- off the axis --------------------------------------------------------------------------

    def _paint_gutter(
        self, painter: QPainter, layout: RowsLayout, shares: Ints, gutter: int
    ) -> None:
        width = layout.gutters[gutter]
        if not width:
            return
        left = layout.plot.right() + 3 if gutter else layout.plot.left() - width
        colour = QColor(self._theme.exploding if gutter else self._theme.dim)
        for l, share in enumerate(shares.tolist()):
            high = max(0.9 * layout.row * share, 1.0 if share else 0.0)
            bottom = layout.top(l) + layout.row - (0 if layout.strips else 1)
            painter.fillRect(QRectF(left, bottom - high, width - 4, high), colour)

    def _paint_gutter_names(self, painter: QPainter, layout: RowsLayout) -> None:
        left, right = layout.gutters
        top, high = layout.plot.bottom() + 5, self._raised.metrics.height()
        middle = Qt.AlignmentFlag.AlignHCenter | Qt.TextFlag.TextDontClip
        if left:
            room = QRectF(layout.plot.left() - left, top, left - 4, high)
            painter.drawText(room, middle, "0")
        if right:
            painter.drawText(QRectF(layout.plot.right() + 3, top, right - 4, high), middle, "∞")

    # -- the gauge of the updates --------------------------------------------------------------

    def _gauge_x(self, layout: RowsLayout, log10: float) -> float:
        left, right = layout.columns[GAUGED]
        low, high = GAUGE_RANGE
        air = 4 * self._share
        share = (min(max(log10, low), high) - low) / (high - low)
        return left + air + share * (right - left - 2 * air)

    def _paint_gauge(
        self,
        painter: QPainter,
        shown: DistributionsReading,
        layout: RowsLayout,
        colours: Sequence[QColor],
    ) -> None:
        """A dot a layer on a track from 10⁻⁶ to 1; beyond, a triangle at its end."""
        radius = min(3.2 * self._share, max(layout.row / 2, 1.0))
        guide = self._gauge_x(layout, GUIDE)
        painter.setPen(QPen(QColor(self._theme.dim), 1, Qt.PenStyle.DashLine))
        painter.drawLine(QLineF(guide, layout.plot.top(), guide, layout.plot.bottom()))
        for l, update in enumerate(shown.log10_update.tolist()):
            if isnan(update):
                continue
            middle = layout.top(l) + layout.row / 2
            at = QPointF(self._gauge_x(layout, update), middle)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colours[l])
            if GAUGE_RANGE[0] <= update <= GAUGE_RANGE[1]:
                painter.drawEllipse(at, radius, radius)
            else:
                way = radius if update > GAUGE_RANGE[1] else -radius
                painter.drawPolygon(QPolygonF([
                    at + QPointF(way, 0), at + QPointF(0, -radius), at + QPointF(0, radius),
                ]))  # fmt: skip

    # -- what is pointed at --------------------------------------------------------------------

    def _paint_pointed(
        self, painter: QPainter, shown: DistributionsReading, layout: RowsLayout, l: int
    ) -> None:
        painter.setPen(QPen(QColor(self._theme.accent), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(QRectF(layout.plot.left(), layout.top(l), layout.plot.width(), layout.row))
        if not layout.headings:
            return
        right = max((right for _, right in layout.columns.values()), default=layout.plot.right())
        line = self._raised.metrics.height()
        painter.fillRect(QRectF(0, 0, right + 8, line + 1), QColor(self._theme.panel))
        words = row_words(shown, l)
        while len(words) > 1 and self._raised.width(GAP.join(words)) > right:
            words.pop()
        painter.setPen(QColor(self._theme.ink))
        self._raised.paint(painter, 0.0, self._raised.metrics.ascent(), GAP.join(words))
        painter.setFont(self._raised.font)
