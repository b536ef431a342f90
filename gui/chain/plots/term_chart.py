"""The size of every term of ∂C/∂b_1: what is below the line 1 makes it smaller."""

from collections.abc import Iterator, Sequence

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter

from engine.arrays import Floats
from engine.chain.trace import ChainTrace
from gui.chain.plots.column_chart import ColumnChart
from gui.chain.plots.extent import DecadeScale, reach
from gui.chain.plots.neuron_words import brief, term_html
from gui.common.formula.boxes import Box, Row, Sub, Text
from gui.common.formula.symbols import a, index, italic, partial, sigma_prime, w
from gui.common.scale import Range
from gui.theme import Theme

WIDE, WIDEST = 0.62, 40.0  # of a column's room, and pixels
LEAST = 1.0  # decades below the line
LEAVES = 1.2  # how far all bars go down before the room above the line is given up


class TermChart(ColumnChart):
    """Vertical bars in the order of the product, from the line 1 up or down."""

    things = "terms"

    def __init__(self, theme: Theme) -> None:
        self.trace: ChainTrace | None = None
        self.reach = (0.0, 0.0)  # decades below and above the line
        super().__init__(theme, "Size of each term of the gradient", DecadeScale(plain=True))

    def show_trace(self, t: ChainTrace) -> None:
        self.trace = t
        n = t.chain.neurons
        terms = np.concatenate((t.prime[:1], t.term[1:], [t.slope]))
        with np.errstate(divide="ignore", invalid="ignore"):
            sizes = np.log10(np.abs(terms))
        dim = QColor(self._theme.dim)
        colours = [*(self._theme.layer(j, n) for j in range(n)), dim]
        self.terms: Floats = terms
        self.show_columns(sizes, colours, (n, self._theme.name))

    def fitted(self, sizes: Floats) -> Range:
        finite = sizes[np.isfinite(sizes)]
        low, high = float(finite.min(initial=0.0)), float(finite.max(initial=-np.inf))
        below = reach(-low, self.reach[0])
        above = reach(max(high, 0.0), self.reach[1]) if high > -LEAVES * self.reach[1] else 0.0
        self.reach = (max(below, LEAST) if above < LEAST else below), above
        return -self.reach[0], self.reach[1]

    @property
    def above(self) -> float:
        return super().above if self.reach[1] else 6.0

    def column(self, at: float, width: float, low: float, high: float) -> QRectF:
        wide = _thickness(width)
        line = round(self.down(0.0))
        top = min(line, round(self.down(max(high, 0.0))))
        bottom = max(line + 1, round(self.down(min(low, 0.0))))
        return QRectF(round(at - wide / 2), top, wide, bottom - top)

    @property
    def thickness(self) -> float:
        return _thickness(self.slot)

    def value_baseline(self, size: float) -> float:
        end = self.down(size)
        return end - 4 if size > 0 else end + self.metrics.ascent() + 3

    def forms(self) -> Iterator[Sequence[str]]:
        pairs = tuple(zip(self.terms.tolist(), self.sizes.tolist(), strict=True))
        yield [brief(term, size, 2) for term, size in pairs]
        yield [brief(abs(term), size, 2) for term, size in pairs]
        yield [_two_places(abs(term), size) for term, size in pairs]
        yield [brief(abs(term), size, 1) for term, size in pairs]

    def column_names(self) -> Sequence[Sequence[Box]]:
        n = len(self.sizes) - 1
        later = range(2, n + 1)
        slope = partial("C", a(n), slanted=True)
        short_slope = partial("C", italic("a"), slanted=True)
        return (
            [sigma_prime(1), *(Row(w(j), sigma_prime(j)) for j in later), slope],
            [_short_prime(1), *(Row(w(j), _short_prime(j)) for j in later), short_slope],
            [*map(self.number, range(1, n + 1)), italic("C")],
        )

    def number(self, j: int) -> Box:
        return Text(str(j)) if j < len(self.sizes) else italic("C")

    def paint_still(self, painter: QPainter, _rect: QRectF) -> None:
        self.paint_line(painter, 0.0, QColor(self._theme.ink), Qt.PenStyle.SolidLine)

    def told(self, at: QPointF) -> str:
        k = self.column_at(at)
        return term_html(self.trace, k) if k >= 0 and self.trace else ""

    def neuron_at(self, at: QPointF) -> int:
        k = self.column_at(at)
        return k + 1 if 0 <= k < len(self.sizes) - 1 else 0


def _short_prime(j: int) -> Box:
    """σ′_j."""
    return Row(Sub(Row(italic("σ"), Text("′")), index(j)))


def _thickness(slot: float) -> float:
    return max(1.0, round(min(slot * WIDE, WIDEST)))


def _two_places(term: float, size: float) -> str:
    return f"{term:.2f}" if -2 <= size < 0 else brief(term, size, 2)
