"""σ and σ′ of the chain's activation, with a dot for every neuron at its z."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from math import hypot

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from engine.activations import ACTIVATIONS, Activation
from engine.chain.spec import WITH_SLIDERS
from engine.chain.trace import ChainTrace
from gui.chain.plots.beyond import Beyond, listed, paint_rows, row_rects
from gui.chain.plots.chart import Chart
from gui.chain.plots.curve import edge_gap, limits, paint_curves
from gui.chain.plots.extent import HalfRangeScale, SignedScale, half_range
from gui.chain.plots.neuron_words import neuron_html
from gui.theme import Theme

DOT, LIGHT_DOT, SMALL_DOT = 4.5, 3.0, 2.2  # radius in pixels
TOGETHER = 2.0  # pixels: neurons as near as this become rings around the first of them
RING, WIDEST = 3.5, 16.0  # pixels from one ring to the next, and radius of the last
NEAR = 3.0  # pixels from the rim of a dot to the pointer
SHADES = 24  # of the colours of more neurons than have sliders
GAP = 4.0


@dataclass(frozen=True, slots=True)
class Dot:
    """One neuron on σ′, and on σ where that is inside; pixels of the view box."""

    j: int
    colour: QColor
    prime: QPointF
    value: QPointF | None
    radius: float


class DerivativeChart(Chart):
    """Dots move; the curves are painted anew only for another activation, range or size."""

    right = 6

    def __init__(self, theme: Theme) -> None:
        self.trace: ChainTrace | None = None
        self.half = 0.0
        self.dots: list[Dot] = []
        self.beyond: dict[bool, list[Beyond]] = {False: [], True: []}  # left and right
        self._drawn: tuple[str, str] | None = None
        super().__init__(
            theme, "σ and σ′ with every neuron at its z", SignedScale(), HalfRangeScale()
        )
        self.bottom_axis.quantity = "z"

    @property
    def activation(self) -> Activation:
        return ACTIVATIONS[self.trace.chain.activation if self.trace else "sigmoid"]

    def show_trace(self, t: ChainTrace) -> None:
        self.trace = t
        drawn = t.chain.activation, t.chain.output
        if drawn != self._drawn:
            self._drawn = drawn
            self.still.refresh()
        self.arrange()
        self.moving.refresh()

    # Places

    def arrange(self) -> None:
        t = self.trace
        if t is None:
            return
        finite = np.abs(t.z[np.isfinite(t.z)])
        self.half = half_range(float(finite.max(initial=0.0)), self.half)
        low, high = limits(self.activation)
        share = (high - low) / max(self.frame.height() - self.line - 2 * GAP, 1.0)
        top = high + (self.line + GAP) * share
        self.show_range((-self.half, self.half), (low - GAP * share, top))
        n = t.chain.neurons
        colours = [self._theme.layer(j, n) for j in range(n)]
        inside = np.abs(t.z) <= self.half
        self._place_dots(t, np.flatnonzero(inside).tolist(), colours)
        dim = QColor(self._theme.dim)
        outside = (np.flatnonzero(~inside) + 1).tolist()
        for right in (False, True):
            js = [j for j in outside if (not t.z[j - 1] < 0) == right]
            self.beyond[right] = listed(t, js, colours, dim) if js else []

    def _place_dots(self, t: ChainTrace, inside: list[int], colours: list[QColor]) -> None:
        low, high = limits(self.activation)
        z, prime, a = t.z.tolist(), t.prime.tolist(), t.a[1:].tolist()
        places = [QPointF(self.across(z[k]), self.down(prime[k])) for k in inside]
        self.dots = []
        for k, at, radius in zip(inside, places, _radii(places), strict=True):
            value = QPointF(at.x(), self.down(a[k])) if low <= a[k] <= high else None
            self.dots.append(Dot(k + 1, colours[k], at, value, radius))

    def rows(self, right: bool) -> list[QRectF]:
        """Where the neurons beyond this end of the axis are listed."""
        low, high = edge_gap(self.activation, self.half if right else -self.half)
        middle = (self.down(low) + self.down(high)) / 2
        return row_rects(self, self.beyond[right], middle, right)

    # Painting

    def paint_moving(self, painter: QPainter, _rect: QRectF) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for right, rows in self.beyond.items():
            if rows:
                paint_rows(painter, self, rows, self.rows(right), right)
        if len(self.dots) > WITH_SLIDERS:
            self._paint_many(painter)
        else:
            self._paint_few(painter)

    def _paint_few(self, painter: QPainter) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        for dot in self.dots:
            if dot.value is not None:
                painter.setBrush(self._theme.blend(dot.colour, 0.6, self._theme.panel))
                painter.drawEllipse(dot.value, LIGHT_DOT, LIGHT_DOT)
        painter.setPen(QPen(self.ground, 1.5))
        for dot in reversed(self.dots):
            painter.setBrush(dot.colour)
            painter.drawEllipse(dot.prime, dot.radius, dot.radius)

    def _paint_many(self, painter: QPainter) -> None:
        pen = QPen(Qt.PenStyle.SolidLine)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setWidthF(2 * SMALL_DOT)
        shades = min(SHADES, len(self.dots))
        for k in range(shades):
            same = self.dots[k * len(self.dots) // shades : (k + 1) * len(self.dots) // shades]
            pen.setColor(same[0].colour)
            painter.setPen(pen)
            painter.drawPoints(QPolygonF([dot.prime for dot in same]))

    def paint_still(self, painter: QPainter, _rect: QRectF) -> None:
        if self.trace is not None:
            paint_curves(painter, self, self.trace.chain, self.half)

    @property
    def theme(self) -> Theme:
        return self._theme

    # The pointer

    def neurons_at(self, at: QPointF) -> list[int]:
        """The nearest first."""
        near = []
        for dot in self.dots:
            places = [dot.prime] if dot.value is None else [dot.prime, dot.value]
            distance = min(hypot(at.x() - p.x(), at.y() - p.y()) for p in places)
            if distance <= dot.radius + NEAR:
                near.append((round(distance), dot.j))
        return [j for _, j in sorted(near)] or self._listed_at(at)

    def _listed_at(self, at: QPointF) -> list[int]:
        for right, rows in self.beyond.items():
            for row, rect in zip(rows, self.rows(right) if rows else (), strict=True):
                if row.j and rect.contains(at):
                    return [row.j]
        return []

    def neuron_at(self, at: QPointF) -> int:
        near = self.neurons_at(at)
        return near[0] if near else 0

    def told(self, at: QPointF) -> str:
        t = self.trace
        near = self.neurons_at(at) if t is not None else []
        return "<br>".join(neuron_html(t, j) for j in near[:WITH_SLIDERS]) if t else ""

    def spoken(self) -> str:
        t = self.trace
        if t is None or t.chain.neurons > WITH_SLIDERS:
            return ""
        return ", ".join(
            f"neuron {j}: z {z:.3g}, σ′ {p:.3g}"
            for j, (z, p) in enumerate(zip(t.z.tolist(), t.prime.tolist(), strict=True), 1)
        )


def _radii(places: Sequence[QPointF]) -> list[float]:
    """Of the dots; what lies at one place gets larger from the first to the last."""
    keys = [(round(at.x() / TOGETHER), round(at.y() / TOGETHER)) for at in places]
    together, met, radii = Counter(keys), Counter[tuple[int, int]](), []
    for key in keys:
        ring = min(RING, (WIDEST - DOT) / max(1, together[key] - 1))
        radii.append(DOT + ring * met[key])
        met[key] += 1
    return radii
