"""The gradient of the first bias against the number of neurons, and how many vanish or explode."""

from math import inf

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPen, QPolygonF

from engine.arrays import Floats
from engine.chain.ensemble import EXPLODES, VANISHES, Ensemble
from gui.chain.plots.chart import Chart
from gui.chain.plots.extent import decades
from gui.chain.studies.many_names import Name, placed
from gui.common.scale import LinearScale, LogScale, Range, nice_step
from gui.theme import Theme

STRIP, GAP = 22.0, 8.0  # pixels, before the user's scale
STRIP_SHARE = 0.25  # of a low chart, at most
PREDICTED = "mean, predicted"
DOT = 2.0
KINDS = ("vanish", "stay", "explode", "zero", "not a number")  # the columns of ``all_shares``
_STEPS: dict[int, int] = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}


class NeuronsScale(LinearScale):
    """Whole numbers from 1 on."""

    def ticks(self, low: float, high: float, most: int) -> list[float]:
        step = int(max(1, nice_step((high - low) / most)))
        return [float(n) for n in dict.fromkeys((1, *range(step, int(high) + 1, step)))]


class ManyBands(Chart):
    """A band from 5 to 95 %, the median, the mean as dots on its prediction; the shares beneath."""

    n_chosen = Signal(int)  # neurons

    def __init__(self, theme: Theme) -> None:
        self.found: Ensemble | None = None
        self.n = 1
        self.names: list[Name] = []
        self._decades: Range | None = None
        super().__init__(
            theme, "Gradient of the first bias against the number of neurons", LogScale(),
            NeuronsScale(),
        )  # fmt: skip
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def show_ensemble(self, found: Ensemble, n: int) -> None:
        """``n`` is the number of neurons that is looked at."""
        self.found, self.n = found, n
        self._refresh()

    def choose(self, n: int) -> None:
        self.n = n
        self.moving.refresh()

    # Places

    @property
    def strip(self) -> QRectF:
        """Where the shares are stacked."""
        height = self.strip_height
        room = self.across(self.found.neurons + 0.5) if self.found else self.frame.width()
        return QRectF(0.0, self.frame.height() - height, room, height)

    @property
    def strip_height(self) -> float:
        return min(STRIP * self.line / 13, STRIP_SHARE * self.frame.height())

    def arrange(self) -> None:
        found = self.found
        if found is None:
            return
        lines = np.column_stack((found.quantiles, found.mean, found.predicted))
        finite = lines[np.isfinite(lines)]
        low, high = (float(finite.min()), float(finite.max())) if len(finite) else (np.nan, np.nan)
        self._decades = decades(low, high, self._decades)
        low, high = self._decades
        below = self.strip_height + GAP
        share = (high - low) / max(self.frame.height() - below, 1.0)
        self.left_axis.start, self.bottom_axis.end = low, float(found.neurons)
        room = self.width_of(PREDICTED) + 2 * GAP
        width = self.frame.width()
        right = 0.5 + found.neurons * width / max(width - room, width / 2)
        self.show_range((0.5, right), (low - below * share, high))
        self.names = placed(self._named(found, low, high), self.line, self.down(low))

    def _named(self, found: Ensemble, low: float, high: float) -> list[Name]:
        """The lines by their importance."""
        five, half, most = found.quantiles[-1].tolist()
        named = (
            (PREDICTED, float(found.predicted[-1]), QColor(self._theme.ink)),
            ("median", half, self.first), ("95 %", most, self.first), ("5 %", five, self.first),
        )  # fmt: skip
        return [
            Name(f"{text}: 0" if at == -inf else text, self.down(min(max(at, low), high)), colour)
            for text, at, colour in named
        ]

    @property
    def first(self) -> QColor:
        """The colour of the first neuron: it is its gradient."""
        return self._theme.layer(0, 4)

    def points(self, sizes: Floats) -> list[QPointF]:
        """Of one number for each length, in pixels; 0 lies on the lower edge, ∞ on the upper."""
        low, high = self._decades or (0.0, 1.0)
        known = [(n, min(max(y, low), high)) for n, y in enumerate(sizes.tolist(), 1) if y == y]
        return [QPointF(self.across(n), self.down(y)) for n, y in known]

    # Painting

    def paint_still(self, painter: QPainter, rect: QRectF) -> None:
        found = self.found
        if found is None:
            return
        self._paint_strip(painter, found)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        five, half, most = (self.points(column) for column in found.quantiles.T)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.blend(self.first, 0.2, self._theme.panel))
        painter.drawPolygon(QPolygonF([*most, *reversed(five)]))
        painter.setPen(QPen(self.first, 2.0))
        painter.drawPolyline(QPolygonF(half))
        painter.setPen(QPen(QColor(self._theme.ink), 1.0))
        painter.drawPolyline(QPolygonF(self.points(found.predicted)))
        painter.setBrush(QColor(self._theme.ink))
        for point in self.points(found.mean):
            painter.drawEllipse(point, DOT, DOT)
        self._paint_names(painter, rect)

    def _paint_names(self, painter: QPainter, _rect: QRectF) -> None:
        painter.setFont(self.caption)
        left = self.strip.right() + GAP / 2
        for name in self.names:
            painter.setPen(self.ink(name.colour))
            painter.drawText(QPointF(left, name.y + self.drop), name.text)

    def share_rects(self, n: int) -> list[QRectF]:
        """The parts of the strip for the chains of n neurons, from below, as ``KINDS``."""
        strip, left = self.strip, self.across(n - 0.5)
        wide, bottom, rects = self.across(n + 0.5) - left, self.strip.bottom(), []
        for share in self.found.all_shares[n - 1].tolist() if self.found else ():
            height = share * strip.height()
            bottom -= height
            rects.append(QRectF(left, bottom, wide, height))
        return rects

    def _paint_strip(self, painter: QPainter, found: Ensemble) -> None:
        colours = kind_colours(self._theme)
        for n in range(1, found.neurons + 1):
            for rect, colour in zip(self.share_rects(n), colours, strict=True):
                if rect.height() > 0:
                    painter.fillRect(rect, colour)

    def paint_moving(self, painter: QPainter, rect: QRectF) -> None:
        if self.found is None:
            return
        x = round(self.across(self.n)) + 0.5
        painter.setPen(QPen(QColor(self._theme.accent), 1.0))
        painter.drawLine(QPointF(x, 0.0), QPointF(x, rect.height()))

    # The hand

    def n_at(self, at: QPointF) -> int:
        """0 where there is none."""
        if self.found is None:
            return 0
        low, high = self._ranges[0]
        n = round(low + at.x() * (high - low) / max(self.frame.width(), 1.0))
        return n if 1 <= n <= self.found.neurons and at.y() >= 0 else 0

    def told(self, at: QPointF) -> str:
        n = self.n_at(at)
        if not n or self.found is None:
            return ""
        five, half, most = (f"10<sup>{size:.1f}</sup>" for size in self.found.quantiles[n - 1])
        shares = ", ".join(filter(None, share_words(self.found, n)))
        mean, predicted = (f"{of[n - 1]:.2f}" for of in (self.found.mean, self.found.predicted))
        return (
            f"<b>{n} neurons</b>: {shares}<br>5 % of the chains below {five}, half below {half},"
            f" 95 % below {most}<br>mean of log<sub>10</sub> {mean}, predicted"
            f" {predicted}"
        )

    def neuron_at(self, at: QPointF) -> int:
        return self.n_at(at)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._choose(self.n_at(self._in_view(event.position())))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        last = self.found.neurons if self.found else 1
        if event.key() in _STEPS:
            steps = 10 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1
            self._choose(min(max(self.n + steps * _STEPS[event.key()], 1), last))
        elif event.key() in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self._choose(1 if event.key() == Qt.Key.Key_Home else last)
        else:
            event.ignore()

    def _choose(self, n: int) -> None:
        if n and n != self.n:
            self.choose(n)
            self.n_chosen.emit(n)

    def spoken(self) -> str:
        words = share_words(self.found, self.n, limits=True) if self.found else []
        return f"{self.n} neurons: {', '.join(filter(None, words))}"


def kind_colours(theme: Theme) -> list[QColor]:
    """In the order of ``KINDS``."""
    verdicts = [QColor(c) for c in (theme.vanishing, theme.balanced, theme.exploding)]
    return [*verdicts, QColor(theme.dim), theme.blend(theme.dim, 0.5, theme.panel)]


def share_words(found: Ensemble, n: int, limits: bool = False) -> list[str]:
    """98 % vanish (below 1/10), 2 % stay, …, as ``KINDS``; those from zero on where they are."""
    shares = found.all_shares[n - 1].tolist()
    words = [f"{percent(share)} {kind}" for share, kind in zip(shares, KINDS, strict=True)]
    if limits:
        words[0] += f" (below 1/{1 / VANISHES:.0f})"
        words[2] += f" (over {EXPLODES:.0f} ×)"
    return [word if k < 3 or shares[k] else "" for k, word in enumerate(words)]


def percent(share: float) -> str:
    """Never 0 or 100 % where it is not."""
    value = 100.0 * share
    if 0 < value < 1:
        return "< 1 %"
    return "> 99 %" if 99 < value < 100 else f"{value:.0f} %"
