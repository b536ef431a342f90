"""The bars in the neurons: ∂C/∂b of each, its sign as colour and its size as length."""

from collections.abc import Sequence
from math import ceil, floor, log10

import numpy as np
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainter, QPen, Qt
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from engine.arrays import Floats, Ints
from gui.canvas.layout import Column
from gui.theme import Theme

ROUND = (1, 2, 3, 4, 5, 6, 8, 10)  # what a full bar may mean, times a power of ten
FORGET = 0.96  # of the greatest bar, from frame to frame
SMALL = 0.35  # the scale shrinks when the greatest bar has long been lower than this
DECADES, MOST_DECADES = 3, 30  # of a logarithmic scale: a multiple of the one, up to the other
HALF_WIDTH, HALF_HEIGHT = 0.25, 0.65  # of a full bar, in radii of the neuron
LEAST = 1.0  # pixels: the mark of a neuron whose bar has no length; it has no sign
CUT = 1.0  # pixels
BREAK = 0.72, 2.0  # where a bar that is cut is broken, in its height, and pixels of the gap
STEP = 0.5  # pixels: heights are rounded to this, and painted only when they change


class BarScale:
    """What a full bar means: follows the greatest |δ|, up at once, down late.

    On a logarithmic scale a full bar is a power of ten, and the decades reach down to the layer
    that learns least; within a run they only become more.
    """

    def __init__(self, log: bool = False) -> None:
        self.log = log
        self.full: float | None = None
        self.decades = DECADES
        self.held = False  # it stays as it is
        self._peak = 0.0

    def follow(self, greatest: float) -> float:
        """The scale for a frame with this greatest value."""
        if self.held:
            return self.full or 1.0
        self._peak = max(greatest, FORGET * self._peak)
        if self.full is None or greatest > self.full or self._peak < SMALL * self.full:
            numbers = (1, 10) if self.log else ROUND
            self.full = next_round(self._peak, numbers) if self._peak > 0 else self.full
        return self.full or 1.0

    def reach(self, least: float) -> None:
        """Let the decades include ``least``."""
        if self.full is not None and 0 < least < self.full:
            needed = log10(self.full) - log10(least) + 0.5
            decades = min(DECADES * ceil(needed / DECADES), MOST_DECADES)
            self.decades = max(self.decades, decades)

    def shares(self, size: Floats) -> Floats:
        """Lengths, 0 to 1."""
        full = self.full or 1.0
        share: Floats = size / full
        if self.log:
            with np.errstate(divide="ignore"):
                share = 1.0 + (np.log10(size) - log10(full)) / self.decades
        clipped: Floats = np.clip(share, 0.0, 1.0)
        return clipped

    def forget(self) -> None:
        self.full, self._peak, self.decades = None, 0.0, DECADES


def next_round(number: float, numbers: Sequence[int] = ROUND) -> float:
    """The least round number that is not smaller."""
    decade = floor(log10(number))
    return next(
        (r for m in numbers if (r := float(f"{m}e{decade}")) >= number), float(f"1e{decade + 1}")
    )


