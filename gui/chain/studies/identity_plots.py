"""What the identity neuron gives for x in [0, 1], and how far it is from x."""

from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QLineF, QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from engine.arrays import Floats
from engine.chain.identity import IdentityNeuron
from engine.numerals import scientific, short
from gui.chain.studies.escape_neuron import number
from gui.common.plane import Plane, PlaneAxis
from gui.common.scale import LinearScale, nice_above
from gui.theme import Theme

X = np.linspace(0.0, 1.0, 301)
MARGIN = 0.1  # of the range of y, beyond 0 and 1
NEAR = 3.0  # an output that is nearer than this is shown with what is left of it
DOT = 4.0


@dataclass(frozen=True, slots=True)
class SmallScale(LinearScale):
    """Writes 1e-5 instead of 1e-05."""

    def text(self, tick: float) -> str:
        return short(tick)


class OutputPlot(Plane):
    """The output, and with the offset taken up what is left of it, over x."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "Output over x")
        self.x_axis = PlaneAxis(LinearScale(), (0.0, 1.0), "x")
        self.right = 16.0
        self._neuron, self._with_offset = IdentityNeuron(1.0, 0.0, 1.0), False
        self._y: Floats = np.zeros_like(X)
        self._rest: Floats = self._y

    def show_neuron(self, neuron: IdentityNeuron, with_offset: bool) -> None:
        self._neuron, self._with_offset = neuron, with_offset
        self._y = neuron.output(X)
        self._rest = X + neuron.error(X, with_offset=True)
        shown = self._rest if with_offset else self._y
        low, high = min(0.0, float(shown.min())), max(1.0, float(shown.max()))
        if with_offset and self.is_output_near:
            low, high = min(low, float(self._y.min())), max(high, float(self._y.max()))
        self.y_axis.range = _round_range(low, high)
        longest = max(self.metrics.horizontalAdvance(text) for _, text, _ in self._names())
        self.right = (longest + 20) / self.share
        self.renew()

    @property
    def is_output_near(self) -> bool:
        return float(np.abs(self._y).max()) <= NEAR

    def paint_ground(self, painter: QPainter) -> None:
        theme, rect = self._theme, self.rect_of_plane
        painter.setPen(QPen(QColor(theme.line), 1))
        painter.drawLine(QLineF(rect.left(), self.down(0.0), rect.right(), self.down(0.0)))
        painter.setClipRect(rect.adjusted(-2, -2, 2, 2))
        painter.setPen(QPen(QColor(theme.dim), 2, Qt.PenStyle.DashLine))
        painter.drawLine(QLineF(self._at(0.0, 0.0), self._at(1.0, 1.0)))
        self._curve(painter, self._y, theme.accent)
        if self._with_offset:
            self._curve(painter, self._rest, theme.balanced)
        painter.setClipping(False)
        self._paint_names(painter)

    def _names(self) -> list[tuple[float, str, str]]:
        """The end of every curve, its name and its colour."""
        theme, last = self._theme, float(self._y[-1])
        names = [(1.0, "x", theme.dim), (last, "output", theme.accent)]
        if self._with_offset:
            offset = self._neuron.offset
            sign = "−" if offset >= 0 else "+"
            rest = f"output {sign} {number(abs(offset), 4)}"
            names.append((float(self._rest[-1]), rest, theme.balanced))
        return names

    def _paint_names(self, painter: QPainter) -> None:
        """In the order of the curves, kept apart; one that is out of sight is named at the edge."""
        low, high = self.y_axis.range
        names = sorted(self._names(), reverse=True)
        rows = self._rows([self.down(min(max(y, low), high)) for y, _, _ in names])
        for (y, text, colour), row in zip(names, rows, strict=True):
            arrow = " ↑" if y > high else " ↓" if y < low else ""
            painter.setPen(self._theme.legible(colour, self._theme.panel))
            place = QPointF(self.rect_of_plane.right() + 6, row + self.metrics.ascent() / 2 - 1)
            painter.drawText(place, text + arrow)

    def _rows(self, wanted: list[float]) -> list[float]:
        """``wanted``, from above, moved apart by a line each and into the rectangle."""
        rows, line = wanted[:], self.metrics.height()
        above = self.rect_of_plane.top() - line
        for k, row in enumerate(rows):
            rows[k] = above = max(row, above + line)
        below = self.rect_of_plane.bottom() + line
        for k in reversed(range(len(rows))):
            rows[k] = below = min(rows[k], below - line)
        return rows

    def _curve(self, painter: QPainter, y: Floats, colour: str) -> None:
        painter.setPen(QPen(QColor(colour), 2))
        painter.drawPolyline(self.curve(X, y))

    def _at(self, x: float, y: float) -> QPointF:
        return QPointF(self.across(x), self.down(y))


class ErrorPlot(Plane):
    """The output minus x, with the greatest error marked."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "Error over x")
        self.x_axis, self.y_axis = (
            PlaneAxis(LinearScale(), (0.0, 1.0), "x"),
            PlaneAxis(SmallScale()),
        )
        self.right = 16.0
        self._error: Floats = np.zeros_like(X)
        self._greatest, self._colour = 1.0, theme.accent
        self._with_offset = False

    def show_neuron(self, neuron: IdentityNeuron, with_offset: bool) -> None:
        self._with_offset = with_offset
        self._error = neuron.error(X, with_offset)
        self._greatest = neuron.greatest_error(with_offset)
        top = nice_above(1.25 * self._greatest) if 0 < self._greatest < 1e300 else 1.0
        self.y_axis.range = (-top, top)
        self.renew()

    def paint_ground(self, painter: QPainter) -> None:
        theme, rect = self._theme, self.rect_of_plane
        for y, colour, style in (
            (0.0, theme.line, Qt.PenStyle.SolidLine),
            (self._greatest, theme.dim, Qt.PenStyle.DashLine),
            (-self._greatest, theme.dim, Qt.PenStyle.DashLine),
        ):
            painter.setPen(QPen(QColor(colour), 1, style))
            painter.drawLine(QLineF(rect.left(), self.down(y), rect.right(), self.down(y)))
        colour = theme.balanced if self._with_offset else theme.accent
        painter.setPen(QPen(QColor(colour), 2))
        painter.drawPolyline(self.curve(X, self._error))
        self._paint_greatest(painter)

    def _paint_greatest(self, painter: QPainter) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self._theme.ink))
        sizes = np.abs(self._error)
        for k in np.flatnonzero(sizes >= self._greatest * (1 - 1e-3)).tolist():
            if k in (0, len(X) - 1) or sizes[k] >= max(sizes[k - 1], sizes[k + 1]):
                place = QPointF(self.across(float(X[k])), self.down(float(self._error[k])))
                painter.drawEllipse(place, DOT, DOT)
        painter.setPen(QColor(self._theme.ink))
        text = f"greatest {scientific(self._greatest)}"
        line, left = self.down(self._greatest), self.rect_of_plane.right()
        left -= self.metrics.horizontalAdvance(text)
        if line - 4 >= self.metrics.ascent():  # else there are only the words of the study
            painter.drawText(QPointF(left, line - 4), text)


def _round_range(low: float, high: float) -> tuple[float, float]:
    """A little beyond both ends, at round numbers."""
    beyond = MARGIN * (high - low)
    step = nice_above(max(high - low, 1e-9) / 10)
    return float(np.floor((low - beyond) / step) * step), float(
        np.ceil((high + beyond) / step) * step
    )
