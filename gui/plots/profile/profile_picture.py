"""The picture of a profile: bars, the factors between them, and the line through them."""

from collections.abc import Callable, Sequence
from math import floor, inf, isfinite

import numpy as np
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from engine.arrays import Floats
from engine.numerals import scientific
from engine.profile import Fit
from gui.common.plane import GAP, Y_SPACING, PlaneAxis
from gui.common.scale import LogScale, Range
from gui.plots.parts.layer_axis import hidden_scale
from gui.plots.parts.level_frame import range_for, ticks_for
from gui.plots.parts.marks import Kind, Mark, paint_mark
from gui.plots.parts.pointed_plane import Place, PointedPlane
from gui.theme import Theme

BAR = 0.56  # of a layer's share of the width
WIDEST = 72.0  # pixels of a bar, before the user's scale
MARK = 9.0  # pixels of what stands for a size without a place
PIECES = 64  # of the fitted line
SOLID, DASHED = Qt.PenStyle.SolidLine, Qt.PenStyle.DashLine
CORNER = "layer"
FOOT, MOST_ROOM = 0.1, 0.4  # of the range, under the shortest bar and over the longest
LEAST_ROWS = 3.5  # lines of text: a lower picture goes without the values
DIGITS = (3, 2)
KINDS = {-inf: Kind.ZERO, inf: Kind.INFINITE}


