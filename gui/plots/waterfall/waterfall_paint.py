"""Paints the bars of a waterfall and the levels between them."""

from collections.abc import Callable
from math import isfinite, isnan

from PySide6.QtCore import QLineF, QRectF
from PySide6.QtGui import QColor, QPainter, QPen

from gui.plots.parts.raised import Raised, power
from gui.plots.waterfall.waterfall_frame import WaterfallFrame
from gui.plots.waterfall.waterfall_steps import PRIME, REST, WEIGHTS, Bar, Step
from gui.theme import Theme

NAMES = {WEIGHTS: "Wᵀ", PRIME: "Σ′", REST: "skips"}
PALE = 0.25  # of its colour in a bar that is not solid
Mark = Callable[[QPainter, float, bool, QColor], None]
WIDE = 6.0  # pixels of a bar from which on it has air around it


class BarPainter:
    """One painting of one frame; ``layers`` counts the output too."""

    def __init__(
        self,
        painter: QPainter,
        theme: Theme,
        type: Raised,
        frame: WaterfallFrame,
        layers: int,
        mark: Mark,
    ) -> None:
        self._mark = mark
        self._painter, self._theme, self._type = painter, theme, type
        self._frame, self._layers = frame, layers
        self.kinds = {
            WEIGHTS: QColor(theme.exploding),
            PRIME: QColor(theme.vanishing),
            REST: QColor(theme.balanced),
        }
        self._pale = {kind: theme.blend(c, PALE, theme.panel) for kind, c in self.kinds.items()}

    def colour(self, step: Step) -> QColor:
        """Of the layer; the output and ∇C are ink."""
        if step.layer is None or step.layer == self._layers - 1:
            return QColor(self._theme.ink)
        return self._theme.layer(step.layer, self._layers - 1)

    def paint_steps(self) -> None:
        frame = self._frame
        wide = frame.bar_width > WIDE
        self._painter.setRenderHint(QPainter.RenderHint.Antialiasing, wide)
        for k, step in enumerate(frame.steps):
            left = frame.places[k][0]
            for n, bar in enumerate(step.bars):
                self._paint_bar(left + n * frame.bar_width, bar)
        for k, step in enumerate(frame.steps):
            if not isnan(step.level):
                self._paint_level(step, frame.level_start(k), frame.places[k][1])
        self._painter.setRenderHint(QPainter.RenderHint.Antialiasing)

    def paint_numbers(self) -> None:
        """Beside the bars and over the levels, where there is room."""
        frame = self._frame
        for k, step in enumerate(frame.steps):
            for n, bar in enumerate(step.bars):
                if frame.bar_width > WIDE and isfinite(bar.change):
                    self._paint_change(frame.places[k][0] + n * frame.bar_width, bar)
            if not isnan(step.level):
                self._paint_size(k, step)

    def paint_legend(self) -> None:
        """In a corner that the waterfall leaves free; nowhere if there is none."""
        metrics = self._type.metrics
        present = {bar.kind for step in self._frame.steps for bar in step.bars}
        kinds = [kind for kind in (REST, WEIGHTS, PRIME) if kind in present]
        size = 0.7 * metrics.ascent()
        width = sum(self._type.width(NAMES[kind]) + size + 14 for kind in kinds)
        if (corner := self._free_corner(width, metrics.height())) is None:
            return
        right, baseline = corner
        for kind in kinds:
            right -= self._type.width(NAMES[kind])
            self._painter.setPen(QColor(self._theme.ink))
            self._type.paint(self._painter, right, baseline, NAMES[kind])
            right -= size + 4
            self._fill(kind, QRectF(right, baseline - size, size, size))
            right -= 10

    def _free_corner(self, width: float, height: float) -> tuple[float, float] | None:
        """Its right end and baseline: above the waterfall's numbers, or below its bars."""
        frame, rect = self._frame, self._frame.rect
        for left in (rect.right() - width, rect.left()):
            if frame.highest(left, left + width) > rect.top() + 2.0 * height:
                return left + width, rect.top() + self._type.metrics.ascent()
            if frame.lowest(left, left + width) < rect.bottom() - 1.5 * height:
                return left + width, rect.bottom() - 4.0
        return None

    def paint_kinds(self, k: int, baseline: float) -> None:
        """The names of the bars of step k, below them."""
        frame = self._frame
        for n, bar in enumerate(frame.steps[k].bars):
            text = NAMES[bar.kind]
            middle = frame.places[k][0] + (n + 0.5) * frame.bar_width
            self._painter.setPen(self._theme.legible(self.kinds[bar.kind], self._theme.panel))
            self._type.paint(self._painter, middle - self._type.width(text) / 2, baseline, text)

    def _paint_bar(self, left: float, bar: Bar) -> None:
        frame, width, painter = self._frame, self._frame.bar_width, self._painter
        air = min(4.0, 0.12 * width) if width > WIDE else 0.0
        start, end = frame.down(bar.start), frame.down(bar.end)
        rect = QRectF(left + air, min(start, end), width - 2 * air, max(abs(end - start), 1.5))
        if width > WIDE:
            painter.setPen(QPen(QColor(self._theme.dim), 1))
            painter.drawLine(QLineF(left - air, start, rect.right(), start))
        self._fill(bar.kind, rect)
        if not isfinite(bar.end):
            self._mark(painter, rect.center().x(), bar.end < 0, self.kinds[bar.kind])
        if bar.limit is not None and isfinite(bar.limit) and width > WIDE:
            y = frame.down(bar.limit)
            painter.setPen(QPen(QColor(self._theme.ink), 1.5))
            painter.drawLine(QLineF(left, y, left + width, y))

    def _fill(self, kind: str, rect: QRectF) -> None:
        """Σ′ solid, the others pale with a frame: to be told apart in grey, too."""
        solid = kind == PRIME
        if rect.width() < WIDE:
            self._painter.fillRect(rect, self.kinds[kind])
            return
        self._painter.setPen(QPen(self.kinds[kind], 1.5))
        self._painter.setBrush(self.kinds[kind] if solid else self._pale[kind])
        self._painter.drawRect(rect.adjusted(0.75, 0, -0.75, 0))

    def _paint_level(self, step: Step, left: float, right: float) -> None:
        y, colour = self._frame.down(step.level), self.colour(step)
        thick = 3.0 if right - left > 2 * WIDE else 2.0
        self._painter.fillRect(QRectF(left, y - thick / 2, right - left, thick), colour)
        if not isfinite(step.level):
            self._mark(self._painter, (left + right) / 2, step.level < 0, colour)

    def _paint_change(self, left: float, bar: Bar) -> None:
        """At the end of its bar; under it where it falls."""
        width, metrics, plot = self._frame.bar_width, self._type.metrics, self._frame.rect
        texts = [f"{bar.change:+.{d}f}".replace("-", "−") for d in (2, 1)]
        text = next((t for t in texts if self._type.width(t) <= width), None)
        if text is None:
            return
        start, end = self._frame.down(bar.start), self._frame.down(bar.end)
        below = max(start, end) + metrics.ascent() + 1
        above = min(start, end) - metrics.descent() - 2
        down = bar.change < 0 and below <= plot.bottom()
        self._painter.setPen(self._theme.legible(self.kinds[bar.kind], self._theme.panel))
        x = left + (width - self._type.width(text)) / 2
        self._type.paint(self._painter, x, below if down else above, text)

    def _paint_size(self, k: int, step: Step) -> None:
        """Over its level; at the ends also where the level is shorter than the number."""
        frame, metrics = self._frame, self._type.metrics
        left, right = frame.level_start(k), frame.places[k][1]
        text = power(step.level)
        width = self._type.width(text)
        x = min(max((left + right - width) / 2, frame.rect.left()), frame.rect.right() - width)
        top = frame.down(step.level)
        if width > right - left:
            if k not in (0, len(frame.steps) - 1):
                return
            top = min(top, frame.highest(x, x + width))
        baseline = max(top - 3 - metrics.descent(), metrics.ascent())
        self._painter.setPen(self._theme.legible(self.colour(step), self._theme.panel))
        self._type.paint(self._painter, x, baseline, text)