class Heights:
    """The bars of all layers in one pass: heights in pixels, and which layers changed.

    A linear scale is that of the hidden layers, if there are any: the output's δ, before the first
    product with σ'(z), would dwarf them. A bar that is longer than full is ``CUT`` higher.
    """

    def __init__(self, columns: Sequence[Column], radius: float, scale: BarScale) -> None:
        self.scale = scale
        hidden = columns if scale.log else columns[:-1] or columns
        self._measured = sum(column.neurons for column in hidden)
        self.greatest = 2 * HALF_HEIGHT * radius
        sizes = np.array([column.neurons for column in columns], dtype=np.intp)
        drawn = [column.shown + at for column, at in zip(columns, _starts(sizes), strict=True)]
        self._drawn: Ints = np.concatenate(drawn) if drawn else np.empty(0, np.intp)
        self.starts = _starts(np.array([len(column.shown) for column in columns], dtype=np.intp))
        self._height: Floats = np.zeros(len(self._drawn))

    def take(self, delta: Sequence[Floats]) -> tuple[Floats, Ints]:
        """Heights of all bars drawn, negative where δ is, and the layers in which one changed."""
        if not len(self._drawn):
            return self._height, np.empty(0, np.intp)
        delta_all = np.concatenate(delta, dtype=float)
        size = np.abs(delta_all)
        measured = size[: self._measured]
        greatest = float(measured.max())
        if not greatest < np.inf:
            size[np.isnan(size)] = np.inf  # a run that diverged: full
            greatest = float(np.max(measured, where=np.isfinite(measured), initial=0.0))
        full = self.scale.follow(greatest)
        size = size[self._drawn]
        if self.scale.log:
            self.scale.reach(float(np.maximum.reduceat(size, self.starts).min()))
        height = np.rint(self.scale.shares(size) * (self.greatest / STEP)) * STEP
        height[size > full] = self.greatest + CUT
        negative = (delta_all[self._drawn] < 0) & (height > LEAST)
        height = np.where(negative, -height, np.maximum(height, LEAST))
        moved = np.flatnonzero(np.logical_or.reduceat(height != self._height, self.starts))
        self._height = height
        return height, moved

    def of_layer(self, layer: int) -> list[float]:
        """The heights of one layer's bars."""
        end = self.starts[layer + 1] if layer + 1 < len(self.starts) else None
        return list(self._height[self.starts[layer] : end].tolist())

    def forget(self) -> None:
        """All bars have to be shown again."""
        self._height = np.zeros(len(self._drawn))


def _starts(lengths: Ints) -> Ints:
    starts: Ints = np.cumsum(lengths) - lengths
    return starts


def track(radius: float) -> tuple[float, float]:
    """Half the width and half the height of a full bar."""
    return max(1.0, round(HALF_WIDTH * radius)), HALF_HEIGHT * radius


class BarsItem(QGraphicsItem):
    """The bars of one layer; the only part of the picture that changes at every frame."""

    def __init__(self, parent: QGraphicsItem) -> None:
        super().__init__(parent)
        self._bounds = QRectF()
        self._bottoms: list[float] = []
        self._heights: list[float] = []
        self._batches: tuple[tuple[QColor, list[QRectF]], ...] = ()
        self._no_pen = QPen(Qt.PenStyle.NoPen)

    def place(self, column: Column, radius: float, theme: Theme) -> None:
        """Stand in the neurons of ``column``, around x = 0, and be empty."""
        self.prepareGeometryChange()
        self._half, reach = track(radius)
        self._full = 2 * reach
        self._bottoms = (column.y + reach).tolist()
        top, bottom = column.y[0] - reach - 1, column.y[-1] + reach + 1
        self._bounds = QRectF(-self._half, float(top), 2 * self._half, float(bottom - top))
        self._colours = tuple(
            QColor(c) for c in (theme.dim, theme.positive, theme.negative, theme.panel)
        )
        self._heights, self._batches = [], ()
        self.update()

    def show_heights(self, heights: list[float]) -> None:
        """In pixels; a negative height is a bar of a negative δ."""
        rects: tuple[list[QRectF], ...] = [], [], [], []
        left, width = -self._half, 2 * self._half
        for bottom, height in zip(self._bottoms, heights, strict=True):
            size = abs(height)
            if size > self._full:
                size, (share, gap) = self._full, BREAK
                rects[3].append(QRectF(left, bottom - share * size, width, gap))
            kind = 0 if size == LEAST else 1 if height > 0 else 2
            rects[kind].append(QRectF(left, bottom - size, width, size))
        self._heights = heights
        self._batches = tuple(zip(self._colours, rects, strict=True))
        self.update()

    def clear(self) -> None:
        if self._heights:
            self._heights, self._batches = [], ()
            self.update()

    def heights(self) -> list[float]:
        """What is shown now, in pixels with a sign; empty before there is anything to show."""
        return self._heights

    def boundingRect(self) -> QRectF:
        return self._bounds

    def paint(
        self, painter: QPainter, _option: QStyleOptionGraphicsItem, _widget: QWidget | None = None
    ) -> None:
        painter.setPen(self._no_pen)
        for colour, rects in self._batches:
            if rects:
                painter.setBrush(colour)
                painter.drawRects(rects)
