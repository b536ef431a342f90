"""The norms of a network's row against the layers: each factor, and the product so far."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor, inf, isfinite, isnan

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QHelpEvent, QPainter, QPen
from PySide6.QtWidgets import QToolTip

from engine.arrays import Floats
from engine.chain.matrices import MatrixFactor
from gui.chain.studies.matrix_words import size_of, tip
from gui.chain.studies.matrix_work import NetworkRow
from gui.common.plane import Plane, PlaneAxis
from gui.common.scale import LogScale, Range
from gui.theme import Theme

PALE = 0.45  # of a layer's colour, for the weights into it
WIDE = 0.36  # of the distance of two layers
LENGTH, PRODUCT = "‖δ‖", "‖product‖"
DOT = 3.0  # pixels, before the user's scale


@dataclass(frozen=True, slots=True)
class LayerScale:
    """Layers as whole numbers."""

    def forward(self, values: Floats) -> Floats:
        return values

    def fit(self, low: float, high: float, _shown: Range | None) -> Range:
        return low, high

    def ticks(self, low: float, high: float, most: int) -> list[float]:
        first, last = ceil(low), floor(high)
        step = next(n for n in _steps() if (last - first) / n + 1 <= max(2, most))
        return [1.0, *(float(l) for l in range(step, last + 1, step) if 2 * l >= 2 + step)]

    def text(self, tick: float) -> str:
        return f"{tick:.0f}"


def _steps() -> Sequence[int]:
    return [m * 10**k for k in range(5) for m in (1, 2, 5)]


def place(factor: MatrixFactor, layers: int) -> float:
    """On the axis of the layers: weights stand between those that they connect."""
    if factor.kind == "weight":
        return factor.l - 0.5
    return layers + 0.5 if factor.kind == "slope" else float(factor.l)


class NormsPlot(Plane):
    """Over the layers, on a logarithmic axis with the line 1."""

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__(theme, name)
        self.row: NetworkRow | None = None
        self.x_axis = PlaneAxis(LayerScale(), (0.5, 1.5), "layer")
        self.y_axis = PlaneAxis(LogScale(plain=True), (-2.0, 1.0))

    def show_row(self, row: NetworkRow) -> None:
        self.row = row
        x = (0.5, row.layers + (1.0 if row.factors[-1].kind == "slope" else 0.5))
        known = [size for size in self.sizes(row) if isfinite(size)]
        scale = self.y_axis.scale
        y = scale.fit(min([*known, 0.0]), max([*known, 0.0]) + 0.1, self.y_axis.range)
        if (x, y) != (self.x_axis.range, self.y_axis.range):
            self.x_axis.range, self.y_axis.range = x, y
            self.renew()
        self.update()

    def sizes(self, row: NetworkRow) -> list[float]:
        """log₁₀ of all that is drawn."""
        raise NotImplementedError

    def paint_ground(self, painter: QPainter) -> None:
        rect, y = self.rect_of_plane, self.y_axis
        painter.setPen(QPen(QColor(self._theme.line), 1))
        for tick in self._y_ticks(rect.height()):
            down = round(self.down(tick)) + 0.5
            painter.drawLine(QPointF(rect.left(), down), QPointF(rect.right(), down))
        if y.range[0] <= 0.0 <= y.range[1]:
            painter.setPen(QPen(QColor(self._theme.ink), 1))
            down = round(self.down(0.0)) + 0.5
            painter.drawLine(QPointF(rect.left(), down), QPointF(rect.right(), down))

    def factor_at(self, at: QPointF) -> MatrixFactor | None:
        """The nearest in x."""
        if self.row is None or not self.rect_of_plane.contains(at):
            return None
        x, layers = self.position(at)[0], self.row.layers
        return min(self.row.factors, key=lambda f: abs(place(f, layers) - x))

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            factor = self.factor_at(QPointF(event.pos()))
            if factor is not None and self.row is not None:
                QToolTip.showText(event.globalPos(), tip(self.row, factor), self)
            else:
                QToolTip.hideText()
            return True
        return super().event(event)

    def label_edge(self, painter: QPainter, x: float, size: float, ink: QColor) -> None:
        """What is no number on the axis stands at its edge, in words."""
        rect, line = self.rect_of_plane, self.metrics.height()
        word = "not a number" if isnan(size) else "0" if size == -inf else "∞"
        top = rect.top() if size == inf else rect.bottom() - line
        half = self.metrics.horizontalAdvance(word) / 2 + 1
        middle = min(max(self.across(x), rect.left() + half), rect.right() - half)
        painter.setPen(self._theme.legible(ink, self._theme.panel))
        box = QRectF(middle - half, top, 2 * half, line)
        painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), word)


class FactorsPlot(NormsPlot):
    """The largest singular value of every factor, as bars from the line 1."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "Largest singular value of every factor")

    def sizes(self, row: NetworkRow) -> list[float]:
        return [size_of(f) for f in row.factors]

    def paint_content(self, painter: QPainter) -> None:
        row = self.row
        if row is None:
            return
        unit = self.across(1.0) - self.across(0.0)
        wide = max(1.0, min(WIDE * unit, 34.0 * self.share))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, unit > 12)
        line = self.down(0.0)
        for factor in row.factors:
            size, x = size_of(factor), place(factor, row.layers)
            colour = self._colour(row, factor)
            if isfinite(size):
                end = self.down(size)
                top, high = min(line, end), max(1.0, abs(end - line))
                painter.fillRect(QRectF(self.across(x) - wide / 2, top, wide, high), colour)
            else:
                self.label_edge(painter, x, float("nan") if isnan(factor.norm) else size, colour)

    def _colour(self, row: NetworkRow, factor: MatrixFactor) -> QColor:
        theme = self._theme
        if factor.kind == "slope":
            return QColor(theme.dim)
        colour = theme.layer(factor.l - 1, row.layers)
        return theme.blend(colour, PALE, theme.panel) if factor.kind == "weight" else colour


