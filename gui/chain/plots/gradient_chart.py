"""The gradient of every bias, or of every weight, along the chain."""

from collections.abc import Iterator, Sequence

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from engine.arrays import Floats
from engine.chain.trace import ChainTrace
from gui.chain.plots.column_chart import LABELLED, ColumnChart
from gui.chain.plots.extent import decades
from gui.chain.plots.neuron_words import brief, gradient_html
from gui.common.formula.boxes import Box, Text
from gui.common.formula.symbols import b, w
from gui.common.scale import LogScale, Range, power_of_ten
from gui.theme import Theme

WIDE, WIDEST = 0.2, 5.0  # of a column's room, and pixels
DOT = 5.0  # radius


class GradientChart(ColumnChart):
    """Dots on stems: a logarithmic axis has no zero for bars to stand on."""

    things = "neurons"

    def __init__(self, theme: Theme) -> None:
        self.trace: ChainTrace | None = None
        self.weights = False
        self._decades: Range | None = None
        self.dots: list[tuple[QPointF, QColor]] = []
        super().__init__(theme, "Gradient of every bias", LogScale())

    def show_trace(self, t: ChainTrace) -> None:
        self.trace = t
        n = t.chain.neurons
        sizes = t.log10_dC_dw if self.weights else t.log10_delta
        colours = [self._theme.layer(j, n) for j in range(n)]
        self.show_columns(sizes, colours, (n, self.weights, self._theme.name))

    def show_weights(self, weights: bool) -> None:
        """∂C/∂w_j in place of ∂C/∂b_j."""
        self.weights = weights
        if self.trace is not None:
            self.show_trace(self.trace)

    def fitted(self, sizes: Floats) -> Range:
        finite = sizes[np.isfinite(sizes)]
        low, high = (float(finite.min()), float(finite.max())) if len(finite) else (np.nan, np.nan)
        self._decades = decades(low, high, self._decades)
        return self._decades

    @property
    def below(self) -> float:
        return 0.0

    def arrange(self) -> None:
        super().arrange()
        self.dots = []
        if len(self.sizes) <= LABELLED:
            self.dots = [
                (QPointF((k + 0.5) * self.slot, self.down(size)), self.colours[k])
                for k, size in enumerate(self.sizes.tolist())
                if np.isfinite(size)
            ]

    def column(self, at: float, width: float, low: float, high: float) -> QRectF:
        wide = _thickness(width)
        top = self.down(high)
        return QRectF(round(at - wide / 2), top, wide, self.frame.height() - top)

    @property
    def thickness(self) -> float:
        return _thickness(self.slot)

    def value_baseline(self, size: float) -> float:
        return self.down(size) - DOT - 4

    def forms(self) -> Iterator[Sequence[str]]:
        t = self.trace
        if t is None:
            return
        values = t.dC_dw if self.weights else t.delta
        pairs = [(abs(v), s) for v, s in zip(values.tolist(), self.sizes.tolist(), strict=True)]
        yield [brief(value, size, 2) for value, size in pairs]
        yield [brief(value, size, 1) for value, size in pairs]
        yield [power_of_ten(round(size)) if np.isfinite(size) else "" for _, size in pairs]

    def column_names(self) -> Sequence[Sequence[Box]]:
        symbol = w if self.weights else b
        each = range(1, len(self.sizes) + 1)
        return [symbol(j) for j in each], [self.number(j) for j in each]

    def number(self, j: int) -> Box:
        return Text(str(j))

    def paint_moving(self, painter: QPainter, rect: QRectF) -> None:
        super().paint_moving(painter, rect)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(Qt.PenStyle.NoPen))
        for at, colour in self.dots:
            painter.setBrush(colour)
            painter.drawEllipse(at, DOT, DOT)

    def told(self, at: QPointF) -> str:
        j = self.neuron_at(at)
        return gradient_html(self.trace, j, self.weights) if j and self.trace else ""

    def neuron_at(self, at: QPointF) -> int:
        return self.column_at(at) + 1


def _thickness(slot: float) -> float:
    return max(1.0, round(min(slot * WIDE, WIDEST)))