class ProfilePicture(PointedPlane):
    """Sizes move with the run; texts, line and factors are set when they are to be read anew."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "Size of the gradient of every layer")
        self.scale = LogScale()
        self.layers = hidden_scale(1)
        self._levels: Floats = np.empty(0)  # log10 of the sizes
        self.is_measured = False  # before the first step nothing is drawn, not even that it lacks
        self.fit: Fit | None = None
        self.predicted: Floats | None = None  # log10, of every hidden layer
        self.values: Sequence[str] = ()  # the sizes in words, of every bar
        self.factors: Sequence[str] = ()  # between the bars
        self._known: Range | None = None
        self._tops: list[int] = []
        self._colours: list[QColor] = []
        self.y_axis = PlaneAxis(self.scale, (-4.0, 0.0))
        self.set_layers(1)

    # -- what is shown -------------------------------------------------------------------------

    def set_layers(self, layers: int) -> None:
        """A network of so many: nothing is known of it yet."""
        self.layers, self.pointed = hidden_scale(layers), None
        self.x_axis = PlaneAxis(self.layers, self.layers.range)
        self._levels = np.full(len(self.layers.which), np.nan)
        self.predicted = None
        self._set_colours()
        self.forget_range()
        self.set_texts(None, (), ())

    @property
    def known_range(self) -> Range | None:
        """What the values have asked for: it is kept as long as they fit."""
        return self._known

    def return_to(self, known: Range | None) -> None:
        """As if nothing had been drawn since ``known_range`` was so: at another size, say."""
        self._known = known
        self._fit_range()

    def forget_range(self) -> None:
        self._known = None
        self._fit_range()
        self.renew()

    def set_sizes(self, sizes: Floats) -> None:
        """Of all hidden layers; painted only if that can be seen."""
        self._levels = self.scale.forward(sizes[self.layers.which])
        self._fit_range()
        if (tops := self._tops_now()) != self._tops:
            self._tops = tops
            self.update()

    def set_predicted(self, levels: Floats | None) -> None:
        """log10 of the sizes that theory expects, of all hidden layers."""
        self.predicted = levels
        self._fit_range()
        self.update()

    def set_texts(self, fit: Fit | None, factors: Sequence[float], sizes: Sequence[float]) -> None:
        self.fit = fit
        self.values = _fitting(sizes, self.slot - 4, self._width)
        self.factors = [f"×{scientific(f, digits=2)}" if f == f else "–" for f in factors]
        self.update()

    def set_theme(self, theme: Theme) -> None:
        super().set_theme(theme)
        self._set_colours()

    def _set_colours(self) -> None:
        hidden = max(1, self.layers.layers - 1)
        self._colours = [self._theme.layer(l, hidden) for l in self.layers.which.tolist()]

    # -- places --------------------------------------------------------------------------------

    @property
    def slot(self) -> float:
        """A layer's share of the width."""
        return self.rect_of_plane.width() / len(self.layers.which)

    @property
    def shows_values(self) -> bool:
        return (
            bool(self.values) and self.rect_of_plane.height() > LEAST_ROWS * self.metrics.height()
        )

    @property
    def shows_factors(self) -> bool:
        if not self.factors or len(self.factors) != len(self.layers.which) - 1:
            return False
        name = self._width(self.layers.text(len(self.factors)))
        return max(map(self._width, self.factors)) + name + 8 <= self.slot

    def bar(self, k: int) -> QRectF:
        """Of the k-th bar, from 0; its foot is the edge of the picture, not a zero."""
        rect, level = self.rect_of_plane, float(self._levels[k])
        wide = max(1.0, floor(min(BAR * self.slot, WIDEST * self.share)))
        left = round(self.across(k) - wide / 2)
        top = rect.top() if level == np.inf else self._clipped(level)
        return QRectF(left, round(top), wide, max(0.0, round(rect.bottom()) - round(top)))

    def place_at(self, at: QPointF) -> Place | None:
        if not self.rect_of_plane.adjusted(0, -20, 0, 30).contains(at):
            return None
        return round(self.position(at)[0]), 0

    def moved(self, place: Place | None, across: int, up: int) -> Place | None:
        last = len(self.layers.which) - 1
        start = place[0] if place else -1 if across > 0 else last + 1
        return min(max(int(start) + (across or up), 0), last), 0

    def _clipped(self, level: float) -> float:
        low, high = self.y_axis.range
        return self.down(min(max(level, low), high)) if isfinite(level) else self.down(low)

    def _tops_now(self) -> list[int]:
        levels = self._levels
        return [round(self._clipped(y)) if isfinite(y) else _code(y) for y in levels.tolist()]

    def _fit_range(self) -> None:
        levels = self._levels
        if self.predicted is not None:
            levels = np.append(levels, self.predicted)
        levels = levels[np.isfinite(levels)]
        if len(levels):
            room = (self.metrics.height() + GAP) / max(self.rect_of_plane.height(), 1.0)
            low, high = float(levels.min()), float(levels.max())
            over = high + min(room, MOST_ROOM) * max(1.0, high - low)
            under = low - FOOT * max(1.0, high - low)
            self._known = range_for((under, over), self._known)
        shown = self._known or (-1.0, 0.0)
        if shown != self.y_axis.range:
            self.y_axis.range = shown
            self.renew()

    def _y_ticks(self, pixels: float) -> list[float]:
        most = max(1, int(pixels / (Y_SPACING * self.share)))
        ticks = ticks_for(self.y_axis.range, most)
        low, high = self.y_axis.range
        free = low + 0.6 * self.metrics.height() / pixels * (high - low)  # of the row of layers
        return [tick for tick in ticks if tick > free or len(ticks) < 3][-most:]

    def _placed(self) -> QRectF:
        """With room for what stands left of the names of the layers."""
        rect = super()._placed()
        room = self._width(CORNER) + 2 * GAP if len(self.layers.which) > 1 else 0.0
        return rect.adjusted(max(0.0, room - rect.left()), 0, 0, 0)

    def _x_ticks(self, pixels: float) -> list[float]:
        widest = self.metrics.horizontalAdvance(self.layers.text(len(self.layers.which) - 1))
        return self.layers.ticks(*self.layers.range, max(1, int(pixels / (widest + GAP))))

    def _width(self, text: str) -> float:
        return self.metrics.horizontalAdvance(text)

    # -- painting ------------------------------------------------------------------------------

    def paint_ground(self, painter: QPainter) -> None:
        rect = self.rect_of_plane
        painter.setPen(QPen(QColor(self._theme.line), 1))
        ys = [round(self.down(tick)) + 0.5 for tick in self._y_ticks(rect.height())]
        painter.drawLines([QLineF(rect.left(), y, rect.right(), y) for y in ys])
        if len(self.layers.which) > 1:
            corner = QRectF(0, rect.bottom() + GAP, rect.left() - 2 * GAP, self.metrics.height())
            painter.setPen(QColor(self._theme.dim))
            painter.drawText(corner, Qt.AlignmentFlag.AlignRight, CORNER)

    def paint_content(self, painter: QPainter) -> None:
        levels = self._levels.tolist()
        for k, level in enumerate(levels):
            if isfinite(level):
                painter.fillRect(self.bar(k), self._colours[k])
            elif self.is_measured:
                self._paint_mark(painter, k, level)
        self._paint_lines(painter)
        if self.shows_values:
            self._paint_values(painter, levels)
        if self.shows_factors:
            self._paint_factors(painter)
        if self.pointed is not None:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(self._theme.accent), 2))
            painter.drawRect(self.bar(int(self.pointed[0])).adjusted(-2, -2, 2, 1))

    def _paint_mark(self, painter: QPainter, k: int, level: float) -> None:
        """What has no place on the axis stands at its edge."""
        rect = self.rect_of_plane
        kind = KINDS.get(level, Kind.MISSING)
        painter.translate(0.0, rect.top())
        paint_mark(painter, Mark(self.across(k), kind, self._colours[k]), rect.height())
        painter.translate(0.0, -rect.top())

    def _paint_lines(self, painter: QPainter) -> None:
        """The fitted line, and dashed what theory expects."""
        which = self.layers.which.astype(float)
        places = np.arange(len(which), dtype=float)
        if self.fit is not None:
            x = np.linspace(0.0, places[-1], PIECES + 1)
            self._paint_line(painter, x, self.fit.at(np.interp(x, places, which)), SOLID)
        if self.predicted is not None:
            self._paint_line(painter, places, self.predicted[self.layers.which], DASHED)

    def _paint_line(self, painter: QPainter, x: Floats, y: Floats, style: Qt.PenStyle) -> None:
        """As far as it is in the range: clipping does not survive in every kind of picture."""
        low, high = self.y_axis.range
        points = self.curve(x, np.where((y >= low) & (y <= high), y, np.nan))
        painter.setPen(QPen(QColor(self._theme.ink), 1.5 * self.share, style))
        painter.drawPolyline(points)

    def _paint_values(self, painter: QPainter, levels: Sequence[float]) -> None:
        """On a piece of paper, so that no line goes through them."""
        line, rect = self.metrics.height(), self.rect_of_plane
        for k, (text, level) in enumerate(zip(self.values, levels, strict=False)):
            wide = self.metrics.horizontalAdvance(text)
            foot = self.bar(k).top() if isfinite(level) else rect.bottom() - MARK
            if level == inf:
                foot = rect.top() + line + MARK
            top, left = max(foot - line - 1, 0.0), self.across(k) - wide / 2
            painter.fillRect(QRectF(left - 2, top, wide + 4, line), QColor(self._theme.panel))
            painter.setPen(QColor(self._theme.ink))
            painter.drawText(QPointF(left, top + self.metrics.ascent()), text)

    def _paint_factors(self, painter: QPainter) -> None:
        baseline = self.rect_of_plane.bottom() + GAP + self.metrics.ascent()
        painter.setPen(QColor(self._theme.ink))
        for k, text in enumerate(self.factors):
            left = self.across(k + 0.5) - self.metrics.horizontalAdvance(text) / 2
            painter.drawText(QPointF(left, baseline), text)


def _code(level: float) -> int:
    return -(10**6) if level == -np.inf else 10**6 if level == np.inf else 10**7


def _fitting(sizes: Sequence[float], room: float, wide: Callable[[str], float]) -> Sequence[str]:
    """With as many digits as all bars have room for; nothing where one is the most."""
    for digits in DIGITS:
        texts = [scientific(size, digits=digits) if size == size else "?" for size in sizes]
        if texts and max(map(wide, texts)) <= room:
            return texts
    return ()