class RunningPlot(NormsPlot):
    """From the output back: the largest singular value of the product, and ‖δ‖."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "The product of the factors from the output back")

    def sizes(self, row: NetworkRow) -> list[float]:
        matrices = [f.log10_running for f in row.factors[:-1]]
        return [*matrices, *(f.log10_vector for f in row.factors)]

    def paint_content(self, painter: QPainter) -> None:
        row = self.row
        if row is None:
            return
        painter.setClipRect(QRectF(self.rect()))
        x = np.array([place(f, row.layers) for f in row.factors])
        product = np.array([f.log10_running for f in row.factors])
        vector = np.array([f.log10_vector for f in row.factors])
        painter.setBrush(Qt.BrushStyle.NoBrush)
        curves = (vector, product)
        for (_name, _colour, pen), sizes in zip(self._pens(), curves, strict=True):
            painter.setPen(pen)
            painter.drawPolyline(self.curve(x, sizes))
        self._paint_dots(painter, row)

    def _paint_dots(self, painter: QPainter, row: NetworkRow) -> None:
        radius = DOT * self.share if row.layers <= 60 else 1.5
        for factor in row.factors:
            if factor.kind not in ("prime", "delta"):
                continue
            colour = self._theme.layer(factor.l - 1, row.layers)
            size = factor.log10_vector
            if isfinite(size):
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(colour)
                at = QPointF(self.across(float(factor.l)), self.down(size))
                painter.drawEllipse(at, radius, radius)
            else:
                self.label_edge(painter, float(factor.l), size, colour)

    def key(self) -> str:
        """The names of the curves in their colours, as rich text."""
        return " &nbsp; ".join(
            f'<span style="color: {self._theme.legible(colour, self._theme.panel).name()}">'
            f"{mark} {name}</span>"
            for (name, colour, _pen), mark in zip(self._pens(), ("━", "╍"), strict=True)
        )

    def _pens(self) -> tuple[tuple[str, QColor, QPen], ...]:
        accent, dim = QColor(self._theme.accent), QColor(self._theme.dim)
        return (
            (LENGTH, accent, QPen(accent, 1.5)),
            (PRODUCT, dim, QPen(dim, 1.5, Qt.PenStyle.DashLine)),
        )
