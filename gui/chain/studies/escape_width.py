"""The width of the interval of input activations with a term of at least 1, against |w|."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import inf, isfinite, log10

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPen

from engine.arrays import Floats
from engine.chain.escape import LEAST, widest, width
from engine.chain.reach import reach, set_width
from gui.chain.studies.escape_neuron import EscapeNeuron, number
from gui.common.plane import Plane, PlaneAxis
from gui.common.scale import LinearScale, LogScale, nice_above
from gui.theme import Theme

LEAST_W, MOST_W = 0.1, 100.0  # |w| at the ends of the axis, which may grow to the right
POINTS = 600  # of the curve
DOT, RING = 3.6, 5.5  # radii, before the user's scale
NEAR = 9.0  # pixels from a dot that a click may miss it by
FACE = 0.10  # of 'vanishing' in the ground where nothing escapes


@dataclass(frozen=True, slots=True)
class Curve:
    """``least`` and ``unbounded``: the |w| from which there is an interval, and no end of it."""

    activation: str
    w: Floats
    width: Floats
    peak: tuple[float, float]
    least: float
    unbounded: float


def curve_of(activation: str, top: float) -> Curve:
    """The closed form for sigmoid neurons, samples of σ' for all others."""
    known = reach(activation)
    w = np.geomspace(min(known.least, top), min(known.unbounded * 0.9999, top), POINTS)
    if activation == "sigmoid":
        return Curve(activation, w, width(w), widest(), LEAST, inf)
    widths = set_width(activation, w)
    widths[~np.isfinite(widths)] = np.nan
    at = int(np.nanargmax(widths)) if np.isfinite(widths).any() else 0
    return Curve(activation, w, widths, (w[at], widths[at]), known.least, known.unbounded)


