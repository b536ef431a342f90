"""The bars in the hidden neurons: |∂C/∂b| of each, now."""

from collections.abc import Sequence
from math import floor, log10

import numpy as np
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainter, QPen, Qt
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from engine.arrays import Floats, Ints
from gui.canvas.layout import Column

ROUND = (1, 2, 3, 4, 5, 6, 8, 10)  # what a full bar may mean, times a power of ten
FORGET = 0.96  # of the greatest bar, from frame to frame
SMALL = 0.35  # the scale shrinks when the greatest bar has long been lower than this
HALF_WIDTH, HALF_HEIGHT = 0.25, 0.65  # of a full bar, in radii of the neuron
STEP = 0.5  # pixels: heights are rounded to this, and painted only when they change


class BarScale:
    """What a full bar means: follows the greatest |δ|, up at once, down late."""

    def __init__(self) -> None:
        self.full: float | None = None
        self._peak = 0.0

    def follow(self, greatest: float) -> float:
        """The scale for a frame with this greatest value."""
        self._peak = max(greatest, FORGET * self._peak)
        if self.full is None or greatest > self.full or self._peak < SMALL * self.full:
            self.full = next_round(self._peak) if self._peak > 0 else self.full
        return self.full or 1.0

    def forget(self) -> None:
        self.full, self._peak = None, 0.0


def next_round(number: float) -> float:
    """The least round number that is not smaller."""
    decade = floor(log10(number))
    return next(
        (r for m in ROUND if (r := float(f"{m}e{decade}")) >= number), float(f"1e{decade + 1}")
    )


class Heights:
    """The bars of all hidden layers in one pass: heights in pixels, and which layers changed."""

    def __init__(self, columns: Sequence[Column], radius: float, scale: BarScale) -> None:
        self.scale = scale
        self.greatest = 2 * HALF_HEIGHT * radius
        sizes = np.array([column.neurons for column in columns], dtype=np.intp)
        drawn = [column.shown + at for column, at in zip(columns, _starts(sizes), strict=True)]
        self._drawn: Ints = np.concatenate(drawn) if drawn else np.empty(0, np.intp)
        self.starts = _starts(np.array([len(column.shown) for column in columns], dtype=np.intp))
        self._height: Floats = np.full(len(self._drawn), -1.0)

    def take(self, delta: Sequence[Floats]) -> tuple[Floats, Ints]:
        """Heights of all bars drawn, and the hidden layers in which one has changed."""
        if not len(self._drawn):
            return self._height, np.empty(0, np.intp)
        size = np.abs(np.concatenate(delta, dtype=float))
        greatest = float(size.max())
        if not greatest < np.inf:
            size[np.isnan(size)] = np.inf  # a run that diverged: full
            greatest = float(np.max(size, where=np.isfinite(size), initial=0.0))
        share = np.minimum(size[self._drawn] / self.scale.follow(greatest), 1.0)
        height = np.maximum(np.rint(share * (self.greatest / STEP)) * STEP, 1.0)
        moved = np.flatnonzero(np.logical_or.reduceat(height != self._height, self.starts))
        self._height = height
        return height, moved


def _starts(lengths: Ints) -> Ints:
    starts: Ints = np.cumsum(lengths) - lengths
    return starts


class BarsItem(QGraphicsItem):
    """The bars of one layer; the only part of the picture that changes at every frame."""

    def __init__(self, parent: QGraphicsItem) -> None:
        super().__init__(parent)
        self._rects: list[QRectF] = []
        self._bounds = QRectF()
        self._colour = QColor()
        self._no_pen = QPen(Qt.PenStyle.NoPen)
        self._known = False

    def place(self, column: Column, radius: float, colour: QColor) -> None:
        """Stand in the neurons of ``column``, around x = 0, and be empty."""
        self.prepareGeometryChange()
        half, reach = max(1.0, round(HALF_WIDTH * radius)), HALF_HEIGHT * radius
        self._rects = [QRectF(-half, y + reach, 2 * half, 0.0) for y in column.y.tolist()]
        top, bottom = column.y[0] - reach - 1, column.y[-1] + reach + 1
        self._bounds = QRectF(-half, float(top), 2 * half, float(bottom - top))
        self._colour, self._known = colour, False
        self.update()

    def show_heights(self, heights: list[float]) -> None:
        for rect, height in zip(self._rects, heights, strict=True):
            rect.setTop(rect.bottom() - height)
        self._known = True
        self.update()

    def clear(self) -> None:
        if self._known:
            self._known = False
            self.update()

    def heights(self) -> list[float]:
        """What is shown now, in pixels; empty before there is anything to show."""
        return [rect.height() for rect in self._rects] if self._known else []

    def boundingRect(self) -> QRectF:
        return self._bounds

    def paint(
        self, painter: QPainter, _option: QStyleOptionGraphicsItem, _widget: QWidget | None = None
    ) -> None:
        if self._known:
            painter.setPen(self._no_pen)
            painter.setBrush(self._colour)
            painter.drawRects(self._rects)
