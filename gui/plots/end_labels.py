"""What stands at the end of the curves: a dot, or a triangle at zero, and the name."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPolygonF
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from gui.plots.curves import Curves
from gui.theme import LIGHT, Theme

DOT = 3.2  # radius
TRIANGLE = 7.0  # height
GAP = 8.0  # from the dot to its text
MOST = 12  # labels in one plot
MOST_TRIANGLES = 20  # of one curve


@dataclass(frozen=True, slots=True)
class End:
    """The newest point of a curve, in pixels; ``text`` may be empty."""

    x: float
    y: float
    colour: QColor
    text: str = ""
    dot: bool = True
    zero: bool = False  # nothing but zeros: the text stands above the triangle


class EndLabels(QGraphicsItem):
    """Dots, triangles and texts of all curves of a plot; the texts keep clear of each other."""

    def __init__(self, view: pg.ViewBox) -> None:
        super().__init__(view)
        self.setZValue(20)
        self.ends: list[End] = []
        self.zeros: list[tuple[QPointF, QColor]] = []  # where triangles stand
        self.rows: list[float] = []  # the middles of the texts, one for every end
        self._theme = LIGHT
        self._inks: dict[int, QColor] = {}  # of texts, by the colour of their curve
        self._font = QFont()
        self._metrics = QFontMetricsF(self._font)
        self._widths: dict[str, float] = {}
        self._rect = QRectF()
        self._covered = QRectF()
        self._placed: object = None

    def set_look(self, theme: Theme, font: QFont) -> None:
        self._theme = theme
        self._inks.clear()
        self._font, self._metrics = font, QFontMetricsF(font)
        self._widths.clear()
        self._placed = None
        self.update()

    def width_of(self, text: str) -> float:
        if text not in self._widths:
            if len(self._widths) > 500:
                self._widths.clear()
            self._widths[text] = self._metrics.horizontalAdvance(text)
        return self._widths[text]

    def place(
        self, rect: QRectF, ends: Sequence[End], zeros: Sequence[tuple[QPointF, QColor]]
    ) -> None:
        placed = ([*ends], [*zeros])
        if placed == self._placed and rect == self._rect:
            return
        self._placed = placed
        if rect != self._rect:
            self.prepareGeometryChange()
            self._rect = rect
        self.ends, self.zeros = _named(ends, int(rect.height() / (1.2 * self._spacing))), [*zeros]
        lift = TRIANGLE + 1 + self._spacing / 2
        rows = [min(end.y, rect.height() - lift) if end.zero else end.y for end in self.ends]
        self.rows = _apart(rows, self._spacing, rect.height())
        covered = self._cover()
        if changed := covered.united(self._covered):  # an empty one would mean everything
            self.update(changed)
        self._covered = covered

    @property
    def _spacing(self) -> float:
        return self._metrics.height()

    def text_left(self, end: End) -> float:
        return min(end.x + GAP, self._rect.width() - self.width_of(end.text) - 1)

    def _cover(self) -> QRectF:
        lefts = [min(end.x - 2 * DOT, self.text_left(end)) for end in self.ends]
        lefts += [point.x() - 2 * DOT for point, _ in self.zeros]
        if not lefts:
            return QRectF()
        rights = [self.text_left(end) + self.width_of(end.text) for end in self.ends]
        rights += [point.x() + 2 * DOT for point, _ in self.zeros]
        return QRectF(min(lefts), 0, max(rights) + 2 - min(lefts), self._rect.height())

    def boundingRect(self) -> QRectF:
        return self._rect

    def paint(
        self, painter: QPainter, _option: QStyleOptionGraphicsItem, _widget: QWidget | None = None
    ) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self._font)
        down = (self._metrics.ascent() - self._metrics.descent()) / 2
        for end, row in zip(self.ends, self.rows, strict=True):
            painter.setPen(self._ink(end.colour))
            painter.drawText(QPointF(self.text_left(end), row + down), end.text)
            if end.dot:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(end.colour)
                painter.drawEllipse(QPointF(end.x, end.y), DOT, DOT)
        painter.setPen(Qt.PenStyle.NoPen)
        for point, colour in self.zeros:
            painter.setBrush(colour)
            painter.drawPolygon(_triangle(point))

    def _ink(self, colour: QColor) -> QColor:
        """A curve may be pale; its name has to be read."""
        rgb = colour.rgb()
        if rgb not in self._inks:
            self._inks[rgb] = self._theme.legible(colour, self._theme.panel)
        return self._inks[rgb]


def _triangle(point: QPointF) -> QPolygonF:
    x, y = point.x(), point.y()
    up = TRIANGLE if y < TRIANGLE else -TRIANGLE
    return QPolygonF([QPointF(x, y), QPointF(x - 4, y + up), QPointF(x + 4, y + up)])


def _named(ends: Sequence[End], room: int) -> list[End]:
    """Leave the texts to the first, the last and as many between as there is room for."""
    texts = [k for k, end in enumerate(ends) if end.text]
    most = max(2, min(MOST, room))
    if len(texts) <= most:
        return list(ends)
    kept = {texts[round(k * (len(texts) - 1) / (most - 1))] for k in range(most)}
    return [end for k, end in enumerate(ends) if k in kept]


def _apart(rows: Sequence[float], spacing: float, height: float) -> list[float]:
    """Move ``rows`` as little as need be to keep them ``spacing`` apart and inside."""
    order = sorted(range(len(rows)), key=rows.__getitem__)
    moved = [rows[k] for k in order]
    ceiling = spacing / 2
    for k, row in enumerate(moved):
        moved[k] = ceiling = max(row, ceiling)
        ceiling += spacing
    floor = height - spacing / 2
    for k in reversed(range(len(moved))):
        moved[k] = floor = min(moved[k], floor)
        floor -= spacing
    placed = [0.0] * len(rows)
    for k, row in zip(order, moved, strict=True):
        placed[k] = row
    return placed


def ends_of(curves: Curves, colours: Sequence[QColor], texts: Sequence[str]) -> list[End]:
    """The newest visible point of every curve that has a text."""
    ends = []
    height = curves.boundingRect().height()
    for k, at in enumerate(curves.ends().tolist()):
        if at < 0 or k >= len(texts) or not texts[k]:
            continue
        y = float(curves.down[at, k])
        if 0 <= y <= height:
            newest = at == len(curves.across) - 1 or bool(np.isnan(curves.down[at + 1 :, k]).all())
            zero = bool(curves.zero[at, k])
            dot = newest and not zero
            ends.append(End(float(curves.across[at]), y, colours[k], texts[k], dot, zero))
    return ends


def zeros_of(curves: Curves, colours: Sequence[QColor]) -> list[tuple[QPointF, QColor]]:
    """Where a stretch of columns with zeros begins, and its newest end."""
    if not curves.zero.any():
        return []
    marks = []
    bottom = curves.boundingRect().height() - 1
    for zero, colour in zip(curves.zero.T, colours, strict=False):
        ends = zero & ~np.concatenate(([False], zero[:-1]))
        ends[-1] |= zero[-1]
        at = np.flatnonzero(ends)[-MOST_TRIANGLES:]
        marks += [(QPointF(float(x), bottom), colour) for x in curves.across[at]]
    return marks