class WidthPlot(Plane):
    """One dot per neuron on the curve; a click on a dot looks at its neuron."""

    neuron_chosen = Signal(int)

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "Width of the interval against |w|")
        self.x_axis = PlaneAxis(LogScale(plain=True), (log10(LEAST_W), log10(MOST_W)), "|w|")
        self.y_axis = PlaneAxis(LinearScale(), (0.0, _ceiling(widest()[1])), "width")
        self.widths = curve_of("sigmoid", MOST_W)
        self.right = 16.0
        self._neurons: Sequence[EscapeNeuron] = ()
        self._positions: list[tuple[float, float]] = []  # of the neurons, on the axes
        self._chosen = 1
        self.setMouseTracking(True)

    def show_neurons(self, neurons: Sequence[EscapeNeuron], chosen: int) -> None:
        """All of them have the activation of the chosen one, or are not shown on its curve."""
        self._chosen = chosen
        activation = neurons[chosen - 1].activation
        self._neurons = [n for n in neurons if n.activation == activation]
        top = _top(max(abs(n.w) for n in self._neurons))
        if (activation, log10(top)) != (self.widths.activation, self.x_axis.range[1]):
            self.widths = curve_of(activation, top)
            self.x_axis.range = (log10(LEAST_W), log10(top))
            self.y_axis.range = (0.0, _ceiling(self.widths.peak[1]))
            self.renew()
        sizes = np.abs([n.w for n in self._neurons])
        found = zip(sizes.tolist(), self._widths(sizes).tolist(), strict=True)
        self._positions = [self._position(size, width) for size, width in found]
        self.update()

    def dot_of(self, j: int) -> QPointF:
        """Where neuron j stands, in pixels of the widget."""
        return self._place(next(k for k, n in enumerate(self._neurons) if n.j == j))

    def paint_ground(self, painter: QPainter) -> None:
        rect, theme, curve = self.rect_of_plane, self._theme, self.widths
        self._paint_face(painter, LEAST_W, curve.least, theme.vanishing, "none below |w| = {}")
        self._paint_face(painter, curve.unbounded, inf, theme.exploding, "no end from |w| = {}")
        painter.setPen(QPen(QColor(theme.line), 1))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        points = self.curve(np.log10(curve.w), curve.width)
        painter.setPen(QPen(QColor(theme.ink), 2))
        if curve.unbounded > curve.least:
            painter.drawPolyline(points)
        if curve.unbounded == inf:
            self._paint_peak(painter)

    def paint_content(self, painter: QPainter) -> None:
        order = sorted(range(len(self._neurons)), key=self._is_chosen)
        for k in order:
            colour = self._theme.layer(self._neurons[k].j - 1, self._neurons[k].n)
            place = self._place(k)
            if self._is_chosen(k):
                painter.setPen(QPen(colour, 2.5 * self.share))
                painter.setBrush(QColor(self._theme.panel))
                painter.drawEllipse(place, RING * self.share, RING * self.share)
            else:
                painter.setPen(QPen(QColor(self._theme.panel), 1))
                painter.setBrush(colour)
                painter.drawEllipse(place, DOT * self.share, DOT * self.share)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        j = self._neuron_at(event.position())
        if event.button() == Qt.MouseButton.LeftButton and j is not None:
            self.neuron_chosen.emit(j)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        j = self._neuron_at(event.position())
        hand, arrow = Qt.CursorShape.PointingHandCursor, Qt.CursorShape.ArrowCursor
        self.setCursor(arrow if j is None else hand)

    def _is_chosen(self, k: int) -> bool:
        return self._neurons[k].j == self._chosen

    def _neuron_at(self, point: QPointF) -> int | None:
        if not self._neurons:
            return None
        far = [(point - self._place(k)).manhattanLength() for k in range(len(self._neurons))]
        k = int(np.argmin(far))
        return self._neurons[k].j if far[k] <= NEAR * self.share else None

    def _place(self, k: int) -> QPointF:
        x, y = self._positions[k]
        return QPointF(self.across(x), self.down(y))

    def _position(self, size: float, found: float) -> tuple[float, float]:
        """What lies beyond an end of an axis stands at that end."""
        x = min(max(log10(size) if size else -inf, self.x_axis.range[0]), self.x_axis.range[1])
        return x, min(found, self.y_axis.range[1])

    def _widths(self, w: Floats) -> Floats:
        activation = self.widths.activation
        return width(w) if activation == "sigmoid" else set_width(activation, w)

    def _paint_face(
        self, painter: QPainter, low: float, high: float, colour: str, words: str
    ) -> None:
        rect, top = self.rect_of_plane, 10.0 ** self.x_axis.range[1]
        if low >= top:
            return
        left, right = self.across(log10(low)), self.across(log10(min(high, top)))
        face = QRectF(left, rect.top(), right - left, rect.height())
        painter.fillRect(face, self._theme.blend(colour, FACE, self._theme.panel))
        text = words.format(number(high if isfinite(high) else low))
        if self.metrics.horizontalAdvance(text) > face.width() - 8:
            text = text.partition(" |")[0]
        painter.setPen(self._theme.legible(colour, self._theme.panel))
        painter.drawText(face, Qt.AlignmentFlag.AlignCenter, text)

    def _paint_peak(self, painter: QPainter) -> None:
        w, most = self.widths.peak
        top = QPointF(self.across(log10(w)), self.down(most))
        foot = QPointF(top.x(), self.rect_of_plane.bottom())
        painter.setPen(QPen(QColor(self._theme.dim), 1, Qt.PenStyle.DashLine))
        painter.drawLine(top, foot)
        if self.rect_of_plane.height() < 4.5 * self.metrics.height():
            return
        painter.setPen(QColor(self._theme.ink))
        text = f"widest: {most:.4f} at |w| = {w:.4g}"
        rect, room = self.rect_of_plane, self.rect_of_plane.right() - top.x()
        if self.metrics.horizontalAdvance(text) > room + rect.width() / 4:
            text = f"{most:.3g} at {w:.3g}"
        left = min(top.x(), rect.right() - self.metrics.horizontalAdvance(text))
        painter.drawText(QPointF(left, rect.top() + self.metrics.ascent()), text)


def _ceiling(peak: float) -> float:
    """Of the axis of widths: with room for the words above the peak."""
    return nice_above(1.3 * peak) if isfinite(peak) and peak > 0 else 1.0


def _top(greatest: float) -> float:
    """A power of ten from 100 on, so that the axis does not move under a slider."""
    return max(MOST_W, 10.0 ** np.ceil(log10(greatest) - 1e-9)) if greatest else MOST_W
