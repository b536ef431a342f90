"""How often which size of ∂C/∂b_1 comes up among many chains, and where the user's own lies."""

from math import isfinite

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from engine.arrays import Floats
from engine.chain.ensemble import Ensemble
from engine.chain.trace import ChainTrace
from engine.numerals import power, scientific
from gui.chain.plots.chart import Chart
from gui.chain.plots.edges import INFINITE, NOT_A_NUMBER, ZERO
from gui.chain.plots.extent import decades
from gui.common.scale import LinearScale, LogScale, Range
from gui.theme import Theme

BINS = 60
GAP, ARROW = 4.0, 8.0  # pixels
OWN = 1.5  # pixels wide


class ManyHistogram(Chart):
    """Shares of the chains in per cent; what is not finite is counted in words at the edges."""

    right = 20

    def __init__(self, theme: Theme) -> None:
        self.found: Ensemble | None = None
        self.n = 1  # neurons of the chains that are counted
        self.own: ChainTrace | None = None
        self.edges: Floats = np.empty(0)
        self.shares: Floats = np.empty(0)  # per cent
        self.bars: list[QRectF] = []
        self._decades: Range | None = None
        self._top: Range | None = None
        super().__init__(
            theme, "Histogram of the gradient of the first bias", LinearScale(unit=" %"), LogScale()
        )

    def show_ensemble(self, found: Ensemble, n: int) -> None:
        """The chains of n neurons."""
        self.found, self.n = found, n
        self.edges, counts = found.histogram(n, BINS)
        self.shares = 100.0 * counts / found.chains
        self._refresh()

    def show_own(self, t: ChainTrace) -> None:
        """The chain of the document, a line among them."""
        self.own = t
        self.arrange()
        self.moving.refresh()

    @property
    def counts(self) -> dict[str, int]:
        """Of chains whose gradient is not finite, by what it is."""
        if self.found is None:
            return {}
        sizes = self.found.log10[self.n - 1]
        marked = np.isneginf(sizes), np.isposinf(sizes), np.isnan(sizes)
        counts = (int(np.count_nonzero(which)) for which in marked)
        named = zip((ZERO, INFINITE, NOT_A_NUMBER), counts, strict=True)
        return {kind: count for kind, count in named if count}

    @property
    def notes(self) -> list[str]:
        """What stands in words, top down."""
        return [f"{kind}: {count:,} chains" for kind, count in self.counts.items()]

    def arrange(self) -> None:
        if self.found is None:
            return
        some = self.shares.any()
        low, high = (float(self.edges[0]), float(self.edges[-1])) if some else (np.nan, np.nan)
        self._decades = decades(low, high, self._decades)
        greatest = float(self.shares.max()) if some else np.nan
        fitted = LinearScale().fit(0.0, greatest, self._top)
        self._top = fitted[0], min(fitted[1], 100.0)
        rows = self.line + GAP
        share = self._top[1] / max(self.frame.height() - rows, 1.0)
        self.left_axis.end = self._top[1]
        self.show_range(self._decades, (0.0, self._top[1] + rows * share))
        edges, shares = self.edges.tolist(), self.shares.tolist()
        bins = zip(edges[:-1], edges[1:], shares, strict=True)
        self.bars = [self._bar(*each) for each in bins if each[2]]

    def _bar(self, left: float, right: float, share: float) -> QRectF:
        wide = max(2.0, self.across(right) - self.across(left))
        top = self.down(share)
        return QRectF(self.across(left), top, wide, self.frame.height() - top)

    @property
    def own_x(self) -> float | None:
        """Pixels; None where it is not finite."""
        if self.own is None or not isfinite(size := float(self.own.log10_delta[0])):
            return None
        return min(max(self.across(size), OWN), self.frame.width() - OWN)

    @property
    def own_words(self) -> str:
        """What is written at its line, as long as there is room."""
        if self.own is None:
            return ""
        size, n = float(self.own.log10_delta[0]), self.own.chain.neurons
        low, high = self._ranges[0]
        value = "" if low <= size <= high else f": {scientific(float(self.own.delta[0]), size)}"
        length = "" if n == self.n else f", {n:,} neuron{'s' * (n > 1)}"
        forms = (f"your chain{length}{value}", f"your chain{value}", "your chain")
        fitting = (form for form in forms if self.width_of(form) <= self.frame.width())
        return next(fitting, "yours")

    # Painting

    def paint_still(self, painter: QPainter, _rect: QRectF) -> None:
        first = self._theme.blend(self._theme.layer(0, 4), 0.75, self._theme.panel)
        for bar in self.bars:
            painter.fillRect(bar.adjusted(0.5, 0, -0.5, 0), first)
        painter.setFont(self.caption)
        painter.setPen(QColor(self._theme.ink))
        for k, note in enumerate(self.notes):
            at = QPointF(GAP, (k + 1.5) * self.line + GAP + self.drop)
            painter.drawText(at, note)

    def paint_moving(self, painter: QPainter, rect: QRectF) -> None:
        if self.own is None or self.found is None:
            return
        accent, words, x = QColor(self._theme.accent), self.own_words, self.own_x
        painter.setPen(QPen(accent, OWN, Qt.PenStyle.SolidLine))
        if x is not None:
            painter.drawLine(QPointF(x, self.line), QPointF(x, rect.height()))
        painter.setFont(self.caption)
        painter.setPen(self.ink(accent))
        wide = self.width_of(words)
        left = max(0.0, min((x or 0.0) - wide / 2, rect.width() - wide))
        painter.drawText(QPointF(left, self.line / 2 + self.drop), words)

    # The pointer

    def told(self, at: QPointF) -> str:
        for bar, share, left, right in self._bins():
            if bar.left() <= at.x() < bar.right():
                return f"<b>{share:.3g} %</b> of the chains: {power(left)} to {power(right)}"
        return ""

    def _bins(self) -> list[tuple[QRectF, float, float, float]]:
        kept = np.flatnonzero(self.shares).tolist()
        return [
            (bar, float(self.shares[k]), float(self.edges[k]), float(self.edges[k + 1]))
            for bar, k in zip(self.bars, kept, strict=True)
        ]

    def spoken(self) -> str:
        if self.found is None:
            return ""
        median = float(self.found.quantiles[self.n - 1, 1])
        return "; ".join(
            [f"{self.n} neurons: half of the chains below 10^{median:.3g}", *self.notes]
        )
